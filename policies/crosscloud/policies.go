// Package crosscloud holds the policies that are about any cloud, or about none: on resources of every type, on the
// programs that make them, and on the stack. There is one policy in each file, named after its id, with an example of what
// is bad and of what is good; the tests of special cases are beside it.
//
// Resource types and property names are those of pulumi-aws v6, pulumi-azure-native v2, pulumi-gcp v7 and
// pulumi-digitalocean v4; a test compares them with their schemas. The ids of peers are those of checkov 03d5fda
// (docs/5.Policy Index) and trivy-checks 80e5382 (checks/cloud).
package crosscloud

import "github.com/holdfast-iac/holdfast/policies/policy"

// All is every policy of this package, in the order of their IDs.
func All() []policy.Policy {
	return []policy.Policy{
		ChangesNotIgnored,
		DataKeptUntilReplaced,
		DataProtected,
		ImagesFromRegistries,
		ImagesPinned,
		KeysShortLived,
		ProvidersShortLived,
		ProvidersVerify,
		RegionsAllowed,
		ScriptsFetchedEncrypted,
		SecretsFromAStore,
		SecretsMarked,
		SecretsNotInPlainText,
		TagsOneEnvironment,
		TagsRequired,
		TypesAllowed,
	}
}

// props are the properties of an example's resource.
type props = map[string]any
