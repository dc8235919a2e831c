package crosscloud

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Secrets of these tests are put together here, so that scanners of this repository do not find them. All are made up.
var (
	awsKey       = "AKIA" + "Q3EGTVSZ4XJR7BWN"
	githubToken  = "ghp_" + "x4Jq9vLp2zWtK7mNb3cQ8rTy5uHs6dFg1eAz"
	doToken      = "dop_v1_" + strings.Repeat("0f1e2d3c4b5a6978", 4)
	slackToken   = "xoxb-" + "123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx"
	privateKey   = "-----BEGIN RSA " + "PRIVATE KEY-----\n" + strings.Repeat("MIIEpAIBAAKCAQEA7x2kQ9\n", 5) + "-----END RSA PRIVATE KEY-----\n"
	databaseURL  = "postgres://orders:" + "correct-horse@db.internal:5432/orders"
	storageAcces = "DefaultEndpointsProtocol=https;AccountName=orders;AccountKey=" +
		strings.Repeat("aB3+", 21) + "xY==;EndpointSuffix=core.windows.net"
)

func zipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func TestSecretsByForm(t *testing.T) {
	t.Parallel()
	script := "#!/bin/sh\nset -e\nexport AWS_ACCESS_KEY_ID=" + awsKey + "\naws s3 ls\n"
	for name, c := range map[string]struct{ text, kind string }{
		"alone":               {awsKey, "aws-access-token"},
		"GitHub":              {githubToken, "github-pat"},
		"DigitalOcean":        {doToken, "digitalocean-pat"},
		"Slack":               {slackToken, "slack-bot-token"},
		"private key":         {privateKey, "private-key"},
		"key of an account":   {storageAcces, "azure-storage-key"},
		"in a script":         {script, "aws-access-token"},
		"in base64":           {base64.StdEncoding.EncodeToString([]byte(script + "  ")), "aws-access-token"},
		"packed":              {zipped(t, script), "aws-access-token"},
		"in JSON":             {`[{"name":"app","environment":[{"name":"TOKEN","value":"` + githubToken + `"}]}]`, "github-pat"},
		"key in JSON":         {`{"key":"` + strings.ReplaceAll(privateKey, "\n", `\n`) + `"}`, "private-key"},
		"in a URL":            {databaseURL, "password-in-url"},
		"in a short URL":      {"redis://:pw@c:6379", "password-in-url"},
		"in one of two URLs":  {"postgres://u:$PW@a/b postgres://u:" + "geheim@a/b", "password-in-url"},
		"allowed by no note":  {awsKey + " # gitleaks:allow", "aws-access-token"},
		"beside the harmless": {"lob " + awsKey, "aws-access-token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Contains(t, secretsByForm(c.text), c.kind)
		})
	}
}

// TestWhatIsNoSecret: what stacks are full of.
func TestWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	certificate := "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa\n", 12) + "-----END CERTIFICATE-----\n"
	for _, text := range []string{
		"", "x", "holdfast-prod-orders-1a2b3c4", "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
		"arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
		"arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/database-AbCdEf",
		"projects/platform/secrets/database-password/versions/latest",
		"/subscriptions/01234567-89ab-cdef-0123-456789abcdef/resourceGroups/orders/providers/Microsoft.KeyVault/vaults/orders",
		"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=", certificate,
		base64.StdEncoding.EncodeToString([]byte(certificate)), base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0, 1, 0xff}, 20)),
		base64.StdEncoding.EncodeToString([]byte("\x00\x01" + awsKey + "\x02")),
		"123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"Resource":"*"}]}`,
		"https://example.com:8443/path@version", "git@github.com:holdfast-iac/holdfast.git", "ssh://git@github.com/x/y",
		"postgres://orders@db.internal/orders", "postgres://orders:$PASSWORD@db.internal/orders",
		"postgres://orders:${PASSWORD}@db", "postgres://u:{{ .Password }}@db", "amqp://u:<password>@mq", "redis://u:****@c",
		"AccountName=orders;AccountKey=@Microsoft.KeyVault(SecretUri=https://orders.vault.azure.net/secrets/key)",
		"SELECT 1", "AKIAIOSFODNN7EXAMPLE", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7Xx2kQ9vLp2zWtK7mNb3cQ8rTy5uHs6dFg1eAz ann@example.com",
		"db.t4g.medium", "orders.cluster-cabcdefghijk.eu-west-1.rds.amazonaws.com", "subnet-0123456789abcdef0", "asia-southeast1",
		"H4sIAAAAAAAA/w==", strings.Repeat("A", 4000),
	} {
		assert.Empty(t, secretsByForm(text), text)
	}
}

// TestRulesOfGitleaks: the expressions tell rules on forms from rules on names, whatever version of them is there.
func TestRulesOfGitleaks(t *testing.T) {
	t.Parallel()
	form, name := byForm().gitleaks.Config.Rules, byName().gitleaks.Config.Rules
	assert.Greater(t, len(form), 100)
	assert.Greater(t, len(name), 80)
	for _, id := range []string{"aws-access-token", "private-key", "github-pat", "jwt", "stripe-access-token"} {
		assert.Contains(t, form, id)
		assert.NotContains(t, name, id)
	}
	for _, id := range append([]string{"generic-api-key", "datadog-access-token"}, unsure...) {
		assert.Contains(t, name, id)
		assert.NotContains(t, form, id)
	}
	for _, id := range append([]string{"plaid-client-id", "pkcs12-file", "kubernetes-secret-yaml"}, harmless...) {
		assert.NotContains(t, form, id)
		assert.NotContains(t, name, id)
	}
}

// TestEveryNamedRuleExists: those that are sorted by their ids are there, under these ids.
func TestEveryNamedRuleExists(t *testing.T) {
	t.Parallel()
	all, err := rules()
	require.NoError(t, err)
	var ids []string
	for _, rule := range all.Rules {
		ids = append(ids, rule.ID)
	}
	assert.Subset(t, ids, unsure)
	assert.Subset(t, ids, harmless)
}

// TestDetectorForgets: it does not grow without end, and knows the same afterwards.
func TestDetectorForgets(t *testing.T) {
	t.Parallel()
	d := newDetector(false, nil)
	for i := range remembered {
		d.seen[uint64(i)] = nil
	}
	assert.Equal(t, []string{"github-pat"}, d.kinds(githubToken))
	assert.Len(t, d.seen, 1)
	assert.Equal(t, []string{"github-pat"}, d.kinds(githubToken))
	assert.Len(t, d.seen, 1)
	assert.Equal(t, []string{"aws-access-token"}, d.kinds(awsKey))
	assert.Len(t, d.seen, 2)
	for i := range remembered - 3 {
		d.seen[uint64(i)] = nil
	}
	assert.Equal(t, []string{"digitalocean-pat"}, d.kinds(doToken))
	assert.Len(t, d.seen, remembered)
}

func TestSeveralKinds(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"aws-access-token", "azure-storage-key", "password-in-url"}, secretsByForm(databaseURL+" "+storageAcces+" "+awsKey+" "+awsKey))
}

func TestDetectorAtOnce(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 50 {
				assert.Empty(t, secretsByForm(fmt.Sprintf("holdfast-prod-orders-%d-%d", i, j)))
				assert.NotEmpty(t, secretsByForm(awsKey))
			}
		})
	}
	all.Wait()
}

func TestHasToken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "0123456789abcde": false, "0123456789abcdef": true, "01234567 9abcdef0": false,
		"a:0123456789abcdef": true, "0123456789abcde ": false, `"0123456789abcdef"`: true, "0123456789:abcdef\"0123456789": false,
	} {
		assert.Equal(t, want, hasToken(text, 16), text)
	}
	for _, between := range " \t\n\r\"'`:,;(){}[]<>" {
		assert.False(t, hasToken("0123456"+string(between)+"0123456789abcde", 16), "%q", between)
	}
}

func BenchmarkSecretsByForm(b *testing.B) {
	script := strings.Repeat("#!/bin/sh\nset -e\ncurl -fsSL https://example.com/install.sh -o /tmp/install\nexport ORDERS_TABLE=orders\n", 40)
	for name, text := range map[string]func(i int) string{
		"short": func(int) string { return "t4g.medium" },
		"name":  func(i int) string { return fmt.Sprintf("holdfast-prod-orders-%07x", i) },
		"ARN": func(i int) string {
			return fmt.Sprintf("arn:aws:kms:eu-west-1:123456789012:key/%08x-12ab-34cd-56ef-1234567890ab", i)
		},
		"again":  func(int) string { return "holdfast-prod-orders-1a2b3c4" },
		"script": func(i int) string { return script + fmt.Sprint(i) },
	} {
		b.Run(name, func(b *testing.B) {
			secretsByForm(awsKey)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				secretsByForm(text(i))
			}
		})
	}
}
