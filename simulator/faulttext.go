package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// The words of a fault's text form.
const (
	anything      = "*"
	allCalls      = "all"
	everyPrefix   = "every-"
	nameSeparator = "::"
)

// FaultForm is the form of the text that ParseFault reads.
const FaultForm = "OPERATION TYPE[::NAME] WHICH EFFECT [DETAIL]"

// ParseFault reads a fault from text of the form FaultForm. It fails with a *FaultError that says everything that is
// wrong at once.
//
//   - OPERATION is create, read, update, delete, invoke, check, or * for any.
//   - TYPE is a resource type's or look-up's token and NAME a resource's logical
//     name; in both, * stands for any characters.
//   - WHICH is 3 for the third such call, every-3 for each third, or all.
//   - EFFECT is fail [ErrorName: text], throttle [times], slow DURATION,
//     slow-answer DURATION, lose-answer, or unseen [calls].
//
// For example:
//
//	create aws:ec2/*:* 3 lose-answer
//	create aws:iam/role:Role::web 1 fail LimitExceeded: Cannot exceed quota for RolesPerAccount
//	* * every-10 throttle
//	delete aws:ec2/vpc:Vpc all slow 2s
//	create aws:ec2/vpc:Vpc all unseen 2
func ParseFault(text string) (Fault, error) {
	var f Fault
	var wrong []error
	words := strings.Fields(text)
	for i, part := range []struct {
		read    func(*Fault, string) error
		missing string
	}{
		{(*Fault).readOperation, "an operation is missing: one of " + list(operations) + ", or " + anything},
		{(*Fault).readTarget, "a type is missing, such as aws:ec2/*:*, or " + anything},
		{(*Fault).readWhich, "which calls is missing: 3 for the third, every-3, or " + allCalls},
		{(*Fault).readEffect, "an effect is missing: one of " + list(effects)},
	} {
		if i >= len(words) {
			wrong = append(wrong, errors.New(part.missing))
		} else if err := part.read(&f, words[i]); err != nil {
			wrong = append(wrong, err)
		}
	}
	if len(words) > 4 && f.Effect != "" {
		wrong = append(wrong, f.readDetail(strings.Join(words[4:], " ")))
	}
	err := errors.Join(wrong...)
	if err == nil {
		err = f.Validate()
	}
	if err != nil {
		return Fault{}, &FaultError{Fault: text, Problems: err}
	}
	return f, nil
}

// FaultError says that a fault cannot be as it is given.
type FaultError struct {
	Fault    string // its text
	Problems error  // everything that is wrong with it, a line each
}

// Error names the fault and everything that is wrong with it.
func (e *FaultError) Error() string {
	return fmt.Sprintf("the fault %q is not %s: %s", e.Fault, FaultForm, strings.ReplaceAll(e.Problems.Error(), "\n", "; "))
}

// ParseFaults reads faults that are separated by semicolons or line ends, and returns everything that is wrong with any
// of them.
func ParseFaults(text string) ([]Fault, error) {
	var faults []Fault
	var wrong []error
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		fault, err := ParseFault(strings.TrimSpace(part))
		faults, wrong = append(faults, fault), append(wrong, err)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	return faults, nil
}

func (f *Fault) readOperation(word string) error {
	if word == anything {
		return nil
	}
	if !slices.Contains(operations, Operation(word)) {
		return errors.New(notOneOf("operation", word, operations) + ", or " + anything)
	}
	f.Operation = Operation(word)
	return nil
}

func (f *Fault) readTarget(word string) error {
	kind, name, _ := strings.Cut(word, nameSeparator)
	if kind != anything {
		f.Type = kind
	}
	if name != anything {
		f.Name = name
	}
	return nil
}

func (f *Fault) readWhich(word string) error {
	if word == allCalls {
		return nil
	}
	digits, every := strings.CutPrefix(word, everyPrefix)
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 {
		return fmt.Errorf("%q does not say which calls: 3 for the third, every-3, or %s", word, allCalls)
	}
	f.Nth, f.Every = n, every
	return nil
}

func (f *Fault) readEffect(word string) error {
	if !slices.Contains(effects, Effect(word)) {
		return errors.New(notOneOf("effect", word, effects))
	}
	f.Effect = Effect(word)
	return nil
}

func (f *Fault) readDetail(text string) error {
	switch f.Effect {
	case Fail:
		f.Error = text
	case Slow, SlowAnswer:
		delay, err := time.ParseDuration(text)
		if err != nil || delay <= 0 {
			return fmt.Errorf("%q is not a duration such as 2s", text)
		}
		f.Delay = delay
	case Throttle, Unseen:
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is not a number of calls", text)
		}
		f.Times = n
	default:
		return fmt.Errorf("%s takes no detail, got %q", f.Effect, text)
	}
	return nil
}

// notOneOf says that a word is none of those allowed, and which was meant.
func notOneOf[T ~string](what, word string, allowed []T) string {
	words := strings.Split(list(allowed), ", ")
	said := fmt.Sprintf("%q is not an %s", word, what)
	if nearest := schema.Nearest(word, words); nearest != "" {
		said += fmt.Sprintf(" (did you mean %s?)", nearest)
	}
	return said + ": one of " + list(allowed)
}
