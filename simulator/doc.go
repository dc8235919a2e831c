// Package simulator runs Pulumi programs without a cloud account: it serves
// simulated clouds to the real Pulumi engine in place of the real providers.
//
// A simulated cloud knows every resource type of its Pulumi package and refuses
// unknown, missing and mistyped properties. Types that its tables model behave
// as in the cloud where a rehearsal can tell: what they refer to must exist,
// names are unique, networks nest and do not overlap, what is in use cannot be
// deleted, and a refusal carries the cloud's own error name. Account.Modelled
// says which types those are; the others are checked and echoed.
//
// Nothing is drawn at random: the same program gets the same ids and names,
// whatever the order in which Pulumi creates things, and what replaces a
// resource gets others than its predecessor.
//
// The same clouds serve unit tests without an engine: see the package
// simulatortest.
package simulator
