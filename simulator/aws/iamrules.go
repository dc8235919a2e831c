package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What IAM refuses of things that are right by themselves. Sources: the IAM API's DeleteUser, DeleteGroup, CreateRole
// and PutRolePolicy and their errors; IAM guide, "IAM and AWS STS quotas" and "AWS JSON policy elements: Principal".

const (
	deleteUser      = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html"
	deleteGroup     = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html"
	policyPrincipal = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
)

const deleteConflict = "DeleteConflict: Cannot delete entity, must %s first."

// userInUse: what a user has goes before it, unless the program lets the provider clear it away.
var userInUse = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-iam-user-in-use", Source: deleteUser},
	Stage:  simulator.AtDelete,
	Error:  deleteConflict,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Flag("forceDestroy") {
			return
		}
		switch {
		case len(c.Old.Users(userAttachmentKind)) > 0:
			broken("", "detach all policies")
		case len(c.Old.Users(userPolicyKind)) > 0:
			broken("", "delete policies")
		case len(c.Old.Users(accessKeyKind)) > 0:
			broken("", "delete access keys")
		}
	},
}

var groupInUse = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-iam-group-in-use", Source: deleteGroup},
	Stage:  simulator.AtDelete,
	Error:  deleteConflict,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		switch {
		case len(c.Old.Users(groupAttachmentKind)) > 0:
			broken("", "detach all policies")
		case len(c.Old.Users(groupPolicyKind)) > 0:
			broken("", "delete policies")
		case len(c.Old.Users(groupMembershipKind)) > 0, len(c.Old.Users(userMembershipKind)) > 0:
			broken("", "remove users from group")
		}
	},
}

var groupsPerUser = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-iam-groups-per-user", Source: iamQuotas},
	Stage:  simulator.AtCheck,
	Error:  "LimitExceeded: Cannot exceed quota for GroupsPerUser: 10",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if lengthOf(c.Inputs["groups"]) > 10 {
			broken("groups")
		}
	},
}

var attachedToNothing = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-iam-attachment-to-nothing",
		Source: "terraform-provider-aws, internal/service/iam/policy_attachment.go"},
	Stage: simulator.AtCheck,
	Error: "one of groups, roles, users must be specified",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, name := range []string{"groups", "roles", "users"} {
			if !c.Known(name) || lengthOf(c.Inputs[resource.PropertyKey(name)]) > 0 {
				return
			}
		}
		broken("users")
	},
}

var (
	userPolicySize  = longestTogether("aws-iam-user-inline-size", "user", userKind, userPolicyKind, 2048)
	groupPolicySize = longestTogether("aws-iam-group-inline-size", "group", groupKind, groupPolicyKind, 5120)
)

// longestTogether limits the length of all policies that are written into an entity.
func longestTogether(id, input string, of, policies *simulator.Kind, limit int) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: iamQuotas},
		Stage:  simulator.AtApply,
		Error:  "LimitExceeded: Maximum policy size of %d bytes exceeded for " + input + " %s",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			entity := c.FindBy(of, simulator.ByName, c.Text(input))
			n := policyLength(c.Text("policy"))
			for _, other := range c.Others(entity.Users(policies)) {
				n += policyLength(other.Text("policy"))
			}
			if n > limit {
				broken("policy", limit, c.Text(input))
			}
		},
	}
}

// trustedExist: IAM looks up the users and roles that a policy names.
var trustedExist = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-iam-invalid-principal", Source: policyPrincipal},
	Stage:  simulator.AtApply,
	Error:  `MalformedPolicyDocument: Invalid principal in policy: "AWS":"%s"`,
	// terraform-provider-aws, internal/service/iam/role.go: what it names may be being made.
	Retried: true,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		own := "arn:" + c.Partition + ":iam::" + c.Account + ":role" + c.Text("path") + c.ID // see aws-iam-role-trusts-itself
		for _, name := range unknownPrincipals(c, c.Inputs["assumeRolePolicy"]) {
			if name != own {
				broken("assumeRolePolicy", name)
			}
		}
	},
}

// unknownPrincipals returns the users and roles of the account that a policy names although they do not exist.
func unknownPrincipals(c *simulator.Call, policy resource.PropertyValue) []string {
	var unknown []string
	for _, s := range statementsOf(policy) {
		byType, _ := s["Principal"].(map[string]any)
		for _, name := range textsOf(byType["AWS"]) {
			if !isKnownPrincipal(c, name) {
				unknown = append(unknown, name)
			}
		}
	}
	return unknown
}

func isKnownPrincipal(c *simulator.Call, arn string) bool {
	ours := "arn:" + c.Partition + ":iam::" + c.Account + ":"
	name, isOurs := strings.CutPrefix(arn, ours)
	switch {
	case !isOurs, name == "user/"+callerName, strings.HasPrefix(name, "role/aws-service-role/"),
		strings.HasPrefix(name, "role/aws-reserved/"): // those of IAM Identity Center
		return true
	case strings.HasPrefix(name, "role/"):
		return c.FindBy(roleKind, simulator.ByARN, arn) != nil
	case strings.HasPrefix(name, "user/"):
		return c.FindBy(userKind, simulator.ByARN, arn) != nil
	}
	return true
}
