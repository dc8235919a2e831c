package policy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// Session is a pack set up for one deployment: with its stack, and the configuration of its policies. It is safe for
// concurrent use.
//
// The server makes sessions as the engine asks. Use one directly to run policies without an engine, as in tests and
// reports.
type Session struct {
	pack       *Pack
	deployment Deployment
	configured []configured // of each policy
	grants     []*grant     // the exemptions
	plans      sync.Map     // by type, the typePlan: made when the first resource of the type comes
	evidence   *recorder    // nil if no evidence is wanted
}

// typePlan is what to do with resources of one type.
type typePlan struct {
	check []planned
	mend  []planned
	// What to answer of the policies that do not apply: the same for all resources of the type, so made once.
	checkNotApplicable, mendNotApplicable []*pulumirpc.PolicyNotApplicable
	silent                                []string // the IDs of checkNotApplicable
}

// planned is a policy and those of its rules that apply.
type planned struct {
	policy *compiled
	configured
	rules []compiledRule
}

// NewSession sets the pack up for a deployment. The settings are by policy ID; a setting under "all" gives the level of
// policies that have none of their own. It fails on settings that the pack's policies do not have or that have wrong
// values, on settings for other policies, and on levels that do not exist, naming all.
func (p *Pack) NewSession(d Deployment, settings map[string]Setting) (*Session, error) {
	if d.Time.IsZero() {
		d.Time = time.Now()
	}
	now := d.Time
	configured, problems := p.configure(settings)
	grants, wrong := p.grants(configured, now)
	problems = append(problems, wrong...)
	problems = append(problems, p.narrow(configured)...)
	if len(problems) > 0 {
		return nil, fmt.Errorf("the configuration of policy pack %q is wrong: %s", p.spec.Name, strings.Join(problems, "; "))
	}
	return &Session{pack: p, deployment: d, configured: configured, grants: grants}, nil
}

// plan sorts the policies for one type: those with rules for it, and those that do not apply.
func (s *Session) plan(token string) *typePlan {
	plan := &typePlan{}
	forToken := func(r compiledRule) bool { return r.rule.isFor(token) }
	for i, c := range s.pack.policies {
		configured := s.configured[i]
		if configured.level == Disabled {
			continue
		}
		if rules := filter(c.resource, forToken); len(rules) > 0 {
			plan.check = append(plan.check, planned{c, configured, rules})
		} else if len(c.resource) > 0 {
			plan.checkNotApplicable = append(plan.checkNotApplicable, notApplicableTo(c, c.resource))
		} else if len(c.stack) == 0 {
			plan.checkNotApplicable = append(plan.checkNotApplicable, saying(c, "Policy does not implement validateResource"))
		}
		if configured.level != Remediate {
			continue
		}
		if rules := filter(c.remediation, forToken); len(rules) > 0 {
			plan.mend = append(plan.mend, planned{c, configured, rules})
		} else if len(c.remediation) > 0 {
			plan.mendNotApplicable = append(plan.mendNotApplicable, notApplicableTo(c, c.remediation))
		} else if len(c.resource) > 0 {
			plan.mendNotApplicable = append(plan.mendNotApplicable, saying(c, "Policy does not implement remediateResource"))
		}
	}
	// Answers append to these: without room to spare, each gets a copy.
	plan.checkNotApplicable = slices.Clip(plan.checkNotApplicable)
	plan.mendNotApplicable = slices.Clip(plan.mendNotApplicable)
	for _, n := range plan.checkNotApplicable {
		plan.silent = append(plan.silent, n.PolicyName)
	}
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

// planOf is the plan for a type; all types that no policy names share one.
func (s *Session) planOf(token string) *typePlan {
	if !s.pack.types[token] {
		token = ""
	}
	plan, ok := s.plans.Load(token)
	if !ok {
		plan, _ = s.plans.LoadOrStore(token, s.plan(token))
	}
	return plan.(*typePlan)
}

// Analyze checks one resource's inputs against the policies that have rules for its type.
func (s *Session) Analyze(resource *pulumirpc.AnalyzeRequest) []Result {
	return s.evaluate(s.planOf(resource.GetType()).check, s.on(resource), nil)
}

// AnalyzeStack checks all resources of a stack, with their outputs, against the policies that have stack rules.
func (s *Session) AnalyzeStack(resources []*pulumirpc.AnalyzerResource) []Result {
	var plan []planned
	for i, c := range s.pack.policies {
		if len(c.stack) > 0 && s.configured[i].level != Disabled {
			plan = append(plan, planned{c, s.configured[i], c.stack})
		}
	}
	results := s.evaluate(plan, s.onStack(resources), nil)
	s.unused(results)
	return results
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
	properties := &structpb.Struct{}
	proto.Merge(properties, resource.GetProperties())
	on, changes := s.on(resource), &changes{properties: properties}
	remedy := Remedy{Result: s.evaluate([]planned{p}, on, changes)[0]}
	if remedy.Outcome != Passed || !changes.made {
		return remedy
	}
	g := s.exemption(p.policy.ID, on.node)
	if g == nil {
		remedy.Properties = changes.properties
		return remedy
	}
	left := Violation{URN: on.node.URN(), Message: "It is left as it is."}
	remedy.Exempted, remedy.Outcome = []ExemptedViolation{on.redactor.exempted(left, g.Exemption)}, Exempted
	return remedy
}
