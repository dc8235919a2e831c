package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestObjectivesRecoveryTime(t *testing.T) {
	t.Parallel()
	of := func(name, token string, properties props) policytest.Resource {
		return policytest.Resource{Name: name, Type: token, Properties: properties}
	}
	tags := func(minutes any) props { return props{"objective-rto-minutes": minutes} }
	ref, unknown := policytest.Ref, policytest.Unknown
	database := func(minutes, multiAZ any) policytest.Resource {
		return of("db", rdsInstanceType, props{"multiAz": multiAZ, "tags": tags(minutes)})
	}
	cluster := func(minutes, engine any) policytest.Resource {
		return of("db", rdsClusterType, props{"engine": engine, "tags": tags(minutes)})
	}
	instance := func(name string, cluster any) policytest.Resource {
		return of(name, rdsClusterInstanceType, props{"clusterIdentifier": cluster})
	}
	files := func(zone any) policytest.Resource {
		return of("files", fileSystemType, props{"availabilityZoneName": zone, "tags": tags("1")})
	}
	volume := of("data", volumeType, props{"tags": tags("120")})
	selection := func(resources ...any) policytest.Resource {
		return of("selection", backupSelectionType, props{"planId": "plan", "resources": resources})
	}
	test := func(kind any, resources any) policytest.Resource {
		return of("test", restoreTestingSelectionType, props{"protectedResourceType": kind, "protectedResourceArns": resources})
	}
	control := func(name, minutes any, kinds ...any) props {
		return props{"name": name, "scope": props{"complianceResourceTypes": kinds}, "inputParameters": []any{
			props{"name": "of another kind", "value": "hours"}, props{"name": "maxRestoreTime", "value": minutes},
		}}
	}
	audit := func(controls ...any) policytest.Resource {
		return of("audit", backupFrameworkType, props{"controls": controls})
	}
	const time = "RESTORE_TIME_FOR_RESOURCES_MEET_TARGET"
	every := []any{"*"}
	twoHours := audit(control("BACKUP_RECOVERY_POINT_ENCRYPTED", "1"), control(time, "120"))
	all := func(resources ...policytest.Resource) []policytest.Resource { return resources }
	policytest.Run(t, ObjectivesRecoveryTime, []policytest.Case{
		{Name: "nothing promised", Resources: all(of("data", volumeType, nil)), Want: policytest.NotApplicable()},
		{Name: "promised by the settings", Config: props{"minutes": 60}, Resources: all(of("data", volumeType, nil)), Want: policytest.Fail(
			"The objective is 60 minutes, by the policy's settings; it does not fail over to another zone, and nothing of the stack backs it up.")},
		{Name: "a tag goes before", Config: props{"minutes": 1}, Resources: all(database("2", true)), Want: policytest.Pass()},
		{Name: "another tag", Config: props{"tag": "rto"}, Resources: all(volume), Want: policytest.NotApplicable()},
		{Name: "no number", Resources: all(database("an hour", true)), Want: policytest.Fail(`not "an hour"`)},

		{Name: "a standby", Resources: all(database("2", "true")), Want: policytest.Pass()},
		{Name: "a standby is too slow", Resources: all(database("1.9", true)), Want: policytest.Fail(
			"The objective is 1.9 minutes, by its tag objective-rto-minutes; failing over takes up to 120 seconds, and nothing of the stack backs it up.")},
		{Name: "not known whether it stands by", Resources: all(database("2", unknown)), Want: policytest.Undetermined(".multiAz")},
		{Name: "a replica", Resources: all(of("db", rdsInstanceType, props{"replicateSourceDb": "main", "tags": tags("60")})), Want: policytest.NotApplicable()},
		{Name: "a Multi-AZ cluster", Resources: all(cluster("0.6", "postgres")), Want: policytest.Pass()},
		{Name: "a Multi-AZ cluster is too slow", Resources: all(cluster("0.5", "postgres")), Want: policytest.Fail("up to 35 seconds")},
		{Name: "Aurora of two", Resources: all(cluster("1", "aurora-mysql"), instance("one", ref("db")), instance("two", ref("db"))), Want: policytest.Pass()},
		{Name: "Aurora of two is too slow", Resources: all(cluster("0.9", "aurora-mysql"), instance("one", ref("db")), instance("two", ref("db"))), Want: policytest.Fail("up to 60 seconds")},
		{Name: "Aurora of one", Resources: all(cluster("60", "aurora-mysql"), instance("one", ref("db")), instance("two", "other")), Want: policytest.Fail("does not fail over")},
		{Name: "Aurora of one at least", Resources: all(cluster("60", "aurora-mysql"), instance("one", ref("db")), instance("two", unknown)), Want: policytest.Undetermined(".clusterIdentifier")},
		{Name: "a table", Resources: all(of("t", tableType, props{"tags": tags("0.1")})), Want: policytest.Pass()},
		{Name: "a file system", Resources: all(files("")), Want: policytest.Pass()},
		{Name: "a file system of a zone", Resources: all(files("eu-west-1a")), Want: policytest.Fail("does not fail over")},

		{Name: "not tested", Resources: all(volume, selection(ref("data"))), Want: policytest.Fail("does not fail over to another zone, and no restore of it is tested")},
		{Name: "not audited", Resources: all(volume, selection(ref("data")), test("EBS", every)), Want: policytest.Fail("no audit holds restores to that")},
		{Name: "not backed up", Resources: all(volume, test("EBS", every), twoHours), Want: policytest.Fail("nothing of the stack backs it up")},
		{Name: "restored", Resources: all(volume, selection(ref("data")), test("EBS", every), twoHours), Want: policytest.Pass()},
		{Name: "with all of its service", Resources: all(volume, selection("arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*"), test("EBS", every), twoHours), Want: policytest.Pass()},
		{Name: "by conditions", Resources: all(volume, selection(ref("data")), test("EBS", nil), twoHours), Want: policytest.Pass()},
		{Name: "by its ARN", Resources: all(volume, selection(ref("data")), test("EBS", []any{ref("data")}), twoHours), Want: policytest.Pass()},
		{Name: "another's ARN", Resources: all(volume, selection(ref("data")), test("EBS", []any{"arn"}), twoHours), Want: policytest.Fail("no restore of it is tested")},
		{Name: "an ARN that is not known", Resources: all(volume, selection(ref("data")), test("EBS", unknown), twoHours), Want: policytest.Undetermined(".protectedResourceArns")},
		{Name: "by its ARN, as another kind", Resources: all(volume, selection(ref("data")), test("EFS", []any{ref("data")}), twoHours), Want: policytest.Fail("no restore of it is tested")},
		{Name: "another kind", Resources: all(volume, selection(ref("data")), test("EFS", every), twoHours), Want: policytest.Fail("no restore of it is tested")},
		{Name: "a kind that is not known", Resources: all(volume, selection(ref("data")), test(unknown, every), twoHours), Want: policytest.Undetermined(".protectedResourceType")},
		{Name: "held to less", Resources: all(volume, selection(ref("data")), test("EBS", every), audit(control(time, "60"))), Want: policytest.Pass()},
		{Name: "held to more", Resources: all(volume, selection(ref("data")), test("EBS", every), audit(control(time, "121"))), Want: policytest.Fail("no audit")},
		{Name: "held to more than another", Resources: all(volume, of("more", volumeType, props{"tags": tags("119")}), selection("*"), test("EBS", every), twoHours), Want: policytest.Fail("The objective is 119 minutes")},
		{Name: "held to something else", Resources: all(volume, selection(ref("data")), test("EBS", every), audit(props{"name": time, "inputParameters": []any{props{"name": "least", "value": "1"}}})), Want: policytest.Fail("no audit")},
		{Name: "held to it for its kind", Resources: all(volume, selection(ref("data")), test("EBS", every), audit(control(time, "120", "RDS", "EBS"))), Want: policytest.Pass()},
		{Name: "held to it for another kind", Resources: all(volume, selection(ref("data")), test("EBS", every), audit(control(time, "120", "RDS"))), Want: policytest.Fail("no audit")},
		{Name: "held to what is not known", Resources: all(volume, selection(ref("data")), test("EBS", every), audit(control(time, unknown))), Want: policytest.Undetermined(".value")},

		{Name: "a database restored", Resources: all(database("120", false), selection("arn:aws:rds:*"), test("RDS", every), twoHours), Want: policytest.Pass()},
		{Name: "Aurora restored", Resources: all(cluster("120", "aurora-mysql"), selection("arn:aws:rds:*"), test("Aurora", every), twoHours), Want: policytest.Pass()},
		{Name: "a cluster restored", Resources: all(cluster("0.5", "mysql"), selection("arn:aws:rds:*"), test("RDS", every), audit(control(time, "0.5"))), Want: policytest.Pass()},
		{Name: "a file system restored", Resources: all(files("eu-west-1a"), selection("arn:aws:elasticfilesystem:*"), test("EFS", every), audit(control(time, "1"))), Want: policytest.Pass()},
	}...)
}
