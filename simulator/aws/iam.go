package aws

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/iam/{role,policy,role_policy,role_policy_attachment}.go; the IAM
// API's CreateRole, DeleteRole, CreatePolicy, PutRolePolicy; IAM guide, "IAM and AWS STS quotas".

var roleKind = &simulator.Kind{
	Noun:   "IAM Role",
	Global: true,
	ID: func(c *simulator.Call) string {
		if service := c.Text("awsServiceName"); service != "" { // the role is AWS's own, made for the account
			return "arn:" + c.Partition + ":iam::" + c.Account + ":role" + linkedPath(service) + linkedName(c)
		}
		return nameOrPrefix(c)
	},
	ARN:      "arn:{partition}:iam::{account}:role{path}{name}",
	Name:     "name",
	NotFound: "NoSuchEntity: The role with name %s cannot be found.",
	InUse:    "DeleteConflict: Cannot delete entity %s, must detach all policies first.",
}

var policyKind = &simulator.Kind{
	Noun:   "IAM Policy",
	Global: true,
	ID: func(c *simulator.Call) string {
		path := c.Text("path")
		if path == "" {
			path = "/"
		}
		return "arn:" + c.Partition + ":iam::" + c.Account + ":policy" + path + nameOrPrefix(c)
	},
	ARN:      "{id}",
	NotFound: "NoSuchEntity: Policy %s does not exist or is not attachable.",
	InUse:    "DeleteConflict: Cannot delete a policy attached to entities: %s",
}

var rolePolicyKind = &simulator.Kind{
	Noun:   "IAM Role Policy",
	Global: true,
	ID:     func(c *simulator.Call) string { return c.Text("role") + ":" + nameOrPrefix(c) },
}

var roleAttachmentKind = &simulator.Kind{
	Noun:   "IAM Role Policy Attachment",
	Global: true,
	ID:     func(c *simulator.Call) string { return c.Text("role") + "/" + c.Text("policyArn") },
}

// puts: the operation that makes the thing puts it in the place of what was there before.
func puts(*simulator.Call) bool { return true }

func iamTypes() []*simulator.Type {
	// A role goes with its policies only when they are detached by force: see aws-iam-role-in-use.
	ofRole := simulator.Reference{Property: "role", To: kinds(roleKind), By: simulator.ByName, OnDelete: simulator.Follow}
	return []*simulator.Type{
		roleType(),
		{
			Token:     "aws:iam/policy:Policy",
			Kind:      policyKind,
			Defaults:  map[string]any{"path": "/"},
			Normalize: normalize("policy"),
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
			Immutable: []string{"description", "name", "namePrefix", "path"},
			Rules:     map[string]simulator.Rule{"namePrefix": iamName(128 - prefixDigits), "policy": identityPolicy},
			AtMostOne: [][]string{{"name", "namePrefix"}},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-iam-policy-exists", Source: iamQuotas},
				Properties: []string{"name"}, AnyCase: true,
				Error: "EntityAlreadyExists: A policy called %s already exists. Duplicate names are not allowed.",
			}},
			Constraints: append(documentConstraints("policy"), policySize()),
			Quotas: []simulator.Quota{{
				Code: "L-E95E4862", Source: iamQuotas, Limit: 1500,
				Error: "LimitExceeded: Cannot exceed quota for PoliciesPerAccount: %d",
			}},
			API:        []string{"iam:CreatePolicy"},
			Parameters: map[string]string{"policy": "PolicyDocument"},
			Compute: func(c *simulator.Call) {
				c.SetNew("name", nameOrPrefix(c))
				c.SetNew("namePrefix", "")
				c.SetNew("policyId", "ANPA"+strings.ToUpper(c.Hex("policy id", 17)))
				c.SetNew("attachmentCount", 0)
			},
		},
		{
			Token:       "aws:iam/rolePolicy:RolePolicy",
			Kind:        rolePolicyKind,
			Normalize:   normalize("policy"),
			AutoName:    &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
			Immutable:   []string{"name", "namePrefix", "role"},
			Rules:       map[string]simulator.Rule{"namePrefix": iamName(128 - prefixDigits), "policy": identityPolicy},
			AtMostOne:   [][]string{{"name", "namePrefix"}},
			References:  []simulator.Reference{ofRole},
			Overwrites:  puts,
			Constraints: append(documentConstraints("policy"), inlinePolicySize()),
			API:         []string{"iam:PutRolePolicy"},
			Parameters:  map[string]string{"name": "PolicyName", "policy": "PolicyDocument", "role": "RoleName"},
			Compute: func(c *simulator.Call) {
				c.SetNew("name", nameOrPrefix(c))
				c.SetNew("namePrefix", "")
			},
		},
		{
			Token:      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
			Kind:       roleAttachmentKind,
			Immutable:  []string{"policyArn", "role"},
			Rules:      map[string]simulator.Rule{"policyArn": validARN},
			References: []simulator.Reference{ofRole, usesPolicy("policyArn")},
			Quotas:     []simulator.Quota{policiesPerRole(func(c *simulator.Call) string { return c.Text("role") }, nil)},
			API:        []string{"iam:AttachRolePolicy"},
			Parameters: map[string]string{"role": "RoleName"},
		},
	}
}

func roleType() *simulator.Type {
	return &simulator.Type{
		Token: "aws:iam/role:Role",
		Kind:  roleKind,
		Defaults: map[string]any{
			"forceDetachPolicies": false, "maxSessionDuration": 3600, "path": "/",
		},
		Normalize: normalize("assumeRolePolicy"),
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 64, Separator: "-"},
		Immutable: []string{"name", "namePrefix", "path"},
		Sets:      []string{"inlinePolicies", "managedPolicyArns"},
		Rules: map[string]simulator.Rule{
			"namePrefix":               iamName(64 - prefixDigits),
			"assumeRolePolicy":         trustPolicy,
			"inlinePolicies[*].policy": identityPolicy,
			"permissionsBoundary":      validARN,
		},
		AtMostOne: [][]string{{"name", "namePrefix"}},
		References: []simulator.Reference{
			usesPolicy("managedPolicyArns[*]"),
			{Property: "permissionsBoundary", To: kinds(policyKind), By: simulator.ByARN},
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-iam-role-exists", Source: iamQuotas},
			Properties: []string{"name"}, AnyCase: true,
			Error: "EntityAlreadyExists: Role with name %s already exists.",
		}},
		Constraints: slices.Concat(
			roleConstraints(), documentConstraints("inlinePolicies[*].policy"), documentConstraints("assumeRolePolicy"),
			[]simulator.Constraint{roleWithoutMFA},
		),
		Quotas: []simulator.Quota{
			{
				Code: "L-FE177D64", Source: iamQuotas, Limit: 1000,
				Error: "LimitExceeded: Cannot exceed quota for RolesPerAccount: %d",
			},
			{
				Code: "L-C07B4B0D", Source: iamQuotas, Limit: 2048,
				Error: "LimitExceeded: Cannot exceed quota for ACLSizePerRole: %d",
				Per:   func(c *simulator.Call) string { return c.ID },
				Count: func(c *simulator.Call) int { return policyLength(c.Text("assumeRolePolicy")) },
			},
			policiesPerRole(func(c *simulator.Call) string { return c.ID }, func(c *simulator.Call) int {
				return len(c.Texts("managedPolicyArns[*]"))
			}),
		},
		API:        []string{"iam:CreateRole"},
		Parameters: map[string]string{"assumeRolePolicy": "AssumeRolePolicyDocument"},
		Compute: func(c *simulator.Call) {
			c.SetNew("name", c.ID)
			c.SetNew("namePrefix", "")
			c.SetNew("uniqueId", "AROA"+strings.ToUpper(c.Hex("unique id", 17)))
			c.SetNew("createDate", c.Now().UTC().Format(time.RFC3339))
			for _, name := range []string{"inlinePolicies", "managedPolicyArns"} {
				c.SetNew(name, []any{})
			}
		},
	}
}

// iamName allows the names of IAM entities up to a length.
func iamName(longest int) simulator.Rule {
	return simulator.Coded("ValidationError", simulator.All(
		simulator.Length(1, longest),
		simulator.Matches(`^[\w+=,.@-]*$`, "letters, digits and _ + = , . @ - are"),
	))
}

// normalize makes JSON text of the policy that an input holds: the provider takes objects too.
func normalize(input string) map[string]func(resource.PropertyValue) resource.PropertyValue {
	return map[string]func(resource.PropertyValue) resource.PropertyValue{
		input: func(policy resource.PropertyValue) resource.PropertyValue {
			if !policy.IsObject() {
				return policy
			}
			encoded, err := json.Marshal(policy.Mappable())
			if err != nil {
				return policy
			}
			return text(string(encoded))
		},
	}
}
