package aws

import (
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/iam/instance_profile.go; the IAM API's CreateInstanceProfile.

var instanceProfileKind = &simulator.Kind{
	Noun:     "IAM Instance Profile",
	Global:   true,
	ID:       nameOrPrefix,
	ARN:      "arn:{partition}:iam::{account}:instance-profile{path}{name}",
	Name:     "name",
	NotFound: "NoSuchEntity: Instance Profile %s cannot be found.",
}

func instanceProfileTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:iam/instanceProfile:InstanceProfile",
		Kind:      instanceProfileKind,
		Defaults:  map[string]any{"path": "/"},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"name", "namePrefix", "path"},
		Rules: map[string]simulator.Rule{
			"name": iamName(128), "namePrefix": iamName(128 - prefixDigits),
			"path": simulator.Matches(`^/(.*/)?$`, "paths that begin and end with / are"),
		},
		AtMostOne: [][]string{{"name", "namePrefix"}},
		References: []simulator.Reference{{
			Property: "role", To: kinds(roleKind), By: simulator.ByName,
			OnDelete: simulator.Ignore, // the provider takes a role out of its profiles before it deletes it
		}},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-iam-instance-profile-name",
				Source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html"},
			Properties: []string{"name"}, AnyCase: true,
			Error: "EntityAlreadyExists: Instance Profile %s already exists.",
		}},
		API: []string{"iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"},
		Parameters: map[string]string{
			"name": "InstanceProfileName", "role": "RoleName",
		},
		Compute: func(c *simulator.Call) {
			c.SetNew("name", c.ID)
			c.SetNew("namePrefix", "")
			c.SetNew("uniqueId", "AIPA"+strings.ToUpper(c.Hex("unique id", 17)))
			c.SetNew("createDate", c.Now().UTC().Format(time.RFC3339))
		},
	}}
}
