package spec

import (
	"maps"
	"regexp"
	"slices"
)

// Notifications says who hears of what happens to a part of the platform.
type Notifications struct {
	// Disabled tells nobody. Default false.
	Disabled bool `pulumi:"disabled"`
	// Emails are addresses to write to, by a name of your choice. Each must confirm once. Default none.
	Emails map[string]string `pulumi:"emails"`
}

// addressPattern matches what may be an address; whether it is one shows when it confirms.
var addressPattern = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)

// check records at field what is wrong with the notifications.
func (n Notifications) check(ps *Problems, field string) {
	if n.Disabled && len(n.Emails) > 0 {
		ps.Add(field+".emails", len(n.Emails), "addresses get nothing while notifications are disabled; remove them")
	}
	for _, name := range slices.Sorted(maps.Keys(n.Emails)) {
		at := field + ".emails." + name
		if !planNamePattern.MatchString(name) {
			ps.Add(at, nil, "is not a name; use up to 30 of a-z, 0-9 and -, starting with a letter")
		}
		if !addressPattern.MatchString(n.Emails[name]) {
			ps.Add(at, n.Emails[name], "is not an e-mail address; use for example operations@example.com")
		}
	}
}
