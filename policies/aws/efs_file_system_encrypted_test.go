package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEFSFileSystemEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EFSFileSystemEncrypted, []policytest.Case{
		{Name: "fileSystem: not said", Resources: policytest.One(fileSystemType, nil), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "fileSystem: not known yet", Resources: policytest.One(fileSystemType, props{"encrypted": policytest.Unknown}), Want: policytest.Undetermined(".encrypted")},
		{Name: "as text", Resources: policytest.One(fileSystemType, props{"encrypted": "true"}), Want: policytest.Pass()},
	}...)
}
