package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3AccessPointNotPublic(t *testing.T) {
	t.Parallel()
	with := func(block props) []policytest.Resource {
		return policytest.One(accessPointType, props{"publicAccessBlockConfiguration": block})
	}
	policytest.Run(t, S3AccessPointNotPublic, []policytest.Case{
		{Name: "all on", Resources: with(props{"blockPublicAcls": true, "restrictPublicBuckets": true}), Want: policytest.Pass()},
		{Name: "two off", Resources: with(props{"ignorePublicAcls": false, "restrictPublicBuckets": false}), Want: policytest.Fail("ignorePublicAcls, restrictPublicBuckets")},
		{Name: "not known", Resources: with(props{"blockPublicAcls": policytest.Unknown}), Want: policytest.Undetermined("blockPublicAcls")},
	}...)
	policytest.RunRemediations(t, S3AccessPointNotPublic, policytest.Remediation{
		Name: "one of two", Type: accessPointType,
		Properties: props{"publicAccessBlockConfiguration": props{"blockPublicAcls": false, "blockPublicPolicy": true}},
		Want:       props{"publicAccessBlockConfiguration": props{"blockPublicAcls": true, "blockPublicPolicy": true}},
	})
}
