package aws

import (
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// backupInWindow: AWS takes a selection of an instance that its plan backs up in the instance's own windows, and fails the
// jobs: "Backup job could not start because it is either inside or too close to the automated backup window configured in
// RDS instance". Instances are looked for by the tags of the selection; only windows that were asked for count.
var backupInWindow = simulator.Constraint{
	Origin: simulator.Origin{
		ID:     "aws-backup-inside-database-window",
		Source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html",
	},
	Stage: simulator.Afterwards,
	Error: "jobs will fail: the rule %s starts at %s UTC, in the %s %s of the database %s or within the hour before it",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		plan := c.Find(planKind, c.Text("planId"))
		if plan == nil || c.Given("conditions") {
			return
		}
		for _, database := range c.All(dbInstanceKind) {
			if !selectsByTag(c, database) {
				continue
			}
			eachObject(plan.Inputs["rules"], func(rule resource.PropertyMap) {
				for _, input := range []string{"backupWindow", "maintenanceWindow"} {
					window := stringOf(database.Inputs[resource.PropertyKey(input)])
					if at, meets := startsIn(rule, window, c.Now()); meets {
						broken("planId", stringOf(rule["ruleName"]), at.Format("Mon 15:04"), input, window, database.Text("identifier"))
					}
				}
			})
		}
	},
}

// selectsByTag reports whether one of the selection's tags is the object's.
func selectsByTag(c *simulator.Call, o *simulator.Object) (selected bool) {
	tags := o.Tags()
	c.Objects("selectionTags[*]", func(_ string, tag resource.PropertyMap) {
		value := tags[resource.PropertyKey(stringOf(tag["key"]))]
		selected = selected || stringOf(tag["type"]) == "STRINGEQUALS" && value.IsString() && value.StringValue() == stringOf(tag["value"])
	})
	return selected
}

// beforeWindow is how long before a window of an instance no backup of it starts, in minutes.
const beforeWindow = 60

// startsIn returns when a rule, in the year that begins now, first starts in a window or too close before it, in UTC.
func startsIn(rule resource.PropertyMap, window string, now time.Time) (at time.Time, meets bool) {
	from, to, ok := strings.Cut(window, "-")
	location, err := time.LoadLocation(stringOf(rule["scheduleExpressionTimezone"]))
	if !ok || err != nil {
		return at, false
	}
	period := dayMinutes
	if strings.Count(from, ":") > 1 {
		period = weekMinutes
	}
	opens := minuteOf(from) - beforeWindow
	lasts := (minuteOf(to) - opens + weekMinutes) % period
	for at := range cronTimes(stringOf(rule["schedule"]), now.In(location)) {
		if (minuteOf(strings.ToLower(at.UTC().Format("Mon:15:04")))-opens+weekMinutes)%period < lasts {
			return at.UTC(), true
		}
	}
	return at, false
}
