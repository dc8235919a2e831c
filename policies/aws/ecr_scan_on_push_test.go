package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECRScanOnPush(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECRScanOnPush, []policytest.Case{
		{Name: "off", Resources: policytest.One(repositoryType, props{"imageScanningConfiguration": props{"scanOnPush": false}}), Want: policytest.Fail("does not scan")},
	}...)
}
