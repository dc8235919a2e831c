package gcp

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/apimodel"
)

// api is Google Cloud's model of its API, and how its services refuse what the model does not allow.
var api = &simulator.API{Model: apimodel.Google, Refusal: refusal}

// refused returns a service's error as the provider shows it, named by the error's reason: "invalid: Error 400: Invalid
// value for field …, invalid". Sources of the messages: hashicorp/terraform issue 20884 (patterns),
// googleapis/google-api-ruby-client issue 754 (what is missing), hashicorp/terraform-provider-google issue 684
// (enumerations, of which Compute Engine's words are not known).
func refused(status int, reason, message string) string {
	return fmt.Sprintf("%s: Error %d: %s, %s", reason, status, message, reason)
}

// badField returns Compute Engine's error for a value of a resource's field.
func badField(field, value, why string) string {
	return refused(400, "invalid", fmt.Sprintf("Invalid value for field 'resource.%s': '%s'. %s", field, value, why))
}

// refusal is the service's error. Compute Engine calls the body of a request "resource".
func refusal(v apimodel.Violation) string {
	service, _, _ := strings.Cut(v.Operation, "/")
	switch {
	case v.Breach == apimodel.Missing:
		return refused(400, "required", fmt.Sprintf("Required field 'resource.%s' not specified", v.Parameter))
	case service == "compute":
		return badField(v.Parameter, v.Value, demand(v))
	case v.Breach == apimodel.NotInEnum:
		return refused(400, "badRequest", fmt.Sprintf("Invalid value at '%s' (TYPE_ENUM), %q", snake(v.Parameter), v.Value))
	default:
		return refused(400, "badRequest", fmt.Sprintf("Invalid value at '%s', %q: %s", snake(v.Parameter), v.Value, demand(v)))
	}
}

// snake puts a path into the form that the newer services give it: settings.availability_type.
func snake(path string) string {
	return strings.ToLower(capital.ReplaceAllString(path, "_$0"))
}

var capital = regexp.MustCompile(`[A-Z]`)

// demand is what a field must. Only the words for patterns are the service's own.
func demand(v apimodel.Violation) string {
	switch v.Breach {
	case apimodel.NotInPattern:
		return fmt.Sprintf("Must be a match of regex '%s'", v.Shape.Pattern)
	case apimodel.NotInEnum:
		return "Must be one of " + strings.Join(v.Shape.Enum, ", ")
	case apimodel.TooLow, apimodel.TooShort, apimodel.TooFew:
		return fmt.Sprintf("Must be at least %v", *v.Shape.Min)
	default:
		return fmt.Sprintf("Must be at most %v", *v.Shape.Max)
	}
}
