package platform

import (
	"os"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The guide names every section.
func TestGuideKnowsEverySection(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/guides/platform.md")
	require.NoError(t, err)
	for i := range reflect.TypeFor[Spec]().NumField() {
		assert.Contains(t, string(guide), "`"+reflect.TypeFor[Spec]().Field(i).Tag.Get("pulumi")+"`")
	}
}
