package policy

import (
	"context"
	"math"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

type mode string

// allSettings has a setting of every kind.
type allSettings struct {
	Text   string                `pulumi:"text" description:"What it says." min:"2" max:"5"`
	Mode   mode                  `pulumi:"mode" enum:"on,off"`
	Flag   bool                  `pulumi:"flag"`
	Whole  int                   `pulumi:"whole" min:"-1"`
	Large  int64                 `pulumi:"large"`
	Share  float64               `pulumi:"share" min:"0" max:"0.5"`
	Ports  []int                 `pulumi:"ports" max:"65535"`
	Modes  []mode                `pulumi:"modes" enum:"on,off"`
	Limits map[string]int        `pulumi:"limits" min:"1"`
	Nested nestedSettings        `pulumi:"nested"`
	Owners map[string][]anyOwner `pulumi:"owners"`
}

type nestedSettings struct {
	A string `pulumi:"a"`
	B int    `pulumi:"b"`
}

type anyOwner struct {
	Name string `pulumi:"name" required:"true"`
	Team string `pulumi:"team"`
}

func defaultSettings() allSettings {
	return allSettings{Text: "text", Mode: "on", Ports: []int{22}, Limits: map[string]int{"cpu": 1}, Nested: nestedSettings{"a", 1}}
}

func withSettings(config any, rules ...Rule) Policy {
	p := policyOf("p", rules...)
	p.Config = config
	return p
}

// reading is a policy whose rule hands its settings to f.
func reading[T any](config any, f func(T)) Policy {
	return withSettings(config, On(thing, func(r *Report, _ good) { f(Settings[T](r)) }))
}

// settled is what a rule reads after the properties are configured, and the error of configuring them.
func settled(t *testing.T, properties props) (got allSettings, err error) {
	t.Helper()
	pack := serverOf(t, 0, reading(defaultSettings(), func(s allSettings) { got = s })).pack
	session, err := pack.NewSession(Deployment{}, map[string]Setting{"p": {Properties: properties}})
	if err != nil {
		return got, err
	}
	assert.Equal(t, Passed, session.Analyze(request(t, nil))[0].Outcome)
	return got, nil
}

func TestSettingsAreReadTyped(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		given  props
		change func(*allSettings)
	}{
		{"nothing", nil, func(*allSettings) {}},
		{"scalars", props{"text": "hello", "mode": "off", "flag": true, "whole": -1, "large": 1 << 40, "share": 0.5},
			func(s *allSettings) {
				s.Text, s.Mode, s.Flag, s.Whole, s.Large, s.Share = "hello", "off", true, -1, 1<<40, 0.5
			}},
		{"length in characters", props{"text": "äöüßé"}, func(s *allSettings) { s.Text = "äöüßé" }},
		{"a list replaces the default", props{"ports": []any{1, 2}}, func(s *allSettings) { s.Ports = []int{1, 2} }},
		{"an empty list too", props{"ports": []any{}}, func(s *allSettings) { s.Ports = []int{} }},
		{"a map replaces the default", props{"limits": props{"memory": 2}}, func(s *allSettings) { s.Limits = map[string]int{"memory": 2} }},
		{"a struct keeps the rest", props{"nested": props{"b": 2}}, func(s *allSettings) { s.Nested.B = 2 }},
		{"lists of named strings", props{"modes": []string{"on", "off"}}, func(s *allSettings) { s.Modes = []mode{"on", "off"} }},
		{"structs in lists in maps", props{"owners": props{"x": []any{props{"name": "ann"}, props{"name": "bob", "team": "b"}}}},
			func(s *allSettings) { s.Owners = map[string][]anyOwner{"x": {{Name: "ann"}, {"bob", "b"}}} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := defaultSettings()
			tt.change(&want)
			got, err := settled(t, tt.given)
			require.NoError(t, err)
			assert.Equal(t, want, got)
		})
	}
}

func TestAllThatIsWrongWithSettingsIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	_, err := settled(t, props{
		"text": "x", "mode": "hush", "flag": "true", "whole": 1.5, "large": math.Pow(2, 60), "share": math.NaN(),
		"ports": []any{1, 70000, nil}, "modes": []any{"on", "dim"}, "limits": props{"cpu": 0, "mem": "1"},
		"nested": props{"c": 1}, "owners": props{"x": []any{props{"team": "b"}}, "y": 1}, "prots": []any{}, "": 1,
	})
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "hush", "it may be a secret")
	prefix := `the configuration of policy pack "pack" is wrong: `
	require.True(t, strings.HasPrefix(err.Error(), prefix), err)
	text := strings.ReplaceAll(strings.TrimPrefix(err.Error(), prefix), "; did", " - did")
	assert.Equal(t, []string{
		`policy "p": text is 1 characters long, but must be at least 2`,
		`policy "p": mode must be one of: on, off`,
		`policy "p": flag is a string where the policy expects a boolean`,
		`policy "p": whole is a number where the policy expects a whole number`,
		`policy "p": large is a number where the policy expects a whole number`,
		`policy "p": share is a string where the policy expects a number`,
		`policy "p": ports.1 is 70000, but must be at most 65535`,
		`policy "p": ports.2 is nothing where the policy expects a whole number`,
		`policy "p": modes.1 must be one of: on, off`,
		`policy "p": limits.cpu is 0, but must be at least 1`,
		`policy "p": limits.mem is a string where the policy expects a whole number`,
		`policy "p": nested.c is not a setting - did you mean "a"?`,
		`policy "p": owners.x.0.name is missing`,
		`policy "p": owners.y is a number where the policy expects a list`,
		`policy "p":  is not a setting - did you mean "text"?`,
		`policy "p": prots is not a setting - did you mean "ports"?`,
	}, strings.Split(text, "; "))

	for given, want := range map[string]props{
		"text is 6 characters long, but must be at most 5":       {"text": "äöüßéx"},
		"text is a number where the policy expects a string":     {"text": 1},
		"share is 0.51, but must be at most 0.5":                 {"share": 0.51},
		"nested is a list where the policy expects an object":    {"nested": []any{}},
		"limits is a boolean where the policy expects an object": {"limits": true},
		"flag is a list where the policy expects a boolean":      {"flag": []any{}},
		"a property value cannot be of the Go type chan int":     {"flag": make(chan int)},
	} {
		_, err := settled(t, want)
		assert.ErrorContains(t, err, given)
	}
}

func TestSettingsAreReadByAllKindsOfRules(t *testing.T) {
	t.Parallel()
	p := withSettings(nestedSettings{"x", 1},
		OnStack(func(r *StackReport, _ struct{}) { r.Fail(nil, "%s", Settings[nestedSettings](r).A) }),
		OnRemediate(thing, func(r *Remediation, _ good) { r.Set("a", Settings[nestedSettings](r).A) }))
	p.Level = Remediate
	session, err := serverOf(t, 0, p).pack.NewSession(Deployment{}, map[string]Setting{"p": {Properties: props{"a": "given"}}})
	require.NoError(t, err)
	assert.Equal(t, []string{"given"}, messages(session.AnalyzeStack(nil)[0]))
	assertStruct(t, props{"a": "given"}, session.Remediate(request(t, nil))[0].Properties)
}

func TestSettingsOfAnotherTypeAreAnError(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]Policy{
		"it reads its settings as policy.good, but its policy's Config is of type policy.nestedSettings": reading(nestedSettings{}, func(good) {}),
		"it reads its settings as policy.good, but its policy's Config is of type <nil>":                 reading(nil, func(good) {}),
	} {
		got := sessionOf(t, serverOf(t, 0, p).pack).Analyze(request(t, nil))[0]
		assert.Equal(t, Errored, got.Outcome)
		assert.Equal(t, []string{want}, got.Errors)
	}
}

type badSettings struct {
	NoTag    string        // a mistake under test
	Level    string        `pulumi:"enforcementLevel"`
	Path     string        `pulumi:"a.b"`
	Twice    string        `pulumi:"twice"`
	Again    string        `pulumi:"twice"`
	Unsigned uint          `pulumi:"unsigned"`
	Keys     map[int]bool  `pulumi:"keys"`
	Required string        `pulumi:"required" required:"true"`
	Enum     int           `pulumi:"enum" enum:"1,2"`
	Bound    bool          `pulumi:"bound" max:"1"`
	Limit    int           `pulumi:"limit" min:"one"`
	Self     []badSelf     `pulumi:"self"`
	Value    Value[string] `pulumi:"value"`
	//lint:ignore U1000 a mistake under test
	hidden string
}

type badSelf struct {
	Children []badSelf `pulumi:"children"`
}

func TestNewPackListsWhatIsWrongWithConfig(t *testing.T) {
	t.Parallel()
	rule := On(thing, func(*Report, good) {})
	problems := func(config any) []string {
		_, err := NewPack(PackSpec{Name: "pack", Version: "1.0.0", Policies: []Policy{withSettings(config, rule)}})
		require.Error(t, err)
		return strings.Split(err.Error(), "\n  - policy \"p\".Config")[1:]
	}
	assert.Equal(t, []string{
		".NoTag: needs a tag that names the setting, like `pulumi:\"ports\"`",
		`.Level: has the tag "enforcementLevel", which stands for the policy's level in its configuration`,
		`.Path: has the tag "a.b", which is not the name of a setting`,
		`.Again: has the tag "twice", which another field has too`,
		`.Unsigned: has the type uint; a setting can be string, bool, int, int64, float64, a slice, a map with string keys, or a struct of settings`,
		`.Keys: has the type map[int]bool; a setting can be string, bool, int, int64, float64, a slice, a map with string keys, or a struct of settings`,
		`.Required: has a default, so it cannot be required; only in a slice or map can it`,
		`.Enum: has the tag enum, which is for strings`,
		`.Bound: has the tag max, which is for numbers and the lengths of strings`,
		`.Limit: has the tag min:"one", which is not a number`,
		`.Self.Children: the struct policy.badSelf holds itself, which settings cannot`,
		`.Value.value: is not exported, so it cannot be filled`,
		`.Value.present: is not exported, so it cannot be filled`,
		`.Value.secret: is not exported, so it cannot be filled`,
		`.Value.problem: is not exported, so it cannot be filled`,
		`.hidden: is not exported, so it cannot be filled`,
	}, problems(badSettings{}))
	assert.Equal(t, []string{": has the type *policy.nestedSettings; it must be a struct of settings"}, problems(&nestedSettings{}))
	assert.Equal(t, []string{
		": the default of text is 0 characters long, but must be at least 2",
		": the default of mode must be one of: on, off",
		": the default of ports.0 is 65536, but must be at most 65535",
	}, problems(allSettings{Ports: []int{65536}}))
}

func TestConfigSchemaIsDerived(t *testing.T) {
	t.Parallel()
	info, err := serverOf(t, 0, reading(defaultSettings(), func(allSettings) {}), failing("none")).
		GetAnalyzerInfo(context.Background(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Nil(t, info.Policies[1].ConfigSchema)
	assert.Empty(t, info.Policies[0].ConfigSchema.Required, "what has a default is not required")
	enum := []any{"on", "off"}
	assertStruct(t, props{
		"text":   props{"type": "string", "description": "What it says.", "minLength": 2, "maxLength": 5, "default": "text"},
		"mode":   props{"type": "string", "enum": enum, "default": "on"},
		"flag":   props{"type": "boolean", "default": false},
		"whole":  props{"type": "integer", "minimum": -1, "default": 0},
		"large":  props{"type": "integer", "default": 0},
		"share":  props{"type": "number", "minimum": 0, "maximum": 0.5, "default": 0},
		"ports":  props{"type": "array", "items": props{"type": "integer", "maximum": 65535}, "default": []any{22}},
		"modes":  props{"type": "array", "items": props{"type": "string", "enum": enum}, "default": []any{}},
		"limits": props{"type": "object", "additionalProperties": props{"type": "integer", "minimum": 1}, "default": props{"cpu": 1}},
		"nested": props{"type": "object", "additionalProperties": false, "default": props{"a": "a", "b": 1},
			"properties": props{"a": props{"type": "string"}, "b": props{"type": "integer"}}},
		"owners": props{"type": "object", "default": props{}, "additionalProperties": props{"type": "array", "items": props{
			"type": "object", "additionalProperties": false, "required": []any{"name"},
			"properties": props{"name": props{"type": "string"}, "team": props{"type": "string"}},
		}}},
	}, info.Policies[0].ConfigSchema.Properties)
}

func TestSettingsComeFromTheEngine(t *testing.T) {
	t.Parallel()
	var got allSettings
	s := serverOf(t, 0, reading(defaultSettings(), func(settings allSettings) { got = settings }))
	configure := func(properties props) error {
		_, err := s.Configure(context.Background(), &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{
			"p": {EnforcementLevel: mandatory, Properties: encode(t, properties)},
		}})
		return err
	}
	require.NoError(t, configure(props{"ports": []any{1}, "text": "given"}))
	err := configure(props{"ports": []any{-1.5}, "text": 1})
	assert.Equal(t, codes.InvalidArgument, status.Code(err))
	assert.ErrorContains(t, err, `policy "p": text is a number where the policy expects a string; policy "p": ports.0 is a number`)
	s.analyzed(t, nil)
	assert.Equal(t, "given", got.Text, "the old configuration stays")
	assert.Equal(t, []int{1}, got.Ports)
}

func TestInitialConfiguration(t *testing.T) {
	t.Parallel()
	var got nestedSettings
	p := reading(nestedSettings{"declared", 1}, func(s nestedSettings) { got = s })
	p.Level = Advisory
	spec := PackSpec{Name: "pack", Version: "1.0.0", Level: Mandatory, Policies: []Policy{p, failing("other"), failing("third")},
		Initial: map[string]Setting{"p": {Properties: props{"a": "initial", "b": 2}}, "other": {Level: Disabled}, "third": {}}}
	pack, err := NewPack(spec)
	require.NoError(t, err)
	delete(spec.Initial, "p")

	initial := analyzerInfo(pack).InitialConfig
	require.Len(t, initial, 3)
	assert.Equal(t, advisory, initial["p"].EnforcementLevel, "its own: the engine would take none for advisory anyway")
	assert.Equal(t, mandatory, initial["third"].EnforcementLevel, "the pack's")
	assert.Equal(t, disabled, initial["other"].EnforcementLevel)
	assertStruct(t, props{"a": "initial", "b": 2}, initial["p"].Properties)
	assert.Nil(t, initial["third"].Properties, "it has none")

	session, err := pack.NewSession(Deployment{}, map[string]Setting{"p": {Properties: props{"b": 3}}})
	require.NoError(t, err)
	results := session.Analyze(request(t, nil))
	require.Len(t, results, 2, "one is disabled")
	assert.Equal(t, nestedSettings{"initial", 3}, got, "properties merge")

	session, err = pack.NewSession(Deployment{}, map[string]Setting{"all": {Level: Remediate}})
	require.NoError(t, err)
	assert.Len(t, session.Analyze(request(t, nil)), 3, "what is configured for all goes before what is initial")

	spec.Initial = map[string]Setting{"all": {Level: Disabled}, "p": {}}
	pack, err = NewPack(spec)
	require.NoError(t, err)
	assert.Empty(t, sessionOf(t, pack).Analyze(request(t, nil)))
	assert.Equal(t, disabled, analyzerInfo(pack).InitialConfig["all"].EnforcementLevel)
	assert.Equal(t, disabled, analyzerInfo(pack).InitialConfig["p"].EnforcementLevel)
	spec.Initial = map[string]Setting{"all": {}}
	pack, err = NewPack(spec)
	require.NoError(t, err)
	assert.Empty(t, analyzerInfo(pack).InitialConfig, "it sets nothing")

	spec.Initial = map[string]Setting{"p": {Properties: props{"c": 1}}, "orther": {}, "all": {Properties: props{"a": 1}}, "third": {Level: 7}}
	_, err = NewPack(spec)
	require.Error(t, err)
	assert.Equal(t, []string{
		"the policy pack cannot be used:",
		`Initial: "all" sets a level and nothing else; given: a`,
		`Initial: there is no policy "orther"; did you mean "other"?`,
		`Initial: policy "third" has the level 7, which does not exist`,
		`Initial: policy "p": c is not a setting; did you mean "a"?`,
	}, strings.Split(err.Error(), "\n  - "))
}
