package rehearsal

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/holdfast-iac/holdfast/internal/engine"
)

// phase is one part of a rehearsal.
type phase struct {
	name      string
	operation engine.Operation
	skip      func(*rehearsal) string                    // why not to run it; empty to run it
	prepare   func(*rehearsal) error                     // before the operation
	verify    func(*rehearsal, *engine.Result) []Finding // after an operation that the engine completed
	advise    func(*rehearsal, []Finding) []Finding      // what to say of the findings of one that it did not
}

var phases = []phase{
	{name: "preview", operation: engine.Preview, skip: never},
	{name: "up", operation: engine.Up, skip: never, verify: takeInventory},
	{name: "no-op", operation: engine.Preview, skip: never, verify: nothingChanges},
	{name: "change", operation: engine.Up, skip: no(engine.ChangeKey), prepare: apply(engine.ChangeKey), verify: somethingChanges},
	{name: "refresh", operation: engine.Refresh, skip: never, verify: noDrift},
	{name: "unlock", operation: engine.Up, skip: noUnlock, prepare: unlock},
	{name: "destroy", operation: engine.Destroy, skip: kept, verify: nothingLeft, advise: howToUnlock},
}

func never(*rehearsal) string { return "" }

// no skips a phase whose change the stack file does not define.
func no(key string) func(*rehearsal) string {
	return func(r *rehearsal) string {
		if len(r.workspace.Patch(key)) == 0 {
			return "the stack file defines no " + key
		}
		return ""
	}
}

// noUnlock keeps the locks of a stack that stays.
func noUnlock(r *rehearsal) string {
	if reason := kept(r); reason != "" {
		return reason
	}
	return no(engine.UnlockKey)(r)
}

func kept(r *rehearsal) string {
	if r.options.Keep {
		return "the stack is kept"
	}
	return ""
}

func apply(key string) func(*rehearsal) error {
	return func(r *rehearsal) error { return r.workspace.Change(r.workspace.Patch(key)) }
}

// unlock takes protection against deletion off. Policies demand that protection, and have had their say.
func unlock(r *rehearsal) error {
	r.workspace.DropPacks()
	return apply(engine.UnlockKey)(r)
}

// howToUnlock says how to take off what keeps a stack from being destroyed, where its file does not.
func howToUnlock(r *rehearsal, failures []Finding) []Finding {
	locked := slices.ContainsFunc(failures, func(f Finding) bool { return strings.Contains(strings.ToLower(f.Message), "protect") })
	if !locked || len(r.workspace.Patch(engine.UnlockKey)) > 0 {
		return nil
	}
	return []Finding{{Message: "the stack file defines no " + engine.UnlockKey +
		": put there the settings that take the protection off, for a rehearsal to apply before it destroys the stack"}}
}

// takeInventory finds nothing wrong; it notes what there is while it is there.
func takeInventory(r *rehearsal, _ *engine.Result) []Finding {
	counts := map[string]Resources{}
	for _, resource := range r.sim.Resources() {
		entry := counts[resource.Type]
		entry.Type = resource.Type
		entry.Count++
		entry.Modelled = r.sim.Account(resource.Cloud).Modelled(resource.Type)
		counts[resource.Type] = entry
	}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		r.report.Resources = append(r.report.Resources, counts[kind])
	}
	return nil
}

// nothingChanges: a second preview of an unchanged program is where wrong defaults, unstable order and random names show.
func nothingChanges(_ *rehearsal, result *engine.Result) []Finding {
	return unwanted(result, "an unchanged program must change nothing")
}

func somethingChanges(_ *rehearsal, result *engine.Result) []Finding {
	if result.Changed() > 0 {
		return nil
	}
	return []Finding{{Message: "the change under " + engine.ChangeKey + " changed no resource"}}
}

func noDrift(_ *rehearsal, result *engine.Result) []Finding {
	return unwanted(result, "what the cloud reports differs from what was deployed")
}

func unwanted(result *engine.Result, why string) []Finding {
	var found []Finding
	for _, step := range result.Steps {
		if step.Op == apitype.OpRefresh {
			continue
		}
		text := string(step.Op)
		if len(step.Diffs) > 0 {
			text += " (" + strings.Join(step.Diffs, ", ") + ")"
		}
		found = append(found, Finding{URN: step.URN, Message: text + ": " + why})
	}
	if n := result.Changed(); len(found) == 0 && n > 0 {
		found = append(found, Finding{Message: fmt.Sprintf("%d resources would change: %s", n, why)})
	}
	return found
}

// nothingLeft asks the simulated clouds, not the state: what the state forgot would go on costing money. What the program
// retains on purpose, such as an account's settings, is noted.
func nothingLeft(r *rehearsal, result *engine.Result) []Finding {
	retained := map[string]bool{}
	for _, step := range result.Steps {
		retained[step.URN] = step.Retained
	}
	var found []Finding
	for _, resource := range r.sim.Resources() {
		if urn := string(resource.URN); retained[urn] {
			r.report.Retained = append(r.report.Retained, urn)
		} else {
			found = append(found, Finding{URN: urn, Message: resource.ID + " still exists after destroy"})
		}
	}
	return found
}
