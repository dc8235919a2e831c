package aws

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// grantAsker answers a look-up with what keyGrants says of the filter names key, principal and action.
func grantAsker(t *testing.T) (*simulatortest.World, func(key, principal, action string) bool) {
	t.Helper()
	const token = "aws:ssm/getParameter:getParameter"
	cloud := New(Options{})
	cloud.Lookups = []*simulator.Lookup{{Token: token, Answer: func(c *simulator.Call) resource.PropertyMap {
		asked := strings.Split(c.Text("name"), " ")
		return resource.PropertyMap{"version": resource.NewBoolProperty(keyGrants(c, asked[0], asked[1], asked[2]))}
	}}}
	w := simulatortest.NewWorld(t, cloud, map[string]any{"region": "us-west-2"})
	return w, func(key, principal, action string) bool {
		answer, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(map[string]any{
			"name": key + " " + principal + " " + action,
		}))
		require.NoError(t, err)
		return answer["version"].BoolValue()
	}
}

const (
	logsService   = "logs.us-west-2.amazonaws.com"
	deployer      = "arn:aws:iam::123456789012:role/deployer"
	scalingLinked = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
)

func TestKeyPolicies(t *testing.T) {
	t.Parallel()
	statement := func(effect, principal, action, more string) string {
		return `{"Effect":"` + effect + `","Principal":` + principal + `,"Action":` + action + `,"Resource":"*"` + more + `}`
	}
	const root, all = `{"AWS":"arn:aws:iam::123456789012:root"}`, `"kms:*"`
	manage := statement("Allow", root, all, "")
	for name, test := range map[string]struct {
		more              string // statements beside the one that lets the account manage the key
		principal, action string
		want              bool
	}{
		"the account's roles":             {"", deployer, "kms:Decrypt", true},
		"a role of another account":       {"", "arn:aws:iam::999999999999:role/deployer", "kms:Decrypt", false},
		"a service is not the account":    {"", logsService, "kms:Decrypt", false},
		"a service-linked role neither":   {"", scalingLinked, "kms:CreateGrant", false},
		"a service-linked role by name":   {statement("Allow", `{"AWS":["`+scalingLinked+`"]}`, all, ""), scalingLinked, "kms:CreateGrant", true},
		"a service":                       {statement("Allow", `{"Service":"`+logsService+`"}`, `["kms:Encrypt*","kms:Decrypt*"]`, ""), logsService, "kms:Decrypt", true},
		"a service for another action":    {statement("Allow", `{"Service":"`+logsService+`"}`, `"kms:Encrypt*"`, ""), logsService, "kms:Decrypt", false},
		"a service without region":        {statement("Allow", `{"Service":["logs.amazonaws.com"]}`, all, ""), logsService, "kms:Decrypt", true},
		"a service in another region":     {statement("Allow", `{"Service":"logs.eu-west-1.amazonaws.com"}`, all, ""), logsService, "kms:Decrypt", false},
		"another service":                 {statement("Allow", `{"Service":"sns.amazonaws.com"}`, all, ""), logsService, "kms:Decrypt", false},
		"everyone":                        {statement("Allow", `"*"`, all, ""), logsService, "kms:Decrypt", true},
		"everyone as an AWS principal":    {statement("Allow", `{"AWS":"*"}`, all, ""), logsService, "kms:Decrypt", true},
		"an account by its number":        {statement("Allow", `{"AWS":"999999999999"}`, all, ""), "arn:aws:iam::999999999999:role/r", "kms:Decrypt", true},
		"a condition is taken to hold":    {statement("Allow", `"*"`, all, `,"Condition":{"Bool":{"a":"b"}}`), logsService, "kms:Decrypt", true},
		"a denial":                        {statement("Deny", `"*"`, `"kms:Decrypt"`, ""), deployer, "kms:Decrypt", false},
		"a denial of something else":      {statement("Deny", `"*"`, `"kms:Encrypt"`, ""), deployer, "kms:Decrypt", true},
		"a denial on a condition":         {statement("Deny", `"*"`, all, `,"Condition":{"Bool":{"a":"b"}}`), deployer, "kms:Decrypt", true},
		"all but an action":               {`{"Effect":"Allow","Principal":"*","NotAction":"kms:Decrypt","Resource":"*"}`, logsService, "kms:Decrypt", false},
		"all but another action":          {`{"Effect":"Allow","Principal":"*","NotAction":"kms:Encrypt","Resource":"*"}`, logsService, "kms:decrypt", true},
		"a denial to all but the service": {`{"Effect":"Deny","NotPrincipal":{"Service":"` + logsService + `"},"Action":"kms:?ecrypt"}`, deployer, "kms:Decrypt", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, granted := grantAsker(t)
			policy := `{"Statement":[` + strings.TrimSuffix(manage+","+test.more, ",") + `]}`
			key := w.Create("aws:kms/key:Key", "key", map[string]any{"policy": policy})
			assert.Equal(t, test.want, granted(key.ID(), test.principal, test.action))
		})
	}
}

func TestKeyGrantsByAddressAndGrant(t *testing.T) {
	t.Parallel()
	w, granted := grantAsker(t)
	key := w.Create("aws:kms/key:Key", "key", map[string]any{})
	w.Create("aws:kms/alias:Alias", "alias", map[string]any{"name": "alias/logs", "targetKeyId": key.ID()})
	assert.True(t, granted("arn:aws:kms:us-west-2:999999999999:key/1", logsService, "kms:Decrypt"), "a key of another account")
	assert.True(t, granted("alias/aws/ebs", logsService, "kms:Decrypt"), "a key of AWS's own")
	names := []string{key.ID(), key.Text("arn"), "alias/logs", "arn:aws:kms:us-west-2:123456789012:alias/logs"}
	for _, name := range names {
		assert.True(t, granted(name, deployer, "kms:Decrypt"), name)
		assert.False(t, granted(name, logsService, "kms:Decrypt"), name)
	}
	grant := w.Create("aws:kms/grant:Grant", "grant", map[string]any{
		"keyId": key.Text("arn"), "granteePrincipal": scalingLinked, "operations": []any{"Decrypt", "CreateGrant"},
	})
	assert.True(t, granted(key.ID(), scalingLinked, "kms:CreateGrant"))
	assert.False(t, granted(key.ID(), scalingLinked, "kms:Encrypt"), "the grant is not for it")
	w.Delete(grant)
	assert.False(t, granted(key.ID(), scalingLinked, "kms:CreateGrant"))
	w.Create("aws:kms/keyPolicy:KeyPolicy", "policy", map[string]any{
		"keyId":  key.ID(),
		"policy": `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"` + scalingLinked + `"},"Action":"*","Resource":"*"}]}`,
	})
	assert.True(t, granted(key.ID(), scalingLinked, "kms:CreateGrant"), "the policy of its own counts")
	assert.False(t, granted(key.ID(), deployer, "kms:Decrypt"), "the key's first one does not any more")
	w.Delete(key)
	assert.True(t, granted(key.ID(), logsService, "kms:Decrypt"), "one that does not exist is refused elsewhere")
}
