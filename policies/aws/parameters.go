package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// parameterGroup is one of a database, with parameters by name.
type parameterGroup struct {
	Family     policy.Value[string]           `pulumi:"family"`
	Parameters policy.List[databaseParameter] `pulumi:"parameters"`
}

type databaseParameter struct {
	Name  policy.Value[string] `pulumi:"name"`
	Value policy.Value[string] `pulumi:"value"`
}

// value is that of the parameter, in lower case, or def if the group does not set it.
func (g parameterGroup) value(name, def string) string {
	value := def
	g.Parameters.Any(func(p databaseParameter) bool {
		if p.Name.Get() != name {
			return false
		}
		value = strings.ToLower(p.Value.Get())
		return true
	})
	return value
}
