package simulator

import (
	"strconv"
	"strings"
)

// Quota limits how many resources of a type there can be.
type Quota struct {
	Code   string // the cloud's own code for the quota, or an ID in the way of a Constraint: L-F678F1CE
	Source string // where the limit is documented
	Limit  int    // by default; Options.Quotas changes it
	Error  string // the cloud's "ErrorName: text"; a %d stands for the limit
	// Per returns the thing that has a quota of its own, such as the VPC of a subnet, or "" for what the quota does not
	// count. Default: one quota in each region, or for what is global, in the account.
	Per func(*Call) string
	// Count says how many the resource counts for, as a list in its inputs does. Default: one.
	Count func(*Call) int
}

// place is one count that a quota limits.
type place struct{ code, region, per string }

// share is how much a resource counts for in one place.
type share struct {
	at place
	n  int
}

// shares returns what the resource counts for, and fails for what is full.
func (c *Call) shares(self *Object) []share {
	if c.Type == nil {
		return nil
	}
	var counted []share
	for _, quota := range c.Type.Quotas {
		at := place{code: quota.Code, region: self.Region}
		if quota.Per != nil {
			if at.per = quota.Per(c); at.per == "" {
				continue
			}
		}
		n := 1
		if quota.Count != nil {
			n = quota.Count(c)
		}
		limit := quota.Limit
		if raised, ok := c.account.quotas[quota.Code]; ok {
			limit = raised
		}
		taken := c.account.store.counts[at]
		for _, mine := range self.shares {
			if mine.at == at {
				taken -= mine.n // by itself
			}
		}
		if n > 0 && taken+n > limit {
			c.failBy(Origin{ID: quota.Code}, "", "%s", strings.ReplaceAll(quota.Error, "%d", strconv.Itoa(limit)))
		}
		counted = append(counted, share{at, n})
	}
	return counted
}

// count replaces what an object counts for.
func (s *store) count(o *Object, shares []share) {
	for _, old := range o.shares {
		if s.counts[old.at] -= old.n; s.counts[old.at] == 0 {
			delete(s.counts, old.at)
		}
	}
	o.shares = shares
	for _, added := range shares {
		s.counts[added.at] += added.n
	}
}
