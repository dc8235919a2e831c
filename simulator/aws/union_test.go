package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestNameOrResource: what takes a name or a resource takes nothing else, a document is taken as an object too.
func TestNameOrResource(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	named := role(w, "named").ID()
	reference := resource.NewResourceReferenceProperty(resource.ResourceReference{ID: resource.NewStringProperty(named)})
	const token = "aws:iam/instanceProfile:InstanceProfile"
	for _, role := range []any{named, reference} {
		_, problems := w.Provider.Check(simulatortest.Request(token, "p"), nil, resource.NewPropertyMapFromMap(inputs{"role": role}))
		assert.Empty(t, problems)
	}
	for _, role := range []any{inputs{}, []any{}, resource.MakeSecret(resource.NewPropertyValue(inputs{"name": "hush-hush"}))} {
		_, err := w.Try(token, "p", inputs{"role": role})
		require.ErrorContains(t, err, "role: expected a string, got ")
		assert.NotContains(t, err.Error(), "hush")
	}
}
