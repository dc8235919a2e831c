package main

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// TestLimits samples the reading of comments with phrases from the SDKs, those that must not be read included. Want is
// in the archives' notation.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		kind      schema.Kind
		doc, want string
	}{
		{schema.String, "", ""},
		{schema.String, "The name of the thing.", ""},
		{schema.String, "Valid values: `on`, `off`. Default: `off`.", " one:on|off"},
		{schema.String, "Possible values are `application`, `gateway`, or `network`. The default value is `application`.",
			" one:application|gateway|network"},
		{schema.String, "The time frame of the alert. Either `5m`, `10m`, `30m`, or `1h`.", " one:5m|10m|30m|1h"},
		{schema.String, "Valid values are `STANDARD` and `EXPRESS`, more may come.", ""},
		{schema.String, "Supported values include: `STANDARD`, `ARCHIVE`.", ""},
		{schema.String, "If `mode` is `a`, valid values are `b` and `c`.", ""},
		{schema.String, "Valid values for HTTP are `a` and `b`.", ""},
		{schema.String, "Valid values are `a` and `b`. Valid values are `c` and `d`.", ""},
		{schema.String, "Valid values are `a` and `b`. Default is `c`.", ""},
		{schema.String, "Valid values are `a` and `b`. Defaults to `a`.", " one:a|b"},
		{schema.String, "An ARN is taken too. Valid values are `a` and `b`.", ""},
		{schema.String, "Valid values are `a*` and `b`.", ""},
		{schema.String, "Must be one of `latency`, `down`, `downGlobal` or `sslExpiry`.", ""},
		{schema.String, "This field can be either `PRIVATE_RFC_1918` or `PRIVATE_NAT`.", ""},
		{schema.String, "What it holds.\n* `part` - Valid values are `a` and `b`.", ""},
		{schema.Array, "Possible values are `a` and `b`.", ""},
		{schema.Integer, "Must be between 0 and 255.", " range:0..255"},
		{schema.Integer, "Valid values between 60 and 21600.", " range:60..21600"},
		{schema.Integer, "Allowed values are in the range of 4 to 120 (inclusive). The default value is 30 minutes.", " range:4..120"},
		{schema.Integer, "Must be between `1` and `35`. Use 0 to switch it off.", ""},
		{schema.Integer, "Must be between 30 and 900 seconds. The default is 0.", ""},
		{schema.Integer, "Must be between 1 and 10. Can be disabled.", ""},
		{schema.Integer, "The minimum value is 5.", " range:5.."},
		{schema.Integer, "Maximum value of 10.", " range:..10"},
		{schema.Integer, "Minimum value of 5. Maximum value of 1.", ""},
		{schema.Number, "Valid values are between 0.05 and 1.", " range:0.05..1"},
		{schema.Integer, "Possible values are: 1, 3, 5, and 0.", ""},
		{schema.String, "Must be between 3 and 63 characters.", ""},
		{schema.String, "Conflicts with `name`.", " not:name"},
		{schema.String, "Conflicts with `name` and `other`.", " not:name|other"},
		{schema.String, "Conflicts with `name` when `other` is set.", ""},
		{schema.Boolean, "Conflicts with `name`, `other`, and `third`. Defaults to `false`.", " not:name|other|third"},
	} {
		property := schema.Property{Type: schema.Type{Kind: schema.Any}, Limits: limits(test.kind, test.doc)}
		text, err := property.MarshalText()
		assert.NoError(t, err)
		assert.Equal(t, "any"+test.want, string(text), test.doc)
	}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	object := schema.Object{
		"a": {Limits: &schema.Limits{Conflicts: []string{"a", "b", "gone"}}},
		"b": {Limits: &schema.Limits{Conflicts: []string{"gone"}}},
	}
	settle(object)
	assert.Equal(t, []string{"b"}, object["a"].Limits.Conflicts)
	assert.Nil(t, object["b"].Limits)
}
