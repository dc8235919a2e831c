package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/internal/sla"
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ObjectivesAvailability compares an objective of availability with what AWS commits to for the parts of the stack. The
// objective is declared by a tag of what serves: load balancers, distributions, clusters and services; or by the setting
// "availability" for every stack. Without either, the policy does not apply.
var ObjectivesAvailability = policy.Policy{
	ID:       "aws-objectives-availability",
	Title:    "The parts of a stack must be able to add up to its objective of availability.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "What needs several parts is up only while all of them are: the service levels that AWS commits to " +
		"multiply. A promise above their product is broken by outages that AWS does not even pay credits for.",
	Remediation: "Give the weak parts a standby in another zone, or promise less.",
	Controls:    frameworks.Controls{SOC2: "A1.1 A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Config:      availabilitySettings{Tag: "objective-availability"},
	Bad: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{
			"subnets": []any{"subnet-a", "subnet-b"}, "tags": props{"objective-availability": "99.9"},
		}},
		{Name: "orders", Type: rdsInstanceType, Properties: props{"instanceClass": "db.t4g.medium", "engine": "postgres"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{
			"subnets": []any{"subnet-a", "subnet-b"}, "tags": props{"objective-availability": "99.9"},
		}},
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "multiAz": true,
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Entries policy.Resources[withTags] `pulumi:"aws:lb/loadBalancer:LoadBalancer,aws:alb/loadBalancer:LoadBalancer,aws:elb/loadBalancer:LoadBalancer,aws:cloudfront/distribution:Distribution,aws:eks/cluster:Cluster,aws:ecs/service:Service"`
			servingParts
		}) {
			settings := policy.Settings[availabilitySettings](r)
			highest := objective{value: settings.Availability}
			for _, entry := range stack.Entries.Get() {
				if o := objectiveOf(r, entry.Node, entry.Props, settings.Tag, 0); o.value > highest.value {
					highest = o
				}
			}
			switch {
			case highest.value == 0:
				r.NotApplicable("no objective of availability is declared")
			case highest.value > 100:
				r.Fail(highest.by, "Its tag %s promises more than 100 %%.", settings.Tag)
			default:
				stack.compare(r, highest, settings.Outbound)
			}
		}),
	},
}

// availabilitySettings are the policy's settings.
type availabilitySettings struct {
	Availability float64 `pulumi:"availability" min:"0" max:"100" description:"The share of a month, in percent, that stacks must be up; 0 for those only that declare one."`
	Tag          string  `pulumi:"tag" min:"1" description:"The tag by which a load balancer, distribution, cluster or service declares its objective, in percent."`
	Outbound     bool    `pulumi:"outbound" description:"Whether serving a request needs the internet, and so NAT gateways."`
}

// compare compares the objective with the parts. A part of which it is not known whether it is strong counts as strong as
// long as a violation is claimed, and as weak as long as none is.
func (s servingParts) compare(r *policy.StackReport, o objective, outbound bool) {
	services := s.services(outbound)
	atMost, atLeast, atBest := entries(services, true), entries(services, false), make([]sla.Entry, len(services))
	for i, service := range services {
		atBest[i] = service.strong
	}
	switch {
	case !sla.Meets(o.value, atMost...):
		r.Fail(o.by, "The objective is %g %%, %s; the parts commit to %s. %s", o.value, o, sla.Arithmetic(atMost...), advice(o, services, atBest))
	case !sla.Meets(o.value, atLeast...):
		for _, service := range services {
			service.end()
		}
	}
}

// advice says what to change for the parts to meet the objective.
func advice(o objective, services []*service, atBest []sla.Entry) string {
	if !sla.Meets(o.value, atBest...) {
		return fmt.Sprintf("At best they commit to %s: promise less, or do without one.", sla.Arithmetic(atBest...))
	}
	var changes []string
	for _, service := range services {
		changes = append(changes, service.changes...)
	}
	if more := len(changes) - 5; more > 0 {
		changes = append(changes[:5], fmt.Sprintf("change %d more like these", more))
	}
	return fmt.Sprintf("To meet it, %s: %s.", strings.Join(changes, ", "), sla.Arithmetic(atBest...))
}
