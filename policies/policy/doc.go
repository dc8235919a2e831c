// Package policy is an SDK for writing Pulumi policies in Go.
//
// A Policy is one requirement with the rules that check it: on resources of one type (On) or of every type (OnEvery), or
// on all resources of a stack together (OnStack). A rule reads properties through a small struct of its own:
//
//	type bucket struct {
//		Acl policy.Value[string] `pulumi:"acl"`
//	}
//
//	policy.On("aws:s3/bucketV2:BucketV2", func(r *policy.Report, b bucket) {
//		if b.Acl.Or("private") != "private" {
//			r.Fail("Its ACL is %v.", b.Acl)
//		}
//	})
//
// # The third answer
//
// In a preview, values may be not known yet. A rule that asks for one ends there, and its policy answers "undetermined":
// neither passed nor failed. Nothing has to be written for that; Value, List and Map do it. Loops go on with the other
// elements, so that what is not known does not hide a violation that is certain; so do AnyOf and AllOf, where || and &&
// would stop. Whether a property is set can always be asked: Present does not end a rule.
//
// # Packs
//
// A pack is a program: its main function calls Main with a PackSpec, and Pulumi runs it by
// `pulumi preview --policy-pack FILE`, or as a folder with `runtime: go`. NewPack finds all mistakes in policies and
// their structs when the pack starts, or in a test, and never when a stack is checked.
//
// # Levels and failures
//
// The engine's configuration decides a policy's level, else the policy, else its pack. A rule that panics, runs longer
// than its pack's time limit, or meets a value of another kind than it expects, affects only its own policy; the error is
// reported at the policy's level, so a mandatory policy that cannot be run stops the deployment. Secret values of the
// resource, its provider and the stack's configuration are taken out of messages; a rule must not get around that by
// encoding or cutting one.
//
// # Settings and exemptions
//
// A policy declares settings as a struct with their defaults (Policy.Config); rules read them typed, by Settings. A pack
// that lists Exemptions lets its users exempt resources for a while, with an owner and a reason. Both are configured in
// Pulumi's policy pack configuration (`--policy-pack-config FILE`):
//
//	{
//		"aws-ec2-no-open-management-ports": {"ports": [22, 3389, 5985]},
//		"exemptions": {"list": [{"policy": "aws-ec2-*", "resource": "*::bastion", "owner": "ann",
//			"reason": "Moves behind the VPN.", "expires": "2026-12-31"}]}
//	}
//
// A pack that lists Selection lets them run only the policies of a severity or of some frameworks:
//
//	{"selection": {"severity": "high", "frameworks": ["soc2"]}}
//
// # Evidence
//
// With the environment variable HOLDFAST_EVIDENCE naming a folder, or the configuration of EvidencePolicy, a pack writes
// what it checked, with every answer, to a JSON file there: see Evidence.
//
// Package policytest tests policies without an engine, by tables of cases and by a policy's own examples.
package policy
