package aws

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: IAM guide, "Grammar of the IAM JSON policy language"; the errors that the IAM API gives as
// MalformedPolicyDocument.

var (
	// policyJSON allows any JSON object.
	policyJSON simulator.Rule = func(value resource.PropertyValue) string {
		_, refusal := parsePolicy(value)
		return refusal
	}
	// trustPolicy allows what a role can be trusted to.
	trustPolicy simulator.Rule = func(value resource.PropertyValue) string {
		return checkPolicy(value, func(s map[string]any) string {
			switch {
			case s["Resource"] != nil || s["NotResource"] != nil:
				return "Has prohibited field Resource"
			case s["Principal"] == nil && s["NotPrincipal"] == nil:
				return "Missing required field Principal"
			}
			return ""
		})
	}
	// identityPolicy allows what a policy of a role or user can be.
	identityPolicy simulator.Rule = func(value resource.PropertyValue) string {
		return checkPolicy(value, func(s map[string]any) string {
			switch {
			case s["Principal"] != nil || s["NotPrincipal"] != nil:
				return "Policy document should not specify a principal."
			case s["Resource"] == nil && s["NotResource"] == nil:
				return "Policy statement must contain resources."
			}
			return ""
		})
	}
)

// parsePolicy returns a policy's JSON object.
func parsePolicy(value resource.PropertyValue) (map[string]any, string) {
	var parsed map[string]any
	switch {
	case value.IsObject():
		parsed, _ = value.Mappable().(map[string]any)
	case !value.IsString():
		return nil, "MalformedPolicyDocument: a policy is a JSON object"
	default:
		if err := json.Unmarshal([]byte(value.StringValue()), &parsed); err != nil || parsed == nil {
			return nil, "MalformedPolicyDocument: This policy contains invalid Json"
		}
	}
	return parsed, ""
}

// checkPolicy reports the first thing that is wrong with a policy document.
func checkPolicy(value resource.PropertyValue, more func(statement map[string]any) string) string {
	policy, refusal := parsePolicy(value)
	if refusal != "" {
		return refusal
	}
	malformed := func(format string, args ...any) string {
		return "MalformedPolicyDocument: " + fmt.Sprintf(format, args...)
	}
	for name := range policy {
		if !slices.Contains([]string{"Version", "Id", "Statement"}, name) {
			return malformed("Syntax errors in policy: there is no element %q", name)
		}
	}
	if version, ok := policy["Version"]; ok && version != "2012-10-17" && version != "2008-10-17" {
		return malformed("The policy must contain a valid version string: 2012-10-17 or 2008-10-17, not %v", version)
	}
	statements, ok := policy["Statement"].([]any)
	if !ok {
		statements = []any{policy["Statement"]}
	}
	for _, statement := range statements {
		s, ok := statement.(map[string]any)
		if !ok || len(s) == 0 {
			return malformed("Syntax errors in policy: Statement must be an object or a list of objects")
		}
		if refusal := checkStatement(s); refusal != "" {
			return malformed("%s", refusal)
		}
		if refusal := more(s); refusal != "" {
			return malformed("%s", refusal)
		}
	}
	return ""
}

// elements are what a statement may consist of.
var elements = []string{
	"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

func checkStatement(s map[string]any) string {
	for name := range s {
		if !slices.Contains(elements, name) {
			return fmt.Sprintf("Syntax errors in policy: a statement has no element %q", name)
		}
	}
	switch {
	case s["Effect"] != "Allow" && s["Effect"] != "Deny":
		return fmt.Sprintf("Syntax errors in policy: Effect must be Allow or Deny, not %v", s["Effect"])
	case s["Action"] == nil && s["NotAction"] == nil:
		return "Policy statement must contain actions."
	case s["Action"] != nil && s["NotAction"] != nil:
		return "Policy statement must contain either Action or NotAction, not both."
	}
	for _, action := range listOf(s["Action"]) {
		text, isText := action.(string)
		if _, _, ok := strings.Cut(text, ":"); !isText || !ok && text != "*" {
			return fmt.Sprintf("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: %v", action)
		}
	}
	return ""
}

func listOf(value any) []any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		return value
	default:
		return []any{value}
	}
}

// validARN allows ARNs.
var validARN = simulator.Text(func(s string) string {
	parts := strings.SplitN(s, ":", 6)
	if len(parts) == 6 && parts[0] == "arn" && strings.HasPrefix(parts[1], "aws") && parts[2] != "" && parts[5] != "" {
		return ""
	}
	return fmt.Sprintf("%q is not an ARN, such as arn:aws:iam::%s:role/name", s, DefaultAccount)
})
