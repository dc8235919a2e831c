package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// watchers are the alarms of a stack.
type watchers struct {
	Alarms policy.Resources[watcher] `pulumi:"aws:cloudwatch/metricAlarm:MetricAlarm"`
}

type watcher struct {
	Dimensions policy.Map[string] `pulumi:"dimensions"`
	Queries    policy.List[any]   `pulumi:"metricQueries"`
}

// namedSubject is what an alarm may know by its name.
type namedSubject struct {
	Name policy.Value[string] `pulumi:"name"`
}

// watched tells what the alarms of a stack watch. It is made once for all subjects.
type watched struct {
	nodes   map[string]bool // by URN, what the values of dimensions and queries come from
	names   map[string]bool // the known values of the dimension
	unknown []func()        // end the rule, where a dimension may be anything
}

// of finds what is watched by the dimension.
func (w watchers) of(dimension string) watched {
	found := watched{nodes: map[string]bool{}, names: map[string]bool{}}
	for _, alarm := range w.Alarms.Get() {
		for _, property := range []string{"dimensions", "metricQueries"} {
			for _, source := range alarm.PropertyDependencies(property) {
				found.nodes[source.URN()] = true
			}
		}
		value := alarm.Props.Dimensions.At(dimension)
		if value.Present() && value.Known() {
			found.names[value.Get()] = true
		}
		if !value.Known() && fromAnywhere(alarm.Node, "dimensions") {
			found.unknown = append(found.unknown, func() { value.Get() })
		}
		if alarm.Props.Queries.Present() && fromAnywhere(alarm.Node, "metricQueries") {
			found.unknown = append(found.unknown, func() { alarm.Props.Queries.Get() })
		}
	}
	return found
}

// check reports a subject, which alarms may know by that name, that no alarm watches.
func (w watched) check(r *policy.StackReport, subject *policy.Node, name policy.Value[string]) {
	if w.nodes[subject.URN()] || len(w.names) > 0 && w.names[name.Get()] {
		return
	}
	for _, end := range w.unknown {
		end()
	}
	r.Fail(subject, "No alarm watches it.")
}
