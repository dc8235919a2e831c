package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// fromAnywhere reports whether nothing is known of where the property's value comes from.
func fromAnywhere(n *policy.Node, property string) bool {
	return len(n.PropertyDependencies(property)) == 0
}

// given reports whether the program sets a property that AWS tells of in any case: as an output, it is empty where it is
// not set, and not known yet in a preview.
func given[T comparable](n *policy.Node, property string, value policy.Value[T]) bool {
	var empty T
	return !fromAnywhere(n, property) || value.Or(empty) != empty
}
