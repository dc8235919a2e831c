package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayAccessLogs(t *testing.T) {
	t.Parallel()
	policytest.Run(t, APIGatewayAccessLogs, []policytest.Case{
		{Name: "REST: none", Resources: policytest.One(restStageType, nil), Want: policytest.Fail("no log of requests")},
		{Name: "REST: not known where", Resources: policytest.One(restStageType, props{"accessLogSettings": props{"destinationArn": policytest.Unknown, "format": "$context.requestId"}}), Want: policytest.Pass()},
	}...)
}
