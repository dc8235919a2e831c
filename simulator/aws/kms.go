package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/kms/{key,alias}.go; the KMS
// API's CreateKey and CreateAlias.

var keyKind = &simulator.Kind{
	Noun: "KMS Key",
	ID: func(c *simulator.Call) string {
		d := c.Hex("key", 32)
		return strings.Join([]string{d[:8], d[8:12], d[12:16], d[16:20], d[20:]}, "-")
	},
	ARN:      "arn:{partition}:kms:{region}:{account}:key/{id}",
	NotFound: "NotFoundException: Invalid keyId '%s'",
}

var aliasKind = &simulator.Kind{
	Noun:     "KMS Alias",
	ID:       nameOrPrefix,
	ARN:      "arn:{partition}:kms:{region}:{account}:{id}",
	NotFound: "NotFoundException: Alias %s is not found.",
}

func kmsTypes() []*simulator.Type {
	alias := simulator.Text(func(name string) string {
		if rest, ok := strings.CutPrefix(name, "alias/"); !ok || rest == "" || strings.HasPrefix(rest, "aws/") {
			return fmt.Sprintf("ValidationException: %q must begin with alias/, and not with alias/aws/", name)
		}
		return ""
	})
	aliasName := simulator.All(alias, simulator.Matches(`^[a-zA-Z0-9/_-]{1,256}$`, "letters, digits and / _ - are"))
	toKey := func(by simulator.Address, isARN bool) simulator.Reference {
		return simulator.Reference{
			Property: "targetKeyId", To: kinds(keyKind), By: by, OnDelete: simulator.Follow,
			Address: func(_ *simulator.Call, id string) (string, bool) { return id, strings.HasPrefix(id, "arn:") == isARN },
		}
	}
	return []*simulator.Type{
		{
			Token: "aws:kms/key:Key",
			Kind:  keyKind,
			Defaults: map[string]any{
				"bypassPolicyLockoutSafetyCheck": false, "customerMasterKeySpec": "SYMMETRIC_DEFAULT", "isEnabled": true,
				"keyUsage": "ENCRYPT_DECRYPT",
			},
			Immutable: []string{"customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"},
			Rules: map[string]simulator.Rule{
				"deletionWindowInDays": simulator.Between(7, 30),
				"rotationPeriodInDays": simulator.Between(90, 2560),
				"description":          simulator.Length(0, 8192),
				"keyUsage":             simulator.OneOf("ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT", "SIGN_VERIFY"),
				"policy":               policyJSON,
			},
			Check: func(c *simulator.Call) {
				symmetric := c.Text("customerMasterKeySpec") == "SYMMETRIC_DEFAULT"
				if c.Flag("enableKeyRotation") && c.Known("customerMasterKeySpec") && !symmetric {
					c.Fail("enableKeyRotation", "UnsupportedOperationException: only symmetric keys can be rotated")
				}
			},
			Compute: func(c *simulator.Call) {
				c.Set("keyId", c.ID)
				c.SetNew("description", "")
				c.SetNew("multiRegion", false)
				c.SetNew("enableKeyRotation", false)
				c.SetNew("rotationPeriodInDays", 365)
				c.SetNew("policy", fmt.Sprintf(`{"Id":"key-default-1","Statement":[{"Action":"kms:*","Effect":"Allow",`+
					`"Principal":{"AWS":"arn:%s:iam::%s:root"},"Resource":"*","Sid":"Enable IAM User Permissions"}],`+
					`"Version":"2012-10-17"}`, c.Partition, c.Account))
			},
		},
		{
			Token:      "aws:kms/alias:Alias",
			Kind:       aliasKind,
			AutoName:   &simulator.AutoName{Property: "name", Prefix: "alias/", MaxLength: 255, Separator: "-"},
			Immutable:  []string{"name", "namePrefix"},
			Rules:      map[string]simulator.Rule{"name": aliasName, "namePrefix": alias},
			AtMostOne:  [][]string{{"name", "namePrefix"}},
			References: []simulator.Reference{toKey(simulator.ByID, false), toKey(simulator.ByARN, true)},
			Unique: []simulator.Unique{{
				Properties: []string{"name"},
				Error:      "AlreadyExistsException: An alias with the name %s already exists",
			}},
			Compute: func(c *simulator.Call) {
				key := c.Find(keyKind, c.Text("targetKeyId"))
				if key == nil {
					key = c.FindBy(keyKind, simulator.ByARN, c.Text("targetKeyId"))
				}
				c.SetNew("name", c.ID)
				c.SetNew("namePrefix", "")
				c.Set("targetKeyArn", c.Text("targetKeyId"))
				if key != nil {
					c.Set("targetKeyArn", key.ARN)
				}
			},
		},
	}
}
