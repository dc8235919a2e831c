package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailBucketLogged(t *testing.T) {
	t.Parallel()
	trail := policytest.Resource{Name: "audit", Type: trailType, Properties: props{"s3BucketName": policytest.Ref("records")}}
	policytest.Run(t, CloudTrailBucketLogged, []policytest.Case{
		{Name: "a bucket of another stack", Resources: policytest.One(trailType, props{"s3BucketName": "acme-trail"}), Want: policytest.NotApplicable()},
		{Name: "by the bucket itself", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketType, Properties: props{"loggings": []any{props{"targetBucket": "logs"}}}}}, Want: policytest.Pass()},
		{Name: "an empty list of the bucket itself", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type, Properties: props{"loggings": []any{}}}}, Want: policytest.Fail("nothing logs who reads it")},
		{Name: "not known to have none", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type, Properties: props{"loggings": policytest.Unknown}}}, Want: policytest.Undetermined(".loggings")},
		{Name: "another bucket is logged", Resources: []policytest.Resource{
			trail, {Name: "records", Type: bucketV2Type}, {Name: "log", Type: bucketLoggingType, Properties: props{"bucket": "other"}},
		}, Want: policytest.Fail("nothing logs who reads it")},
		{Name: "a bucket of no trail", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type}, {Name: "invoices", Type: bucketV2Type}}, Want: policytest.Fail("holds an audit trail")},
	}...)
}
