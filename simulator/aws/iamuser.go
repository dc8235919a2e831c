package aws

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Users and groups. Sources: terraform-provider-aws, internal/service/iam/{user,group,group_membership,
// user_group_membership,access_key,user_policy,group_policy,user_policy_attachment,group_policy_attachment,
// policy_attachment}.go; the IAM API's DeleteUser and DeleteGroup; IAM guide, "IAM and AWS STS quotas".

var (
	userKind = &simulator.Kind{
		Noun: "IAM User", Global: true, Name: "name",
		ID:       func(c *simulator.Call) string { return c.Text("name") },
		ARN:      "arn:{partition}:iam::{account}:user{path}{name}",
		NotFound: "NoSuchEntity: The user with name %s cannot be found.",
	}
	groupKind = &simulator.Kind{
		Noun: "IAM Group", Global: true, Name: "name",
		ID:       func(c *simulator.Call) string { return c.Text("name") },
		ARN:      "arn:{partition}:iam::{account}:group{path}{name}",
		NotFound: "NoSuchEntity: The group with name %s cannot be found.",
	}
	groupMembershipKind = &simulator.Kind{
		Noun: "IAM Group Membership", Global: true,
		ID: func(c *simulator.Call) string { return c.Text("name") },
	}
	userMembershipKind = &simulator.Kind{Noun: "IAM User Group Membership", Global: true, IDPrefix: "terraform-"}
	accessKeyKind      = &simulator.Kind{
		Noun: "IAM Access Key", Global: true,
		ID: func(c *simulator.Call) string { return "AKIA" + strings.ToUpper(c.Hex("access key", 16)) },
	}
	userPolicyKind      = partOf("IAM User Policy", "user", ":")
	groupPolicyKind     = partOf("IAM Group Policy", "group", ":")
	userAttachmentKind  = partOf("IAM User Policy Attachment", "user", "/")
	groupAttachmentKind = partOf("IAM Group Policy Attachment", "group", "/")
	policyUseKind       = &simulator.Kind{
		Noun: "IAM Policy Attachment", Global: true,
		ID: func(c *simulator.Call) string { return c.Text("name") },
	}
)

// partOf is the kind of a policy that is a user's or group's own, or is attached to it.
func partOf(noun, of, separator string) *simulator.Kind {
	return &simulator.Kind{Noun: noun, Global: true, ID: func(c *simulator.Call) string {
		if policy := c.Text("policyArn"); policy != "" {
			return c.Text(of) + separator + policy
		}
		return c.Text(of) + separator + nameOrPrefix(c)
	}}
}

// byName is a reference to users, roles or groups by their names: what refers goes with them, as far as they may go.
func byName(property string, to *simulator.Kind) simulator.Reference {
	return simulator.Reference{Property: property, To: kinds(to), By: simulator.ByName, OnDelete: simulator.Follow}
}

var toPolicy = simulator.Reference{Property: "policyArn", To: kinds(policyKind), By: simulator.ByARN}

// perEntity limits how much something can have of a type.
func perEntity(code, of, what string, limit int) []simulator.Quota {
	return []simulator.Quota{{
		Code: code, Source: iamQuotas, Limit: limit, Error: "LimitExceeded: Cannot exceed quota for " + what + ": %d",
		Per: func(c *simulator.Call) string { return c.Text(of) },
	}}
}

// iamPath allows the paths of IAM entities.
var iamPath = simulator.Coded("ValidationError", simulator.Matches(`^/(.*/)?$`, "paths that begin and end with / are"))

func iamUserTypes() []*simulator.Type {
	return slices.Concat(identityTypes(), membershipTypes(), ownPolicyTypes(), attachmentTypes())
}

func identityTypes() []*simulator.Type {
	entity := func(token string, kind *simulator.Kind, longest int, id, noun string) *simulator.Type {
		return &simulator.Type{
			Token:    token,
			Kind:     kind,
			Defaults: map[string]any{"path": "/"},
			AutoName: &simulator.AutoName{Property: "name", MaxLength: longest, Separator: "-"},
			Rules:    map[string]simulator.Rule{"name": iamName(longest), "path": iamPath},
			Unique: []simulator.Unique{{
				Properties: []string{"name"}, AnyCase: true,
				Error: "EntityAlreadyExists: " + noun + " with name %s already exists.",
			}},
			Compute: func(c *simulator.Call) { c.SetNew("uniqueId", id+strings.ToUpper(c.Hex("unique id", 17))) },
		}
	}
	user := entity("aws:iam/user:User", userKind, 64, "AIDA", "User")
	user.Defaults["forceDestroy"] = false
	user.Rules["permissionsBoundary"] = validARN
	user.References = []simulator.Reference{{Property: "permissionsBoundary", To: kinds(policyKind), By: simulator.ByARN}}
	user.Constraints = []simulator.Constraint{userInUse}
	user.API = []string{"iam:CreateUser"}
	group := entity("aws:iam/group:Group", groupKind, 128, "AGPA", "Group")
	group.Constraints = []simulator.Constraint{groupInUse}
	group.API = []string{"iam:CreateGroup"}
	return []*simulator.Type{user, group, {
		Token:      "aws:iam/accessKey:AccessKey",
		Kind:       accessKeyKind,
		Defaults:   map[string]any{"status": "Active"},
		Immutable:  []string{"pgpKey", "user"},
		References: []simulator.Reference{byName("user", userKind)},
		Quotas:     perEntity("aws-iam-access-keys-per-user", "user", "AccessKeysPerUser", 2),
		API:        []string{"iam:CreateAccessKey", "iam:UpdateAccessKey"},
		Parameters: map[string]string{"user": "UserName"},
		Compute:    computeAccessKey,
	}}
}

func computeAccessKey(c *simulator.Call) {
	bytes := func(purpose string) []byte {
		decoded, _ := hex.DecodeString(c.Hex(purpose, 60))
		return decoded
	}
	c.SetNew("createDate", c.Now().UTC().Format(time.RFC3339))
	for _, name := range []string{"encryptedSecret", "encryptedSesSmtpPasswordV4", "keyFingerprint", "secret", "sesSmtpPasswordV4"} {
		if c.Given("pgpKey") == (name == "secret" || name == "sesSmtpPasswordV4") {
			c.SetNew(name, "")
		} else {
			c.SetNew(name, base64.StdEncoding.EncodeToString(bytes(name)))
		}
	}
}

func membershipTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:      "aws:iam/groupMembership:GroupMembership",
			Kind:       groupMembershipKind,
			AutoName:   &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-"},
			Immutable:  []string{"group", "name"},
			Sets:       []string{"users"},
			References: []simulator.Reference{byName("group", groupKind), memberUsers},
			API:        []string{"iam:AddUserToGroup"},
			Parameters: map[string]string{"group": "GroupName", "name": ""},
		},
		{
			Token:     "aws:iam/userGroupMembership:UserGroupMembership",
			Kind:      userMembershipKind,
			Immutable: []string{"user"},
			Sets:      []string{"groups"},
			References: []simulator.Reference{byName("user", userKind),
				{Property: "groups[*]", To: kinds(groupKind), By: simulator.ByName, OnDelete: simulator.Ignore}},
			Constraints: []simulator.Constraint{groupsPerUser},
			API:         []string{"iam:AddUserToGroup"},
			Parameters:  map[string]string{"user": "UserName"},
		},
	}
}

// memberUsers are users of a group: a user that goes leaves its groups.
var memberUsers = simulator.Reference{Property: "users[*]", To: kinds(userKind), By: simulator.ByName, OnDelete: simulator.Ignore}

// ownPolicyTypes are policies that are written into a user or group.
func ownPolicyTypes() []*simulator.Type {
	own := func(token string, kind, of *simulator.Kind, input, operation string, longest simulator.Constraint) *simulator.Type {
		return &simulator.Type{
			Token:       token,
			Kind:        kind,
			Normalize:   normalize("policy"),
			AutoName:    &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
			Immutable:   []string{"name", "namePrefix", input},
			Rules:       map[string]simulator.Rule{"name": iamName(128), "policy": identityPolicy},
			AtMostOne:   [][]string{{"name", "namePrefix"}},
			References:  []simulator.Reference{byName(input, of)},
			Overwrites:  puts,
			Constraints: []simulator.Constraint{longest},
			API:         []string{"iam:" + operation},
			Parameters:  map[string]string{"name": "PolicyName", "policy": "PolicyDocument"},
			Compute: func(c *simulator.Call) {
				c.SetNew("name", nameOrPrefix(c))
				c.SetNew("namePrefix", "")
			},
		}
	}
	return []*simulator.Type{
		own("aws:iam/userPolicy:UserPolicy", userPolicyKind, userKind, "user", "PutUserPolicy", userPolicySize),
		own("aws:iam/groupPolicy:GroupPolicy", groupPolicyKind, groupKind, "group", "PutGroupPolicy", groupPolicySize),
	}
}

func attachmentTypes() []*simulator.Type {
	attachment := func(token string, kind, to *simulator.Kind, input, operation, code, quota string) *simulator.Type {
		return &simulator.Type{
			Token:      token,
			Kind:       kind,
			Immutable:  []string{"policyArn", input},
			Rules:      map[string]simulator.Rule{"policyArn": validARN},
			References: []simulator.Reference{byName(input, to), toPolicy},
			Quotas:     perEntity(code, input, quota, 10),
			API:        []string{"iam:" + operation},
		}
	}
	return []*simulator.Type{
		attachment("aws:iam/userPolicyAttachment:UserPolicyAttachment", userAttachmentKind, userKind, "user",
			"AttachUserPolicy", "L-4019AD8B", "PoliciesPerUser"),
		attachment("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", groupAttachmentKind, groupKind, "group",
			"AttachGroupPolicy", "L-384571C4", "PoliciesPerGroup"),
		{
			Token:     "aws:iam/policyAttachment:PolicyAttachment",
			Kind:      policyUseKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-"},
			Immutable: []string{"name", "policyArn"},
			Sets:      []string{"groups", "roles", "users"},
			Rules:     map[string]simulator.Rule{"policyArn": validARN},
			References: []simulator.Reference{
				toPolicy,
				{Property: "groups[*]", To: kinds(groupKind), By: simulator.ByName},
				{Property: "roles[*]", To: kinds(roleKind), By: simulator.ByName},
				{Property: "users[*]", To: kinds(userKind), By: simulator.ByName},
			},
			Constraints: []simulator.Constraint{attachedToNothing},
		},
	}
}
