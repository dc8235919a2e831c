// Package simulator runs Pulumi programs without a cloud account: it serves simulated clouds to the real Pulumi engine
// in place of the real providers.
//
// A simulated cloud knows every resource type of its Pulumi package and refuses unknown, missing and mistyped
// properties. Types that its tables model behave as in the cloud where a rehearsal can tell: what they refer to must
// exist, names are unique, networks nest and do not overlap, what is in use cannot be deleted, and a refusal carries
// the cloud's own error name. Account.Modelled says which types those are; the others are checked and echoed.
//
// Nothing is drawn at random: the same program gets the same ids and names, whatever the order in which Pulumi creates
// things, and what replaces a resource gets others than its predecessor.
//
// Account.Explain says of a type what is checked and modelled and what is only echoed, as `holdfast simulate --explain`
// does.
//
// Faults make calls go wrong: they fail, are throttled, are slow, are not answered although they took effect, or make
// what is not seen at once. Pulumi takes a creation whose answer is lost for failed, here as with the real clouds: it
// does not know of what was made, and the next update makes a second one or, where a name or place is taken, is
// refused. The simulated cloud never gives the first one back. It goes when somebody deletes it, or is taken over by
// `pulumi import`; a rehearsal with faults reports it. Where the engine itself was killed, Pulumi knows that the
// creation was under way, and `pulumi refresh --clear-pending-creates` makes it forget that. Real providers make some
// creations again without harm, by client tokens; that is not modelled.
//
// The same clouds serve unit tests without an engine: see the package simulatortest.
package simulator
