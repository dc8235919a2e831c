package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBListenerEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBListenerEncrypted, []policytest.Case{
		{Name: "redirects to HTTP", Resources: policytest.One(listenerType, props{"protocol": "HTTP", "defaultActions": []any{props{"type": "redirect", "redirect": props{"protocol": "HTTP"}}}}), Want: policytest.Fail("serves HTTP")},
		{Name: "TCP", Resources: policytest.One(listenerType, props{"protocol": "TCP", "defaultActions": []any{props{"type": "forward"}}}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(albListenerType, props{"protocol": policytest.Unknown, "defaultActions": []any{props{"type": "forward"}}}), Want: policytest.Undetermined(".protocol")},
	}...)
}
