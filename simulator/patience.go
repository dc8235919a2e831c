package simulator

import (
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// The real providers repeat some calls that the cloud refuses, for minutes. Here they wait, until something changes or the
// account's patience ends.

// createPatiently makes a resource. What only constraints refuse that the provider asks again about, it asks again
// about whenever something was made or deleted, until the account's patience ends.
func (p *Provider) createPatiently(
	r Request, inputs resource.PropertyMap,
) (id string, outputs resource.PropertyMap, err error) {
	var limit <-chan time.Time
	for {
		changed := p.account.nextChange()
		id, outputs, err = p.create(r, inputs, false)
		if err == nil {
			p.account.noteChange()
			return id, outputs, nil
		}
		if p.account.patience <= 0 || !p.account.types[r.Token].retries(Broken(err)) {
			return "", nil, err
		}
		if limit == nil {
			timer := time.NewTimer(p.account.patience)
			defer timer.Stop()
			limit = timer.C
		}
		select {
		case <-changed:
		case <-limit:
			return "", nil, err
		}
	}
}

// retries reports whether the provider asks again after each of the refusals.
func (t *Type) retries(ids []string) bool {
	return t != nil && len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool {
		return !slices.ContainsFunc(t.Constraints, func(c Constraint) bool { return c.ID == id && c.Retried })
	})
}

// deletePatiently deletes a resource. What is refused because something stands in the way, of a type whose provider
// repeats that, waits for it to go.
func (p *Provider) deletePatiently(r Request) error {
	p.account.mu.Lock()
	defer p.account.mu.Unlock()
	var limit <-chan time.Time
	for {
		refusal := p.delete(r)
		t := p.account.types[r.Token]
		if refusal == nil || t == nil || !t.Patient || p.account.patience <= 0 {
			return refusal
		}
		if limit == nil {
			timer := time.NewTimer(p.account.patience)
			defer timer.Stop()
			limit = timer.C
		}
		if !p.account.waitForDeletion(limit) {
			return refusal
		}
	}
}

// waitForDeletion waits, without holding the account, until something was deleted; it returns false when the limit
// comes first.
func (a *Account) waitForDeletion(limit <-chan time.Time) bool {
	deleted := a.deleted
	a.mu.Unlock()
	defer a.mu.Lock()
	select {
	case <-deleted:
		return true
	case <-limit:
		return false
	}
}

// nextChange returns what is closed when something is made or deleted.
func (a *Account) nextChange() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.deleted
}

// noteChange wakes who waits for a change.
func (a *Account) noteChange() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.wake()
}

// wake lets what waits try again.
func (a *Account) wake() {
	close(a.deleted)
	a.deleted = make(chan struct{})
}
