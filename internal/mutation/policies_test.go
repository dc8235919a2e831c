package mutation

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/aws"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// needless are changes of the policies that no test can notice, each with the reason.
var needless = map[string]string{}

// TestPolicies breaks every condition of every policy, and sees to it that a test notices.
func TestPolicies(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes a minute")
	}
	mutants, err := Run(t.Context(), "../../policies/aws", Options{Skip: metadata()})
	require.NoError(t, err)
	killed, alive := map[string]bool{}, map[string]bool{}
	for _, m := range mutants {
		if m.Killed {
			killed[m.File] = true
			continue
		}
		alive[m.String()] = true
		assert.Containsf(t, needless, m.String(), "no test of policies/aws notices this change on line %d", m.Line)
	}
	for name := range needless {
		assert.Truef(t, alive[name], "the tests notice: %s", name)
	}
	for _, p := range aws.All() {
		file := strings.ReplaceAll(strings.TrimPrefix(p.ID, "aws-"), "-", "_") + ".go"
		assert.Truef(t, killed[file], "nothing was changed in %s", file)
	}
}

// metadata are the fields of a policy that say what people read. The pages of the policies show changes of these.
func metadata() []string {
	var fields []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[policy.Policy]()) {
		if field.Name != "Rules" && field.Name != "Config" {
			fields = append(fields, "policy.Policy."+field.Name)
		}
	}
	return append(fields, "policy.Example.Name", "policy.Example.Type", "policy.Example.Properties")
}
