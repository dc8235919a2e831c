package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/internal/librarytest"
)

func TestLibrary(t *testing.T) {
	t.Parallel()
	librarytest.Run(t, "any-", All())
}
