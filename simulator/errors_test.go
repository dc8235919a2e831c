package simulator

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestErrorNames(t *testing.T) {
	t.Parallel()
	for refusal, want := range map[string]Problem{
		"InvalidSubnet.Range: The CIDR is invalid.": {Code: "InvalidSubnet.Range", Text: "The CIDR is invalid."},
		"notFound: Error 404: it is not there":      {Code: "notFound", Text: "Error 404: it is not there"},
		"resourceInUseByAnotherResource: it is":     {Code: "resourceInUseByAnotherResource", Text: "it is"},
		"unprocessable_entity: no":                  {Code: "unprocessable_entity", Text: "no"},
		"invalid: no":                               {Code: "invalid", Text: "no"},
		"name: is too long":                         {Text: "name: is too long"},
		"exactly one of a, b is needed: none is":    {Text: "exactly one of a, b is needed: none is"},
		"Error 404: it is not there":                {Text: "Error 404: it is not there"},
		"there is no region x: did you mean y?":     {Text: "there is no region x: did you mean y?"},
		"10.0.0.0/8: is no subnet":                  {Text: "10.0.0.0/8: is no subnet"},
		"_: no":                                     {Text: "_: no"},
		"a_: no":                                    {Text: "a_: no"},
		"":                                          {},
	} {
		assert.Equal(t, want, problem("", refusal))
	}
}
