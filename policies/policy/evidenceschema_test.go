package policy

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the schema of evidence anew")

const schemaFile = "../../docs/reference/evidence.schema.json"

// TestEvidenceSchema compares the published schema with the types.
func TestEvidenceSchema(t *testing.T) {
	t.Parallel()
	text, err := json.MarshalIndent(evidenceSchema(t), "", "  ")
	require.NoError(t, err)
	text = append(text, '\n')
	if *update {
		require.NoError(t, os.WriteFile(schemaFile, text, 0o600))
	}
	published, err := os.ReadFile(schemaFile)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(published), "run this test with -update")
}

// evidenceSchema is the JSON Schema of Evidence: its properties from the types, their descriptions from the comments.
func evidenceSchema(t *testing.T) map[string]any {
	m := schemaMaker{t: t, docs: fieldDocs(t, "evidence.go", "exemption.go"), defs: map[string]any{}}
	schema := m.object(reflect.TypeFor[Evidence]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "Evidence of a policy pack"
	schema["description"] = "What a policy pack found in one preview or update. Readers must bear properties that are not in here."
	schema["$defs"] = m.defs
	return schema
}

type schemaMaker struct {
	t    *testing.T
	docs map[string]string // by "Type.Field"
	defs map[string]any
}

// values are those that a property can have, where they are few.
var values = map[string][]any{
	"Evidence.Version":            {EvidenceVersion},
	"Evidence.Operation":          {"preview", "update"},
	"EvidencePolicyInfo.Severity": names(Low, Critical),
	"EvidencePolicyInfo.Level":    names(Advisory, Disabled),
	"EvidenceResult.Outcome":      names(NotApplicable, Errored),
}

func names[E interface {
	~int
	String() string
}](from, to E) (all []any) {
	for e := from; e <= to; e++ {
		all = append(all, e.String())
	}
	return all
}

func (m schemaMaker) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []any{}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		owner := t
		if len(f.Index) > 1 {
			owner = t.FieldByIndex(f.Index[:1]).Type
		}
		at := owner.Name() + "." + f.Name
		property := m.of(f.Type)
		property["description"] = m.docs[at]
		require.NotEmpty(m.t, m.docs[at], at)
		if all, few := values[at]; few {
			property["enum"] = all
		}
		properties[name] = property
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required}
}

func (m schemaMaker) of(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case t.Kind() == reflect.Pointer:
		return m.of(t.Elem())
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": m.of(t.Elem())}
	case t.Kind() == reflect.Struct:
		if m.defs[t.Name()] == nil {
			m.defs[t.Name()] = m.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	}
	kinds := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer"}
	require.Contains(m.t, kinds, t.Kind())
	return map[string]any{"type": kinds[t.Kind()]}
}

// fieldDocs are the comments of the fields of all structs in the files, as "Type.Field".
func fieldDocs(t *testing.T, files ...string) map[string]string {
	docs := map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if object, ok := spec.Type.(*ast.StructType); ok {
				for _, field := range object.Fields.List {
					for _, name := range field.Names {
						docs[spec.Name.Name+"."+name.Name] = strings.Join(strings.Fields(field.Doc.Text()), " ")
					}
				}
			}
			return true
		})
	}
	return docs
}

// TestEvidenceMeetsItsSchema holds files of every outcome, and what is not evidence, against the published schema.
func TestEvidenceMeetsItsSchema(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(schemaFile)
	require.NoError(t, err)
	var schema map[string]any
	require.NoError(t, json.Unmarshal(text, &schema))
	full, err := os.ReadFile(fileOfEveryOutcome(t))
	require.NoError(t, err)
	assert.Empty(t, violates(schema, full))
	_, empty := serverOf(t, Advisory, failing("p")).keptNothing(t)
	assert.Empty(t, violates(schema, empty))

	for _, test := range []struct{ old, replaced, want string }{
		{`"version": 1`, `"version": 2`, "version: is not one of [1]"},
		{`"outcome": "failed"`, `"outcome": "bad"`, "outcome: is not one of [not applicable passed exempted undetermined failed errored]"},
		{`"complete": true`, `"complete": "yes"`, "complete: is no boolean"},
		{`"pack": `, `"pac": `, "pack: is missing"},
		{`"started": "20`, `"started": "on the 20`, "started: is no time"},
		{`"used": 1`, `"used": 1.5`, "used: is no integer"},
		{`"severity": "high"`, `"severity": ["high"]`, "severity: is no string"},
		{`"owner": "ann"`, `"owners": "ann"`, "owners: is not known"},
	} {
		require.Contains(t, string(full), test.old)
		assert.Contains(t, strings.Join(violates(schema, []byte(strings.Replace(string(full), test.old, test.replaced, 1))), "\n"), test.want)
	}
}

// keptNothing is evidence of an operation without resources.
func (s *server) keptNothing(t *testing.T) (*server, []byte) {
	s, folder := s.keeping(t, true)
	s.analyzedStack(t)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	text, err := os.ReadFile(files[0])
	require.NoError(t, err)
	return s, text
}

// violates lists where a JSON text does not meet a schema, of which it knows the part that evidenceSchema uses. Unlike
// JSON Schema, it takes no properties that are not in the schema.
func violates(schema map[string]any, text []byte) (problems []string) {
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		return []string{err.Error()}
	}
	var check func(at string, s map[string]any, v any)
	check = func(at string, s map[string]any, v any) {
		reject := func(format string, args ...any) { problems = append(problems, at+": "+fmt.Sprintf(format, args...)) }
		if ref, ok := s["$ref"].(string); ok {
			s = schema["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
		}
		if all, ok := s["enum"].([]any); ok && !slices.Contains(all, v) {
			reject("is not one of %v", all)
		}
		kind := s["type"].(string)
		ok := false
		switch v := v.(type) {
		case string:
			ok = kind == "string"
			if _, err := time.Parse(time.RFC3339, v); ok && s["format"] == "date-time" && err != nil {
				reject("is no time")
			}
		case bool:
			ok = kind == "boolean"
		case float64:
			ok = kind == "integer" && v == float64(int(v))
		case []any:
			if ok = kind == "array"; ok {
				for i, item := range v {
					check(fmt.Sprintf("%s.%d", at, i), s["items"].(map[string]any), item)
				}
			}
		case map[string]any:
			if ok = kind == "object"; !ok {
				break
			}
			properties := s["properties"].(map[string]any)
			for _, name := range s["required"].([]any) {
				if _, there := v[name.(string)]; !there {
					problems = append(problems, at+"."+name.(string)+": is missing")
				}
			}
			for _, name := range slices.Sorted(maps.Keys(v)) {
				if properties[name] == nil {
					problems = append(problems, at+"."+name+": is not known")
					continue
				}
				check(at+"."+name, properties[name].(map[string]any), v[name])
			}
		}
		if !ok {
			reject("is no %s", kind)
		}
	}
	check("", schema, document)
	return problems
}
