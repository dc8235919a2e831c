package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestGuardDutyS3Watched(t *testing.T) {
	t.Parallel()
	feature := func(name, status any) []policytest.Resource {
		return policytest.One(detectorFeatureType, props{"name": name, "status": status})
	}
	detector := func(enabled any) props { return props{"datasources": props{"s3Logs": props{"enable": enabled}}} }
	policytest.Run(t, GuardDutyS3Watched, []policytest.Case{
		{Name: "another feature", Resources: feature("RDS_LOGIN_EVENTS", "DISABLED"), Want: policytest.Pass()},
		{Name: "not known which", Resources: feature(policytest.Unknown, "DISABLED"), Want: policytest.Undetermined(".name")},
		{Name: "a detector as it is by default", Resources: policytest.One(detectorType, nil), Want: policytest.Pass()},
		{Name: "a detector without", Resources: policytest.One(detectorType, detector(false)), Want: policytest.Fail("switched off")},
	}...)
	policytest.RunRemediations(t, GuardDutyS3Watched,
		policytest.Remediation{Name: "a detector", Type: detectorType, Properties: detector(false), Want: detector(true)},
		policytest.Remediation{Name: "another feature", Type: detectorFeatureType, Properties: props{"name": "RDS_LOGIN_EVENTS", "status": "DISABLED"}},
		policytest.Remediation{Name: "a feature", Type: detectorFeatureType, Properties: props{"name": "S3_DATA_EVENTS", "status": "DISABLED"}, Want: props{"status": "ENABLED"}},
		policytest.Remediation{Name: "a detector as it is by default", Type: detectorType},
	)
}
