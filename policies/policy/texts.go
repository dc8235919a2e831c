package policy

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// diagnostics words a result for the engine.
func (p *Pack) diagnostics(r Result) []*pulumirpc.AnalyzeDiagnostic {
	var all []*pulumirpc.AnalyzeDiagnostic
	add := func(level Level, urn, message string) {
		all = append(all, &pulumirpc.AnalyzeDiagnostic{
			PolicyName:        r.Policy.ID,
			PolicyPackName:    p.spec.Name,
			PolicyPackVersion: p.spec.Version,
			Description:       r.Policy.Title,
			Message:           message,
			EnforcementLevel:  levelToWire[level],
			Urn:               urn,
			Severity:          pulumirpc.PolicySeverity(r.Policy.Severity),
		})
	}
	for _, v := range r.Violations {
		add(r.Level.reported(), v.URN, violationText(r.Policy, v.Message))
	}
	for _, e := range r.Exempted {
		add(Advisory, e.URN, exemptedText(r.Policy, e))
	}
	for _, advice := range r.Advice {
		add(Advisory, r.URN, advice)
	}
	for _, unknown := range r.Unknowns {
		add(Advisory, "", fmt.Sprintf("can't run %s during preview: %s", p.label("policy", r.Policy.ID), unknown))
	}
	for _, err := range r.Errors {
		add(r.Level.reported(), r.URN, p.errorText(r, err))
	}
	return all
}

// violationText opens with the requirement, and closes with how to meet it.
func violationText(policy Policy, message string) string {
	parts := []string{policy.Title}
	if message != "" {
		parts = append(parts, message)
	}
	if policy.Remediation != "" {
		parts = append(parts, "Remediation: "+policy.Remediation)
	}
	return strings.Join(parts, "\n")
}

// exemptedText is what is shown of an exempted violation: it opens like a violation.
func exemptedText(policy Policy, e ExemptedViolation) string {
	policy.Remediation = ""
	return violationText(policy, e.Message) + "\n" + e.Exemption.String()
}

// errorText says which policy failed on what, and what to do.
func (p *Pack) errorText(r Result, err string) string {
	text := fmt.Sprintf("%s could not check %s: %s.", p.label("policy", r.Policy.ID), subject(r), err)
	if r.Level.reported() == Mandatory {
		text += " The policy is mandatory, so this counts as a violation."
	}
	return text + " Correct the policy, or configure its enforcement level as \"advisory\" or \"disabled\" until it is."
}

// remediationError words a failed remediation as Pulumi's other SDKs do, and adds what to do.
func (p *Pack) remediationError(r Result) string {
	return fmt.Sprintf("Error remediating resource with %s:\n%s: %s. Correct the policy, or configure its enforcement level "+
		"as \"mandatory\", \"advisory\" or \"disabled\" until it is.",
		p.label("remediation", r.Policy.ID), subject(r), strings.Join(r.Errors, "; "))
}

func subject(r Result) string {
	if r.URN == "" {
		return "the stack"
	}
	return fmt.Sprintf("%s (%s)", r.URN, r.Type)
}

// remediation words a remedy for the engine.
func (p *Pack) remediation(r Remedy) *pulumirpc.Remediation {
	remediation := &pulumirpc.Remediation{
		PolicyName:        r.Policy.ID,
		PolicyPackName:    p.spec.Name,
		PolicyPackVersion: p.spec.Version,
		Description:       r.Policy.Title,
		Properties:        r.Properties,
	}
	if r.Outcome == Exempted {
		remediation.Diagnostic = exemptedText(r.Policy, r.Exempted[0])
	}
	if r.Outcome == Undetermined {
		remediation.Diagnostic = fmt.Sprintf("can't run %s during preview: %s",
			p.label("remediation", r.Policy.ID), strings.Join(r.Unknowns, "; "))
	}
	return remediation
}

// analyzerInfo is the pack's metadata in the protocol's form.
func analyzerInfo(p *Pack) *pulumirpc.AnalyzerInfo {
	info := &pulumirpc.AnalyzerInfo{
		Name:           p.spec.Name,
		DisplayName:    p.spec.DisplayName,
		Version:        p.spec.Version,
		SupportsConfig: true,
		Description:    p.spec.Description,
		Readme:         p.spec.Readme,
		Provider:       p.spec.Provider,
		Tags:           p.spec.Tags,
		Repository:     p.spec.Repository,
	}
	for _, c := range p.policies {
		info.Policies = append(info.Policies, policyInfo(c, cmp.Or(c.Level, p.spec.Level)))
	}
	info.InitialConfig = p.initialConfig()
	return info
}

// initialConfig is the pack's Initial in the protocol's form. Each entry has a level: the engine takes one without for
// advisory.
func (p *Pack) initialConfig() map[string]*pulumirpc.PolicyConfig {
	initial := map[string]*pulumirpc.PolicyConfig{}
	for id, setting := range p.spec.Initial {
		level := cmp.Or(setting.Level, p.spec.Initial["all"].Level)
		for _, c := range p.policies {
			if c.ID == id {
				level = cmp.Or(level, c.Level, p.spec.Level)
			}
		}
		if level == 0 {
			continue // "all" that sets nothing
		}
		initial[id] = &pulumirpc.PolicyConfig{EnforcementLevel: levelToWire[level]}
		if len(setting.Properties) > 0 {
			properties, _ := wire.Encode(setting.Properties) // checked when the pack was built
			initial[id].Properties = properties.GetStructValue()
		}
	}
	return initial
}

// policyInfo is a policy's metadata in the protocol's form. The protocol knows one framework a policy: it gets the first
// control's. All controls are among the tags.
func policyInfo(c *compiled, level Level) *pulumirpc.PolicyInfo {
	info := &pulumirpc.PolicyInfo{
		Name:             c.ID,
		DisplayName:      c.Title,
		Description:      c.Title,
		Message:          c.Rationale,
		EnforcementLevel: levelToWire[level],
		PolicyType:       policyType(c),
		Severity:         pulumirpc.PolicySeverity(c.Severity),
		Tags:             append([]string(nil), c.Tags...),
		RemediationSteps: c.Remediation,
		Url:              c.URL,
	}
	if c.settings != nil {
		info.ConfigSchema = &pulumirpc.PolicyConfigSchema{Properties: c.configSchema()}
	}
	for i, control := range c.Controls {
		if i == 0 {
			info.Framework = &pulumirpc.PolicyComplianceFramework{
				Name: control.Framework.Name, Version: control.Framework.Version, Reference: control.ID,
			}
		}
		info.Tags = append(info.Tags, control.String())
	}
	return info
}

// policyType is the protocol's type of a policy. One that checks both resources and the stack has no type of its own
// there; the engine counts it with both.
func policyType(c *compiled) pulumirpc.PolicyType {
	switch {
	case len(c.stack) == 0:
		return pulumirpc.PolicyType_POLICY_TYPE_RESOURCE
	case len(c.resource)+len(c.remediation) == 0:
		return pulumirpc.PolicyType_POLICY_TYPE_STACK
	}
	return pulumirpc.PolicyType_POLICY_TYPE_UNKNOWN
}
