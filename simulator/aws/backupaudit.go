package aws

import (
	"time"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/backup/{framework,report_plan,region_settings,global_settings,
// restore_testing_plan,restore_testing_selection}.go; the AWS Backup API's CreateFramework, CreateReportPlan and
// CreateRestoreTestingPlan.

var frameworkKind = &simulator.Kind{
	Noun:     "Backup Framework",
	ID:       nameOrPrefix,
	ARN:      "arn:{partition}:backup:{region}:{account}:framework:{id}",
	NotFound: "InvalidParameterValueException: Framework %s does not exist",
}

var reportPlanKind = &simulator.Kind{
	Noun: "Backup Report Plan",
	ID:   nameOrPrefix,
	ARN:  "arn:{partition}:backup:{region}:{account}:report-plan:{id}",
}

var restorePlanKind = &simulator.Kind{
	Noun:     "Backup Restore Testing Plan",
	ID:       nameOrPrefix,
	ARN:      "arn:{partition}:backup:{region}:{account}:restore-testing-plan:{id}",
	NotFound: "ResourceNotFoundException: Restore testing plan %s does not exist",
	InUse:    "InvalidRequestException: restore testing plan %s has selections, which must be deleted first",
}

var restoreSelectionKind = &simulator.Kind{
	Noun: "Backup Restore Testing Selection",
	ID:   func(c *simulator.Call) string { return c.Text("name") + ":" + c.Text("restoreTestingPlanName") },
}

// The settings of a region and of the account are there anyway: to make them is to change them.
var (
	regionSettingsKind = &simulator.Kind{
		Noun: "Backup Region Settings", ID: func(c *simulator.Call) string { return c.Region },
	}
	globalSettingsKind = &simulator.Kind{
		Noun: "Backup Global Settings", Global: true, ID: func(c *simulator.Call) string { return c.Account },
	}
)

func backupAuditTypes() []*simulator.Type {
	auditName := simulator.Matches(`^[a-zA-Z][_a-zA-Z0-9]{0,255}$`, "a letter, then letters, digits and _ are")
	return []*simulator.Type{
		{
			Token:     "aws:backup/framework:Framework",
			Kind:      frameworkKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 256, Separator: "_"},
			Immutable: []string{"name"},
			Sets:      []string{"controls", "controls[*].inputParameters"},
			Rules:     map[string]simulator.Rule{"name": auditName},
			Unique: []simulator.Unique{{
				Properties: []string{"name"}, Error: "AlreadyExistsException: Framework %s already exists",
			}},
			Quotas: []simulator.Quota{{
				Code: "aws-backup-frameworks", Source: backupLimits, Limit: 15,
				Error: "LimitExceededException: the account has its quota of %d frameworks in this Region",
			}},
			API:        []string{"backup:CreateFramework"},
			Parameters: map[string]string{"name": "FrameworkName", "controls[*].name": "FrameworkControls.ControlName"},
			Compute:    deployed,
		},
		{
			Token:     "aws:backup/reportPlan:ReportPlan",
			Kind:      reportPlanKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 256, Separator: "_"},
			Immutable: []string{"name", "reportSetting.reportTemplate"},
			Sets: []string{
				"reportDeliveryChannel.formats", "reportSetting.accounts", "reportSetting.frameworkArns",
				"reportSetting.organizationUnits", "reportSetting.regions",
			},
			Rules: map[string]simulator.Rule{
				"name":                             auditName,
				"reportDeliveryChannel.formats[*]": simulator.OneOf("CSV", "JSON"),
				"reportSetting.reportTemplate": simulator.OneOf("RESOURCE_COMPLIANCE_REPORT", "CONTROL_COMPLIANCE_REPORT",
					"BACKUP_JOB_REPORT", "COPY_JOB_REPORT", "RESTORE_JOB_REPORT"),
			},
			Unique: []simulator.Unique{{
				Properties: []string{"name"}, Error: "AlreadyExistsException: Report plan %s already exists",
			}},
			Quotas: []simulator.Quota{{
				Code: "aws-backup-report-plans", Source: backupLimits, Limit: 20,
				Error: "LimitExceededException: the account has its quota of %d report plans",
			}},
			API:        []string{"backup:CreateReportPlan"},
			Parameters: map[string]string{"name": "ReportPlanName", "description": "ReportPlanDescription"},
			Compute:    deployed,
		},
		settingsType("aws:backup/regionSettings:RegionSettings", regionSettingsKind, "backup:UpdateRegionSettings"),
		settingsType("aws:backup/globalSettings:GlobalSettings", globalSettingsKind, "backup:UpdateGlobalSettings"),
		restorePlanType(),
		restoreSelectionType(),
	}
}

func deployed(c *simulator.Call) {
	c.SetNew("creationTime", c.Now().UTC().Format(time.RFC3339))
	c.Set("deploymentStatus", "COMPLETED")
	if _, has := c.Schema.Outputs["status"]; has {
		c.Set("status", "ACTIVE")
	}
}

func settingsType(token string, kind *simulator.Kind, operation string) *simulator.Type {
	return &simulator.Type{
		Token: token, Kind: kind, API: []string{operation},
		Compute: func(c *simulator.Call) {
			if _, has := c.Schema.Outputs["resourceTypeManagementPreference"]; has {
				c.SetNew("resourceTypeManagementPreference", map[string]any{})
			}
		},
	}
}

// restoreName allows what the provider does: no hyphens.
var restoreName = simulator.Matches(`^[0-9A-Za-z_]{1,50}$`, "1 to 50 letters, digits and _ are")

func restorePlanType() *simulator.Type {
	vaults := simulator.Text(func(vault string) string {
		if vault == "*" {
			return ""
		}
		return validARN(text(vault))
	})
	return &simulator.Type{
		Token:     "aws:backup/restoreTestingPlan:RestoreTestingPlan",
		Kind:      restorePlanKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 50, Separator: "_"},
		Immutable: []string{"name"},
		Sets: []string{
			"recoveryPointSelection.excludeVaults", "recoveryPointSelection.includeVaults",
			"recoveryPointSelection.recoveryPointTypes",
		},
		Rules: map[string]simulator.Rule{
			"name":             restoreName,
			"startWindowHours": simulator.Between(0, 168),
			"recoveryPointSelection.selectionWindowDays": simulator.Between(1, 365),
			"recoveryPointSelection.includeVaults[*]":    vaults,
			"recoveryPointSelection.excludeVaults[*]":    vaults,
		},
		Unique: []simulator.Unique{{
			Properties: []string{"name"}, Error: "AlreadyExistsException: Restore testing plan %s already exists",
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-backup-restore-testing-schedule",
				Source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html"},
			Stage: simulator.AtCheck,
			Error: "InvalidParameterValueException: Invalid schedule expression: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if fault := cronFault(c.Text("scheduleExpression")); c.Given("scheduleExpression") &&
					c.Known("scheduleExpression") && fault != "" {
					broken("scheduleExpression", fault)
				}
			},
		}},
		API:        []string{"backup:CreateRestoreTestingPlan"},
		Parameters: map[string]string{"name": "RestoreTestingPlan.RestoreTestingPlanName"},
		Compute: func(c *simulator.Call) {
			c.SetNew("scheduleExpressionTimezone", "Etc/UTC")
			c.SetNew("startWindowHours", 24)
		},
	}
}

func restoreSelectionType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:backup/restoreTestingSelection:RestoreTestingSelection",
		Kind:      restoreSelectionKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 50, Separator: "_"},
		Immutable: []string{"name", "protectedResourceType", "restoreTestingPlanName"},
		Sets:      []string{"protectedResourceArns"},
		Rules: map[string]simulator.Rule{
			"name": restoreName, "iamRoleArn": validARN, "validationWindowHours": simulator.Between(0, 168),
		},
		References: []simulator.Reference{
			{
				Origin: simulator.Origin{ID: "aws-backup-restore-plan-has-selections",
					Source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DeleteRestoreTestingPlan.html"},
				Property: "restoreTestingPlanName", To: kinds(restorePlanKind),
			},
			toRole("iamRoleArn", noBackupRole),
		},
		API: []string{"backup:CreateRestoreTestingSelection"},
		Parameters: map[string]string{
			"name": "RestoreTestingSelection.RestoreTestingSelectionName", "restoreTestingPlanName": "RestoreTestingPlanName",
		},
		Compute: func(c *simulator.Call) {
			for name, value := range map[string]any{
				"validationWindowHours": 0, "restoreMetadataOverrides": map[string]any{}, "protectedResourceArns": []any{},
			} {
				c.SetNew(name, value)
			}
		},
	}
}
