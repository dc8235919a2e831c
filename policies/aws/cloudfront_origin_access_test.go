package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontOriginAccess(t *testing.T) {
	t.Parallel()
	of := func(origins ...any) []policytest.Resource {
		return policytest.One(distributionType, props{"origins": origins})
	}
	bucket := "acme.s3.amazonaws.com"
	policytest.Run(t, CloudFrontOriginAccess, []policytest.Case{
		{Name: "by the older identity", Resources: of(props{"domainName": bucket, "s3OriginConfig": props{"originAccessIdentity": policytest.Unknown}}, props{"domainName": "www.example.com"}), Want: policytest.Undetermined("originAccessIdentity")},
		{Name: "by an identity that is known", Resources: of(props{"domainName": bucket, "s3OriginConfig": props{"originAccessIdentity": "origin-access-identity/cloudfront/E1"}}), Want: policytest.Pass()},
		{Name: "by an empty identity", Resources: of(props{"domainName": bucket, "s3OriginConfig": props{"originAccessIdentity": ""}}), Want: policytest.Fail("origin 0")},
		{Name: "the second only", Resources: of(props{"domainName": "www.example.com"}, props{"domainName": bucket}), Want: policytest.Fail("origin 1")},
		{Name: "in China", Resources: of(props{"domainName": "acme.s3.cn-north-1.amazonaws.com.cn"}), Want: policytest.Fail("origin 0")},
		{Name: "a website of S3", Resources: of(props{"domainName": "acme.s3-website.eu-west-1.amazonaws.com"}), Want: policytest.Pass()},
		{Name: "not known where", Resources: of(props{"domainName": policytest.Unknown}), Want: policytest.Undetermined("domainName")},
		{Name: "a load balancer", Resources: of(props{"domainName": "web-1.eu-west-1.elb.amazonaws.com"}), Want: policytest.Pass()},
		{Name: "named like a bucket", Resources: of(props{"domainName": "files.s3.example.com"}), Want: policytest.Pass()},
		{Name: "with dash", Resources: of(props{"domainName": "acme.s3-eu-west-1.amazonaws.com"}), Want: policytest.Fail("origin 0")},
	}...)
}
