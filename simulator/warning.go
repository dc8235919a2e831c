package simulator

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Warning is something that the cloud took although what it is for will fail: see [Afterwards]. No secret is in it.
type Warning struct {
	URN        resource.URN // the Pulumi resource
	Constraint string       // the ID of the entry that tells of it
	Text       string       // with the ID in brackets, as in a refusal
}

// Warnings returns what the cloud took although what it is for will fail, sorted by URN. It is about what exists now,
// and about what this account made or changed: what it loaded is not looked at again.
func (a *Account) Warnings() []Warning {
	a.mu.Lock()
	defer a.mu.Unlock()
	var list []Warning
	for _, t := range a.types {
		if !slices.ContainsFunc(t.Constraints, func(c Constraint) bool { return c.Stage == Afterwards }) {
			continue
		}
		for _, o := range a.store.kinds[t.Kind] {
			if o.Token == t.Token && o.site != nil {
				list = append(list, a.warnings(o)...)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Warning) int { return strings.Compare(string(x.URN), string(y.URN)) })
	return list
}

// warnings are those of one object.
func (a *Account) warnings(o *Object) []Warning {
	p := &Provider{account: a, site: *o.site}
	c := p.call(Request{URN: o.URN, Token: o.Token, ID: o.ID}, o.Inputs)
	c.self = o
	c.constrain(Afterwards)
	var list []Warning
	for _, problem := range redact(o.Inputs, c.problems) {
		list = append(list, Warning{o.URN, problem.Constraint, problem.String()})
	}
	return list
}

// Warnings returns those of all clouds, see [Account.Warnings].
func (s *Simulation) Warnings() []Warning {
	var list []Warning
	for _, server := range s.servers {
		list = append(list, server.account.Warnings()...)
	}
	return list
}
