package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3UploadsEnd(t *testing.T) {
	t.Parallel()
	rule := func(status any) []policytest.Resource {
		return policytest.One(bucketLifecycleType, props{"rules": []any{props{"status": status, "abortIncompleteMultipartUpload": props{"daysAfterInitiation": policytest.Unknown}}}})
	}
	policytest.Run(t, S3UploadsEnd, []policytest.Case{
		{Name: "after days that are not known", Resources: rule("Enabled"), Want: policytest.Pass()},
		{Name: "switched off", Resources: rule("Disabled"), Want: policytest.Fail("kept for ever")},
		{Name: "not known", Resources: rule(policytest.Unknown), Want: policytest.Undetermined("status")},
	}...)
}
