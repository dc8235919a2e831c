package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// given reports whether the program sets a property that AWS tells of in any case: as an output, it is empty where it is
// not set, and not known yet in a preview.
func given[T comparable](n *policy.Node, property string, value policy.Value[T]) bool {
	var empty T
	return !fromAnywhere(n, property) || value.Or(empty) != empty
}
