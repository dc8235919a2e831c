package aws

import (
	"path"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// identityPolicy is a policy document of a user, group or role.
type identityPolicy struct {
	Document policy.Value[any] `pulumi:"policy"`
}

// onIdentityPolicies are the rules that check policy documents of users, groups and roles: managed ones, those attached
// in place, and those inline in a role.
func onIdentityPolicies(check func(*policy.Report, identityPolicy)) []policy.Rule {
	return []policy.Rule{
		policy.On(iamPolicyType, check),
		policy.On(rolePolicyType, check),
		policy.On(userPolicyType, check),
		policy.On(groupPolicyType, check),
		policy.On(roleType, func(r *policy.Report, role struct {
			Inline policy.List[identityPolicy] `pulumi:"inlinePolicies"`
		}) {
			role.Inline.Each(func(_ int, p identityPolicy) { check(r, p) })
		}),
	}
}

// onAttachments are the rules that check every managed policy of AWS's own that is attached to somebody, by its name.
func onAttachments(check func(r *policy.Report, name string)) []policy.Rule {
	checkARN := func(r *policy.Report, arn string) {
		if _, name, aws := strings.Cut(arn, ":iam::aws:policy/"); aws { // in any partition
			check(r, name)
		}
	}
	checkOne := func(r *policy.Report, a attachment) { checkARN(r, a.Policy.Get()) }
	checkAll := func(r *policy.Report, a attachments) {
		a.Policies.Each(func(_ int, arn string) { checkARN(r, arn) })
	}
	return []policy.Rule{
		policy.On(rolePolicyAttachmentType, checkOne),
		policy.On(userPolicyAttachmentType, checkOne),
		policy.On(groupPolicyAttachmentType, checkOne),
		policy.On(policyAttachmentType, checkOne),
		policy.On(rolePolicyAttachmentsType, checkAll),
		policy.On(userPolicyAttachmentsType, checkAll),
		policy.On(groupPolicyAttachmentsType, checkAll),
		policy.On(roleType, func(r *policy.Report, role struct {
			Managed policy.List[string] `pulumi:"managedPolicyArns"`
		}) {
			role.Managed.Each(func(_ int, arn string) { checkARN(r, arn) })
		}),
	}
}

type attachment struct {
	Policy policy.Value[string] `pulumi:"policyArn"`
}

// attachments are all that a role, user or group has: what else is attached is detached.
type attachments struct {
	Policies policy.List[string] `pulumi:"policyArns"`
}

// allowsEverywhere are those of the actions that the statement allows on all resources without a condition. A statement
// that allows every action there is allows none of them here: that is a matter of another policy.
func (s statement) allowsEverywhere(actions ...string) []string {
	if !s.allows() || s.Action.grantsAll() || len(s.Condition) > 0 || !slices.Contains(s.Resource, "*") {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(actions), func(action string) bool { return !s.Action.match(action) })
}

// match reports whether one of the patterns of actions stands for the action: "iam:Put*" for iam:PutRolePolicy. AWS
// does not mind the case.
func (t texts) match(action string) bool {
	return slices.ContainsFunc(t, func(pattern string) bool {
		matched, _ := path.Match(strings.ToLower(pattern), strings.ToLower(action))
		return matched
	})
}
