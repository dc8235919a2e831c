package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSNSTopicEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SNSTopicEncrypted, []policytest.Case{
		{Name: "a key that is not known yet is one", Resources: policytest.One(topicType, props{"kmsMasterKeyId": policytest.Unknown}), Want: policytest.Pass()},
	}...)
}
