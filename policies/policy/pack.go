package policy

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/blang/semver"
)

// PackSpec says what a policy pack consists of.
type PackSpec struct {
	// Name of the pack: letters, digits, "-", "_" and ".", at most 100. Required.
	Name string
	// Version of the pack, a semantic version such as "1.2.0". Required. A version in PulumiPolicy.yaml overrides it.
	Version string
	// Level is the enforcement level of policies that have none of their own. By default, Advisory.
	Level Level
	// DisplayName and Description tell people what the pack is.
	DisplayName, Description string
	// Readme is the pack's documentation in Markdown.
	Readme string
	// Provider is the cloud the pack is about, if it is about one.
	Provider string
	// Tags are free labels.
	Tags []string
	// Repository is the URL of the pack's source.
	Repository string
	// Initial is the configuration that the pack starts from, by policy ID: it goes before what the policies say of
	// themselves, and the engine's configuration goes before it. A setting under "all" gives a level to the policies that
	// have none here.
	Initial map[string]Setting
	// TimeLimit is how long a rule may run on one resource, or on the stack. A rule that runs longer is left behind, and
	// its policy reports an error at its level, as for a panic. By default, 30 seconds, which is a thousand times what
	// rules need: the limit is for those that wait for something or never end.
	TimeLimit time.Duration
	// Policies are the pack's policies. Remediations run in this order.
	Policies []Policy
}

// Pack is a policy pack that was found sound and is ready to check resources. It is safe for concurrent use.
type Pack struct {
	spec     PackSpec
	policies []*compiled
	names    map[string]bool // of the properties that rules read
	types    map[string]bool // that resource rules and remediations name
}

// compiled is a policy whose rules are planned.
type compiled struct {
	Policy
	settings                     *settingShape // nil if it has none
	resource, stack, remediation []compiledRule
}

type compiledRule struct {
	rule  Rule
	shape *shape
}

// nameFormat is what Pulumi accepts as the name of a policy pack (serve in sdk/nodejs/policy/server.ts, pulumi-policy).
var nameFormat = regexp.MustCompile(`^[a-zA-Z0-9-_.]{1,100}$`)

// NewPack checks a pack and plans how its rules read resources. The error lists all that is wrong: names, levels, rules
// without a function, and structs whose fields or tags cannot hold properties.
func NewPack(spec PackSpec) (*Pack, error) {
	p := &planner{shapes: map[reflect.Type]*shape{}}
	pack := &Pack{spec: spec}
	pack.spec.Policies = append([]Policy(nil), spec.Policies...)
	pack.spec.Initial = maps.Clone(spec.Initial)
	p.within("pack "+quoteName(spec.Name), func() { p.checkSpec(&pack.spec) })
	seen := map[string]bool{}
	for _, policy := range spec.Policies {
		p.within("policy "+quoteName(policy.ID), func() {
			if seen[policy.ID] {
				p.reject("its ID is taken by an earlier policy of the pack")
			}
			seen[policy.ID] = true
			pack.policies = append(pack.policies, p.compile(policy))
		})
	}
	if len(p.problems) == 0 {
		configured, wrong := pack.configure(spec.Initial)
		_, malformed := pack.grants(configured, time.Time{})
		wrong = append(append(wrong, malformed...), pack.narrow(configured)...)
		p.within("Initial", func() {
			for _, problem := range wrong {
				p.reject("%s", problem)
			}
		})
	}
	if len(p.problems) > 0 {
		return nil, fmt.Errorf("the policy pack cannot be used:\n  - %s", strings.Join(p.problems, "\n  - "))
	}
	pack.names, pack.types = p.names(), pack.namedTypes()
	return pack, nil
}

func (p *Pack) namedTypes() map[string]bool {
	types := map[string]bool{}
	for _, c := range p.policies {
		for _, r := range slices.Concat(c.resource, c.remediation) {
			types[r.rule.token] = true
		}
	}
	return types
}

// Spec is what the pack was made of, with the defaults filled in.
func (p *Pack) Spec() PackSpec {
	spec := p.spec
	spec.Policies = append([]Policy(nil), spec.Policies...)
	spec.Initial = maps.Clone(spec.Initial)
	return spec
}

func quoteName(name string) string { return fmt.Sprintf("%q", name) }

func (p *planner) checkSpec(spec *PackSpec) {
	if !nameFormat.MatchString(spec.Name) {
		p.reject("its Name must be 1 to 100 letters, digits, hyphens, underscores and periods")
	}
	if _, err := semver.Parse(spec.Version); err != nil {
		p.reject("its Version %q is not a semantic version like 1.2.0", spec.Version)
	}
	if len(spec.Policies) == 0 {
		p.reject("it has no policies")
	}
	p.checkLevel(spec.Level)
	if spec.Level == 0 {
		spec.Level = Advisory
	}
	if spec.TimeLimit < 0 {
		p.reject("its TimeLimit is %v, which is negative", spec.TimeLimit)
	}
	if spec.TimeLimit == 0 {
		spec.TimeLimit = 30 * time.Second
	}
}

func (p *planner) checkLevel(level Level) {
	if level < 0 || level > Disabled {
		p.reject("its Level is %d; use Advisory, Mandatory, Remediate or Disabled", level)
	}
}

func (p *planner) compile(policy Policy) *compiled {
	switch {
	case policy.ID == "all":
		p.reject(`its ID is "all", which stands for all policies in a pack's configuration`)
	case !nameFormat.MatchString(policy.ID):
		p.reject("its ID must be 1 to 100 letters, digits, hyphens, underscores and periods")
	}
	if _, ok := policy.Config.(exemptionList); policy.ID == exemptionsID && !ok {
		p.reject("its ID is %q, which is that of policy.Exemptions", exemptionsID)
	}
	if _, ok := policy.Config.(evidenceSettings); policy.ID == evidenceID && !ok {
		p.reject("its ID is %q, which is that of policy.EvidencePolicy", evidenceID)
	}
	if _, ok := policy.Config.(selectionSettings); policy.ID == selectionID && !ok {
		p.reject("its ID is %q, which is that of policy.Selection", selectionID)
	}
	if policy.Title == "" {
		p.reject("it has no Title")
	}
	if policy.Severity < 0 || policy.Severity > Critical {
		p.reject("its Severity is %d; use Low, Medium, High or Critical", policy.Severity)
	}
	p.checkLevel(policy.Level)
	if len(policy.Rules) == 0 {
		p.reject("it has no Rules")
	}
	c := &compiled{Policy: policy}
	p.within("Config", func() { c.settings = p.config(policy.Config) })
	for i, rule := range policy.Rules {
		p.within(fmt.Sprintf("Rules[%d]", i), func() { p.rule(c, rule) })
	}
	return c
}

func (p *planner) rule(c *compiled, rule Rule) {
	if rule.on == onNothing {
		p.reject("it is empty; make rules with On, OnEvery, OnStack or OnRemediate")
		return
	}
	if rule.run == nil {
		p.reject("it has no function")
	}
	r := compiledRule{rule: rule}
	p.within(rule.input.String(), func() {
		if rule.on == onStack {
			r.shape = p.resources(rule.input)
		} else {
			r.shape = p.properties(rule.input)
		}
	})
	if rule.on != onStack && !rule.every {
		p.token(rule.token)
	}
	switch rule.on {
	case onResource:
		c.resource = append(c.resource, r)
	case onStack:
		c.stack = append(c.stack, r)
	default:
		c.remediation = append(c.remediation, r)
	}
}
