package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestLambdaFailuresKept(t *testing.T) {
	t.Parallel()
	policytest.Run(t, LambdaFailuresKept,
		policytest.Case{Name: "dead letters", Resources: policytest.One(functionType, props{"deadLetterConfig": props{"targetArn": policytest.Unknown}}), Want: policytest.Pass()},
		policytest.Case{Name: "successes only", Want: policytest.Fail("are lost"), Resources: []policytest.Resource{
			{Name: "resize", Type: functionType}, {Name: "config", Type: invokeConfigType, Properties: props{"functionName": policytest.Ref("resize"), "destinationConfig": props{"onSuccess": props{"destination": "arn:aws:sqs:eu-west-1:123456789012:done"}}}},
		}},
		policytest.Case{Name: "polls a queue", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "resize", Type: functionType}, {Name: "source", Type: eventSourceMappingType, Properties: props{"functionName": policytest.Ref("resize")}},
		}},
	)
}
