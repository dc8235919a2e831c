// Command conformance-pack is a policy pack that tells what the engine gives it. Its policies are disabled: each test
// configures those it is about.
package main

import (
	"os"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

const thing = "conformance:index:Thing"

type thingProps struct {
	Text policy.Value[string] `pulumi:"text"`
}

type limits struct {
	Most  int      `pulumi:"most" description:"The most characters." max:"100"`
	Names []string `pulumi:"names" enum:"short,long"`
}

var policies = []policy.Policy{
	{ID: "simple", Title: "Texts must not be bad.", Severity: policy.High, Rules: []policy.Rule{
		policy.On(thing, func(r *policy.Report, p thingProps) {
			if p.Text.Get() == "bad" {
				r.Fail("It is %v.", p.Text)
			}
		}),
	}},
	{ID: "mend", Title: "Texts must be mended.", Rules: []policy.Rule{
		policy.OnRemediate(thing, func(r *policy.Remediation, _ thingProps) { r.Set("text", "mended") }),
		policy.On(thing, func(r *policy.Report, p thingProps) {
			if p.Text.Get() != "mended" {
				r.Fail("It is not.")
			}
		}),
	}},
	{ID: "limits", Title: "Limits are told.", Config: limits{Most: 10, Names: []string{"short"}}, Rules: []policy.Rule{
		policy.On(thing, func(r *policy.Report, _ thingProps) { r.Fail("%+v", policy.Settings[limits](r)) }),
	}},
	{ID: "metadata", Title: "Metadata is told.", Rules: []policy.Rule{
		policy.On(thing, func(r *policy.Report, _ thingProps) {
			n, o := r.Resource(), r.Resource().Options()
			r.Fail("%s %s %s protect=%t parent=%s", n.URN(), n.Type(), n.Name(), o.Protect, o.Parent)
		}),
	}},
	{ID: "stack", Title: "The stack is told.", Rules: []policy.Rule{
		policy.On(thing, func(r *policy.Report, _ thingProps) {
			d := r.Deployment()
			r.Fail("%s/%s dry=%t text=%s token=%s tags=%v secret=%v",
				d.Project, d.Stack, d.DryRun, d.Config["conformance:text"], d.Config["conformance:token"], d.Tags, d.SecretKeys)
		}),
	}},
	{ID: "whole", Title: "The graph is told.", Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, all struct {
			Things policy.Resources[thingProps] `pulumi:"conformance:index:Thing"`
		}) {
			all.Things.Each(func(t policy.Resource[thingProps]) {
				if t.Name() == "second" {
					r.Fail(t.Node, "child of %s", t.Parent().Name())
				}
			})
			r.Fail(nil, "%d things", all.Things.Len())
		}),
	}},
	{ID: "panics", Title: "Rules may panic.", Rules: []policy.Rule{
		policy.On(thing, func(*policy.Report, thingProps) { panic("on purpose") }),
	}},
}

func main() {
	spec := policy.PackSpec{
		Name: "conformance", Version: "1.2.3", Level: policy.Disabled, Policies: append(policies, cloudPolicies...),
	}
	if os.Getenv("CONFORMANCE_PACK") == "invalid" {
		spec.Policies = append(spec.Policies, policy.Policy{ID: "all"})
	}
	policy.Main(spec)
}
