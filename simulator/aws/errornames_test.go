package aws

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/apimodel"
)

// common are the error names that services give without listing them for each operation, from the "Common Errors" page
// of their API references.
var common = []string{"ValidationError", "ValidationException", "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter", "AccessDenied", "AccessDeniedException"}

// unlisted are error names that no model lists, each with where it is documented.
var unlisted = map[string]string{
	"Client.InternalError":   "EC2 Auto Scaling guide, Troubleshoot: the reason that a terminated instance gives",
	"DependencyViolation":    "EC2 API reference, Error codes: the model of EC2 lists none",
	"InvalidQueryParameter":  "EC2 API reference, Error codes",
	"VcpuLimitExceeded":      "EC2 API reference, Error codes: what launches instances gives it on",
	"UnsupportedCertificate": "ELB guides, Troubleshoot your Application Load Balancers",
}

// silent are services whose models list no errors, or a few of many: theirs are on the pages "Error codes" of EC2 and
// "Error responses" of S3.
var silent = []string{"ec2", "s3"}

// TestErrorNamesAreTheServices: the name of every error that a table gives is one that the API's model lists for the
// service.
func TestErrorNamesAreTheServices(t *testing.T) {
	t.Parallel()
	model, err := apimodel.AWS()
	require.NoError(t, err)
	var all []string
	for _, listed := range types() {
		all = append(all, errorsOf(t, model, listed)...)
	}
	for _, listed := range types() {
		known := append(errorsOf(t, model, listed), common...)
		entries, err := simulator.Cloud{Types: []*simulator.Type{listed}}.Constraints()
		require.NoError(t, err)
		for _, entry := range entries {
			name, _, named := strings.Cut(entry.Error, ": ")
			if entry.Stage == simulator.AtDelete.String() && slices.Contains(all, name) {
				continue // of the service of what the type refers to
			}
			if named && !strings.ContainsAny(name, " '%") && len(known) > len(common) && unlisted[name] == "" {
				assert.True(t, slices.Contains(known, name), "%s: %s is no error of %v", entry.ID, name, listed.API)
			}
		}
	}
}

// errorsOf returns all errors that the services of a type's operations list, for whatever operation.
func errorsOf(t *testing.T, model *apimodel.Model, listed *simulator.Type) []string {
	var names []string
	for _, operation := range listed.API {
		service, _, ok := model.Operation(operation)
		require.True(t, ok, operation)
		if name, _, _ := strings.Cut(operation, ":"); slices.Contains(silent, name) {
			return nil
		}
		for _, other := range service.Operations {
			names = append(names, other.Errors...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
