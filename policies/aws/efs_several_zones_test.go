package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEFSSeveralZones(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EFSSeveralZones,
		policytest.Case{Name: "empty", Resources: policytest.One(fileSystemType, props{"availabilityZoneName": ""}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(fileSystemType, props{"availabilityZoneName": policytest.Unknown}), Want: policytest.Undetermined(".availabilityZoneName")},
	)
}
