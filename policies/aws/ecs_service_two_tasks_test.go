package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSServiceTwoTasks(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECSServiceTwoTasks,
		policytest.Case{Name: "a daemon", Resources: policytest.One(ecsServiceType, props{"schedulingStrategy": "DAEMON"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(ecsServiceType, props{"desiredCount": policytest.Unknown}), Want: policytest.Undetermined(".desiredCount")},
		policytest.Case{Name: "nothing said", Resources: policytest.One(ecsServiceType, nil), Want: policytest.Fail("It runs 0.")},
	)
	policytest.RunRemediations(t, ECSServiceTwoTasks,
		policytest.Remediation{Name: "one", Type: ecsServiceType, Properties: props{"desiredCount": 1}, Want: props{"desiredCount": 2}},
		policytest.Remediation{Name: "more", Type: ecsServiceType, Properties: props{"desiredCount": 5}},
	)
}
