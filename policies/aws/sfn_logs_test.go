package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSFNLogs(t *testing.T) {
	t.Parallel()
	at := func(level any) []policytest.Resource {
		return policytest.One(stateMachineType, props{"loggingConfiguration": props{"level": level}})
	}
	policytest.Run(t, SFNLogs, []policytest.Case{
		{Name: "off", Resources: at("OFF"), Want: policytest.Fail("logs nothing")},
		{Name: "all", Resources: at("ALL"), Want: policytest.Pass()},
		{Name: "not known", Resources: at(policytest.Unknown), Want: policytest.Undetermined("level")},
	}...)
}
