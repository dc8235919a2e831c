package simulator

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Stage is the earliest moment at which a constraint can be known to be broken.
type Stage uint8

// The stages of a constraint.
const (
	// AtCheck: the inputs alone tell, in previews too. Values may be unknown.
	AtCheck Stage = iota
	// AtApply: it depends on what else exists when the resource is made or changed. All inputs are known, and what they
	// refer to was found.
	AtApply
	// AtDelete: it depends on what exists when the resource is deleted; Call.Old is the resource.
	AtDelete
	// Afterwards: the cloud takes it, and what it is for fails when nobody looks: a backup job, a rollout. Nothing is
	// refused; [Account.Warnings] tells of it, of what exists when it is asked.
	Afterwards
)

// String is what happens at the stage: check, apply, delete or afterwards.
func (s Stage) String() string { return [...]string{"check", "apply", "delete", "afterwards"}[s] }

// Constraint is something that the cloud refuses although every input by itself is right: what without a rehearsal
// shows only in the middle of an update, or after it.
type Constraint struct {
	Origin
	// Error is the cloud's own "ErrorName: text", with verbs for what Find reports. Where it fails [Afterwards], the
	// text says what will fail.
	Error string
	Stage Stage // when it can be known. Default: AtCheck
	// Retried says that the provider repeats a creation that is refused so, until it succeeds or minutes have passed.
	Retried bool
	// Find calls broken for every breach: with the path of the input at fault, or "", and what goes into Error.
	Find func(c *Call, broken func(path string, args ...any))
}

// constrain applies the type's constraints of a stage.
func (c *Call) constrain(stage Stage) {
	if c.Type == nil {
		return
	}
	for _, constraint := range c.Type.Constraints {
		if constraint.Stage == stage {
			constraint.Find(c, func(path string, args ...any) { c.failBy(constraint.Origin, path, constraint.Error, args...) })
		}
	}
}

// failBy is Fail for what an entry of a table refuses.
func (c *Call) failBy(origin Origin, path, refusal string, args ...any) {
	c.Fail(path, refusal, args...)
	c.problems[len(c.problems)-1].Constraint = origin.ID
}

// Broken returns the IDs of the constraints, unique entries, references and quotas that refused a request, in their
// order. It is empty for errors that are none of a simulated cloud's.
func Broken(err error) []string {
	var ids []string
	if refused, ok := errors.AsType[*Error](err); ok {
		for _, problem := range refused.Problems {
			if problem.Constraint != "" {
				ids = append(ids, problem.Constraint)
			}
		}
	}
	return ids
}

// Listing is one entry of a cloud's tables that only shows when a program is really applied.
type Listing struct {
	ID     string   `json:"id"`     // aws-elb-two-zones
	Types  []string `json:"types"`  // the tokens of the types that it is about, sorted
	Source string   `json:"source"` // where it is documented
	Error  string   `json:"error"`  // the cloud's error, with verbs for what varies
	// Stage is when it shows: check (in a preview), apply, delete or afterwards (as a warning).
	Stage string `json:"stage"`
}

// Constraints lists the cloud's constraints, and those of its unique entries, references and quotas that have an ID, by
// ID. It fails for an ID that stands for two different things, and for an entry without source or error.
func (cloud Cloud) Constraints() ([]Listing, error) {
	found := map[string]*Listing{}
	var problems []error
	add := func(token string, origin Origin, text string, stage Stage) {
		entry := Listing{ID: origin.ID, Source: origin.Source, Error: text, Stage: stage.String()}
		known, ok := found[origin.ID]
		switch {
		case origin.ID == "" || origin.Source == "" || text == "":
			problems = append(problems, fmt.Errorf("%s: constraint %q needs an ID, a source and an error", token, origin.ID))
			return
		case !ok:
			known = &entry
			found[origin.ID] = known
		case known.Source != entry.Source || known.Error != entry.Error || known.Stage != entry.Stage:
			problems = append(problems, fmt.Errorf("%s: constraint %s is said in two ways", token, origin.ID))
			return
		}
		if !slices.Contains(known.Types, token) {
			known.Types = append(known.Types, token)
			slices.Sort(known.Types)
		}
	}
	for _, t := range cloud.Types {
		t.list(add)
	}
	list := make([]Listing, 0, len(found))
	for _, id := range slices.Sorted(maps.Keys(found)) {
		list = append(list, *found[id])
	}
	return list, errors.Join(problems...)
}

// list adds the entries of a type that have an ID.
func (t *Type) list(add func(token string, origin Origin, text string, stage Stage)) {
	for _, constraint := range t.Constraints {
		add(t.Token, constraint.Origin, constraint.Error, constraint.Stage)
	}
	for _, unique := range t.Unique {
		if unique.ID != "" {
			add(t.Token, unique.Origin, unique.Error, AtApply)
		}
	}
	for _, reference := range t.References {
		if reference.ID != "" {
			add(t.Token, reference.Origin, inUse(reference.To[0]), AtDelete)
		}
	}
	for _, quota := range t.Quotas {
		add(t.Token, Origin{ID: quota.Code, Source: quota.Source}, quota.Error, AtApply)
	}
}

// literal keeps text as it is in a format.
func literal(text string) string { return strings.ReplaceAll(text, "%", "%%") }
