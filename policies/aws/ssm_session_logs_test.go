package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSSMSessionLogs(t *testing.T) {
	t.Parallel()
	session := func(content any) []policytest.Resource {
		return policytest.One(ssmDocumentType, props{"documentType": "Session", "content": content})
	}
	policytest.Run(t, SSMSessionLogs, []policytest.Case{
		{Name: "in a bucket", Resources: session(`{"inputs": {"s3BucketName": "sessions", "s3EncryptionEnabled": true}}`), Want: policytest.Pass()},
		{Name: "in a bucket, in the clear", Resources: session(`{"inputs": {"s3BucketName": "sessions", "s3EncryptionEnabled": false}}`), Want: policytest.Fail("not logged, or not encrypted")},
		{Name: "without a name", Resources: session(`{"inputs": {"cloudWatchLogGroupName": "", "cloudWatchEncryptionEnabled": true}}`), Want: policytest.Fail()},
		{Name: "no document", Resources: session("{"), Want: policytest.Pass()},
		{Name: "in YAML", Resources: policytest.One(ssmDocumentType, props{"documentType": "Session", "documentFormat": "YAML", "content": "{}"}), Want: policytest.Pass()},
		{Name: "another kind", Resources: policytest.One(ssmDocumentType, props{"documentType": "Command", "content": "{}"}), Want: policytest.Pass()},
		{Name: "not known", Resources: session(policytest.Unknown), Want: policytest.Undetermined(".content")},
		{Name: "in a bucket without a name", Resources: session(`{"inputs": {"s3BucketName": "", "s3EncryptionEnabled": true}}`), Want: policytest.Fail()},
		{Name: "in a log group, in the clear", Resources: session(`{"inputs": {"cloudWatchLogGroupName": "sessions", "cloudWatchEncryptionEnabled": false}}`), Want: policytest.Fail()},
	}...)
}
