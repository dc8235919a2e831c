package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3BucketVersioned(t *testing.T) {
	t.Parallel()
	policytest.Run(t, S3BucketVersioned, []policytest.Case{
		{Name: "suspended", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type},
			{Name: "v", Type: bucketVersioningType, Properties: props{"bucket": policytest.Ref("a"), "versioningConfiguration": props{"status": "Suspended"}}},
		}, Want: policytest.Fail("no versions")},
		{Name: "classic, by itself", Resources: policytest.One(bucketType, props{"versioning": props{"enabled": true}}), Want: policytest.Pass()},
		{Name: "classic, not", Resources: policytest.One(bucketType, props{"versioning": props{"enabled": false}}), Want: policytest.Fail("no versions")},

		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:s3/bucketV2:BucketV2"}, {Name: "other", Type: "aws:s3/bucketVersioningV2:BucketVersioningV2", Properties: props{"bucket": policytest.Unknown, "versioningConfiguration": props{"status": "Enabled"}}},
		}, Want: policytest.Undetermined(".bucket")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:s3/bucketV2:BucketV2"}, {Name: "other", Type: "aws:s3/bucketVersioningV2:BucketVersioningV2", Properties: props{"bucket": "another"}},
		}, Want: policytest.Fail("It keeps no versions.")},
		{Name: "by itself", Resources: policytest.One(bucketV2Type, props{"versionings": []any{props{"enabled": true}}}), Want: policytest.Pass()},
		{Name: "classic, nothing said", Resources: policytest.One(bucketType, props{"versioning": props{"mfaDelete": false}}), Want: policytest.Fail("no versions")},
		{Name: "beside what AWS may tell", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type, Properties: props{"versionings": policytest.Unknown}},
			{Name: "v", Type: bucketVersioningType, Properties: props{"bucket": policytest.Ref("a"), "versioningConfiguration": props{"status": "Enabled"}}},
		}, Want: policytest.Pass()},
	}...)
}
