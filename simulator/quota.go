package simulator

import (
	"slices"
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

// places returns what the resource counts for, and fails for what is full.
func (c *Call) places(self *Object) []place {
	if c.Type == nil {
		return nil
	}
	var counted []place
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
		for _, mine := range self.places {
			if mine == at {
				taken-- // by itself
			}
		}
		if n > 0 && taken+n > limit {
			c.failBy(Origin{ID: quota.Code}, "", "%s", strings.ReplaceAll(quota.Error, "%d", strconv.Itoa(limit)))
		}
		counted = append(counted, slices.Repeat([]place{at}, n)...)
	}
	return counted
}

// count replaces what an object counts for.
func (s *store) count(o *Object, places []place) {
	for _, old := range o.places {
		if s.counts[old]--; s.counts[old] == 0 {
			delete(s.counts, old)
		}
	}
	o.places = places
	for _, at := range places {
		s.counts[at]++
	}
}
