package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSClusterInsights(t *testing.T) {
	t.Parallel()
	with := func(value any) props {
		return props{"settings": []any{props{"name": "containerInsights", "value": value}}}
	}
	policytest.Run(t, ECSClusterInsights, []policytest.Case{
		{Name: "off", Resources: policytest.One(ecsClusterType, with("disabled")), Want: policytest.Fail("Nothing is measured")},
		{Name: "another setting", Resources: policytest.One(ecsClusterType, props{"settings": []any{props{"name": "other", "value": "enabled"}}}), Want: policytest.Fail("Nothing is measured")},
		{Name: "on", Resources: policytest.One(ecsClusterType, with("enabled")), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(ecsClusterType, with(policytest.Unknown)), Want: policytest.Undetermined("value")},
	}...)
	policytest.RunRemediations(t, ECSClusterInsights,
		policytest.Remediation{Name: "off", Type: ecsClusterType, Properties: with("disabled"), Want: with("enabled")},
		policytest.Remediation{
			Name: "others stay", Type: ecsClusterType, Properties: props{"settings": []any{props{"name": "other", "value": "1"}}},
			Want: props{"settings": []any{props{"name": "containerInsights", "value": "enabled"}, props{"name": "other", "value": "1"}}},
		},
		policytest.Remediation{Name: "enhanced stays so", Type: ecsClusterType, Properties: with("enhanced")},
	)
}
