package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayNoDataTrace(t *testing.T) {
	t.Parallel()
	stage := func(trace any) []policytest.Resource {
		return policytest.One(httpStageType, props{"defaultRouteSettings": props{"dataTraceEnabled": trace}})
	}
	policytest.Run(t, APIGatewayNoDataTrace, []policytest.Case{
		{Name: "stage: on", Resources: stage(true), Want: policytest.Fail("messages in full")},
		{Name: "stage: off", Resources: stage(false), Want: policytest.Pass()},
		{Name: "stage: not known", Resources: stage(policytest.Unknown), Want: policytest.Undetermined("dataTraceEnabled")},
		{Name: "stage: not said", Resources: policytest.One(httpStageType, nil), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, APIGatewayNoDataTrace,
		policytest.Remediation{
			Name: "stage", Type: httpStageType, Properties: props{"defaultRouteSettings": props{"dataTraceEnabled": true}},
			Want: props{"defaultRouteSettings": props{"dataTraceEnabled": false}},
		},
		policytest.Remediation{Name: "nothing to mend", Type: httpStageType},
	)
}
