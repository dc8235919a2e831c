// Package toy has changes that its tests notice, and others.
package toy

import (
	"sync"
	"time"
)

// A flag names what nobody may change.
type flag struct {
	Text string
	Set  bool
}

var shown = flag{Text: "shown", Set: true}

// table is of facts, which are not for change.
type table map[string]int

var facts = table{"one": 1}

var lasts = map[string]time.Duration{"day": 24 * time.Hour}

var limit = sync.OnceValue(func() int { return 7 })

type box struct {
	full bool
	held [2]int
}

func (b *box) fill(n int) {
	b.held[0] = n
	b.full = n >= 3
	if b.full && n != 5 {
		b.held[1]++
	}
	for left := n; left > 0; {
		left--
	}
	if n > 100 {
		panic("this is too many")
	}
}

func within(x, bound float64) bool { return x < bound || !(bound >= -1) }

func kind(name string) string {
	switch name {
	case "ant", "bee":
		return "animal"
	}
	return [...]string{0: "plant"}[0]
}

func or(value *int, otherwise int) int {
	if value == nil {
		return otherwise
	}
	return *value
}

func few(value *int) bool { return or(value, 7) < 10 }

func unused() bool { return lasts["day"] > 0 }
