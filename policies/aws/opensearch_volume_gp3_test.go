package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchVolumeGp3(t *testing.T) {
	t.Parallel()
	policytest.Run(t, OpenSearchVolumeGp3, []policytest.Case{
		{Name: "no volumes", Resources: policytest.One(searchDomainType, nil), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(searchDomainType, props{"ebsOptions": props{"volumeType": policytest.Unknown}}), Want: policytest.Undetermined("volumeType")},
	}...)
	policytest.RunRemediations(t, OpenSearchVolumeGp3, policytest.Remediation{
		Name: "the type only", Type: searchDomainType, Properties: props{"ebsOptions": props{"volumeType": "gp2", "volumeSize": 100}}, Want: props{"ebsOptions": props{"volumeType": "gp3", "volumeSize": 100}},
	})
}
