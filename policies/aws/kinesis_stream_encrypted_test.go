package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestKinesisStreamEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, KinesisStreamEncrypted, []policytest.Case{
		{Name: "said not to", Resources: policytest.One(streamType, props{"encryptionType": "NONE"}), Want: policytest.Fail("in the clear")},
		{Name: "not known", Resources: policytest.One(streamType, props{"encryptionType": policytest.Unknown}), Want: policytest.Undetermined(".encryptionType")},
	}...)
	policytest.RunRemediations(t, KinesisStreamEncrypted,
		policytest.Remediation{Name: "with AWS's key", Type: streamType, Want: props{"encryptionType": "KMS", "kmsKeyId": "alias/aws/kinesis"}},
		policytest.Remediation{Name: "with a key that is there", Type: streamType, Properties: props{"kmsKeyId": "alias/own"}, Want: props{"encryptionType": "KMS"}},
	)
}
