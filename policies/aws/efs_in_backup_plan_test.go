package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEFSInBackupPlan(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EFSInBackupPlan, []policytest.Case{
		{Name: "by tag", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType, Properties: props{"tags": props{"backup": "daily"}}},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}}},
		}, Want: policytest.Pass()},
		{Name: "by a tag of the provider", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType, Properties: props{"tagsAll": props{"backup": "daily"}}},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}}},
		}, Want: policytest.Pass()},
		{Name: "another tag", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType, Properties: props{"tags": props{"backup": "none"}}},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}}},
		}, Want: policytest.Fail("No backup plan")},
		{Name: "all of its service", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType}, {Name: "s", Type: backupSelectionType, Properties: props{"resources": []any{"arn:aws:elasticfilesystem:*:*:*"}}},
		}, Want: policytest.Pass()},
		{Name: "all of another service", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType}, {Name: "s", Type: backupSelectionType, Properties: props{"resources": []any{"arn:aws:s3:::*"}}},
		}, Want: policytest.Fail("No backup plan")},
		{Name: "what is not known yet", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType}, {Name: "s", Type: backupSelectionType, Properties: props{"resources": policytest.Unknown}},
		}, Want: policytest.Undetermined(".resources")},
		{Name: "another tag of the provider", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType, Properties: props{"tagsAll": props{"backup": "none"}}},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}}},
		}, Want: policytest.Fail("No backup plan")},
		{Name: "a tag without a value, which it has not", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": ""}}}},
		}, Want: policytest.Fail("No backup plan")},
		{Name: "everything", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType},
			{Name: "s", Type: backupSelectionType, Properties: props{"resources": []any{"*"}}},
		}, Want: policytest.Pass()},
		{Name: "a pattern that is no ARN", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType},
			{Name: "s", Type: backupSelectionType, Properties: props{"resources": []any{"everything"}}},
		}, Want: policytest.Fail("No backup plan")},
		{Name: "another of its service", Resources: []policytest.Resource{
			{Name: "a", Type: fileSystemType},
			{Name: "s", Type: backupSelectionType, Properties: props{"resources": []any{"arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-1"}}},
		}, Want: policytest.Fail("No backup plan")},
	}...)
}
