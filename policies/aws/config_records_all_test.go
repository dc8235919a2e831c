package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestConfigRecordsAll(t *testing.T) {
	t.Parallel()
	group := func(group props) []policytest.Resource {
		return policytest.One(recorderType, props{"recordingGroup": group})
	}
	policytest.Run(t, ConfigRecordsAll, []policytest.Case{
		{Name: "no group", Resources: policytest.One(recorderType, nil), Want: policytest.Pass()},
		{Name: "all but some", Resources: group(props{"allSupported": false, "recordingStrategies": []any{props{"useOnly": "EXCLUSION_BY_RESOURCE_TYPES"}}}), Want: policytest.Pass()},
		{Name: "some, by a strategy", Resources: group(props{"allSupported": false, "recordingStrategies": []any{props{"useOnly": "INCLUSION_BY_RESOURCE_TYPES"}}}), Want: policytest.Fail("some types only")},
		{Name: "not known", Resources: group(props{"allSupported": policytest.Unknown}), Want: policytest.Undetermined("allSupported")},
	}...)
	policytest.RunRemediations(t, ConfigRecordsAll,
		policytest.Remediation{Name: "some types", Type: recorderType, Properties: props{
			"recordingGroup": props{"allSupported": false, "resourceTypes": []any{"AWS::EC2::Instance"}},
		}, Want: props{"recordingGroup": props{"allSupported": true}}},
		policytest.Remediation{Name: "all types", Type: recorderType, Properties: props{"recordingGroup": props{"allSupported": true}}},
	)
}
