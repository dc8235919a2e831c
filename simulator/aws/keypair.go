package aws

import (
	"crypto/md5" //nolint:gosec // the form in which EC2 shows fingerprints of RSA keys
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{ec2_key_pair,ec2_placement_group}.go; the EC2 API's
// ImportKeyPair and CreatePlacementGroup; EC2 guide, "Create a key pair", "Placement strategies".

var keyPairKind = &simulator.Kind{
	Noun:     "EC2 Key Pair",
	ID:       func(c *simulator.Call) string { return named(c, "keyName") },
	ARN:      "arn:{partition}:ec2:{region}:{account}:key-pair/{id}",
	NotFound: "InvalidKeyPair.NotFound: The key pair '%s' does not exist",
}

var placementGroupKind = &simulator.Kind{
	Noun:     "EC2 Placement Group",
	ID:       func(c *simulator.Call) string { return c.Text("name") },
	ARN:      "arn:{partition}:ec2:{region}:{account}:placement-group/{id}",
	NotFound: "InvalidPlacementGroup.Unknown: The Placement Group '%s' is unknown.",
	InUse:    "InvalidPlacementGroup.InUse: The placement group '%s' is in use and may not be deleted.",
}

// named is nameOrPrefix for an input that is not called name.
func named(c *simulator.Call, input string) string {
	if prefix := c.Text(input + "Prefix"); prefix != "" && !c.Given(input) {
		return prefix + c.Hex(input+"Prefix", prefixDigits)
	}
	return c.Text(input)
}

func keyPairTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:ec2/keyPair:KeyPair",
			Kind:      keyPairKind,
			AutoName:  &simulator.AutoName{Property: "keyName", MaxLength: 255, Separator: "-"},
			Immutable: []string{"keyName", "keyNamePrefix", "publicKey"},
			Rules: map[string]simulator.Rule{
				"keyName": simulator.Length(1, 255), "keyNamePrefix": simulator.Length(1, 255-prefixDigits),
				"publicKey": simulator.Text(func(key string) string {
					if _, _, ok := parsePublicKey(key); !ok {
						return "InvalidKey.Format: Key is not in valid OpenSSH public key format"
					}
					return ""
				}),
			},
			AtMostOne: [][]string{{"keyName", "keyNamePrefix"}},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-ec2-key-pair-name", Source: ec2Errors},
				Properties: []string{"keyName"},
				Error:      "InvalidKeyPair.Duplicate: The keypair '%s' already exists.",
			}},
			API:     []string{"ec2:ImportKeyPair"},
			Compute: computeKeyPair,
		},
		{
			Token:     "aws:ec2/placementGroup:PlacementGroup",
			Kind:      placementGroupKind,
			Immutable: []string{"name", "partitionCount", "spreadLevel", "strategy"},
			Rules: map[string]simulator.Rule{
				"strategy": simulator.OneOf("cluster", "partition", "spread"), "spreadLevel": simulator.OneOf("host", "rack"),
				"partitionCount": simulator.Between(0, 7),
			},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-ec2-placement-group-name", Source: ec2Errors},
				Properties: []string{"name"},
				Error:      "InvalidPlacementGroup.Duplicate: The placement group '%s' already exists.",
			}},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-ec2-placement-strategy",
					Source: "terraform-provider-aws, internal/service/ec2/ec2_placement_group.go"},
				Error: "%s must not be set when strategy = %q",
				Stage: simulator.AtCheck,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					for input, strategy := range map[string]string{"partitionCount": "partition", "spreadLevel": "spread"} {
						if c.Given(input) && c.Known("strategy") && c.Text("strategy") != strategy {
							broken(input, input, c.Text("strategy"))
						}
					}
				},
			}},
			API: []string{"ec2:CreatePlacementGroup"},
			Compute: func(c *simulator.Call) {
				c.SetNew("placementGroupId", "pg-"+c.Hex("placement group", idDigits))
				spread := ""
				if c.Text("strategy") == "spread" {
					spread = "rack"
				}
				c.SetNew("spreadLevel", spread)
				partitions := 0
				if c.Text("strategy") == "partition" {
					partitions = 2 // ec2 guide, "Placement strategies"
				}
				c.SetNew("partitionCount", partitions)
			},
		},
	}
}

// parsePublicKey returns the type and the bytes of a public key in OpenSSH's form, or of the bare Base64 of one.
func parsePublicKey(key string) (kind string, blob []byte, ok bool) {
	fields := strings.Fields(key)
	switch {
	case len(fields) == 0:
		return "", nil, false
	case strings.HasPrefix(key, "-----BEGIN") || strings.HasPrefix(key, "---- BEGIN"):
		return "rsa", []byte(key), true
	case len(fields) == 1:
		kind, fields = "rsa", []string{"", fields[0]}
	case fields[0] == "ssh-rsa":
		kind = "rsa"
	case fields[0] == "ssh-ed25519":
		kind = "ed25519"
	default:
		return "", nil, false
	}
	blob, err := base64.StdEncoding.DecodeString(fields[1])
	return kind, blob, err == nil && len(blob) > 0
}

func computeKeyPair(c *simulator.Call) {
	kind, blob, _ := parsePublicKey(c.Text("publicKey"))
	digest := sha256.Sum256(blob)
	fingerprint := base64.StdEncoding.EncodeToString(digest[:])
	if kind == "rsa" {
		short := md5.Sum(blob) //nolint:gosec // as above
		fingerprint = strings.ReplaceAll(fmt.Sprintf("% x", short), " ", ":")
	}
	c.Set("keyName", c.ID)
	c.SetNew("keyNamePrefix", "")
	c.SetNew("keyPairId", "key-"+c.Hex("key pair", idDigits))
	c.Set("keyType", kind)
	c.Set("fingerprint", fingerprint)
}
