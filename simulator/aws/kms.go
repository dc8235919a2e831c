package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/kms/{key,alias}.go; the KMS API's CreateKey and CreateAlias.

var keyKind = &simulator.Kind{
	Noun: "KMS Key",
	ID: func(c *simulator.Call) string {
		if _, id, isReplica := strings.Cut(c.Text("primaryKeyArn"), ":key/"); isReplica {
			return id
		}
		d := c.Hex("key", 32)
		if c.Flag("multiRegion") {
			return "mrk-" + d
		}
		return asUUID(d)
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

// asUUID writes 32 hexadecimal digits in groups, as AWS writes ids.
func asUUID(d string) string {
	return strings.Join([]string{d[:8], d[8:12], d[12:16], d[16:20], d[20:]}, "-")
}

func kmsTypes() []*simulator.Type {
	alias := simulator.Text(func(name string) string {
		if rest, ok := strings.CutPrefix(name, "alias/"); !ok || rest == "" || strings.HasPrefix(rest, "aws/") {
			return fmt.Sprintf("ValidationException: %q must begin with alias/, and not with alias/aws/", name)
		}
		return ""
	})
	aliasName := simulator.All(alias, simulator.Matches(`^[a-zA-Z0-9/_-]{1,256}$`, "letters, digits and / _ - are"))
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
				"customerMasterKeySpec": simulator.Coded("ValidationException", simulator.Matches(
					`^(SYMMETRIC_DEFAULT|SM2|(RSA|HMAC)_\d+|(ECC|ML_DSA)_\w+)$`, "specs such as RSA_4096 are")),
				"keyUsage": simulator.OneOf("ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT", "SIGN_VERIFY"),
				"policy":   policyJSON,
			},
			Constraints: []simulator.Constraint{keyLockout, keyPolicySize, keyRotation, keyUsage},
			API:         []string{"kms:CreateKey", "kms:ScheduleKeyDeletion", "kms:EnableKeyRotation"},
			Parameters: map[string]string{
				"deletionWindowInDays": "PendingWindowInDays", "customerMasterKeySpec": "", // the model lacks the newest
			},
			Compute: func(c *simulator.Call) {
				c.Set("keyId", c.ID)
				c.SetNew("description", "")
				c.SetNew("multiRegion", false)
				c.SetNew("enableKeyRotation", false)
				c.SetNew("rotationPeriodInDays", 365)
				c.SetNew("policy", defaultKeyPolicy(c))
			},
		},
		{
			Token:     "aws:kms/alias:Alias",
			Kind:      aliasKind,
			AutoName:  &simulator.AutoName{Property: "name", Prefix: "alias/", MaxLength: 255, Separator: "-"},
			Immutable: []string{"name", "namePrefix"},
			Rules:     map[string]simulator.Rule{"name": aliasName, "namePrefix": alias},
			AtMostOne: [][]string{{"name", "namePrefix"}},
			References: []simulator.Reference{
				toKey("targetKeyId", simulator.ByID, simulator.Follow), toKey("targetKeyId", simulator.ByARN, simulator.Follow),
			},
			Unique: []simulator.Unique{{
				Properties: []string{"name"},
				Error:      "AlreadyExistsException: An alias with the name %s already exists",
			}},
			Quotas: []simulator.Quota{{
				Code: "L-340F62FB", Source: kmsQuotas, Limit: 50,
				Error: "LimitExceededException: the key has its quota of %d aliases",
				Per: func(c *simulator.Call) string {
					if key := findKey(c, c.Text("targetKeyId")); key != nil {
						return key.ID
					}
					return ""
				},
			}},
			Constraints: []simulator.Constraint{keyRegion("targetKeyId")},
			API:         []string{"kms:CreateAlias"},
			Parameters:  map[string]string{"name": "AliasName"},
			Compute: func(c *simulator.Call) {
				c.SetNew("name", c.ID)
				c.SetNew("namePrefix", "")
				c.Set("targetKeyArn", c.Text("targetKeyId"))
				if key := findKey(c, c.Text("targetKeyId")); key != nil {
					c.Set("targetKeyArn", key.ARN)
				}
			},
		},
	}
}
