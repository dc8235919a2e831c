package gcp_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

func TestGetImage(t *testing.T) {
	t.Parallel()
	const token = "gcp:compute/getImage:getImage"
	w := newWorld(t)
	latest, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(inputs{"project": "debian-cloud", "family": "debian-12"}))
	require.NoError(t, err)
	assert.Equal(t, "debian-12-v20250101", latest["name"].StringValue())
	assert.Equal(t, "https://www.googleapis.com/compute/v1/projects/debian-cloud/global/images/debian-12-v20250101",
		latest["selfLink"].StringValue())
	assert.Regexp(t, `^[0-9]{16}$`, latest["imageId"].StringValue())
	named, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(inputs{"project": "debian-cloud", "name": "debian-12-v20250101"}))
	require.NoError(t, err)
	assert.Equal(t, latest["id"], named["id"])
	known, err := schema.GCP()
	require.NoError(t, err)
	function, _ := known.Function(token)
	assert.Empty(t, known.Validate(function.Outputs, latest))
	for want, args := range map[string]inputs{
		"projects/debian-cloud/global/images/family/debian-1": {"project": "debian-cloud", "family": "debian-1"},
		"images/family/debian-12":                             {"family": "debian-12"}, // in the project itself
		"exactly one of name and family":                      {"project": "debian-cloud"},
		"does not filter":                                     {"project": "debian-cloud", "filter": "name=debian*"},
	} {
		_, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(args))
		assert.ErrorContains(t, err, want)
	}
}
