package aws

import (
	"maps"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of vaults and plans. Sources: terraform-provider-aws, internal/service/backup/{vault,plan}_data_source.go.

func backupLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:backup/getVault:getVault", Answer: func(c *simulator.Call) resource.PropertyMap {
			return describeObject(c, vaultKind, c.Text("name"), "arn", "kmsKeyArn", "name", "recoveryPoints", "tags")
		}},
		{Token: "aws:backup/getPlan:getPlan", Answer: answerPlan},
	}
}

// describeObject answers a look-up with outputs of the object of a kind that has the id, or fails as the cloud does.
func describeObject(c *simulator.Call, kind *simulator.Kind, id string, outputs ...string) resource.PropertyMap {
	o := c.Find(kind, id)
	if o == nil {
		c.Fail("", kind.NotFound, id)
		return nil
	}
	c.Set("id", id)
	for _, name := range outputs {
		if value, has := o.Outputs[resource.PropertyKey(name)]; has {
			c.Outputs[resource.PropertyKey(name)] = value
		} else if strings.HasPrefix(name, "tags") {
			c.Outputs[resource.PropertyKey(name)] = resource.NewObjectProperty(o.Tags())
		}
	}
	return c.Outputs
}

// answerPlan describes a plan. A rule's lifecycles are lists of one there, and what the provider fills in is shown.
func answerPlan(c *simulator.Call) resource.PropertyMap {
	answer := describeObject(c, planKind, c.Text("planId"), "arn", "name", "tags", "version")
	if answer == nil {
		return nil
	}
	rules := []resource.PropertyValue{}
	eachObject(c.Find(planKind, answer["id"].StringValue()).Outputs["rules"], func(rule resource.PropertyMap) {
		shown := resource.NewPropertyMapFromMap(map[string]any{
			"completionWindow": completionWindow, "startWindow": startWindow, "enableContinuousBackup": false,
			"schedule": "", "scheduleExpressionTimezone": "Etc/UTC", "recoveryPointTags": map[string]any{},
		})
		maps.Copy(shown, listLifecycle(rule))
		copies := []resource.PropertyValue{}
		eachObject(rule["copyActions"], func(action resource.PropertyMap) {
			copies = append(copies, resource.NewObjectProperty(listLifecycle(action)))
		})
		shown["copyActions"] = resource.NewArrayProperty(copies)
		rules = append(rules, resource.NewObjectProperty(shown))
	})
	answer["rules"] = resource.NewArrayProperty(rules)
	return answer
}

// listLifecycle makes a list of a lifecycle, with all its properties.
func listLifecycle(of resource.PropertyMap) resource.PropertyMap {
	shown := of.Copy()
	delete(shown, "lifecycle")
	list := []resource.PropertyValue{}
	if days := of["lifecycle"]; days.IsObject() {
		all := resource.NewPropertyMapFromMap(map[string]any{
			"coldStorageAfter": 0, "deleteAfter": 0, "optInToArchiveForSupportedResources": false,
		})
		maps.Copy(all, days.ObjectValue())
		list = append(list, resource.NewObjectProperty(all))
	}
	shown["lifecycles"] = resource.NewArrayProperty(list)
	return shown
}
