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
	block := func(acls, policies, ignore, restrict bool) props {
		return props{"publicAccessBlockConfiguration": props{
			"blockPublicAcls": acls, "blockPublicPolicy": policies, "ignorePublicAcls": ignore, "restrictPublicBuckets": restrict,
		}}
	}
	policytest.RunRemediations(t, S3AccessPointNotPublic,
		policytest.Remediation{Name: "some", Type: accessPointType, Properties: block(false, true, true, false), Want: block(true, true, true, true)},
		policytest.Remediation{Name: "the others", Type: accessPointType, Properties: block(true, false, false, true), Want: block(true, true, true, true)},
	)
}
