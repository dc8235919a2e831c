package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/kms/{grant,key_policy,replica_key}.go; the KMS API's CreateGrant,
// PutKeyPolicy and ReplicateKey; KMS guide, "Multi-Region keys".

var grantKind = &simulator.Kind{
	Noun: "KMS Grant",
	ID:   func(c *simulator.Call) string { return c.Text("keyId") + ":" + c.Hex("grant", 64) },
}

// keyPolicyKind stands for a key's policy that is a resource of its own: its id is the key's, as it was given.
var keyPolicyKind = &simulator.Kind{
	Noun: "KMS Key Policy",
	ID:   func(c *simulator.Call) string { return c.Text("keyId") },
}

// toKey refers to a key that an input names by id or by ARN, as it does when isARN.
func toKey(property string, by simulator.Address, onDelete simulator.OnDelete) simulator.Reference {
	return simulator.Reference{
		Property: property, To: kinds(keyKind), By: by, OnDelete: onDelete,
		Address: func(_ *simulator.Call, key string) (string, bool) {
			return key, strings.HasPrefix(key, "arn:") == (by == simulator.ByARN)
		},
	}
}

func keyGrantTypes() []*simulator.Type {
	principal := simulator.Text(func(name string) string {
		if strings.HasSuffix(name, ".amazonaws.com") || strings.HasSuffix(name, ".amazonaws.com.cn") {
			return "" // a service
		}
		return validARN(text(name))
	})
	return []*simulator.Type{
		{
			Token:    "aws:kms/grant:Grant",
			Kind:     grantKind,
			Defaults: map[string]any{"retireOnDelete": false},
			Sets:     []string{"constraints", "grantCreationTokens", "operations"},
			Immutable: []string{
				"constraints", "grantCreationTokens", "granteePrincipal", "keyId", "name", "operations", "retireOnDelete",
				"retiringPrincipal",
			},
			Rules: map[string]simulator.Rule{"granteePrincipal": principal, "retiringPrincipal": principal},
			References: []simulator.Reference{
				toKey("keyId", simulator.ByID, simulator.Follow), toKey("keyId", simulator.ByARN, simulator.Follow),
				toRole("granteePrincipal", noPrincipal), toRole("retiringPrincipal", noPrincipal),
			},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-kms-grant-one-constraint",
					Source: "terraform-provider-aws, internal/service/kms/grant.go"},
				Stage: simulator.AtCheck,
				Error: "ValidationException: More than one constraint supplied",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					given := 0
					for _, name := range []string{"encryptionContextEquals", "encryptionContextSubset"} {
						if c.Given("constraints[*]." + name) {
							given++
						}
					}
					if given > 1 {
						broken("constraints")
					}
				},
			}},
			API:        []string{"kms:CreateGrant"},
			Parameters: map[string]string{"grantCreationTokens": "GrantTokens"},
			Compute: func(c *simulator.Call) {
				_, grant, _ := strings.Cut(c.ID[strings.LastIndex(c.ID, "/")+1:], ":")
				c.Set("grantId", grant)
				c.Set("grantToken", "AQpA"+c.Hex("grant token", 64))
			},
		},
		{
			Token:     "aws:kms/keyPolicy:KeyPolicy",
			Kind:      keyPolicyKind,
			Defaults:  map[string]any{"bypassPolicyLockoutSafetyCheck": false},
			Normalize: normalize("policy"),
			Rules:     map[string]simulator.Rule{"policy": policyJSON},
			References: []simulator.Reference{
				toKey("keyId", simulator.ByID, simulator.Follow), toKey("keyId", simulator.ByARN, simulator.Follow),
			},
			Constraints: []simulator.Constraint{keyLockout, keyPolicySize},
			API:         []string{"kms:PutKeyPolicy"},
		},
		replicaKeyType(),
	}
}

// toRole refers to a role of the account by its ARN; ARNs of others, services and users are not looked for. The refusal is
// the cloud's when there is no such role.
func toRole(property, refusal string) simulator.Reference {
	return simulator.Reference{
		Property: property, To: kinds(roleKind), By: simulator.ByARN, OnDelete: simulator.Ignore, NotFound: refusal,
		Address: func(_ *simulator.Call, arn string) (string, bool) {
			return arn, strings.Contains(arn, ":role/") && !strings.Contains(arn, ":role/aws-service-role/")
		},
	}
}

// noPrincipal is the refusal of KMS for roles that do not exist.
const noPrincipal = "InvalidArnException: ARN does not refer to a valid principal: %s"

// replicaKeyType is a multi-Region key's copy in another region, which has the same id there.
func replicaKeyType() *simulator.Type {
	const replicate = "https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html"
	return &simulator.Type{
		Token:     "aws:kms/replicaKey:ReplicaKey",
		Kind:      keyKind,
		Defaults:  map[string]any{"bypassPolicyLockoutSafetyCheck": false, "deletionWindowInDays": 30, "enabled": true},
		Immutable: []string{"primaryKeyArn"},
		Normalize: normalize("policy"),
		Rules: map[string]simulator.Rule{
			"deletionWindowInDays": simulator.Between(7, 30), "policy": policyJSON, "primaryKeyArn": validARN,
		},
		References: []simulator.Reference{{
			Property: "primaryKeyArn", To: kinds(keyKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
		}},
		Constraints: []simulator.Constraint{keyLockout, keyPolicySize, {
			Origin: simulator.Origin{ID: "aws-kms-replica-of-multi-region-key", Source: replicate},
			Stage:  simulator.AtApply,
			Error:  "UnsupportedOperationException: %s is not a multi-Region primary key",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				primary := findKey(c, c.Text("primaryKeyArn"))
				if primary != nil && !primary.Flag("multiRegion") {
					broken("primaryKeyArn", primary.ARN)
				}
			},
		}},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-kms-one-replica-per-region", Source: replicate},
			Properties: []string{"primaryKeyArn"},
			Error:      "AlreadyExistsException: there is a replica of %s in this Region already",
		}},
		API:        []string{"kms:ReplicateKey", "kms:ScheduleKeyDeletion"},
		Parameters: map[string]string{"deletionWindowInDays": "PendingWindowInDays", "primaryKeyArn": "KeyId"},
		Compute: func(c *simulator.Call) {
			c.Set("keyId", c.ID)
			c.SetNew("description", "")
			c.SetNew("policy", defaultKeyPolicy(c))
			if primary := findKey(c, c.Text("primaryKeyArn")); primary != nil {
				c.Set("keySpec", primary.Text("customerMasterKeySpec"))
				c.Set("keyUsage", primary.Text("keyUsage"))
				c.Set("keyRotationEnabled", primary.Flag("enableKeyRotation"))
			}
		},
	}
}
