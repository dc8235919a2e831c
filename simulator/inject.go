package simulator

import (
	"cmp"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// FaultOutcome says how a fault fared.
type FaultOutcome struct {
	Fault   Fault    // as it was asked for
	Matched int      // the calls that it selected from
	Fired   []Firing // the calls that it befell, in order; empty when it never did
}

// Firing is a call that a fault befell.
type Firing struct {
	Operation Operation    // create, read, update, delete, invoke, check
	Type      string       // the token of the resource type or function
	URN       resource.URN // empty for a look-up
}

// injector lets faults befall calls.
type injector struct {
	closed chan struct{} // ends all delays

	mu       sync.Mutex
	outcomes []FaultOutcome
}

// newInjector fails with a *FaultError for every fault that is not valid, or is about a type that none of the packages
// has.
func newInjector(faults []Fault, packages ...*schema.Package) (*injector, error) {
	in := &injector{closed: make(chan struct{})}
	var wrong []error
	for _, fault := range faults {
		if err := errors.Join(fault.Validate(), fault.concerns(packages)); err != nil {
			wrong = append(wrong, &FaultError{Fault: fault.String(), Problems: err})
		}
		in.outcomes = append(in.outcomes, FaultOutcome{Fault: fault})
	}
	return in, errors.Join(wrong...)
}

// concerns fails when none of the packages has a type that the fault is about.
func (f Fault) concerns(packages []*schema.Package) error {
	var tokens []string
	for _, pkg := range packages {
		tokens = slices.Concat(tokens, pkg.Resources(), pkg.Functions())
	}
	if f.Type == "" || slices.ContainsFunc(tokens, func(token string) bool { return glob(f.Type, token) }) {
		return nil
	}
	said := "there is no type " + f.Type
	if nearest := schema.Nearest(f.Type, tokens); nearest != "" {
		said += ": did you mean " + nearest + "?"
	}
	return errors.New(said)
}

// report returns how the faults fared so far.
func (in *injector) report() []FaultOutcome {
	in.mu.Lock()
	defer in.mu.Unlock()
	outcomes := slices.Clone(in.outcomes)
	for i := range outcomes {
		outcomes[i].Fired = slices.Clone(outcomes[i].Fired)
	}
	return outcomes
}

func (in *injector) close() { close(in.closed) }

// call is a call to a cloud that faults may befall.
type call struct {
	*Provider
	operation Operation
	request   *Request // has the id of what was created once that is done
	do        func() error
}

// under carries out a call under the account's faults.
func (p *Provider) under(operation Operation, r *Request, do func() error) error {
	return p.account.faults.run(0, call{p, operation, r, do})
}

// run carries out a call under the faults from the ith on. A fault that keeps the call from being carried out hides it
// from those that follow.
func (in *injector) run(i int, c call) error {
	for ; i < len(in.outcomes); i++ {
		if in.fires(i, c) {
			fault := in.outcomes[i].Fault // set once
			return in.suffer(fault, c, func() error { return in.run(i+1, c) })
		}
	}
	return c.do()
}

// fires counts the call and reports whether the ith fault befalls it.
func (in *injector) fires(i int, c call) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	outcome := &in.outcomes[i]
	if !outcome.Fault.matches(c.operation, c.request.Token, c.request.name()) {
		return false
	}
	outcome.Matched++
	if !outcome.Fault.befalls(outcome.Matched) {
		return false
	}
	outcome.Fired = append(outcome.Fired, Firing{c.operation, c.request.Token, c.request.URN})
	return true
}

// suffer carries out a call as the fault makes it go.
func (in *injector) suffer(fault Fault, c call, do func() error) error {
	switch fault.Effect {
	case Throttle:
		return in.delayed(backoff(cmp.Or(fault.Times, DefaultThrottle)), do)
	case Slow:
		return in.delayed(fault.Delay, do)
	case SlowAnswer:
		err := do()
		return in.delayed(fault.Delay, func() error { return err })
	case LoseAnswer:
		if err := do(); err != nil {
			return err
		}
		return c.refuse(lostAnswer)
	case Unseen:
		err := do()
		if err == nil {
			c.account.hide(c.Provider, *c.request, cmp.Or(fault.Times, 1))
		}
		return err
	default:
		return c.refuse(cmp.Or(fault.Error, DefaultFailure))
	}
}

const lostAnswer = "the connection was lost before the answer came: whether the request took effect is not known"

// firstBackoff and longestBackoff bound how long a provider waits before it repeats a call; each wait is twice the one
// before.
const (
	firstBackoff   = 100 * time.Millisecond
	longestBackoff = time.Second
)

// backoff returns how long a provider waits in all when it is refused so often.
func backoff(times int) time.Duration {
	total, wait := time.Duration(0), firstBackoff
	for range times {
		total += wait
		wait = min(2*wait, longestBackoff)
	}
	return total
}

// delayed waits and then goes on, unless the simulation ends first.
func (in *injector) delayed(delay time.Duration, do func() error) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return do()
	case <-in.closed:
		return errors.New("the simulated cloud was closed during the call")
	}
}

var doing = map[Operation]string{
	OpCreate: "creating", OpRead: "reading", OpUpdate: "updating", OpDelete: "deleting",
	OpInvoke: "calling", OpCheck: "checking",
}

// refuse answers the call with an error: "ErrorName: text".
func (c call) refuse(refusal string) error {
	what := c.request.Token
	if _, isType := c.account.types[what]; isType {
		what = c.account.types[what].Kind.Noun
	}
	if c.request.ID != "" && c.operation != OpCreate {
		what += " (" + c.request.ID + ")"
	}
	return &Error{Doing: doing[c.operation] + " " + what, Problems: []Problem{problem("", refusal)}}
}

// hide makes a resource unseen by the next n calls that look for it.
func (a *Account) hide(p *Provider, r Request, n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	kind := a.kind(r.Token)
	if o := a.store.at(kind, ByID, p.region(kind), r.ID); o != nil {
		o.unseen = n
	}
}

// seen reports whether a call that looks for the object finds it.
func (o *Object) seen() bool {
	if o.unseen == 0 {
		return true
	}
	o.unseen--
	return false
}
