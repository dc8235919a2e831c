package simulator_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/apimodel"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// vaults is a cloud of one type, grounded in AWS's own model.
func vaults(change func(*simulator.Type)) simulator.Cloud {
	vault := &simulator.Type{
		Token: "aws:backup/vault:Vault",
		Kind:  &simulator.Kind{Noun: "Backup Vault"},
		API:   []string{"backup:CreateBackupVault"},
	}
	if change != nil {
		change(vault)
	}
	return simulator.Cloud{
		Name: "aws", Schema: schema.AWS, Types: []*simulator.Type{vault},
		Connect: func(resource.PropertyMap) (simulator.Site, []schema.Problem) {
			return simulator.Site{Region: "eu-west-1"}, nil
		},
		API: &simulator.API{Model: apimodel.AWS, Refusal: func(v apimodel.Violation) string {
			return "Refused: " + v.Parameter + " is " + v.Value
		}},
	}
}

func checkVault(t *testing.T, cloud simulator.Cloud, inputs map[string]any) []simulator.Problem {
	t.Helper()
	return checkType(t, cloud, "aws:backup/vault:Vault", inputs)
}

func checkType(t *testing.T, cloud simulator.Cloud, token string, inputs map[string]any) []simulator.Problem {
	t.Helper()
	account, err := simulator.NewAccount(cloud, simulator.Options{})
	require.NoError(t, err)
	p, problems := account.Provider(nil)
	require.Empty(t, problems)
	_, problems = p.Check(simulator.Request{Token: token, URN: "urn::v"}, nil, resource.NewPropertyMapFromMap(inputs))
	return problems
}

func TestTheAPIsModelIsHeld(t *testing.T) {
	t.Parallel()
	cloud := vaults(nil)
	assert.Empty(t, checkVault(t, cloud, map[string]any{"name": "fine_1"}))
	assert.Empty(t, checkVault(t, cloud, map[string]any{"name": unknown}), "what is not known yet passes")
	assert.Equal(t, []simulator.Problem{{Path: "name", Code: "Refused", Text: "BackupVaultName is not fine"}},
		checkVault(t, cloud, map[string]any{"name": "not fine"}))
	ruled := vaults(func(vault *simulator.Type) {
		vault.Rules = map[string]simulator.Rule{"name": simulator.Length(2, 3)}
	})
	assert.Equal(t, []simulator.Problem{{Path: "name", Text: "expected 2 to 3 characters, got 8"}},
		checkVault(t, ruled, map[string]any{"name": "not fine"}), "one refusal for one mistake")
	exempt := vaults(func(vault *simulator.Type) { vault.Parameters = map[string]string{"name": ""} })
	assert.Empty(t, checkVault(t, exempt, map[string]any{"name": "not fine"}), "the table says that it is no parameter")
}

// TestWhatTheAPIRequires: what the operation cannot be called without is missed where the schema leaves it open, unless the
// provider fills it in, or the input only has the parameter's name.
func TestWhatTheAPIRequires(t *testing.T) {
	t.Parallel()
	topic := func(input string) simulator.Cloud {
		return vaults(func(listed *simulator.Type) {
			listed.Token, listed.API = "aws:sns/topic:Topic", []string{"sns:CreateTopic"}
			listed.Parameters = map[string]string{"name": "", input: "Name"} // the one parameter that is required
		})
	}
	check := func(cloud simulator.Cloud, inputs map[string]any) []simulator.Problem {
		return checkType(t, cloud, "aws:sns/topic:Topic", inputs)
	}
	missing := []simulator.Problem{{Path: "deliveryPolicy", Code: "Refused", Text: "Name is "}}
	assert.Equal(t, missing, check(topic("deliveryPolicy"), nil))
	assert.Empty(t, check(topic("deliveryPolicy"), map[string]any{"deliveryPolicy": "{}"}))
	assert.Empty(t, check(topic("deliveryPolicy"), map[string]any{"deliveryPolicy": unknown}))
	assert.Empty(t, check(topic("policy"), nil), "the provider knows how to fill it in")
	assert.Empty(t, check(topic("httpSuccessFeedbackSampleRate"), nil), "a number is not that name")
}

func TestSecretsAreNotInTheModelsRefusals(t *testing.T) {
	t.Parallel()
	problems := checkVault(t, vaults(nil), map[string]any{"name": resource.MakeSecret(resource.NewStringProperty("not fine"))})
	require.Len(t, problems, 1)
	assert.NotContains(t, problems[0].String(), "not fine")
}

func TestTablesFitTheModel(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		change func(*simulator.Type)
		want   string
	}{
		{func(v *simulator.Type) { v.API = []string{"backup:MakeVault"} }, "the API has no operation backup:MakeVault"},
		{func(v *simulator.Type) { v.Parameters = map[string]string{"nam": ""} }, `an input "nam" that the schema lacks`},
		{func(v *simulator.Type) { v.Parameters = map[string]string{"name": "VaultName"} }, "none of backup:CreateBackupVault has a parameter VaultName"},
		{func(v *simulator.Type) { v.Constraints = []simulator.Constraint{{Error: "Refused: no"}} }, "needs an ID, a source and an error"},
	} {
		_, err := simulator.NewAccount(vaults(test.change), simulator.Options{})
		assert.ErrorContains(t, err, test.want)
	}
}
