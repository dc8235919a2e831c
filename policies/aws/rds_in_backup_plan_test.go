package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSInBackupPlan(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSInBackupPlan, []policytest.Case{
		{Name: "by tag", Resources: []policytest.Resource{
			{Name: "a", Type: rdsInstanceType, Properties: props{"tags": props{"backup": "daily"}}},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}}},
		}, Want: policytest.Pass()},
		{Name: "by a tag of the provider", Resources: []policytest.Resource{
			{Name: "a", Type: rdsInstanceType, Properties: props{"tagsAll": props{"backup": "daily"}}},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}}},
		}, Want: policytest.Pass()},
		{Name: "another tag", Resources: []policytest.Resource{
			{Name: "a", Type: rdsInstanceType, Properties: props{"tags": props{"backup": "none"}}},
			{Name: "s", Type: backupSelectionType, Properties: props{"selectionTags": []any{props{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}}}},
		}, Want: policytest.Fail("No backup plan")},
		{Name: "all of its service", Resources: []policytest.Resource{
			{Name: "a", Type: rdsInstanceType}, {Name: "s", Type: backupSelectionType, Properties: props{"resources": []any{"arn:aws:rds:*:*:*"}}},
		}, Want: policytest.Pass()},
		{Name: "all of another service", Resources: []policytest.Resource{
			{Name: "a", Type: rdsInstanceType}, {Name: "s", Type: backupSelectionType, Properties: props{"resources": []any{"arn:aws:s3:::*"}}},
		}, Want: policytest.Fail("No backup plan")},
		{Name: "what is not known yet", Resources: []policytest.Resource{
			{Name: "a", Type: rdsInstanceType}, {Name: "s", Type: backupSelectionType, Properties: props{"resources": policytest.Unknown}},
		}, Want: policytest.Undetermined(".resources")},
	}...)
}
