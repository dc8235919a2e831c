package simulatortest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Fixture takes one resource type through its life.
type Fixture struct {
	Type string // the token of the type under test
	Name string // of the case; several fixtures may be about one type
	// Inputs creates what the resource refers to and returns its inputs.
	Inputs func(*World) map[string]any
	// Update returns the inputs with a change that is made in place; nil when the type has none.
	Update func(*World, map[string]any) map[string]any
	// Replace returns the inputs with a change that replaces the resource; nil when the type has none.
	Replace func(*World, map[string]any) map[string]any
	// DeleteFirst says that the replacement and the old resource cannot exist at once.
	DeleteFirst bool
	// ImportID returns the id to import by; nil when it is the resource's own.
	ImportID func(Thing) string
	// Adopts says that the resource takes over something that is there anyway.
	Adopts bool
}

// With returns the inputs with some of them changed; nil removes one.
func With(inputs map[string]any, changes map[string]any) map[string]any {
	changed := maps.Clone(inputs)
	maps.Copy(changed, changes)
	maps.DeleteFunc(changed, func(_ string, value any) bool { return value == nil })
	return changed
}

// Lifecycle runs every fixture, each in an empty cloud of its own, and fails for modelled types that have none. Config
// configures the provider.
func Lifecycle(t *testing.T, cloud simulator.Cloud, config map[string]any, fixtures []Fixture) {
	t.Helper()
	covered := map[string]bool{}
	for _, fixture := range fixtures {
		covered[fixture.Type] = true
		t.Run(strings.TrimSuffix(fixture.Type+" "+fixture.Name, " "), func(t *testing.T) {
			t.Parallel()
			fixture.run(t, cloud, config)
		})
	}
	for _, modelled := range cloud.Types {
		assert.True(t, covered[modelled.Token], "no fixture for %s", modelled.Token)
	}
}

func (f Fixture) run(t *testing.T, cloud simulator.Cloud, config map[string]any) {
	w := NewWorld(t, cloud, config)
	inputs := f.Inputs(w)
	before := w.Account.Resources()
	f.preview(w, inputs)
	assert.Equal(t, before, w.Account.Resources(), "a preview creates nothing")
	thing := w.Create(f.Type, "subject", inputs)
	f.checkOutputs(w, thing)
	f.deterministic(t, cloud, config, thing)
	w = w.Restored() // whatever it holds can be kept between runs
	f.unchanged(w, thing, inputs)
	f.imported(w, thing, inputs)
	if f.Update != nil {
		thing = f.update(w, thing, f.Update(w, inputs))
		w = w.Restored()
	}
	if f.Replace != nil {
		thing = f.replace(w, thing, f.Replace(w, inputs))
		w = w.Restored()
	}
	w.Delete(thing)
	id, _, _, err := w.Provider.Read(thing.Request, thing.Inputs)
	require.NoError(t, err)
	if !f.Adopts {
		assert.Empty(t, id, "a deleted resource cannot be read")
	}
	w.Delete(thing) // deleting it again is no error
	for _, left := range w.Account.Resources() {
		assert.NotEqual(t, thing.Request.URN, left.URN, "the resource is still there")
		assert.NotEmpty(t, left.URN, "the resource left something behind: %v", left)
	}
}

// preview checks that a preview shows what is known and calls the rest unknown.
func (f Fixture) preview(w *World, inputs map[string]any) {
	request := Request(f.Type, "subject")
	checked, problems := w.Provider.Check(request, nil, resource.NewPropertyMapFromMap(inputs))
	require.Empty(w.T, problems)
	id, outputs, err := w.Provider.Create(request, checked, true)
	require.NoError(w.T, err)
	assert.Empty(w.T, id)
	known := f.schema(w)
	for name, property := range known.outputs {
		value, shown := outputs[resource.PropertyKey(name)]
		if property {
			assert.True(w.T, shown, "the preview lacks %s", name)
		}
		if _, given := checked[resource.PropertyKey(name)]; !given && shown {
			assert.True(w.T, value.ContainsUnknowns(), "the preview makes up %s", name)
		}
	}
}

type outputNames struct{ outputs map[string]bool } // whether the output is always there

func (f Fixture) schema(w *World) outputNames {
	pkg, err := w.Account.Cloud().Schema()
	require.NoError(w.T, err)
	known, ok := pkg.Resource(f.Type)
	require.True(w.T, ok, f.Type)
	names := outputNames{map[string]bool{}}
	for name, property := range known.Outputs {
		names.outputs[name] = property.Required
	}
	return names
}

// checkOutputs checks that every output that is always there has a value, of the right type, that the table computed.
func (f Fixture) checkOutputs(w *World, thing Thing) {
	require.NotEmpty(w.T, thing.ID())
	pkg, err := w.Account.Cloud().Schema()
	require.NoError(w.T, err)
	known, _ := pkg.Resource(f.Type)
	assert.Empty(w.T, pkg.Validate(known.Outputs, thing.Outputs), "outputs have the schema's types")
	for name, value := range thing.Outputs {
		if value.IsString() {
			assert.NotContains(w.T, value.StringValue(), "simulated-", "%s is made up", name)
		}
	}
}

// deterministic checks that another cloud makes the same of the same program.
func (f Fixture) deterministic(t *testing.T, cloud simulator.Cloud, config map[string]any, thing Thing) {
	other := NewWorld(t, cloud, config)
	again := other.Create(f.Type, "subject", f.Inputs(other))
	assert.Equal(t, thing.ID(), again.ID())
	assert.Equal(t, thing.Outputs, again.Outputs)
}

// unchanged checks that neither a second run nor a refresh shows a change.
func (f Fixture) unchanged(w *World, thing Thing, inputs map[string]any) {
	again, problems := w.Provider.Check(thing.Request, thing.Inputs, resource.NewPropertyMapFromMap(inputs))
	require.Empty(w.T, problems)
	assert.Equal(w.T, thing.Inputs, again, "a second check gives the same inputs")
	f.noDiff(w, thing, thing.Inputs, again, "a second run")
	id, read, outputs, err := w.Provider.Read(thing.Request, thing.Inputs)
	require.NoError(w.T, err)
	assert.Equal(w.T, thing.ID(), id)
	equal(w.T, thing.Outputs, outputs, "a refresh shows the outputs as they were")
	f.noDiff(w, thing, read, again, "a refresh")
}

func (f Fixture) noDiff(w *World, thing Thing, olds, news resource.PropertyMap, after string) {
	diff, err := w.Provider.Diff(thing.Request, olds, news)
	require.NoError(w.T, err)
	assert.Empty(w.T, diff.Changes, "%s shows a change", after)
	assert.Empty(w.T, diff.Replaces)
}

// imported checks that importing the resource gives the inputs that made it.
func (f Fixture) imported(w *World, thing Thing, inputs map[string]any) {
	request := thing.Request
	if f.ImportID != nil {
		request.ID = f.ImportID(thing)
	}
	id, read, outputs, err := w.Provider.Read(request, nil)
	require.NoError(w.T, err)
	require.Equal(w.T, thing.ID(), id, "import by %s", request.ID)
	equal(w.T, thing.Outputs, outputs, "an import shows the outputs as they are")
	checked, problems := w.Provider.Check(thing.Request, read, resource.NewPropertyMapFromMap(inputs))
	require.Empty(w.T, problems)
	for name := range inputs {
		key := resource.PropertyKey(name)
		assert.Equal(w.T, checked[key], read[key], "the import shows %s", name)
	}
}

func (f Fixture) update(w *World, thing Thing, inputs map[string]any) Thing {
	checked, problems := w.Provider.Check(thing.Request, thing.Inputs, resource.NewPropertyMapFromMap(inputs))
	require.Empty(w.T, problems)
	diff, err := w.Provider.Diff(thing.Request, thing.Inputs, checked)
	require.NoError(w.T, err)
	assert.NotEmpty(w.T, diff.Changes, "the update is a change")
	assert.Empty(w.T, diff.Replaces, "the update is in place")
	previewed, err := w.Provider.Update(thing.Request, thing.Outputs, checked, true)
	require.NoError(w.T, err)
	_, _, untouched, err := w.Provider.Read(thing.Request, thing.Inputs)
	require.NoError(w.T, err)
	equal(w.T, thing.Outputs, untouched, "a preview changes nothing")
	updated, err := w.TryUpdate(thing, inputs)
	require.NoError(w.T, err)
	for name := range inputs {
		key := resource.PropertyKey(name)
		if _, isOutput := updated.Outputs[key]; isOutput {
			assert.Equal(w.T, updated.Outputs[key], previewed[key], "the preview of the update shows %s", name)
		}
	}
	f.checkOutputs(w, updated)
	f.unchanged(w, updated, inputs)
	return updated
}

func (f Fixture) replace(w *World, thing Thing, inputs map[string]any) Thing {
	checked, problems := w.Provider.Check(thing.Request, thing.Inputs, resource.NewPropertyMapFromMap(inputs))
	require.Empty(w.T, problems)
	diff, err := w.Provider.Diff(thing.Request, thing.Inputs, checked)
	require.NoError(w.T, err)
	require.NotEmpty(w.T, diff.Replaces, "the change replaces the resource")
	assert.True(w.T, slices.IsSorted(diff.Replaces))
	if f.DeleteFirst {
		w.Delete(thing)
	}
	replacement, err := w.try(Request(f.Type, "subject"), resource.NewPropertyMapFromMap(inputs))
	require.NoError(w.T, err)
	if !f.Adopts {
		assert.NotEqual(w.T, thing.ID(), replacement.ID(), "a replacement has an id of its own")
	}
	if !f.DeleteFirst {
		w.Delete(thing)
	}
	f.unchanged(w, replacement, inputs)
	return replacement
}

// equal checks that properties are the same to Pulumi, to which an empty list is one however it is made.
func equal(t *testing.T, want, got resource.PropertyMap, message string) {
	t.Helper()
	if !want.DeepEquals(got) {
		assert.Equal(t, want, got, message)
	}
}
