package simulator

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/apimodel"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// API is what a cloud says of itself: the model of its API, and how it refuses what the model does not allow.
type API struct {
	Model func() (*apimodel.Model, error) // opens the model
	// Refusal is the cloud's "ErrorName: text" for a value that the model does not allow.
	Refusal func(apimodel.Violation) string
}

// mapping says how the type's inputs are parameters of its operations.
func (t *Type) mapping() apimodel.Mapping {
	noun := t.Token[strings.LastIndex(t.Token, ":")+1:] // aws:backup/vault:Vault
	return apimodel.Mapping{Operations: t.API, Paths: t.Parameters, Noun: strings.TrimSuffix(noun, "V2")}
}

// ground refuses what the model of the cloud's API does not allow, where nothing else has refused the same value.
func (c *Call) ground(refused []Problem) {
	model := c.account.model
	if model == nil || c.Type == nil || len(c.Type.API) == 0 {
		return
	}
	said := map[string]bool{}
	for _, problem := range slices.Concat(refused, c.problems) {
		said[problem.Path] = true
	}
	for _, violation := range append(c.missing(model), model.Check(c.Type.mapping(), c.Inputs)...) {
		if !said[violation.Path] {
			c.Fail(violation.Path, "%s", c.account.cloud.API.Refusal(violation))
		}
	}
}

// missing returns the inputs without which the operation that makes the thing cannot be called, where the schema leaves
// them open and the provider does not fill them in: an output that is always there is one that it knows how to fill in.
func (c *Call) missing(model *apimodel.Model) []apimodel.Violation {
	mapping := c.Type.mapping()
	mapping.Operations = mapping.Operations[:1]
	s, operation, ok := model.Operation(mapping.Operations[0])
	if !ok || s.Shapes[operation.Input] == nil {
		return nil
	}
	required := s.Shapes[operation.Input].Required
	var found []apimodel.Violation
	for name, property := range c.Schema.Inputs {
		if property.Required || c.Schema.Outputs[name].Required || c.Given(name) {
			continue
		}
		_, _, path, shape, ok := model.Find(mapping, name)
		if ok && slices.Contains(required, path) && alike(property.Type.Kind, shape.Kind) {
			found = append(found, apimodel.Violation{
				Operation: mapping.Operations[0], Path: name, Parameter: path, Breach: apimodel.Missing, Shape: shape,
			})
		}
	}
	slices.SortFunc(found, func(a, b apimodel.Violation) int { return strings.Compare(a.Path, b.Path) })
	return found
}

// alike reports whether an input of a kind can be a parameter of a kind: of the same name may be something else.
func alike(input schema.Kind, parameter apimodel.Kind) bool {
	switch parameter {
	case apimodel.String:
		return input == schema.String || input == schema.OneOf
	case apimodel.Number:
		return input == schema.Integer || input == schema.Number
	case apimodel.Boolean:
		return input == schema.Boolean
	case apimodel.List, apimodel.Map, apimodel.Structure:
		return input == schema.Array || input == schema.Map || input == schema.Nested
	default:
		return false
	}
}

// trusted leaves out what only the documentation forbids, where the tables or the API's model know the input better.
func (c *Call) trusted(problems []Problem) []Problem {
	return slices.DeleteFunc(problems, func(problem Problem) bool {
		if !problem.Documented || c.Type == nil {
			return false
		}
		pattern := anyIndex.ReplaceAllString(problem.Path, "[*]")
		if _, ruled := c.Type.Rules[pattern]; ruled {
			return true
		}
		for _, group := range slices.Concat(c.Type.ExactlyOne, c.Type.AtMostOne) {
			if slices.Contains(group, pattern) {
				return true
			}
		}
		return c.account.model != nil && c.account.model.Knows(c.Type.mapping(), pattern)
	})
}

// fitsModel reports what the type says of the cloud's API that its model contradicts.
func (t *Type) fitsModel(model *apimodel.Model, known *schema.Resource) error {
	for _, name := range t.API {
		if _, _, ok := model.Operation(name); !ok {
			return fmt.Errorf("%s: the API has no operation %s", t.Token, name)
		}
	}
	for input, path := range t.Parameters {
		if _, ok := known.Inputs[firstStep(input)]; !ok {
			return fmt.Errorf("%s: the table names an input %q that the schema lacks", t.Token, input)
		}
		if path != "" && !t.hasParameter(model, path) {
			return fmt.Errorf("%s: none of %s has a parameter %s", t.Token, strings.Join(t.API, ", "), path)
		}
	}
	return nil
}

func (t *Type) hasParameter(model *apimodel.Model, path string) bool {
	return slices.ContainsFunc(t.API, func(name string) bool {
		s, operation, _ := model.Operation(name)
		_, ok := s.Parameter(operation, path)
		return ok
	})
}
