package loadbalancer

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// facts are what AWS calls the things that a rollback reads and changes: ARNs, unless they are called names.
type facts struct {
	listener   string
	routes     map[string]string // those that share traffic with the candidate, by their names here
	groups     map[string]string // the target groups, by backend
	alarmNames []string
	topic      string // empty without one
	topicKey   string // empty without one
}

// whenKnown is what write makes of the facts, as soon as they are known.
func (b *builder) whenKnown(r *rollback, write func(facts) string) pulumi.StringOutput {
	routes, alarmNames := pulumi.StringMap{}, pulumi.StringArray{}
	for _, name := range b.split() {
		routes[name] = b.routes[name].Arn
	}
	for _, alarm := range r.alarms {
		alarmNames = append(alarmNames, alarm.Name)
	}
	return pulumi.Map{
		"listener":   b.out.ListenerARN,
		"routes":     routes.ToStringMapOutput(),
		"groups":     b.ofGroups(func(group *lb.TargetGroup) pulumi.StringOutput { return group.Arn }),
		"alarmNames": alarmNames.ToStringArrayOutput(),
		"topic":      orNone(b.args.TopicARN),
		"topicKey":   orNone(b.args.TopicKeyARN),
	}.ToMapOutput().ApplyT(func(known map[string]any) string {
		return write(facts{
			listener:   known["listener"].(string),
			routes:     known["routes"].(map[string]string),
			groups:     known["groups"].(map[string]string),
			alarmNames: known["alarmNames"].([]string),
			topic:      known["topic"].(string),
			topicKey:   known["topicKey"].(string),
		})
	}).(pulumi.StringOutput)
}

// routeNames are the names of the routes, in alphabetical order.
func (f facts) routeNames() []string { return slices.Sorted(maps.Keys(f.routes)) }

// routeARNs are the ARNs of the routes, in the order of their names.
func (f facts) routeARNs() []string {
	var arns []string
	for _, name := range f.routeNames() {
		arns = append(arns, f.routes[name])
	}
	return arns
}

// split are the routes that share traffic with the candidate, in alphabetical order. One to the candidate alone, by which
// people try it, stays as it is.
func (b *builder) split() []string {
	candidate := b.args.Candidate()
	var routes []string
	for _, name := range slices.Sorted(maps.Keys(b.args.Routes)) {
		shares := b.args.Routes[name].Backends
		_, from := shares[candidate]
		if _, to := shares[b.args.Backends[candidate].Rollback.To]; from && to {
			routes = append(routes, name)
		}
	}
	return routes
}

// orNone is the value, or an empty one.
func orNone(given pulumi.StringPtrInput) pulumi.StringOutput {
	if given == nil {
		return pulumi.String("").ToStringOutput()
	}
	return given.ToStringPtrOutput().Elem()
}
