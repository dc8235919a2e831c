package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSQSQueueEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SQSQueueEncrypted, []policytest.Case{
		{Name: "by default", Resources: policytest.One(queueType, nil), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(queueType, props{"sqsManagedSseEnabled": policytest.Unknown}), Want: policytest.Undetermined(".sqsManagedSseEnabled")},
		{Name: "by a key, and not by SQS", Resources: policytest.One(queueType, props{"kmsMasterKeyId": "alias/orders", "sqsManagedSseEnabled": false}), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, SQSQueueEncrypted,
		policytest.Remediation{Name: "with a key", Type: queueType, Properties: props{"kmsMasterKeyId": "alias/jobs", "sqsManagedSseEnabled": false}},
	)
}
