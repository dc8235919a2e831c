package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestConfigRecorderOn(t *testing.T) {
	t.Parallel()
	stack := func(enabled any, more ...policytest.Resource) []policytest.Resource {
		return append(more, policytest.Resource{Name: "recorder", Type: recorderType}, policytest.Resource{
			Name: "on", Type: recorderStatusType, Properties: props{"name": policytest.Ref("recorder"), "isEnabled": enabled},
		})
	}
	channel := policytest.Resource{Name: "delivery", Type: deliveryChannelType}
	policytest.Run(t, ConfigRecorderOn, []policytest.Case{
		{Name: "off", Resources: stack(false, channel), Want: policytest.Fail("Nothing switches it on")},
		{Name: "nowhere to deliver", Resources: stack(true), Want: policytest.Fail("nowhere")},
		{Name: "not known", Resources: stack(policytest.Unknown, channel), Want: policytest.Undetermined("isEnabled")},
	}...)
}
