package policy

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// Setting is the configuration of one policy.
type Setting struct {
	// Level is the enforcement level. Unset, it leaves the policy's own.
	Level Level
	// Properties are settings of the policy's own. Policies have none so far, so any is refused.
	Properties map[string]any
}

// Session is a pack set up for one deployment: with its stack, and the configuration of its policies. It is safe for
// concurrent use.
//
// The server makes sessions as the engine asks. Use one directly to run policies without an engine, as in tests and
// reports.
type Session struct {
	pack       *Pack
	deployment Deployment
	levels     []Level
	byType     map[string]*typePlan
	otherTypes *typePlan // of types that no policy names
}

// typePlan is what to do with resources of one type.
type typePlan struct {
	check []planned
	mend  []planned
	// What to answer of the policies that do not apply: the same for all resources of the type, so made once.
	checkNotApplicable, mendNotApplicable []*pulumirpc.PolicyNotApplicable
}

// planned is a policy and those of its rules that apply.
type planned struct {
	policy *compiled
	level  Level
	rules  []compiledRule
}

// NewSession sets the pack up for a deployment. The settings are by policy ID; a setting under "all" gives the level of
// policies that have no setting of their own. It fails on settings that the pack's policies do not have, on settings for
// other policies, and on levels that do not exist, naming all.
func (p *Pack) NewSession(d Deployment, settings map[string]Setting) (*Session, error) {
	s := &Session{pack: p, deployment: d, byType: map[string]*typePlan{}}
	if err := p.checkSettings(settings); err != nil {
		return nil, err
	}
	tokens := map[string]bool{}
	for _, c := range p.policies {
		s.levels = append(s.levels, cmp.Or(settings[c.ID].Level, settings["all"].Level, c.Level, p.spec.Level))
		for _, r := range slices.Concat(c.resource, c.remediation) {
			tokens[r.rule.token] = true
		}
	}
	for token := range tokens {
		s.byType[token] = s.plan(token)
	}
	s.otherTypes = s.plan("")
	return s, nil
}

func (p *Pack) checkSettings(settings map[string]Setting) error {
	var problems []string
	for _, id := range slices.Sorted(maps.Keys(settings)) {
		if level := settings[id].Level; level < 0 || level > Disabled {
			problems = append(problems, fmt.Sprintf("policy %q has the level %d, which does not exist", id, level))
		}
		if len(settings[id].Properties) > 0 {
			names := strings.Join(slices.Sorted(maps.Keys(settings[id].Properties)), ", ")
			problems = append(problems, fmt.Sprintf("policy %q has no settings but its enforcement level; given: %s", id, names))
		}
		if id != "all" && !slices.ContainsFunc(p.policies, func(c *compiled) bool { return c.ID == id }) {
			problems = append(problems, fmt.Sprintf("there is no policy %q%s", id, p.didYouMean(id)))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("the configuration of policy pack %q is wrong: %s", p.spec.Name, strings.Join(problems, "; "))
}

// didYouMean suggests the policy whose ID is nearest to one that does not exist.
func (p *Pack) didYouMean(id string) string {
	nearest := slices.MinFunc(p.policies, func(a, b *compiled) int {
		return levenshtein.Distance(a.ID, id, nil) - levenshtein.Distance(b.ID, id, nil)
	})
	return fmt.Sprintf("; did you mean %q?", nearest.ID)
}

// plan sorts the policies for one type: those with rules for it, and those that do not apply.
func (s *Session) plan(token string) *typePlan {
	plan := &typePlan{}
	forToken := func(r compiledRule) bool { return r.rule.token == token }
	for i, c := range s.pack.policies {
		level := s.levels[i]
		if level == Disabled {
			continue
		}
		if rules := filter(c.resource, forToken); len(rules) > 0 {
			plan.check = append(plan.check, planned{c, level, rules})
		} else if len(c.resource) > 0 {
			plan.checkNotApplicable = append(plan.checkNotApplicable, notApplicableTo(c, c.resource))
		} else if len(c.stack) == 0 {
			plan.checkNotApplicable = append(plan.checkNotApplicable, saying(c, "Policy does not implement validateResource"))
		}
		if level != Remediate {
			continue
		}
		if rules := filter(c.remediation, forToken); len(rules) > 0 {
			plan.mend = append(plan.mend, planned{c, level, rules})
		} else if len(c.remediation) > 0 {
			plan.mendNotApplicable = append(plan.mendNotApplicable, notApplicableTo(c, c.remediation))
		} else if len(c.resource) > 0 {
			plan.mendNotApplicable = append(plan.mendNotApplicable, saying(c, "Policy does not implement remediateResource"))
		}
	}
	// Answers append to these: without room to spare, each gets a copy.
	plan.checkNotApplicable = slices.Clip(plan.checkNotApplicable)
	plan.mendNotApplicable = slices.Clip(plan.mendNotApplicable)
	return plan
}

func filter(rules []compiledRule, keep func(compiledRule) bool) []compiledRule {
	return slices.DeleteFunc(slices.Clone(rules), func(r compiledRule) bool { return !keep(r) })
}

func notApplicableTo(c *compiled, rules []compiledRule) *pulumirpc.PolicyNotApplicable {
	var tokens []string
	for _, r := range rules {
		tokens = append(tokens, r.rule.token)
	}
	return saying(c, onlyAppliesTo(unique(tokens)))
}

func saying(c *compiled, reason string) *pulumirpc.PolicyNotApplicable {
	return &pulumirpc.PolicyNotApplicable{PolicyName: c.ID, Reason: reason}
}

func (s *Session) planOf(token string) *typePlan {
	if plan, ok := s.byType[token]; ok {
		return plan
	}
	return s.otherTypes
}

// Analyze checks one resource's inputs against the policies that have rules for its type.
func (s *Session) Analyze(resource *pulumirpc.AnalyzeRequest) []Result {
	plan := s.planOf(resource.GetType())
	node := &Node{message: resource}
	redactor := &redactor{nodes: []*Node{node}, deployment: s.deployment}
	results := make([]Result, 0, len(plan.check))
	for _, p := range plan.check {
		r := &run{session: s, policy: p.policy, node: node, redactor: redactor}
		results = append(results, r.all(p))
	}
	return results
}

// AnalyzeStack checks all resources of a stack, with their outputs, against the policies that have stack rules.
func (s *Session) AnalyzeStack(resources []*pulumirpc.AnalyzerResource) []Result {
	stack := newStack(resources)
	redactor := &redactor{nodes: stack.nodes, deployment: s.deployment}
	var results []Result
	for i, c := range s.pack.policies {
		if len(c.stack) == 0 || s.levels[i] == Disabled {
			continue
		}
		r := &run{session: s, policy: c, stack: stack, redactor: redactor}
		results = append(results, r.all(planned{c, s.levels[i], c.stack}))
	}
	return results
}

// all runs the rules and settles the policy's answer.
func (r *run) all(p planned) Result {
	r.result = Result{Policy: p.policy.Policy, Level: p.level}
	if r.node != nil {
		r.result.URN, r.result.Type = r.node.URN(), r.node.Type()
	}
	for i := range p.rules {
		r.execute(&p.rules[i])
	}
	r.result.settle(r.ran)
	return r.result
}

// Remedy is what a remediation did to a resource.
type Remedy struct {
	Result
	// Properties are all of the resource's properties as they are to be from now on; nil if nothing changes.
	Properties *structpb.Struct
}

// Remediate runs the remediations for one resource's inputs, each on what the one before left.
func (s *Session) Remediate(resource *pulumirpc.AnalyzeRequest) []Remedy {
	plan := s.planOf(resource.GetType())
	remedies := make([]Remedy, 0, len(plan.mend))
	for _, p := range plan.mend {
		remedy := s.remedy(p, resource)
		if remedy.Properties != nil {
			resource = proto.CloneOf(resource)
			resource.Properties = remedy.Properties
		}
		remedies = append(remedies, remedy)
	}
	return remedies
}

func (s *Session) remedy(p planned, resource *pulumirpc.AnalyzeRequest) Remedy {
	node := &Node{message: resource}
	properties := &structpb.Struct{}
	proto.Merge(properties, resource.GetProperties())
	r := &run{
		session: s, policy: p.policy, node: node,
		redactor: &redactor{nodes: []*Node{node}, deployment: s.deployment},
		changes:  &changes{properties: properties},
	}
	remedy := Remedy{Result: r.all(p)}
	if remedy.Outcome == Passed && r.changes.made {
		remedy.Properties = r.changes.properties
	}
	return remedy
}
