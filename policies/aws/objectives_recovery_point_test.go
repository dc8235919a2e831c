package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestObjectivesRecoveryPoint(t *testing.T) {
	t.Parallel()
	of := func(name, token string, properties props) policytest.Resource {
		return policytest.Resource{Name: name, Type: token, Properties: properties}
	}
	tags := func(minutes any) props { return props{"objective-rpo-minutes": minutes} }
	volume := of("data", volumeType, props{"tags": tags("120")})
	plan := func(rules ...any) policytest.Resource { return of("plan", backupPlanType, props{"rules": rules}) }
	rule := func(schedule any) props { return props{"ruleName": "r", "schedule": schedule} }
	hourly, daily := "cron(0 * ? * * *)", "cron(0 5 ? * * *)"
	selection := func(plan any, resources ...any) policytest.Resource {
		return of("selection", backupSelectionType, props{"planId": plan, "resources": resources})
	}
	byTag := func(value any) policytest.Resource {
		return of("tagged", backupSelectionType, props{"planId": policytest.Ref("plan"), "selectionTags": []any{
			props{"type": "STRINGEQUALS", "key": "Backup", "value": value},
		}})
	}
	tagged := of("data", volumeType, props{"tags": props{"objective-rpo-minutes": "120", "Backup": "yes", "Of": policytest.Unknown}})
	ref := policytest.Ref
	all := func(resources ...policytest.Resource) []policytest.Resource { return resources }
	policytest.Run(t, ObjectivesRecoveryPoint, []policytest.Case{
		{Name: "nothing promised", Resources: all(of("data", volumeType, nil)), Want: policytest.NotApplicable()},
		{Name: "promised by the settings", Config: props{"minutes": 60}, Resources: all(of("data", volumeType, nil)), Want: policytest.Fail("The objective is 60 minutes, by the policy's settings; nothing of the stack backs it up.")},
		{Name: "a tag goes before", Config: props{"minutes": 1}, Resources: all(volume, plan(rule(hourly)), selection(ref("plan"), ref("data"))), Want: policytest.Pass()},
		{Name: "no number", Resources: all(of("data", volumeType, props{"tags": tags("an hour")})), Want: policytest.Fail(`not "an hour"`)},
		{Name: "nothing", Resources: all(of("data", volumeType, props{"tags": tags("0")})), Want: policytest.Fail(`must be a number above 0, not "0"`)},
		{Name: "less than nothing", Resources: all(of("data", volumeType, props{"tags": tags("-0.5")})), Want: policytest.Fail(`not "-0.5"`)},
		{Name: "more than any number", Resources: all(of("data", volumeType, props{"tags": tags("1e999")})), Want: policytest.Fail(`not "1e999"`)},
		{Name: "hourly, and an hour to start", Resources: all(volume, plan(rule(hourly)), selection(ref("plan"), ref("data"))), Want: policytest.Pass()},
		{Name: "hourly, and two to start", Resources: all(volume, plan(props{"schedule": hourly, "startWindow": 61}), selection(ref("plan"), ref("data"))), Want: policytest.Fail("The objective is 120 minutes, by its tag objective-rpo-minutes; 121 minutes can be lost.")},
		{Name: "daily", Resources: all(volume, plan(rule(daily)), selection(ref("plan"), ref("data"))), Want: policytest.Fail("1500 minutes can be lost")},
		{Name: "by default", Resources: all(volume, plan(props{"ruleName": "r"}), selection(ref("plan"), ref("data"))), Want: policytest.Fail("1500 minutes can be lost")},
		{Name: "the better of two rules", Resources: all(volume, plan(rule(daily), rule(hourly)), selection(ref("plan"), ref("data"))), Want: policytest.Pass()},
		{Name: "the better is not good enough", Resources: all(volume, plan(rule(daily), rule("cron(0 0,12 ? * * *)"), rule(daily)), selection(ref("plan"), ref("data"))), Want: policytest.Fail("780 minutes can be lost")},
		{Name: "everything, and too seldom", Resources: all(volume, plan(rule(daily)), selection(ref("plan"), "*")), Want: policytest.Fail("1500 minutes can be lost")},
		{Name: "a plan that selects another", Resources: all(volume, plan(rule(hourly)), selection(ref("plan"), "arn:aws:ec2:eu-west-1:1:volume/v")), Want: policytest.Fail("nothing of the stack backs it up")},
		{Name: "a plan that selects everything", Resources: all(volume, plan(rule(hourly)), selection(ref("plan"), "*")), Want: policytest.Pass()},
		{Name: "a plan of another stack", Resources: all(volume, selection("plan-1", ref("data"))), Want: policytest.Pass()},
		{Name: "a schedule that is not known here", Resources: all(volume, plan(rule("cron(0 5 15W * ? *)")), selection(ref("plan"), ref("data"))), Want: policytest.Pass()},
		{Name: "a schedule that is not known here, and little time", Resources: all(of("data", volumeType, props{"tags": tags("30")}), plan(rule("cron(0 5 15W * ? *)")), selection(ref("plan"), ref("data"))), Want: policytest.Pass()},
		{Name: "a schedule that is not known yet", Resources: all(volume, plan(rule(policytest.Unknown)), selection(ref("plan"), ref("data"))), Want: policytest.Undetermined(".rules.0.schedule")},
		{Name: "by a tag, another not known", Resources: all(tagged, plan(rule(hourly)), byTag("yes")), Want: policytest.Pass()},
		{Name: "by a tag, and too seldom", Resources: all(tagged, plan(rule(daily)), byTag("yes")), Want: policytest.Fail("1500 minutes can be lost")},
		{Name: "by another tag", Resources: all(tagged, plan(rule(hourly)), byTag("no")), Want: policytest.Fail("nothing of the stack backs it up")},
		{Name: "by a tag that is not known yet", Resources: all(tagged, plan(rule(hourly)), byTag(policytest.Unknown)), Want: policytest.Undetermined(".selectionTags.0.value")},
		{Name: "a database", Resources: all(of("db", rdsInstanceType, props{"backupRetentionPeriod": 7, "tags": tags("5")})), Want: policytest.Pass()},
		{Name: "a database of one day", Resources: all(of("db", rdsInstanceType, props{"backupRetentionPeriod": 1, "tags": tags("5")})), Want: policytest.Pass()},
		{Name: "less than is possible", Resources: all(of("db", rdsInstanceType, props{"backupRetentionPeriod": 7, "tags": tags("0.5")})), Want: policytest.Fail("5 minutes can be lost")},
		{Name: "a database that keeps none", Resources: all(of("db", rdsInstanceType, props{"tags": tags("60")})), Want: policytest.Fail("nothing of the stack backs it up")},
		{Name: "a database with continuous backups", Resources: all(of("db", rdsInstanceType, props{"tags": tags("60")}),
			plan(props{"schedule": daily, "enableContinuousBackup": true}), selection(ref("plan"), ref("db"))), Want: policytest.Pass()},
		{Name: "a database with continuous backups that are not enough", Resources: all(of("db", rdsInstanceType, props{"tags": tags("4")}),
			plan(props{"schedule": daily, "enableContinuousBackup": true}), selection(ref("plan"), ref("db"))), Want: policytest.Fail("5 minutes can be lost")},
		{Name: "a database with daily backups", Resources: all(of("db", rdsInstanceType, props{"tags": tags("60")}), plan(rule(daily)), selection(ref("plan"), ref("db"))), Want: policytest.Fail("1500 minutes can be lost")},
		{Name: "volumes have none", Resources: all(volume, plan(props{"schedule": daily, "enableContinuousBackup": true}), selection(ref("plan"), ref("data"))), Want: policytest.Fail("1500 minutes")},
		{Name: "a replica", Resources: all(of("db", rdsInstanceType, props{"replicateSourceDb": "main", "tags": tags("60")})), Want: policytest.NotApplicable()},
		{Name: "a cluster", Resources: all(of("db", rdsClusterType, props{"tags": tags("60")})), Want: policytest.Pass()},
		{Name: "a table", Resources: all(of("t", tableType, props{"tags": tags("60")})), Want: policytest.Fail("nothing of the stack")},
		{Name: "a table with recovery", Resources: all(of("t", tableType, props{"tags": tags("60"), "pointInTimeRecovery": props{"enabled": true}})), Want: policytest.Pass()},
	}...)
}
