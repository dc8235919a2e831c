package componenttest

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Outputs holds that a component registers each of its fields with a pulumi tag as the output of that name, and nothing
// else, and that every field has a value. What is no pulumi.Output but plain, it need only register.
func Outputs(t require.TestingT, component any, registered pulumi.Map) {
	fields := reflect.ValueOf(component).Elem()
	tagged := 0
	for i := range fields.NumField() {
		name := fields.Type().Field(i).Tag.Get("pulumi")
		if name == "" {
			continue
		}
		tagged++
		if !assert.Contains(t, registered, name) {
			continue
		}
		if output, ok := fields.Field(i).Interface().(pulumi.Output); ok {
			assert.False(t, fields.Field(i).IsZero(), "%s has a value", name)
			assert.True(t, any(output) == any(registered[name]), "%s is the field of that name", name)
		}
	}
	assert.Len(t, registered, tagged, "every output is a field")
}
