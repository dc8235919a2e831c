package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// firstOf is the URN that is first of those of the resources, whose own order is another in every run; or "".
func firstOf[T any](resources policy.Resources[T]) string {
	first := ""
	for _, r := range resources.Get() {
		if first == "" || r.URN() < first {
			first = r.URN()
		}
	}
	return first
}
