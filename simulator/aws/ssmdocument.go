package aws

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ssm/{document,association,maintenance_window,
// maintenance_window_target,maintenance_window_task}.go; the Systems Manager API's CreateDocument, CreateAssociation
// and CreateMaintenanceWindow.

var documentKind = &simulator.Kind{
	Noun:     "SSM Document",
	ID:       textOf("name"),
	ARN:      "arn:{partition}:ssm:{region}:{account}:document/{id}",
	NotFound: "InvalidDocument: Document with name %s does not exist.",
}

var associationKind = &simulator.Kind{
	Noun: "SSM Association",
	ID:   func(c *simulator.Call) string { return asUUID(c.Hex("association", 32)) },
	ARN:  "arn:{partition}:ssm:{region}:{account}:association/{id}",
}

var windowKind = &simulator.Kind{
	Noun: "SSM Maintenance Window", IDPrefix: "mw-",
	NotFound: "DoesNotExistException: Maintenance window %s doesn't exist",
}

// What is registered with a window goes with it.
var (
	windowTargetKind = &simulator.Kind{
		Noun: "SSM Maintenance Window Target", ID: func(c *simulator.Call) string { return asUUID(c.Hex("target", 32)) },
	}
	windowTaskKind = &simulator.Kind{
		Noun: "SSM Maintenance Window Task", ID: func(c *simulator.Call) string { return asUUID(c.Hex("task", 32)) },
		ARN: "arn:{partition}:ssm:{region}:{account}:windowtask/{id}",
	}
)

func ssmTypes() []*simulator.Type {
	return []*simulator.Type{documentType(), associationType(), windowType(), windowTargetType(), windowTaskType()}
}

func documentType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:ssm/document:Document",
		Kind:      documentKind,
		Defaults:  map[string]any{"documentFormat": "JSON"},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"name"},
		Rules: map[string]simulator.Rule{
			"name": simulator.Matches(`^[a-zA-Z0-9_.-]{3,128}$`, "3 to 128 letters, digits and _ . - are"),
		},
		Unique: []simulator.Unique{{
			Properties: []string{"name"}, Error: "DocumentAlreadyExists: Document %s already exists",
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-ssm-document-content",
				Source: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html"},
			Stage: simulator.AtCheck,
			Error: "InvalidDocumentContent: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if content := c.Text("content"); content != "" && c.Text("documentFormat") == "JSON" {
					if parsed := documentOf(content); parsed == nil {
						broken("content", "the content is no JSON object")
					} else if kind := c.Text("documentType"); parsed["schemaVersion"] == nil &&
						slices.Contains([]string{"Command", "Automation", "Session"}, kind) {
						broken("content", "the content lacks schemaVersion")
					}
				}
			},
		}},
		API:        []string{"ssm:CreateDocument"},
		Parameters: map[string]string{"documentType": ""}, // the model knows those of 2024 only
		Compute:    computeDocument,
	}
}

// documentOf parses a document in JSON; nil when it is none.
func documentOf(content string) map[string]any {
	var parsed map[string]any
	if json.Unmarshal([]byte(content), &parsed) != nil {
		return nil
	}
	return parsed
}

func computeDocument(c *simulator.Call) {
	content := documentOf(c.Text("content"))
	version, _ := content["schemaVersion"].(string)
	about, _ := content["description"].(string)
	sum := sha256.Sum256([]byte(c.Text("content")))
	hash := hex.EncodeToString(sum[:])
	number := stringOf(c.Outputs["latestVersion"])
	if stringOf(c.Outputs["hash"]) != hash {
		number = nextDocumentVersion(number)
	}
	declared, _ := content["parameters"].(map[string]any)
	parameters := []any{}
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		entry, _ := declared[name].(map[string]any)
		kind, _ := entry["type"].(string)
		text, _ := entry["description"].(string)
		parameters = append(parameters, map[string]any{"name": name, "type": kind, "description": text})
	}
	for name, value := range map[string]any{
		"defaultVersion": number, "documentVersion": number, "latestVersion": number, "schemaVersion": version,
		"description": about, "hash": hash, "hashType": "Sha256", "owner": c.Account, "status": "Active",
		"platformTypes": []any{"Linux", "MacOS", "Windows"}, "parameters": parameters,
	} {
		c.Set(name, value)
	}
	c.SetNew("createdDate", c.Now().UTC().Format(time.RFC3339))
}

// nextDocumentVersion counts a document's versions, of which there are none before the first.
func nextDocumentVersion(number string) string {
	n, err := strconv.Atoi(number)
	if err != nil {
		n = 0
	}
	return strconv.Itoa(n + 1)
}

func associationType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:ssm/association:Association",
		Kind:      associationKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"automationTargetParameterName", "instanceId", "name"},
		Rules: map[string]simulator.Rule{
			"complianceSeverity": simulator.OneOf("CRITICAL", "HIGH", "MEDIUM", "LOW", "UNSPECIFIED"),
		},
		References: []simulator.Reference{{
			Property: "name", To: kinds(documentKind), OnDelete: simulator.Ignore,
			Address: func(_ *simulator.Call, name string) (string, bool) {
				owned := strings.HasPrefix(name, "AWS") || strings.HasPrefix(name, "Amazon") || strings.HasPrefix(name, "arn:")
				return name, !owned
			},
		}},
		API: []string{"ssm:CreateAssociation"},
		Compute: func(c *simulator.Call) {
			c.Set("associationId", c.ID)
			c.SetNew("documentVersion", "$DEFAULT")
		},
	}
}

func windowType() *simulator.Type {
	return &simulator.Type{
		Token:    "aws:ssm/maintenanceWindow:MaintenanceWindow",
		Kind:     windowKind,
		Defaults: map[string]any{"allowUnassociatedTargets": false, "enabled": true},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-ssm-window-cutoff",
				Source: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html"},
			Stage: simulator.AtCheck,
			Error: "ValidationException: Cutoff of %v hours is longer than Duration of %v hours",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				cutoff, _ := c.Number("cutoff")
				if duration, known := c.Number("duration"); known && cutoff > duration {
					broken("cutoff", cutoff, duration)
				}
			},
		}},
		API: []string{"ssm:CreateMaintenanceWindow"},
	}
}

// inWindow refers to the window with which something is registered.
var inWindow = simulator.Reference{Property: "windowId", To: kinds(windowKind), OnDelete: simulator.Follow}

func windowTargetType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
		Kind:       windowTargetKind,
		Immutable:  []string{"resourceType", "windowId"},
		Rules:      map[string]simulator.Rule{"resourceType": simulator.OneOf("INSTANCE", "RESOURCE_GROUP")},
		References: []simulator.Reference{inWindow},
		API:        []string{"ssm:RegisterTargetWithMaintenanceWindow"},
		Import:     lastPart,
	}
}

func windowTaskType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
		Kind:       windowTaskKind,
		Immutable:  []string{"taskType", "windowId"},
		Rules:      map[string]simulator.Rule{"taskType": simulator.OneOf("RUN_COMMAND", "AUTOMATION", "STEP_FUNCTIONS", "LAMBDA")},
		References: []simulator.Reference{inWindow, toRole("serviceRoleArn", "ValidationException: the role %s does not exist")},
		API:        []string{"ssm:RegisterTaskWithMaintenanceWindow"},
		Import:     lastPart,
		Compute: func(c *simulator.Call) {
			c.Set("windowTaskId", c.ID)
			c.SetNew("maxConcurrency", "1")
			c.SetNew("maxErrors", "1")
			c.SetNew("serviceRoleArn", "arn:"+c.Partition+":iam::"+c.Account+
				":role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM")
		},
	}
}
