package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestPatternsOfBackupSelections(t *testing.T) {
	t.Parallel()
	passes, fails := policytest.Pass(), policytest.Fail("No backup plan")
	for _, c := range []struct {
		pattern string
		want    policytest.Answer
	}{
		{"*", passes},
		{"arn:*", passes},
		{"arn:aws:ec2:*", passes},
		{"arn:aws:ec2:*:*:volume/*", passes},
		{"arn:aws:ec2:::volume/*", passes},
		{"arn:aws-cn:ec2:cn-north-1:123456789012:volume/*", passes},
		{"arn:aws:ec2:*:*:vol*", passes},
		{"arn:aws:ec2:*:*:*", passes},
		{"arn:aws:ec2:*:*:instance/*", fails},
		{"arn:aws:ec2:*:*:volume/vol-1*", fails},
		{"arn:aws:ec2:eu-west-1", fails},
		{"arn:aws:ec2", fails},
		{"arn:aws:ec2:*:*", passes},
		{"arn:aws:ec?:*", fails},
		{"arn:aws:rds:*", fails},
		{"arn:aws:rds:*:*:volume/*", fails},
		{"all:arn:aws:ec2:*", fails},
		{"", fails},
	} {
		policytest.Run(t, EBSInBackupPlan, policytest.Case{Name: c.pattern, Want: c.want, Resources: []policytest.Resource{
			{Name: "data", Type: volumeType},
			{Name: "selection", Type: backupSelectionType, Properties: props{"resources": []any{"arn:aws:s3:::*", c.pattern}}},
		}})
	}
}

func TestTypesOfBackupSelections(t *testing.T) {
	t.Parallel()
	selection := func(pattern string) policytest.Resource {
		return policytest.Resource{Name: "selection", Type: backupSelectionType, Properties: props{"resources": []any{pattern}}}
	}
	database := policytest.Resource{Name: "db", Type: rdsInstanceType}
	cluster := policytest.Resource{Name: "cluster", Type: rdsClusterType}
	policytest.Run(t, RDSInBackupPlan, []policytest.Case{
		{Name: "instances", Resources: []policytest.Resource{database, selection("arn:aws:rds:*:*:db:*")}, Want: policytest.Pass()},
		{Name: "clusters", Resources: []policytest.Resource{cluster, selection("arn:aws:rds:*:*:cluster:*")}, Want: policytest.Pass()},
		{Name: "instances alone", Resources: []policytest.Resource{database, cluster, selection("arn:aws:rds:*:*:db:*")}, Want: policytest.Fail("No backup plan")},
		{Name: "snapshots", Resources: []policytest.Resource{database, selection("arn:aws:rds:*:*:*snapshot:*")}, Want: policytest.Fail("No backup plan")},
	}...)
	policytest.Run(t, DynamoDBInBackupPlan, []policytest.Case{
		{Name: "tables", Resources: []policytest.Resource{{Name: "t", Type: tableType}, selection("arn:aws:dynamodb:*:*:table/*")}, Want: policytest.Pass()},
	}...)
	policytest.Run(t, EFSInBackupPlan, []policytest.Case{
		{Name: "file systems", Resources: []policytest.Resource{{Name: "fs", Type: fileSystemType}, selection("arn:aws:elasticfilesystem:*:*:file-system/*")}, Want: policytest.Pass()},
	}...)
}

func TestTagsOfBackupSelections(t *testing.T) {
	t.Parallel()
	volume := func(tags props) policytest.Resource {
		return policytest.Resource{Name: "data", Type: volumeType, Properties: props{"tags": tags}}
	}
	selection := func(tags ...any) policytest.Resource {
		return policytest.Resource{Name: "selection", Type: backupSelectionType, Properties: props{"selectionTags": tags}}
	}
	tag := func(key, value any) props { return props{"type": "STRINGEQUALS", "key": key, "value": value} }
	unknown := policytest.Unknown
	all := func(resources ...policytest.Resource) []policytest.Resource { return resources }
	policytest.Run(t, EBSInBackupPlan, []policytest.Case{
		{Name: "the first of two", Resources: all(volume(props{"backup": "hourly"}), selection(tag("backup", "hourly"), tag("backup", "daily"))), Want: policytest.Pass()},
		{Name: "the second", Resources: all(volume(props{"backup": "daily"}), selection(tag("backup", "hourly"), tag("backup", "daily"))), Want: policytest.Pass()},
		{Name: "neither", Resources: all(volume(props{"backup": "no"}), selection(tag("backup", "hourly"), tag("backup", "daily"))), Want: policytest.Fail("No backup plan")},
		{Name: "a key that is not known", Resources: all(volume(props{"backup": "no"}), selection(tag("backup", "hourly"), tag(unknown, "daily"))), Want: policytest.Undetermined(".selectionTags.1.key")},
		{Name: "a value that is not known", Resources: all(volume(props{"backup": "no"}), selection(tag("backup", unknown), tag("backup", "daily"))), Want: policytest.Undetermined(".selectionTags.0.value")},
		{Name: "not known, nor does it matter", Resources: all(volume(props{"backup": "daily"}), selection(tag("backup", unknown), tag("backup", "daily"))), Want: policytest.Pass()},
	}...)
}
