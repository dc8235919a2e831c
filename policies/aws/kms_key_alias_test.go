package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestKMSKeyAlias(t *testing.T) {
	t.Parallel()
	policytest.Run(t, KMSKeyAlias,
		policytest.Case{Name: "the alias of another", Want: policytest.Fail("no alias"), Resources: []policytest.Resource{
			{Name: "data", Type: keyType}, {Name: "name", Type: aliasType, Properties: props{"targetKeyId": "arn:aws:kms:eu-west-1:123456789012:key/other"}},
		}},
		policytest.Case{Name: "an alias that is not known yet", Want: policytest.Undetermined(".targetKeyId"), Resources: []policytest.Resource{
			{Name: "data", Type: keyType}, {Name: "name", Type: aliasType, Properties: props{"targetKeyId": policytest.Unknown}},
		}},
	)
}
