package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What KMS demands of a key beyond its inputs' forms. Sources: KMS guide, "Default key policy" and "Resource quotas"; the
// KMS API's CreateKey and EnableKeyRotation.

const (
	kmsQuotas    = "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html"
	kmsCreateKey = "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html"
)

// defaultKeyPolicy is the policy of keys that are given none.
func defaultKeyPolicy(c *simulator.Call) string {
	return fmt.Sprintf(`{"Id":"key-default-1","Statement":[{"Action":"kms:*","Effect":"Allow",`+
		`"Principal":{"AWS":"arn:%s:iam::%s:root"},"Resource":"*","Sid":"Enable IAM User Permissions"}],`+
		`"Version":"2012-10-17"}`, c.Partition, c.Account)
}

// keyLockout: who makes a key must be allowed to change its policy. The real maker is not known here, so that any
// account, role or user that is allowed to counts.
var keyLockout = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-kms-policy-lockout",
		Source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"},
	Stage: simulator.AtCheck,
	Error: "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		policy := c.Text("policy")
		if policy == "" || c.Flag("bypassPolicyLockoutSafetyCheck") {
			return
		}
		statements := statementsOf(text(policy))
		if len(statements) > 0 && !slices.ContainsFunc(statements, letsSomeoneChange) {
			broken("policy")
		}
	},
}

// letsSomeoneChange reports whether a statement allows an identity to change the policy.
func letsSomeoneChange(s map[string]any) bool {
	byType, _ := s["Principal"].(map[string]any)
	identity := s["Principal"] == "*" || s["NotPrincipal"] != nil || len(listOf(byType["AWS"])) > 0
	return identity && s["Effect"] == "Allow" && coversAction(s, "kms:PutKeyPolicy")
}

var keyPolicySize = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-kms-policy-size", Source: kmsQuotas},
	Stage:  simulator.AtCheck,
	Error:  "LimitExceededException: a key policy may have 32768 bytes, this one has %d",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if size := len(c.Text("policy")); size > 32768 {
			broken("policy", size)
		}
	},
}

var keyRotation = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-kms-rotates-symmetric-keys",
		Source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html"},
	Stage: simulator.AtCheck,
	Error: "UnsupportedOperationException: only symmetric keys that KMS itself keeps can be rotated, not %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		spec := c.Text("customerMasterKeySpec")
		switch {
		case !c.Flag("enableKeyRotation") || !c.Known("customerMasterKeySpec"):
		case spec != "SYMMETRIC_DEFAULT":
			broken("enableKeyRotation", spec)
		case c.Given("customKeyStoreId"):
			broken("enableKeyRotation", "those of a custom key store")
		}
	},
}

// keyUsages are what the keys of a spec, told by how it begins, can be used for.
var keyUsages = []struct {
	spec   string
	usages []string
}{
	{"SYMMETRIC_DEFAULT", []string{"ENCRYPT_DECRYPT"}},
	{"HMAC_", []string{"GENERATE_VERIFY_MAC"}},
	{"RSA_", []string{"ENCRYPT_DECRYPT", "SIGN_VERIFY"}},
	{"ECC_NIST_", []string{"SIGN_VERIFY", "KEY_AGREEMENT"}},
	{"ECC_SECG_", []string{"SIGN_VERIFY"}},
}

var keyUsage = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-kms-usage-of-spec", Source: kmsCreateKey},
	Stage:  simulator.AtCheck,
	Error:  "ValidationException: KeyUsage %s is not compatible with KeySpec %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		spec, usage := c.Text("customerMasterKeySpec"), c.Text("keyUsage")
		for _, known := range keyUsages {
			if usage != "" && strings.HasPrefix(spec, known.spec) && !slices.Contains(known.usages, usage) {
				broken("keyUsage", usage, spec)
			}
		}
	},
}
