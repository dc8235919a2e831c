package digitalocean_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

func TestGetImage(t *testing.T) {
	t.Parallel()
	const token = "digitalocean:index/getImage:getImage"
	w := newWorld(t)
	image, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(inputs{"slug": "ubuntu-24-04-x64"}))
	require.NoError(t, err)
	assert.Equal(t, "Ubuntu", image["distribution"].StringValue())
	assert.Equal(t, "24-04 x64", image["name"].StringValue())
	assert.Contains(t, image["regions"].Mappable(), "fra1")
	known, err := schema.DigitalOcean()
	require.NoError(t, err)
	function, _ := known.Function(token)
	assert.Empty(t, known.Validate(function.Outputs, image))
	again, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(inputs{"slug": "ubuntu-24-04-x64"}))
	require.NoError(t, err)
	assert.Equal(t, image, again)
	_, err = w.Provider.Invoke(token, resource.NewPropertyMapFromMap(inputs{"slug": "ubuntu-24-04"}))
	assert.ErrorContains(t, err, "there are almalinux-9-x64")
}
