package apimodel

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/internal/archive"
)

const demo = `{
	"operations": {"CreateVault": {"input": "In", "errors": ["VaultTaken"]}, "LockVault": {"input": "Lock"}},
	"shapes": {
		"In": {"kind": "structure", "required": ["VaultName"], "members": {
			"VaultName": "Name", "Password": "Password", "Tags": "TagList", "Attributes": "Attributes", "Rules": "Rules", "Size": "Size",
			"Origins": "Origins", "Mode": "Mode", "Created": "Other"}},
		"Lock": {"kind": "structure", "members": {"MinDays": "Size", "Rule": "Rule"}},
		"Name": {"kind": "string", "pattern": "^[a-z]+$", "min": 2, "max": 5},
		"Password": {"kind": "string", "sensitive": true, "min": 8},
		"TagList": {"kind": "list", "elem": "Tag", "max": 2},
		"Tag": {"kind": "structure", "members": {"Key": "Name", "Value": "Mode"}},
		"Attributes": {"kind": "map", "key": "Name", "elem": "Mode", "min": 2},
		"Rules": {"kind": "list", "elem": "Rule", "max": 1},
		"Rule": {"kind": "structure", "members": {"RuleName": "Name", "Target": "Target"}},
		"Target": {"kind": "structure", "members": {"Size": "Size"}},
		"Origins": {"kind": "structure", "members": {"Quantity": "Size", "Items": "Names"}},
		"Names": {"kind": "list", "elem": "Name", "min": 2},
		"Size": {"kind": "number", "min": 1, "max": 9},
		"Mode": {"kind": "string", "enum": ["ON", "OFF"]},
		"Other": {"kind": "other"}
	}
}`

func demoModel(t testing.TB) *Model {
	t.Helper()
	packed, err := archive.Pack(map[string]string{"demo": demo, VersionFile: "v1\n", "broken": "{"})
	require.NoError(t, err)
	m, err := Open(packed)
	require.NoError(t, err)
	return m
}

var vault = Mapping{
	Operations: []string{"demo:CreateVault", "demo:LockVault"}, Noun: "Vault",
	Paths: map[string]string{"days": "MinDays", "mode": "", "rules[*].depth": "Rules.Target.Size", "rules[*].ruleName": ""},
}

func TestCheck(t *testing.T) {
	t.Parallel()
	type found struct {
		path, parameter string
		breach          Breach
		value           string
	}
	m := demoModel(t)
	for name, test := range map[string]struct {
		inputs map[string]any
		want   []found
	}{
		"allowed":             {map[string]any{"name": "abc", "size": 9, "tags": map[string]any{"ab": "ON"}, "created": "x"}, nil},
		"by the noun's name":  {map[string]any{"name": "ABC"}, []found{{"name", "VaultName", NotInPattern, "ABC"}}},
		"in other capitals":   {map[string]any{"VAULTname": "a"}, []found{{"VAULTname", "VaultName", TooShort, "a"}}},
		"too long":            {map[string]any{"name": "abcdef"}, []found{{"name", "VaultName", TooLong, "abcdef"}}},
		"sensitive":           {map[string]any{"password": "short"}, []found{{"password", "Password", TooShort, ""}}},
		"number too low":      {map[string]any{"size": -1}, []found{{"size", "Size", TooLow, "-1"}}},
		"number too high":     {map[string]any{"size": 10}, []found{{"size", "Size", TooHigh, "10"}}},
		"zero is absent":      {map[string]any{"size": 0, "name": "", "rules": []any{}}, nil},
		"in the second":       {map[string]any{"days": 10}, []found{{"days", "MinDays", TooHigh, "10"}}},
		"no parameter":        {map[string]any{"mode": "MAYBE", "unheard": "of"}, nil},
		"too many tags":       {map[string]any{"tags": map[string]any{"aa": "ON", "bb": "ON", "cc": "ON"}}, []found{{"tags", "Tags", TooMany, ""}}},
		"a tag":               {map[string]any{"tags": map[string]any{"A": "NO"}}, []found{{`tags["A"]`, "Tags", TooShort, "A"}, {`tags["A"]`, "Tags", NotInEnum, "NO"}}},
		"too few attributes":  {map[string]any{"attributes": map[string]any{"ab": "ON"}}, []found{{"attributes", "Attributes", TooFew, ""}}},
		"one for several":     {map[string]any{"rules": map[string]any{"target": map[string]any{"size": 12}}}, []found{{"rules.target.size", "Rules.Target.Size", TooHigh, "12"}}},
		"moved by its path":   {map[string]any{"rules": []any{map[string]any{"depth": 12}}}, []found{{"rules[0].depth", "Rules.Target.Size", TooHigh, "12"}}},
		"left out by path":    {map[string]any{"rules": []any{map[string]any{"ruleName": "A"}}}, nil},
		"too many rules":      {map[string]any{"rules": []any{map[string]any{}, map[string]any{}}}, []found{{"rules", "Rules", TooMany, ""}}},
		"a list in structure": {map[string]any{"origins": []any{"A"}}, []found{{"origins", "Origins", TooFew, ""}, {"origins[0]", "Origins", TooShort, "A"}}},
		"unknown":             {map[string]any{"name": resource.Computed{Element: resource.NewStringProperty("")}}, nil},
		"secret":              {map[string]any{"name": resource.MakeSecret(resource.NewStringProperty("A1"))}, []found{{"name", "VaultName", NotInPattern, "A1"}}},
		"of another kind":     {map[string]any{"name": 7, "size": "9", "tags": "x"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []found
			for _, v := range m.Check(vault, resource.NewPropertyMapFromMap(test.inputs)) {
				assert.NotEmpty(t, v.Operation)
				got = append(got, found{v.Path, v.Parameter, v.Breach, v.Value})
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestModel(t *testing.T) {
	t.Parallel()
	m := demoModel(t)
	assert.Equal(t, "v1", m.Version)
	for _, name := range []string{"none", "broken", "none"} {
		_, ok := m.Service(name)
		assert.False(t, ok, name)
	}
	_, _, ok := m.Operation("demo:DeleteVault")
	assert.False(t, ok)
	s, create, ok := m.Operation("demo:CreateVault")
	require.True(t, ok)
	assert.Equal(t, []string{"VaultTaken"}, create.Errors)
	size, ok := s.Parameter(create, "Rules.Target.Size")
	require.True(t, ok)
	assert.Equal(t, Number, size.Kind)
	for _, path := range []string{"Rules.Nothing.Size", "Size.More", ""} {
		_, ok = s.Parameter(create, path)
		assert.False(t, ok, path)
	}
	_, err := Open([]byte("no archive"))
	require.Error(t, err)
}

func TestKnows(t *testing.T) {
	t.Parallel()
	m := demoModel(t)
	for pattern, want := range map[string]bool{
		"name": true, "tags": true, "created": false, "rules[*].target.size": true, "rules[*].target": false, "unheard": false,
		"rules[*].unheard.of": false, "created.more": false, "mode": false,
	} {
		assert.Equal(t, want, m.Knows(vault, pattern), pattern)
	}
}

// TestEmbedded looks into the models for facts that were read in the originals by hand, and compiles every pattern.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	aws, err := AWS()
	require.NoError(t, err)
	s, create, ok := aws.Operation("backup:CreateBackupVault")
	require.True(t, ok)
	assert.Contains(t, create.Errors, "AlreadyExistsException")
	name, ok := s.Parameter(create, "BackupVaultName")
	require.True(t, ok)
	assert.Equal(t, `^[a-zA-Z0-9\-\_]{2,50}$`, name.Pattern)
	google, err := Google()
	require.NoError(t, err)
	s, insert, ok := google.Operation("compute/v1:networks.insert")
	require.True(t, ok)
	network, ok := s.Parameter(insert, "name")
	require.True(t, ok)
	assert.Equal(t, `[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?`, network.Pattern)
	for _, model := range []*Model{aws, google} {
		for _, file := range model.archive.File {
			service, ok := model.Service(file.Name)
			require.Equal(t, file.Name != VersionFile, ok, file.Name)
			if ok {
				patterns(t, service)
			}
		}
	}
}

func patterns(t *testing.T, service *Service) {
	for name, shape := range service.Shapes {
		assert.NotPanics(t, func() { whole(shape.Pattern) }, name)
		assert.Len(t, shape.folded, len(shape.Members), "%s: members that differ in capitals only", name)
		encoded, err := json.Marshal(shape)
		require.NoError(t, err)
		assert.NotContains(t, string(encoded), "<p>", "%s: no prose", name)
	}
}
