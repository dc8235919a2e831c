package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault makes calls of a simulated cloud go wrong, to see what a program and Pulumi make of it: it selects calls and
// says what happens to them.
//
// Calls count in the order in which they arrive. Pulumi makes resources in parallel, so that which resource the third
// creation is may differ from run to run; a Name, or Pulumi's --parallel 1, decides it. The creations and updates of a
// preview reach no cloud, and do not count.
type Fault struct {
	Operation Operation // what is called. Default: anything
	Type      string    // of the resource or look-up; * stands for any characters. Default: any type
	Name      string    // the resource's logical name; * stands for any characters. Default: any name
	Nth       int       // which of these calls, from 1. Default: all of them
	Every     bool      // every Nth of them, rather than the Nth alone
	Effect    Effect    // what happens

	// Error is what Fail answers: "ErrorName: text". Default: DefaultFailure.
	Error string
	// Delay is how long Slow and SlowAnswer make a call take.
	Delay time.Duration
	// Times is how often Throttle refuses a call before it is let through (at most MaxThrottle, default
	// DefaultThrottle), and how many calls do not see an Unseen resource (default 1).
	Times int
}

// Operation is what a call asks of a cloud.
type Operation string

// The operations that faults can select.
const (
	OpCreate Operation = "create"
	OpRead   Operation = "read"
	OpUpdate Operation = "update"
	OpDelete Operation = "delete"
	OpInvoke Operation = "invoke" // a look-up
	OpCheck  Operation = "check"
)

var operations = []Operation{OpCreate, OpRead, OpUpdate, OpDelete, OpInvoke, OpCheck}

// changing are the operations that change what the cloud holds.
var changing = []Operation{OpCreate, OpUpdate, OpDelete}

// Effect is what a fault does to a call.
type Effect string

const (
	// Fail: the call fails and changes nothing. By default it fails as one that was throttled until the provider gave
	// up.
	Fail Effect = "fail"
	// Throttle: the cloud refuses the call for too many requests, and the provider repeats it, as the real ones do,
	// each time after a longer wait. The program only sees that it takes longer.
	Throttle Effect = "throttle"
	// Slow: the call takes effect, and is answered, after the delay.
	Slow Effect = "slow"
	// SlowAnswer: the call takes effect at once and is answered after the delay.
	SlowAnswer Effect = "slow-answer"
	// LoseAnswer: the call takes effect, but its answer is lost: Pulumi takes it for failed, and does not know of a
	// resource that was created.
	LoseAnswer Effect = "lose-answer"
	// Unseen: a resource is created, but the next calls that refer to it or read it do not find it yet: clouds are
	// eventually consistent.
	Unseen Effect = "unseen"
)

var effects = []Effect{Fail, Throttle, Slow, SlowAnswer, LoseAnswer, Unseen}

const (
	// DefaultFailure is what Fail answers unless the fault says otherwise.
	DefaultFailure = "ThrottlingException: Rate exceeded"
	// DefaultThrottle is how often Throttle refuses a call unless the fault says otherwise.
	DefaultThrottle = 3
	// MaxThrottle is how often a provider repeats a call before it gives up (terraform-provider-aws, max_retries): a
	// fault that refuses it more often is a Fail.
	MaxThrottle = 25
)

// String returns the fault in the form that ParseFault reads.
func (f Fault) String() string {
	target := orAny(f.Type)
	if f.Name != "" {
		target += nameSeparator + f.Name
	}
	words := []string{orAny(string(f.Operation)), target, f.which(), string(f.Effect)}
	switch f.Effect {
	case Fail:
		words = append(words, f.Error)
	case Slow, SlowAnswer:
		words = append(words, f.Delay.String())
	case Throttle, Unseen:
		if f.Times != 0 {
			words = append(words, strconv.Itoa(f.Times))
		}
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

func orAny(word string) string {
	if word == "" {
		return anything
	}
	return word
}

func (f Fault) which() string {
	switch {
	case f.Nth == 0:
		return allCalls
	case f.Every:
		return everyPrefix + strconv.Itoa(f.Nth)
	default:
		return strconv.Itoa(f.Nth)
	}
}

// Validate returns everything that is wrong with the fault.
func (f Fault) Validate() error {
	var wrong []error
	report := func(bad bool, format string, args ...any) {
		if bad {
			wrong = append(wrong, fmt.Errorf(format, args...))
		}
	}
	report(f.Operation != "" && !slices.Contains(operations, f.Operation), "%s",
		notOneOf("operation", string(f.Operation), operations))
	known := slices.Contains(effects, f.Effect)
	report(!known, "%s", notOneOf("effect", string(f.Effect), effects))
	report(f.Nth < 0, "which call is counted from 1, not %d", f.Nth)
	report(f.Every && f.Nth == 0, "every needs to say every how many calls")
	report(f.Delay < 0, "a delay cannot be negative: %s", f.Delay)
	slow := f.Effect == Slow || f.Effect == SlowAnswer
	report(slow && f.Delay == 0, "%s needs a delay, such as 2s", f.Effect)
	report(known && !slow && f.Delay != 0, "%s takes no delay", f.Effect)
	report(known && f.Effect != Fail && f.Error != "", "%s takes no error", f.Effect)
	counts := f.Effect == Throttle || f.Effect == Unseen
	report(known && !counts && f.Times != 0, "%s takes no number", f.Effect)
	report(f.Times < 0, "a number of calls cannot be negative: %d", f.Times)
	report(f.Effect == Throttle && f.Times > MaxThrottle,
		"providers give up after %d attempts: use %s instead of %s %d", MaxThrottle, Fail, Throttle, f.Times)
	report(f.Effect == Unseen && f.Operation != OpCreate, "%s needs the operation %s: only what is new is unseen",
		Unseen, OpCreate)
	lateAnswer := f.Effect == LoseAnswer || f.Effect == SlowAnswer
	report(lateAnswer && !slices.Contains(changing, f.Operation), "%s needs one of the operations %s: "+
		"for others use %s or %s", f.Effect, list(changing), Fail, Slow)
	return errors.Join(wrong...)
}

// matches reports whether the fault selects from calls such as this one.
func (f Fault) matches(operation Operation, token, name string) bool {
	return (f.Operation == "" || f.Operation == operation) &&
		glob(orAny(f.Type), token) && glob(orAny(f.Name), name)
}

// befalls reports whether the fault befalls the nth call that it matches.
func (f Fault) befalls(n int) bool {
	switch {
	case f.Nth == 0:
		return true
	case f.Every:
		return n%f.Nth == 0
	default:
		return n == f.Nth
	}
}

// glob reports whether a text has the form of the pattern, in which * stands for any characters.
func glob(pattern, text string) bool {
	first, rest, wild := strings.Cut(pattern, anything)
	text, ok := strings.CutPrefix(text, first)
	if !wild || !ok {
		return ok && text == ""
	}
	parts := strings.Split(rest, anything)
	last := len(parts) - 1
	for _, part := range parts[:last] {
		_, after, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = after
	}
	return strings.HasSuffix(text, parts[last])
}

func list[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
