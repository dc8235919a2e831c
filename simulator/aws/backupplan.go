package aws

import (
	"encoding/json"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/backup/{plan,selection}.go and their data sources; the AWS Backup
// API's CreateBackupPlan, DeleteBackupPlan and CreateBackupSelection.

var planKind = &simulator.Kind{
	Noun:     "Backup Plan",
	ID:       func(c *simulator.Call) string { return asUUID(c.Hex("backup plan", 32)) },
	ARN:      "arn:{partition}:backup:{region}:{account}:backup-plan:{id}",
	NotFound: "InvalidParameterValueException: Cannot find Backup plan with ID %s",
	InUse:    "InvalidRequestException: Related backup plan selections must be deleted prior to backup plan deletion: %s",
}

var selectionKind = &simulator.Kind{
	Noun: "Backup Selection",
	ID:   func(c *simulator.Call) string { return asUUID(c.Hex("backup selection", 32)) },
}

const (
	backupRuleAPI   = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html"
	createPlanAPI   = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupPlan.html"
	backupPlanErr   = "InvalidParameterValueException: Error in some rules due to : "
	noBackupRole    = "InvalidParameterValueException: IAM Role %s cannot be assumed by AWS Backup"
	selectionSource = "terraform-provider-aws, internal/service/backup/selection.go"
)

func backupPlanTypes() []*simulator.Type {
	ruleName := simulator.Coded("InvalidParameterValueException",
		simulator.Matches(`^[a-zA-Z0-9_.-]{1,50}$`, "1 to 50 letters, digits and _ . - are"))
	return []*simulator.Type{
		{
			Token:     "aws:backup/plan:Plan",
			Kind:      planKind,
			Immutable: []string{"name"},
			Sets:      []string{"advancedBackupSettings", "rules", "rules[*].copyActions"},
			Rules: map[string]simulator.Rule{
				"advancedBackupSettings[*].resourceType":      simulator.OneOf("EC2"),
				"rules[*].copyActions[*].destinationVaultArn": validARN,
				"rules[*].ruleName":                           ruleName,
				"rules[*].targetVaultName":                    vaultName,
			},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-backup-plan-same-document", Source: createPlanAPI},
				Error: "AlreadyExistsException: Backup plan with the same plan document and the same creator request id already " +
					"exists: %s",
				Keys: planDocument,
			}},
			Quotas: []simulator.Quota{{
				Code: "aws-backup-plans", Source: backupLimits, Limit: 300,
				Error: "LimitExceededException: the account has its quota of %d backup plans in this Region",
			}},
			Constraints: planConstraints(),
			Patient:     true,
			API:         []string{"backup:CreateBackupPlan"},
			Parameters: map[string]string{
				"name": "BackupPlan.BackupPlanName", "rules": "BackupPlan.Rules", "tags": "BackupPlanTags",
			},
			Compute: func(c *simulator.Call) { c.Set("version", c.Hex("version "+strings.Join(planDocument(c), ""), 32)) },
		},
		{
			Token:     "aws:backup/selection:Selection",
			Kind:      selectionKind,
			Immutable: []string{"conditions", "iamRoleArn", "name", "notResources", "planId", "resources", "selectionTags"},
			Sets:      []string{"conditions", "notResources", "resources", "selectionTags"},
			Rules:     map[string]simulator.Rule{"iamRoleArn": validARN, "name": ruleName},
			References: []simulator.Reference{
				{
					Origin: simulator.Origin{ID: "aws-backup-plan-has-selections",
						Source: "terraform-provider-aws, internal/service/backup/plan.go"},
					Property: "planId", To: kinds(planKind),
				},
				toRole("iamRoleArn", noBackupRole),
			},
			Quotas: []simulator.Quota{{
				Code: "aws-backup-selections-per-plan", Source: backupLimits, Limit: 100,
				Error: "LimitExceededException: the backup plan has its quota of %d resource assignments",
				Per:   func(c *simulator.Call) string { return c.Text("planId") },
			}},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-backup-role-trusts-backup", Source: selectionSource},
				Stage:  simulator.AtApply,
				Error:  noBackupRole,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if role := c.Text("iamRoleArn"); !roleTrusts(c, role, "backup.amazonaws.com") {
						broken("iamRoleArn", role)
					}
				},
			}, backupInWindow},
			API: []string{"backup:CreateBackupSelection"},
			Parameters: map[string]string{
				"name": "BackupSelection.SelectionName", "planId": "BackupPlanId",
				"selectionTags[*].type": "BackupSelection.ListOfTags.ConditionType",
			},
			Import: func(id string) string { return id[strings.LastIndex(id, "|")+1:] },
			Compute: func(c *simulator.Call) {
				c.SetNew("notResources", []any{})
				c.SetNew("conditions", []any{})
			},
		},
	}
}

// planDocument returns the whole of a plan as text: two plans that are the same cannot be.
func planDocument(c *simulator.Call) []string {
	document := map[string]any{}
	for _, name := range []resource.PropertyKey{"name", "rules", "advancedBackupSettings"} {
		document[string(name)] = c.Inputs[name].Mappable()
	}
	encoded, err := json.Marshal(document)
	if err != nil {
		return nil
	}
	return []string{string(encoded)}
}

// backupRule is a rule of a plan.
type backupRule struct {
	path  string
	props resource.PropertyMap
}

// backupRules returns the plan's rules.
func backupRules(c *simulator.Call) []backupRule {
	var list []backupRule
	c.Objects("rules[*]", func(path string, props resource.PropertyMap) {
		list = append(list, backupRule{path: path, props: props})
	})
	return list
}

// lifecycles returns the path of each lifecycle of a rule, its own and those of its copies, with its days; 0 stands for
// never, as it does to the provider.
func (r backupRule) lifecycles() map[string][2]float64 {
	found := map[string][2]float64{}
	add := func(path string, of resource.PropertyMap) {
		if days := of["lifecycle"]; days.IsObject() && !days.ContainsUnknowns() {
			found[path+".lifecycle"] = [2]float64{
				numberOr(days.ObjectValue()["coldStorageAfter"], 0), numberOr(days.ObjectValue()["deleteAfter"], 0),
			}
		}
	}
	add(r.path, r.props)
	eachObject(r.props["copyActions"], func(copied resource.PropertyMap) { add(r.path+".copyActions", copied) })
	return found
}

// numberOr returns a number, or what stands for its absence.
func numberOr(value resource.PropertyValue, absent float64) float64 {
	if value.IsNumber() {
		return value.NumberValue()
	}
	return absent
}
