package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// roleWithoutMFA: IAM takes a trust policy that asks a role for a second factor, which the credentials of a role do not
// tell of; only those of an IAM user do.
var roleWithoutMFA = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-iam-role-cannot-show-mfa",
		Source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html"},
	Stage: simulator.Afterwards,
	Error: "AssumeRole will always be denied to %s: the policy asks for MFA, of which the credentials of a role do not tell",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, s := range statementsOf(c.Inputs["assumeRolePolicy"]) {
			principals, _ := s["Principal"].(map[string]any)
			if s["Effect"] != "Allow" || !asksForMFA(s) {
				continue
			}
			for _, arn := range textsOf(principals["AWS"]) {
				if strings.Contains(arn, ":role/") || strings.Contains(arn, ":assumed-role/") {
					broken("assumeRolePolicy", arn)
				}
			}
		}
	},
}

// asksForMFA reports whether a statement holds only for requests that tell of a second factor. BoolIfExists holds for those
// that say nothing, too.
func asksForMFA(statement map[string]any) bool {
	conditions, _ := statement["Condition"].(map[string]any)
	keys, _ := conditions["Bool"].(map[string]any)
	for key, value := range keys {
		if strings.EqualFold(key, "aws:MultiFactorAuthPresent") && (value == true || value == "true") {
			return true
		}
	}
	return false
}
