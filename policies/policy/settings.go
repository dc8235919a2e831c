package policy

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
	"github.com/holdfast-iac/holdfast/policies/internal/wire"
)

// Setting is the configuration of one policy.
type Setting struct {
	// Level is the enforcement level. Unset, it leaves the policy's own.
	Level Level
	// Properties are the settings that differ from the policy's Config, by the names in its tags: booleans, numbers,
	// strings, slices and string-keyed maps of these.
	Properties map[string]any
}

// Settings is the policy's configuration, as the Config of the policy declares it: what is configured, and the declared
// defaults for the rest. T is the type of Config; asking for another is an error of the rule. A rule must not change
// what is in it: other rules read it too.
func Settings[T any](r reporter) T {
	config := r.running().config
	settings, ok := config.(T)
	if !ok {
		panic(&mistake{fmt.Sprintf("it reads its settings as %s, but its policy's Config is of type %T", reflect.TypeFor[T](), config)})
	}
	return settings
}

// reporter is a *Report, *StackReport or *Remediation.
type reporter interface{ running() *run }

func (r *Report) running() *run      { return r.run }
func (r *StackReport) running() *run { return r.run }
func (c *Remediation) running() *run { return c.run }

// configured is a policy's configuration in a session.
type configured struct {
	level  Level
	config any // of the type of the policy's Config
}

// configure applies settings to all policies. It returns what is wrong with the settings, if anything is.
func (p *Pack) configure(settings map[string]Setting) (all []configured, problems []string) {
	for _, id := range slices.Sorted(maps.Keys(settings)) {
		if level := settings[id].Level; level < 0 || level > Disabled {
			problems = append(problems, fmt.Sprintf("policy %q has the level %d, which does not exist", id, level))
		}
		known := slices.ContainsFunc(p.policies, func(c *compiled) bool { return c.ID == id })
		if names := slices.Sorted(maps.Keys(settings[id].Properties)); id == "all" && len(names) > 0 {
			problems = append(problems, fmt.Sprintf("%q sets a level and nothing else; given: %s", id, strings.Join(names, ", ")))
		}
		if id != "all" && !known {
			problems = append(problems, fmt.Sprintf("there is no policy %q%s", id, didYouMean(id, p.ids())))
		}
	}
	initial := p.spec.Initial
	for _, c := range p.policies {
		level := cmp.Or(settings[c.ID].Level, settings["all"].Level,
			initial[c.ID].Level, initial["all"].Level, c.Level, p.spec.Level)
		properties := maps.Clone(initial[c.ID].Properties)
		if properties == nil {
			properties = map[string]any{}
		}
		maps.Copy(properties, settings[c.ID].Properties)
		config, wrong := c.configure(properties)
		all = append(all, configured{level, config})
		for _, problem := range wrong {
			problems = append(problems, fmt.Sprintf("policy %q: %s", c.ID, problem))
		}
	}
	return all, problems
}

// configure is the policy's Config with the properties applied.
func (c *compiled) configure(properties map[string]any) (config any, problems []string) {
	if c.settings == nil {
		if len(properties) > 0 {
			names := strings.Join(slices.Sorted(maps.Keys(properties)), ", ")
			problems = append(problems, "it has no settings but its enforcement level; given: "+names)
		}
		return c.Config, problems
	}
	encoded, err := wire.Encode(properties)
	if err != nil {
		return c.Config, []string{err.Error()}
	}
	target := reflect.New(reflect.TypeOf(c.Config)).Elem()
	target.Set(reflect.ValueOf(c.Config))
	reader := settingsReader{}
	reader.read(target, encoded.AsInterface(), c.settings, nil)
	return target.Interface(), reader.problems
}

func (p *Pack) ids() []string {
	ids := make([]string, len(p.policies))
	for i, c := range p.policies {
		ids[i] = c.ID
	}
	return ids
}

// didYouMean suggests the name nearest to one that does not exist.
func didYouMean(name string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	nearest := slices.MinFunc(names, func(a, b string) int {
		return levenshtein.Distance(a, name, nil) - levenshtein.Distance(b, name, nil)
	})
	return fmt.Sprintf("; did you mean %q?", nearest)
}

// settingsReader fills settings from plain JSON values and collects what is wrong with them. It does not quote strings:
// what is meant to be a setting may be a secret.
type settingsReader struct{ problems []string }

func (s *settingsReader) reject(path []string, format string, args ...any) {
	s.problems = append(s.problems, strings.Join(path, ".")+" "+fmt.Sprintf(format, args...))
}

// read fills target from given. Fields of structs that are not given are left; slices and maps are replaced.
func (s *settingsReader) read(target reflect.Value, given any, shape *settingShape, path []string) {
	switch {
	case shape.fields != nil:
		if object, ok := given.(map[string]any); ok {
			s.object(target, object, shape, path)
			return
		}
	case shape.kind == "object":
		if object, ok := given.(map[string]any); ok {
			target.Set(reflect.MakeMapWithSize(target.Type(), len(object)))
			for _, key := range slices.Sorted(maps.Keys(object)) {
				elem := reflect.New(target.Type().Elem()).Elem()
				s.read(elem, object[key], shape.elem, at(path, key))
				target.SetMapIndex(reflect.ValueOf(key).Convert(target.Type().Key()), elem)
			}
			return
		}
	case shape.kind == "array":
		if list, ok := given.([]any); ok {
			target.Set(reflect.MakeSlice(target.Type(), len(list), len(list)))
			for i, item := range list {
				s.read(target.Index(i), item, shape.elem, at(path, strconv.Itoa(i)))
			}
			return
		}
	default:
		if s.scalar(target, given, shape, path) {
			return
		}
	}
	s.reject(path, "is %s where the policy expects %s", kindOf(given), expected[shape.kind])
}

// expected names the kinds of JSON schema as wire.Kind names those of properties.
var expected = map[string]string{
	"string": "a string", "boolean": "a boolean", "integer": "a whole number", "number": "a number",
	"array": "a list", "object": "an object",
}

// kindOf names the kind of a plain JSON value.
func kindOf(given any) string {
	v, _ := wire.Encode(given) // it was encoded before
	return wire.Open(v).Kind.String()
}

// at is a step on from path; it shares nothing with other steps.
func at(path []string, step string) []string { return append(slices.Clip(path), step) }

func (s *settingsReader) object(target reflect.Value, given map[string]any, shape *settingShape, path []string) {
	var names []string
	for _, f := range shape.fields {
		names = append(names, f.name)
		if value, ok := given[f.name]; ok {
			s.read(target.Field(f.index), value, f.shape, at(path, f.name))
		} else if f.required {
			s.reject(at(path, f.name), "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if shape.field(name) == nil {
			s.reject(at(path, name), "is not a setting%s", didYouMean(name, names))
		}
	}
}

// scalar reads a string, boolean or number. It reports false if given is of another kind.
func (s *settingsReader) scalar(target reflect.Value, given any, shape *settingShape, path []string) bool {
	switch value := given.(type) {
	case string:
		if shape.kind != "string" {
			return false
		}
		target.SetString(value)
		s.within(float64(utf8.RuneCountInString(value)), " characters long", shape, path)
		if shape.enum != nil && !slices.Contains(shape.enum, value) {
			s.reject(path, "must be one of: %s", strings.Join(shape.enum, ", "))
		}
	case bool:
		if shape.kind != "boolean" {
			return false
		}
		target.SetBool(value)
	case float64: // finite: protobuf turns what is not into strings
		return s.number(target, value, shape, path)
	default:
		return false
	}
	return true
}

func (s *settingsReader) number(target reflect.Value, value float64, shape *settingShape, path []string) bool {
	switch {
	case shape.kind == "number":
		target.SetFloat(value)
	// 2^53 bounds the whole numbers that a JSON number holds exactly.
	case shape.kind == "integer" && value == math.Trunc(value) && math.Abs(value) <= 1<<53:
		target.SetInt(int64(value))
	default:
		return false
	}
	s.within(value, "", shape, path)
	return true
}

// within checks a number, or the length of a string, against the setting's limits.
func (s *settingsReader) within(value float64, unit string, shape *settingShape, path []string) {
	if shape.min != nil && value < *shape.min {
		s.reject(path, "is %v%s, but must be at least %v", value, unit, *shape.min)
	}
	if shape.max != nil && value > *shape.max {
		s.reject(path, "is %v%s, but must be at most %v", value, unit, *shape.max)
	}
}
