package wire

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/sig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"
)

// signed is an object with a signature, as the engine sends special values.
func signed(signature any, fields map[string]any) map[string]any {
	object := map[string]any{sig.Key: signature}
	for key, value := range fields {
		object[key] = value
	}
	return object
}

func open(t *testing.T, v any) Value {
	t.Helper()
	encoded, err := Encode(v)
	require.NoError(t, err)
	return Open(encoded)
}

func TestOpen(t *testing.T) {
	t.Parallel()
	type fields = map[string]any
	output := func(f fields) any { return signed(sig.OutputValue, f) }
	reference := func(f fields) any { return signed(sig.ResourceReference, f) }
	tests := []struct {
		name    string
		value   any
		kind    Kind
		text    string
		unknown string
		secret  bool
	}{
		{"null", nil, Absent, "", "", false},
		{"bool", true, Bool, "", "", false},
		{"number", 1.5, Number, "", "", false},
		{"string", "a", String, "a", "", false},
		{"list", []any{1}, List, "", "", false},
		{"object", fields{"a": 1}, Object, "", "", false},
		{"unknown", NotKnown{}, Unknown, "", "string", false},
		{"unknown number", "3eeb2bf0-c639-47a8-9e75-3b44932eb421", Unknown, "", "number", false},
		{"some UUID", "00000000-c639-47a8-9e75-3b44932eb421", String, "00000000-c639-47a8-9e75-3b44932eb421", "", false},
		{"secret", Secret{"a"}, String, "a", "", true},
		{"secret unknown", Secret{NotKnown{}}, Unknown, "", "string", true},
		{"secret secret", Secret{Secret{1}}, Number, "", "", true},
		{"secret of nothing", signed(sig.Secret, nil), Malformed, "", "", true},
		{"output", output(fields{"value": "a", "dependencies": []any{"urn"}}), String, "a", "", false},
		{"secret output", output(fields{"value": "a", "secret": true}), String, "a", "", true},
		{"output not known", output(nil), Unknown, "", "string", false},
		{"secret output of a secret", output(fields{"value": Secret{"a"}}), String, "a", "", true},
		{"asset", signed(sig.AssetSig, fields{"text": "a"}), Asset, "", "", false},
		{"archive", Secret{signed(sig.ArchiveSig, fields{"path": "a"})}, Asset, "", "", true},
		{"bytes", signed(sig.ByteString, fields{"value": "/w=="}), String, "\xff", "", false},
		{"no bytes", signed(sig.ByteString, fields{"value": "!"}), Malformed, "", "", false},
		{"reference", reference(fields{"urn": "urn:a", "id": "i"}), String, "i", "", false},
		{"reference without id", reference(fields{"urn": "urn:a"}), String, "urn:a", "", false},
		{"reference to come", reference(fields{"urn": "urn:a", "id": ""}), Unknown, "", "string", false},
		{"reference with unknown id", reference(fields{"urn": "urn:a", "id": NotKnown{}}), Unknown, "", "string", false},
		{"strange signature", signed("strange", nil), Malformed, "", "", false},
		{"signature of a strange kind", signed(1, nil), Malformed, "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := open(t, tt.value)
			assert.Equal(t, tt.kind, v.Kind, v.Kind.String())
			assert.Equal(t, tt.text, v.Text())
			assert.Equal(t, tt.unknown, v.UnknownType)
			assert.Equal(t, tt.secret, v.Secret)
		})
	}
	assert.Equal(t, Absent, Open(nil).Kind)
	assert.Equal(t, Absent, Open(&structpb.Value{}).Kind)
}

func TestAccessors(t *testing.T) {
	t.Parallel()
	assert.True(t, open(t, true).Bool())
	assert.InDelta(t, 1.5, open(t, 1.5).Number(), 0)
	assert.Len(t, open(t, []any{1, 2}).Items(), 2)
	assert.Len(t, open(t, Secret{map[string]any{"a": 1}}).Fields(), 1)
	assert.Nil(t, open(t, signed(sig.AssetSig, nil)).Fields(), "an asset's parts are no properties")
	assert.Nil(t, open(t, "a").Object())
	assert.Zero(t, open(t, "a").Number())
	assert.False(t, open(t, "a").Bool())
	assert.Empty(t, open(t, "a").Items())
}

func TestEncode(t *testing.T) {
	t.Parallel()
	type level int8
	encoded, err := Encode(map[string]any{
		"a": []string{"x"}, "b": map[string]int{"y": 1}, "c": level(3), "d": float32(0.5), "e": [1]bool{true}, "f": nil,
		"g": structpb.NewStringValue("as is"),
	})
	require.NoError(t, err)
	got, err := json.Marshal(encoded.AsInterface())
	require.NoError(t, err)
	assert.JSONEq(t, `{"a":["x"],"b":{"y":1},"c":3,"d":0.5,"e":[true],"f":null,"g":"as is"}`, string(got))
}

func TestEncodeRefusesWhatIsNoProperty(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]any{
		"a property value cannot be of the Go type func()":                                       func() {},
		"[1]: a property value cannot be of the Go type chan int":                                []any{1, make(chan int)},
		"k: [0]: a property value cannot be of the Go type struct {}":                            map[string]any{"k": []any{struct{}{}}},
		"a property map cannot be of the Go type map[int]string: its keys must be strings":       map[int]string{1: "a"},
		"a property value cannot be of the Go type *int":                                         new(int),
		"secret: a property map cannot be of the Go type map[bool]int: its keys must be strings": map[string]any{"secret": Secret{map[bool]int{}}},
		"inner: a property value cannot be of the Go type complex128":                            map[string]any{"inner": complex(1, 1)},
	} {
		_, err := Encode(v)
		assert.EqualError(t, err, want)
	}
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	v := open(t, map[string]any{
		"plain": "a", "one": Secret{"b"}, "all": Secret{map[string]any{"x": []any{"c", 4, true, nil}}}, "list": []any{Secret{5.5}, "d"},
		"unknown": Secret{NotKnown{}},
	})
	var found []string
	var keys []string
	Secrets(v.Fields(), func(s string) { found = append(found, s) }, func(key string) { keys = append(keys, key) })
	assert.Equal(t, []string{"x"}, keys)
	assert.ElementsMatch(t, []string{"b", "c", "4", "4", "5.5", "5.5"}, found)
	assert.True(t, v.HoldsSecret())
	assert.True(t, open(t, []any{[]any{Secret{1}}}).HoldsSecret())
	assert.False(t, open(t, map[string]any{"a": []any{1}}).HoldsSecret())
}

func TestKindsHaveNames(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "nothing", Absent.String())
	assert.Equal(t, "malformed", Malformed.String())
}
