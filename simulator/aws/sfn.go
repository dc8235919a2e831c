package aws

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/sfn/state_machine.go; the Step Functions API's CreateStateMachine;
// the Amazon States Language.

var stateMachineKind = &simulator.Kind{
	Noun: "Step Functions State Machine",
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":states:" + c.Region + ":" + c.Account + ":stateMachine:" + nameOrPrefix(c)
	},
	ARN:      "{id}",
	Name:     "name",
	NotFound: "StateMachineDoesNotExist: State Machine Does Not Exist: '%s'",
}

const sfnSource = "https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html"

func stateMachineTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:sfn/stateMachine:StateMachine",
		Kind:      stateMachineKind,
		Defaults:  map[string]any{"publish": false, "type": "STANDARD"},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 80, Separator: "-"},
		Immutable: []string{"name", "namePrefix", "type"},
		Fills:     []string{"loggingConfiguration.includeExecutionData", "loggingConfiguration.level"},
		Rules: map[string]simulator.Rule{
			"name":    simulator.Matches(`^[0-9A-Za-z_-]{1,80}$`, "up to 80 letters, digits, - and _ are"),
			"roleArn": validARN,
		},
		AtMostOne:  [][]string{{"name", "namePrefix"}},
		References: []simulator.Reference{ofRoleARN("roleArn", "InvalidArn: Invalid Role Arn: the role %s does not exist")},
		Unique: []simulator.Unique{{
			Properties: []string{"name"}, Error: "StateMachineAlreadyExists: State Machine Already Exists: '%s'",
		}},
		Constraints: []simulator.Constraint{
			{Origin: simulator.Origin{ID: "aws-states-role-trust", Source: sfnSource}, Stage: simulator.AtApply,
				Error: "AccessDeniedException: Neither the global service principal states.amazonaws.com, nor the regional one is " +
					"authorized to assume the provided role. (%s)",
				Find: findUntrusting("roleArn", "states")},
			{Origin: simulator.Origin{ID: "aws-states-definition", Source: "https://states-language.net/spec.html"},
				Stage: simulator.AtCheck,
				Error: "InvalidDefinition: Invalid State Machine Definition: '%s'", Find: findBadStates},
			{Origin: simulator.Origin{ID: "aws-states-log-destination", Source: sfnSource}, Stage: simulator.AtCheck,
				Error: "InvalidLoggingConfiguration: Must specify exactly one Log Destination.",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					const logging = "loggingConfiguration"
					level := c.Text(logging + ".level")
					if level != "" && level != "OFF" && !c.Given(logging+".logDestination") {
						broken(logging + ".logDestination")
					}
				}},
			{Origin: simulator.Origin{ID: "aws-states-log-qualifier",
				Source: "https://github.com/hashicorp/terraform-provider-aws/pull/17683"},
				Stage: simulator.AtCheck,
				Error: "InvalidLoggingConfiguration: Invalid Logging Configuration: Log Group ARN must be provided with '*' qualifier.",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					const destination = "loggingConfiguration.logDestination"
					if group := c.Text(destination); group != "" && !strings.HasSuffix(group, ":*") {
						broken(destination)
					}
				}},
		},
		API: []string{"states:CreateStateMachine"},
		Compute: func(c *simulator.Call) {
			c.Set("name", nameOrPrefix(c))
			setNew(c, map[string]any{
				"creationDate": created(c), "description": "", "namePrefix": "", "revisionId": "", "stateMachineVersionArn": "",
				"status": "ACTIVE", "versionDescription": "", "tracingConfiguration": map[string]any{"enabled": false},
				"encryptionConfiguration": map[string]any{"type": "AWS_OWNED_KEY"},
			})
			fillIn(c, "loggingConfiguration", map[string]any{"includeExecutionData": false, "level": "OFF"})
		},
	}}
}

// state is what the constraint looks at of one state.
type state struct {
	Type, Next, Default string
	End                 bool
	Choices, Catch      []struct{ Next string }
}

// endsItself are the states that need not say what comes next.
var endsItself = []string{"Choice", "Fail", "Succeed"}

// findBadStates finds a definition whose states do not lead to one another.
func findBadStates(c *simulator.Call, broken func(path string, args ...any)) {
	definition := c.Text("definition")
	if definition == "" {
		return
	}
	var machine struct {
		StartAt string
		States  map[string]state
	}
	if json.Unmarshal([]byte(definition), &machine) != nil || len(machine.States) == 0 {
		broken("definition", "INVALID_JSON_DESCRIPTION: it is no JSON object with States")
		return
	}
	if _, ok := machine.States[machine.StartAt]; !ok {
		broken("definition", "MISSING_TRANSITION_TARGET: Missing 'Next' target: "+machine.StartAt+" at /StartAt")
		return
	}
	for _, name := range slices.Sorted(maps.Keys(machine.States)) {
		one := machine.States[name]
		if one.Next == "" && !one.End && !slices.Contains(endsItself, one.Type) {
			broken("definition", "SCHEMA_VALIDATION_FAILED: the state needs Next or End at /States/"+name)
			return
		}
		for _, next := range one.leadsTo() {
			if _, ok := machine.States[next]; !ok {
				broken("definition", "MISSING_TRANSITION_TARGET: Missing 'Next' target: "+next+" at /States/"+name)
				return
			}
		}
	}
}

// leadsTo lists the states that may come next.
func (s state) leadsTo() []string {
	var list []string
	for _, choice := range append(s.Choices, s.Catch...) {
		list = append(list, choice.Next)
	}
	list = append(list, s.Next, s.Default)
	return slices.DeleteFunc(list, func(name string) bool { return name == "" })
}
