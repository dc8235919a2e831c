package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBTLSPolicy(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBTLSPolicy, []policytest.Case{
		{Name: "by default", Resources: policytest.One(listenerType, props{"protocol": "TLS"}), Want: policytest.Fail("[unset]")},
		{Name: "old, with 1.3", Resources: policytest.One(listenerType, props{"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06"}), Want: policytest.Fail("TLS13-1-0")},
		{Name: "1.3 only", Resources: policytest.One(listenerType, props{"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06"}), Want: policytest.Pass()},
		{Name: "1.2", Resources: policytest.One(listenerType, props{"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-FS-1-2-Res-2020-10"}), Want: policytest.Pass()},
		{Name: "HTTP", Resources: policytest.One(albListenerType, props{"protocol": "HTTP"}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(listenerType, props{"protocol": "HTTPS", "sslPolicy": policytest.Unknown}), Want: policytest.Undetermined(".sslPolicy")},
		{Name: "1.1", Resources: policytest.One(listenerType, props{"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-1-2021-06"}), Want: policytest.Fail("TLS13-1-1")},
		{Name: "1.2 only", Resources: policytest.One(listenerType, props{"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS-1-2-2017-01"}), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, ELBTLSPolicy,
		policytest.Remediation{Name: "mended", Type: albListenerType, Properties: props{"protocol": "HTTPS"}, Want: props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"}},
	)
}
