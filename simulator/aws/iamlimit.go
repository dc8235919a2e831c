package aws

import (
	"strings"
	"unicode"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What IAM refuses of roles and policies beyond their form. Sources: IAM guide, "IAM and AWS STS quotas", "IAM JSON
// policy elements: Principal"; the IAM API's DeleteRole and DeletePolicy.

const iamQuotas = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"

// Characters that a role's inline policies together and a managed policy can have; white space does not count.
const (
	inlinePolicyLimit  = 10240
	managedPolicyLimit = 6144
)

// policyLength counts a policy's characters as IAM does.
func policyLength(policy string) int {
	n := 0
	for _, r := range policy {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// usesPolicy is a reference to a managed policy that cannot be deleted while it is attached.
func usesPolicy(property string) simulator.Reference {
	return simulator.Reference{
		Origin: simulator.Origin{
			ID: "aws-iam-policy-in-use", Source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html",
		},
		Property: property, To: kinds(policyKind), By: simulator.ByARN,
	}
}

// policiesPerRole limits the managed policies of a role.
func policiesPerRole(role func(*simulator.Call) string, count func(*simulator.Call) int) simulator.Quota {
	return simulator.Quota{
		Code: "L-0DA4ABF3", Source: iamQuotas, Limit: 10, Per: role, Count: count,
		Error: "LimitExceeded: Cannot exceed quota for PoliciesPerRole: %d",
	}
}

func policySize() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-iam-policy-size", Source: iamQuotas},
		Error:  "LimitExceeded: Cannot exceed quota for PolicySize: %d",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			if policyLength(c.Text("policy")) > managedPolicyLimit {
				broken("policy", managedPolicyLimit)
			}
		},
	}
}

// inlinePolicySize limits the inline policies of a role together, be they its own or resources.
func inlinePolicySize() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-iam-inline-policies-size", Source: iamQuotas},
		Stage:  simulator.AtApply,
		Error:  "LimitExceeded: Maximum policy size of %d bytes exceeded for role %s",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			role, size := c.FindBy(roleKind, simulator.ByName, c.Text("role")), policyLength(c.Text("policy"))
			for _, other := range c.Others(role.Users(rolePolicyKind)) {
				size += policyLength(other.Text("policy"))
			}
			if size > inlinePolicyLimit {
				broken("policy", inlinePolicyLimit, c.Text("role"))
			}
		},
	}
}

func roleConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		trustedExist,
		{
			Origin: simulator.Origin{
				ID:     "aws-iam-role-trusts-itself",
				Source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
			},
			Stage: simulator.AtApply,
			Error: `MalformedPolicyDocument: Invalid principal in policy: "AWS":"%s"`,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				own := "arn:" + c.Partition + ":iam::" + c.Account + ":role" + c.Text("path") + c.ID
				for _, s := range statementsOf(resource.NewStringProperty(c.Text("assumeRolePolicy"))) {
					principals, _ := s["Principal"].(map[string]any)
					for _, principal := range textsOf(principals["AWS"]) {
						if c.Old == nil && principal == own { // it does not exist yet
							broken("assumeRolePolicy", principal)
						}
					}
				}
			},
		},
		{
			Origin: simulator.Origin{
				ID: "aws-iam-role-in-use", Source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html",
			},
			Stage: simulator.AtDelete,
			Error: "DeleteConflict: Cannot delete entity, must detach all policies first: %s has %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				var held []string
				for _, kind := range kinds(roleAttachmentKind, rolePolicyKind) {
					for _, policy := range c.Old.Users(kind) {
						held = append(held, policy.ID)
					}
				}
				if len(held) > 0 && !c.Old.Flag("forceDetachPolicies") {
					broken("", c.Old.ID, strings.Join(held, ", "))
				}
			},
		},
	}
}
