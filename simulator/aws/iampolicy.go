package aws

import (
	"regexp"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What IAM refuses of a policy whose elements are all right by themselves. Sources: IAM guide, "IAM JSON policy
// elements: Sid" and "Resource"; the errors that the IAM API gives as MalformedPolicyDocument.

const (
	sidElement      = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html"
	resourceElement = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"
)

var statementID = regexp.MustCompile(`^[0-9A-Za-z]*$`)

// documentConstraints are those of the IAM policies at a path of the inputs.
func documentConstraints(path string) []simulator.Constraint {
	each := func(find func(statements []map[string]any) []any) func(*simulator.Call, func(string, ...any)) {
		return func(c *simulator.Call, broken func(path string, args ...any)) {
			c.Each(path, func(path, policy string) {
				if args := find(statementsOf(text(policy))); args != nil {
					broken(path, args...)
				}
			})
		}
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-iam-policy-sid-unique", Source: sidElement},
			Error:  "MalformedPolicyDocument: Statement IDs (SID) in a single policy must be unique: %s",
			Find: each(func(statements []map[string]any) []any {
				seen := map[any]bool{"": true}
				for _, s := range statements {
					sid, given := s["Sid"].(string)
					if given && sid != "" && seen[sid] {
						return []any{sid}
					}
					seen[sid] = true
				}
				return nil
			}),
		},
		{
			Origin: simulator.Origin{ID: "aws-iam-policy-sid-form", Source: sidElement},
			Error: "MalformedPolicyDocument: Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the " +
				"regular expression [0-9A-Za-z]*: %s",
			Find: each(func(statements []map[string]any) []any {
				for _, s := range statements {
					if sid, _ := s["Sid"].(string); !statementID.MatchString(sid) {
						return []any{sid}
					}
				}
				return nil
			}),
		},
		{
			Origin: simulator.Origin{ID: "aws-iam-policy-resource-arn", Source: resourceElement},
			Error:  `MalformedPolicyDocument: Resource %s must be in ARN format or "*".`,
			Find: each(func(statements []map[string]any) []any {
				for _, s := range statements {
					for _, name := range append(textsOf(s["Resource"]), textsOf(s["NotResource"])...) {
						if !strings.HasPrefix(name, "arn:") && !strings.HasPrefix(name, "*") {
							return []any{name}
						}
					}
				}
				return nil
			}),
		},
	}
}
