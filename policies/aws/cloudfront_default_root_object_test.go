package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontDefaultRootObject(t *testing.T) {
	t.Parallel()
	with := func(domain any) []policytest.Resource {
		return policytest.One(distributionType, props{"origins": []any{props{"domainName": domain}}})
	}
	policytest.Run(t, CloudFrontDefaultRootObject, []policytest.Case{
		{Name: "a server", Resources: with("www.example.com"), Want: policytest.Pass()},
		{Name: "a website of S3 has its own", Resources: with("acme.s3-website-eu-west-1.amazonaws.com"), Want: policytest.Pass()},
		{Name: "a bucket, by its global name", Resources: with("acme.s3.amazonaws.com"), Want: policytest.Fail("the bucket itself")},
		{Name: "not known", Resources: with(policytest.Unknown), Want: policytest.Undetermined("domainName")},
	}...)
}
