package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailDataEvents(t *testing.T) {
	t.Parallel()
	basic := func(kind any) []policytest.Resource {
		return policytest.One(trailType, props{"eventSelectors": []any{props{"dataResources": []any{props{"type": kind}}}}})
	}
	advanced := func(field, value string) []policytest.Resource {
		return policytest.One(trailType, props{"advancedEventSelectors": []any{props{"fieldSelectors": []any{props{"field": field, "equals": []any{value}}}}}})
	}
	policytest.Run(t, CloudTrailDataEvents, []policytest.Case{
		{Name: "by a basic selector", Resources: basic("AWS::S3::Object"), Want: policytest.Pass()},
		{Name: "of functions", Resources: basic("AWS::Lambda::Function"), Want: policytest.Fail("reads and writes objects")},
		{Name: "of functions, by an advanced selector", Resources: advanced("resources.type", "AWS::Lambda::Function"), Want: policytest.Fail()},
		{Name: "by another field", Resources: advanced("resources.ARN", "AWS::S3::Object"), Want: policytest.Fail()},
		{Name: "management only", Resources: advanced("eventCategory", "Management"), Want: policytest.Fail()},
		{Name: "not known", Resources: basic(policytest.Unknown), Want: policytest.Undetermined("type")},
	}...)
}
