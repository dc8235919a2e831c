package policytest_test

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// A test of a policy is a table of resources and answers.
func ExampleRun() {
	type bucket struct {
		ACL policy.Value[string] `pulumi:"acl"`
	}
	private := policy.Policy{ID: "aws-s3-private", Title: "Buckets must be private.", Rules: []policy.Rule{
		policy.On("aws:s3/bucketV2:BucketV2", func(r *policy.Report, b bucket) {
			if b.ACL.Or("private") != "private" {
				r.Fail("Its ACL is %v.", b.ACL)
			}
		}),
	}}

	test := func(t *testing.T) {
		acl := func(value any) []policytest.Resource {
			return policytest.One("aws:s3/bucketV2:BucketV2", map[string]any{"acl": value})
		}
		policytest.Run(t, private,
			policytest.Case{Name: "by default", Resources: acl(nil), Want: policytest.Pass()},
			policytest.Case{Name: "public", Resources: acl("public-read"), Want: policytest.Fail("public-read")},
			policytest.Case{Name: "not known yet", Resources: acl(policytest.Unknown), Want: policytest.Undetermined(".acl")},
		)
	}
	_ = test // go test runs it under a name of its own: func TestPrivate(t *testing.T)
}
