package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailEncryptedWithOwnKey(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudTrailEncryptedWithOwnKey, []policytest.Case{
		{Name: "a key that is not known yet is one", Resources: policytest.One(trailType, props{"kmsKeyId": policytest.Unknown}), Want: policytest.Pass()},
	}...)
}
