package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	keyToken     = "aws:kms/key:Key"
	aliasToken   = "aws:kms/alias:Alias"
	grantToken   = "aws:kms/grant:Grant"
	replicaToken = "aws:kms/replicaKey:ReplicaKey"

	// anyoneManages is a key policy that lets the account manage the key.
	anyoneManages = `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},` +
		`"Action":"kms:*","Resource":"*"}]}`
	// nobodyManages is a key policy that lets nobody change it.
	nobodyManages = `{"Statement":[{"Effect":"Allow","Principal":{"Service":"logs.us-west-2.amazonaws.com"},` +
		`"Action":"kms:*","Resource":"*"},{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"kms:Decrypt",` +
		`"Resource":"*"}]}`
)

func key(w *world, name string) thing { return w.Create(keyToken, name, inputs{}) }

func kmsFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: grantToken,
			Inputs: func(w *world) inputs {
				return inputs{
					"keyId": key(w, "key").ID(), "granteePrincipal": role(w, "reader").Text("arn"), "operations": []any{"Decrypt"},
				}
			},
			Replace: changing(inputs{"operations": []any{"Decrypt", "Encrypt"}}),
		},
		{
			Type:   "aws:kms/keyPolicy:KeyPolicy",
			Inputs: func(w *world) inputs { return inputs{"keyId": key(w, "key").ID(), "policy": anyoneManages} },
			Update: changing(inputs{"policy": strings.Replace(anyoneManages, "kms:*", "*", 1)}),
		},
		{
			Type: keyToken, Name: "in several regions",
			Inputs: func(*world) inputs { return inputs{"multiRegion": true} },
			Update: changing(inputs{"policy": anyoneManages}),
		},
		{
			Type: replicaToken, DeleteFirst: true,
			Inputs: func(w *world) inputs {
				ohio := w.As(inputs{"region": "us-east-2"})
				return inputs{"primaryKeyArn": ohio.Create(keyToken, "primary", inputs{"multiRegion": true}).Text("arn")}
			},
			Update: changing(inputs{"description": "copy"}),
			Replace: func(w *world, in inputs) inputs {
				ohio := w.As(inputs{"region": "us-east-2"})
				return with(in, inputs{"primaryKeyArn": ohio.Create(keyToken, "other", inputs{"multiRegion": true}).Text("arn")})
			},
		},
	}
}

func kmsCases() []simulatortest.Case {
	try := func(token string, in inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(token, "subject", in)
			return err
		}
	}
	grant := func(constraints inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(grantToken, "grant", inputs{
				"keyId": key(w, "key").ID(), "granteePrincipal": "logs.amazonaws.com", "operations": []any{"Decrypt"},
				"constraints": []any{constraints},
			})
			return err
		}
	}
	replicas := func(primary inputs, regions ...string) func(*world) error {
		return func(w *world) (err error) {
			arn := w.As(inputs{"region": "us-east-2"}).Create(keyToken, "primary", primary).Text("arn")
			for i, region := range regions {
				name := region + string(rune('a'+i))
				_, err = w.As(inputs{"region": region}).Try(replicaToken, name, inputs{"primaryKeyArn": arn})
			}
			return err
		}
	}
	aliases := func(names ...string) func(*world) error {
		return func(w *world) (err error) {
			to := key(w, "key").ID()
			for _, name := range names {
				_, err = w.Try(aliasToken, name, inputs{"name": "alias/" + name, "targetKeyId": to})
			}
			return err
		}
	}
	large := strings.Replace(anyoneManages, `"Resource"`, strings.Repeat(" ", 32768)+`"Resource"`, 1)
	return []simulatortest.Case{
		{
			ID: "aws-kms-policy-lockout", Code: "MalformedPolicyDocumentException", Text: "will not allow you to update",
			Fails:  try(keyToken, inputs{"policy": nobodyManages}),
			Passes: try(keyToken, inputs{"policy": nobodyManages, "bypassPolicyLockoutSafetyCheck": true}),
		},
		{
			ID: "aws-kms-policy-size", Code: "LimitExceededException", Text: "this one has 328",
			Fails:  try(keyToken, inputs{"policy": large}),
			Passes: try(keyToken, inputs{"policy": anyoneManages}),
		},
		{
			ID: "aws-kms-rotates-symmetric-keys", Code: "UnsupportedOperationException", Text: "not RSA_2048",
			Fails:  try(keyToken, inputs{"customerMasterKeySpec": "RSA_2048", "enableKeyRotation": true}),
			Passes: try(keyToken, inputs{"customerMasterKeySpec": "RSA_2048"}),
		},
		{
			ID: "aws-kms-usage-of-spec", Code: "ValidationException", Text: "ENCRYPT_DECRYPT is not compatible with KeySpec ECC",
			Fails:  try(keyToken, inputs{"customerMasterKeySpec": "ECC_NIST_P256"}),
			Passes: try(keyToken, inputs{"customerMasterKeySpec": "ECC_NIST_P256", "keyUsage": "SIGN_VERIFY"}),
		},
		{
			ID: "aws-kms-key-region", Code: "NotFoundException", Text: "Invalid arn us-east-2",
			Fails: func(w *world) error {
				arn := key(w.As(inputs{"region": "us-east-2"}), "key").Text("arn")
				return try(aliasToken, inputs{"targetKeyId": arn})(w)
			},
			Passes: func(w *world) error { return try(aliasToken, inputs{"targetKeyId": key(w, "key").Text("arn")})(w) },
		},
		{
			ID: "aws-kms-grant-one-constraint", Code: "ValidationException", Text: "More than one constraint",
			Fails: grant(inputs{
				"encryptionContextEquals": inputs{"a": "b"}, "encryptionContextSubset": inputs{"a": "b"},
			}),
			Passes: grant(inputs{"encryptionContextEquals": inputs{"a": "b"}}),
		},
		{
			ID: "aws-kms-replica-of-multi-region-key", Code: "UnsupportedOperationException", Text: "not a multi-Region primary key",
			Fails:  replicas(inputs{}, "eu-west-1"),
			Passes: replicas(inputs{"multiRegion": true}, "eu-west-1"),
		},
		{
			ID: "aws-kms-one-replica-per-region", Code: "AlreadyExistsException", Text: "replica of",
			Fails:  replicas(inputs{"multiRegion": true}, "eu-west-1", "eu-west-1"),
			Passes: replicas(inputs{"multiRegion": true}, "eu-west-1", "us-west-1"),
		},
		{
			ID: "L-340F62FB", Code: "LimitExceededException", Text: "quota of 1 aliases",
			Quotas: map[string]int{"L-340F62FB": 1},
			Fails:  aliases("one", "two"), Passes: aliases("one"),
		},
	}
}

func TestKMSLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.Create(keyToken, "key", inputs{"description": "logs"})
	w.Create(aliasToken, "alias", inputs{"name": "alias/logs", "targetKeyId": made.ID()})
	for _, name := range []string{made.ID(), made.Text("arn"), "alias/logs"} {
		found := ask(t, w, "aws:kms/getKey:getKey", inputs{"keyId": name})
		assert.Equal(t, made.Text("arn"), found["arn"])
		assert.Equal(t, "CUSTOMER", found["keyManager"])
		assert.Equal(t, "Enabled", found["keyState"])
		assert.Equal(t, "logs", found["description"])
		assert.Equal(t, "SYMMETRIC_DEFAULT", found["keySpec"])
	}
	refuses(t, w, "aws:kms/getKey:getKey", inputs{"keyId": "alias/none"}, "NotFoundException: Alias arn:aws:kms:us-west-2:123456789012:alias/none is not found.")
	refuses(t, w, "aws:kms/getKey:getKey", inputs{"keyId": "none"}, "NotFoundException: Invalid keyId 'none'")
	alias := ask(t, w, "aws:kms/getAlias:getAlias", inputs{"name": "alias/logs"})
	assert.Equal(t, made.ID(), alias["targetKeyId"])
	assert.Equal(t, made.Text("arn"), alias["targetKeyArn"])
	own := ask(t, w, "aws:kms/getAlias:getAlias", inputs{"name": "alias/aws/backup"})
	assert.Contains(t, own["targetKeyArn"], "arn:aws:kms:us-west-2:123456789012:key/")
	refuses(t, w, "aws:kms/getAlias:getAlias", inputs{"name": "alias/none"}, "empty result")
}
