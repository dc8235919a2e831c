package aws

import (
	"encoding/json"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/configservice/{config_rule,conformance_pack}.go; the AWS Config
// API's PutConfigRule and PutConformancePack and their errors.

var (
	configRuleKind = &simulator.Kind{
		Noun:     "ConfigService Config Rule",
		ID:       func(c *simulator.Call) string { return c.Text("name") },
		NotFound: "NoSuchConfigRuleException: The ConfigRule '%s' provided in the request is invalid.",
	}
	conformancePackKind = &simulator.Kind{
		Noun:     "ConfigService Conformance Pack",
		ID:       func(c *simulator.Call) string { return c.Text("name") },
		NotFound: "NoSuchConformancePackException: The conformance pack %s does not exist",
	}
)

func configRuleTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:cfg/rule:Rule",
			Kind:      configRuleKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
			Immutable: []string{"name"},
			Sets:      []string{"evaluationModes", "source.sourceDetails"},
			Rules: map[string]simulator.Rule{
				"name": simulator.Length(1, 128),
				"inputParameters": simulator.Text(func(parameters string) string {
					if !json.Valid([]byte(parameters)) {
						return "it must be JSON"
					}
					return ""
				}),
				"maximumExecutionFrequency": executionFrequency,
			},
			Constraints: []simulator.Constraint{ruleNeedsRecorder, ruleSource},
			API:         []string{"config:PutConfigRule"},
			Parameters: map[string]string{
				"name": "ConfigRule.ConfigRuleName", "description": "ConfigRule.Description", "source": "ConfigRule.Source",
				"scope": "ConfigRule.Scope", "inputParameters": "ConfigRule.InputParameters",
			},
			Compute: func(c *simulator.Call) {
				c.SetNew("ruleId", "config-rule-"+c.Hex("rule", 6))
				c.Set("arn", "arn:"+c.Partition+":config:"+c.Region+":"+c.Account+":config-rule/"+stringOf(c.Outputs["ruleId"]))
			},
		},
		{
			Token:       "aws:cfg/conformancePack:ConformancePack",
			Kind:        conformancePackKind,
			AutoName:    &simulator.AutoName{Property: "name", MaxLength: 51, Separator: "-"},
			Immutable:   []string{"name"},
			Sets:        []string{"inputParameters"},
			Rules:       map[string]simulator.Rule{"name": simulator.Matches(`^[a-zA-Z][-a-zA-Z0-9]{0,50}$`, "letters, digits and - are, a letter first, at most 51")},
			Constraints: []simulator.Constraint{packTemplate},
			API:         []string{"config:PutConformancePack"},
			Parameters:  map[string]string{"inputParameters": "ConformancePackInputParameters"},
			Compute: func(c *simulator.Call) {
				c.SetNew("arn", "arn:"+c.Partition+":config:"+c.Region+":"+c.Account+":conformance-pack/"+c.ID+
					"/conformance-pack-"+c.Hex("pack", 9))
			},
		},
	}
}

var executionFrequency = simulator.OneOf("One_Hour", "Six_Hours", "Three_Hours", "Twelve_Hours", "TwentyFour_Hours")

// ruleNeedsRecorder: nothing in a rule leads to the recorder, so that only dependsOn orders the two.
var ruleNeedsRecorder = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-rule-after-recorder", Source: configAPI + "API_PutConfigRule.html"},
	Stage:  simulator.AtApply,
	Error:  "NoAvailableConfigurationRecorderException: Configuration recorder is not available to put config rule.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if len(c.All(recorderKind)) == 0 {
			broken("")
		}
	},
}

// ruleSource: who owns a rule says what tells which rule it is.
var ruleSource = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-rule-source", Source: configAPI + "API_Source.html"},
	Stage:  simulator.AtCheck,
	Error:  "InvalidParameterValueException: a rule with the owner %s %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if !c.Known("source") {
			return
		}
		source := resource.PropertyMap{}
		c.Objects("source", func(_ string, s resource.PropertyMap) { source = s })
		identifier, owner := stringOf(source["sourceIdentifier"]), stringOf(source["owner"])
		switch {
		case owner == "CUSTOM_POLICY" && !source["customPolicyDetails"].IsObject():
			broken("source.customPolicyDetails", owner, "needs customPolicyDetails")
		case (owner == "AWS" || owner == "CUSTOM_LAMBDA") && identifier == "":
			broken("source.sourceIdentifier", owner, "needs a sourceIdentifier")
		case owner == "CUSTOM_LAMBDA" && !strings.HasPrefix(identifier, "arn:"):
			broken("source.sourceIdentifier", owner, "needs a function's ARN as its sourceIdentifier")
		}
	},
}

var packTemplate = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-pack-template",
		Source: "terraform-provider-aws, internal/service/configservice/conformance_pack.go"},
	Stage: simulator.AtCheck,
	Error: "one of templateBody, templateS3Uri must be specified",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if !c.Given("templateBody") && !c.Given("templateS3Uri") {
			broken("templateBody")
		}
	},
}
