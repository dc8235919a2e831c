package aws

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ssm/parameter.go; the Systems Manager API's PutParameter; Systems
// Manager guide, "Managing parameter tiers".

var parameterKind = &simulator.Kind{
	Noun:     "SSM Parameter",
	ID:       textOf("name"),
	NotFound: "ParameterNotFound: %s",
}

const (
	putParameter   = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"
	parameterTiers = "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
)

// parameterARN is the full name of a parameter, in which a path's first slash is said once.
func parameterARN(c *simulator.Call, name string) string {
	return "arn:" + c.Partition + ":ssm:" + c.Region + ":" + c.Account + ":parameter/" + strings.TrimPrefix(name, "/")
}

func parameterTypes() []*simulator.Type {
	at := func(stage simulator.Stage, id, source, text string, find func(*simulator.Call, func(string, ...any))) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: id, Source: source}, Stage: stage, Error: text, Find: find,
		}
	}
	return []*simulator.Type{{
		Token:     "aws:ssm/parameter:Parameter",
		Kind:      parameterKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 2048, Separator: "-"},
		Immutable: []string{"dataType", "name"},
		Rules: map[string]simulator.Rule{
			"allowedPattern": simulator.Length(0, 1024),
			"dataType":       simulator.OneOf("aws:ec2:image", "aws:ssm:integration", "text"),
			"name":           simulator.All(simulator.Length(1, 2048), parameterName),
		},
		ExactlyOne: [][]string{{"value", "insecureValue"}},
		References: []simulator.Reference{
			toKey("keyId", simulator.ByARN, simulator.Ignore),
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-ssm-parameter-exists", Source: putParameter},
			Properties: []string{"name"},
			Error: "ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in " +
				"the request to true: %s",
		}},
		Constraints: []simulator.Constraint{
			at(simulator.AtCheck, "aws-ssm-parameter-reserved", putParameter,
				"AccessDeniedException: No access to reserved parameter name: %s.", reservedParameter),
			at(simulator.AtCheck, "aws-ssm-parameter-levels", putParameter,
				"HierarchyLevelLimitExceededException: a parameter name has at most 15 levels, this one has %d", deepParameter),
			at(simulator.AtCheck, "aws-ssm-parameter-size", parameterTiers,
				"ValidationException: %s tier parameters support a maximum parameter value of %d characters.", longParameter),
			at(simulator.AtCheck, "aws-ssm-parameter-pattern", putParameter,
				"ParameterPatternMismatchException: Parameter value, cannot be validated against allowedPattern: %s", otherParameter),
			at(simulator.AtCheck, "aws-ssm-parameter-insecure", "terraform-provider-aws, internal/service/ssm/parameter.go",
				"invalid configuration, cannot set type = SecureString and insecure_value", insecureParameter),
			at(simulator.AtApply, "aws-ssm-parameter-key", putParameter,
				"InvalidKeyId: the KMS key or alias %s does not exist in this Region", missingParameterKey),
		},
		ReplaceIf: func(before, after resource.PropertyMap) []string {
			if stringOf(before["tier"]) == "Advanced" && stringOf(after["tier"]) == "Standard" {
				return []string{"tier"}
			}
			return nil
		},
		API: []string{"ssm:PutParameter"},
		Parameters: map[string]string{
			"insecureValue": "Value", "keyId": "", "arn": "",
		},
		Compute: computeParameter,
	}}
}

// parameterName allows names and paths.
var parameterName = simulator.Text(func(name string) string {
	switch {
	case !regexp.MustCompile(`^[a-zA-Z0-9_./-]+$`).MatchString(name), strings.HasPrefix(strings.ToLower(strings.Trim(name, "/")), "ssm"):
		return `ValidationException: Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can ` +
			"consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the " +
			"following 3 symbols .-_"
	case strings.Contains(name, "/") && !strings.HasPrefix(name, "/"):
		return fmt.Sprintf("ValidationException: Parameter name must be a fully qualified name: %s begins with no slash", name)
	}
	return ""
})

func reservedParameter(c *simulator.Call, broken func(path string, args ...any)) {
	if name := c.Text("name"); strings.HasPrefix(strings.ToLower(strings.Trim(name, "/")), "aws") {
		broken("name", name)
	}
}

func deepParameter(c *simulator.Call, broken func(path string, args ...any)) {
	if levels := strings.Count(strings.TrimPrefix(c.Text("name"), "/"), "/") + 1; levels > 15 {
		broken("name", levels)
	}
}

// parameterValue returns the value of a parameter, and the input that gives it.
func parameterValue(c *simulator.Call) (path, value string) {
	if c.Given("insecureValue") {
		return "insecureValue", c.Text("insecureValue")
	}
	return "value", c.Text("value")
}

func longParameter(c *simulator.Call, broken func(path string, args ...any)) {
	path, value := parameterValue(c)
	tier, limit := c.Text("tier"), 4096
	switch {
	case !c.Known("tier"):
		return
	case tier == "":
		tier = "Standard"
	case tier != "Standard":
		limit = 8192
	}
	if len(value) > limit {
		broken(path, tier, limit)
	}
}

// otherParameter finds values that do not fit the pattern; patterns that only Java's regular expressions know pass.
func otherParameter(c *simulator.Call, broken func(path string, args ...any)) {
	pattern := c.Text("allowedPattern")
	path, value := parameterValue(c)
	compiled, err := regexp.Compile("^(?:" + pattern + ")$")
	if pattern == "" || err != nil || !c.Known(path) || compiled.MatchString(value) {
		return
	}
	broken(path, pattern)
}

func insecureParameter(c *simulator.Call, broken func(path string, args ...any)) {
	if c.Text("type") == "SecureString" && c.Given("insecureValue") {
		broken("insecureValue")
	}
}

// missingParameterKey finds ids and aliases of keys that are not there; keys by ARN are references.
func missingParameterKey(c *simulator.Call, broken func(path string, args ...any)) {
	key := c.Text("keyId")
	named := key != "" && !strings.HasPrefix(key, "arn:") && !strings.HasPrefix(key, "alias/aws/")
	if named && c.Text("type") == "SecureString" && findKey(c, key) == nil {
		broken("keyId", key)
	}
}

func computeParameter(c *simulator.Call) {
	c.Self().ARN = parameterARN(c, c.ID)
	c.Set("arn", c.Self().ARN)
	c.SetNew("dataType", "text")
	if c.Text("type") == "SecureString" {
		c.SetNew("keyId", "alias/aws/ssm")
	}
	c.SetNew("keyId", "")
	c.SetNew("value", "")
	c.SetNew("insecureValue", "")
	c.SetNew("tier", "Standard")
	c.Set("version", numberOr(c.Outputs["version"], 0)+1) // every change counts, of tags too
}
