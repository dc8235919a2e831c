package policypages

import (
	"cmp"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

var update = flag.Bool("update", false, "write the pages anew")

const folder = "../../docs/policies"

// TestPages compares the pages with the policies. That it can make them says as well that every example of a policy is a
// program by the schema: its types and properties exist, and none that is required is missing.
func TestPages(t *testing.T) {
	t.Parallel()
	known, err := schema.AWS()
	require.NoError(t, err)
	pages, err := Pages(packs.All(), known)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.RemoveAll(folder))
		require.NoError(t, os.MkdirAll(folder, 0o755))
		for name, text := range pages {
			require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
		}
	}
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	var names []string
	for _, file := range files {
		names = append(names, file.Name())
		text, err := os.ReadFile(filepath.Join(folder, file.Name()))
		require.NoError(t, err)
		assert.Equal(t, pages[file.Name()], string(text), "run this test with -update")
	}
	assert.Equal(t, slices.Sorted(maps.Keys(pages)), names, "run this test with -update")
}

// renamed are types by other names that later versions of the providers have for them, with the same properties.
var renamed = map[string]string{
	"aws:s3/bucketAcl:BucketAcl":                                         "aws:s3/bucketAclV2:BucketAclV2",
	"aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":   "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
	"aws:s3/bucketLogging:BucketLogging":                                 "aws:s3/bucketLoggingV2:BucketLoggingV2",
	"aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
	"aws:s3/bucketVersioning:BucketVersioning":                           "aws:s3/bucketVersioningV2:BucketVersioningV2",
}

// TestRenamedTypesHaveTheirOldPolicies: what looks at a type looks at it by its later name, too.
func TestRenamedTypesHaveTheirOldPolicies(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, p := range packs.Policies() {
		for now, before := range renamed {
			assert.Equal(t, slices.Contains(p.Types(), before), slices.Contains(p.Types(), now), "%s on %s", p.ID, before)
			if slices.Contains(p.Types(), now) {
				seen++
			}
		}
	}
	assert.GreaterOrEqual(t, seen, len(renamed))
}

// unchecked are the controls that infrastructure can show to be met, and that no policy is about, by why.
var unchecked = map[string]string{
	"CIS AWS Foundations 5.0.0 2.1.2": "only the root user with a code of the moment can turn MFA on, which no program does; and then " +
		"S3 refuses lifecycle rules, which other policies want",
}

// TestEveryControlThatInfrastructureShows has a policy about it, or a reason.
func TestEveryControlThatInfrastructureShows(t *testing.T) {
	t.Parallel()
	cited := map[string]bool{}
	for _, p := range packs.Policies() {
		for _, c := range p.Controls {
			cited[c.String()] = true
		}
	}
	var missing []string
	for _, c := range frameworks.All() {
		ours := slices.Contains([]policy.Framework{frameworks.SOC2, frameworks.ISO27001, frameworks.CISAWS}, c.Framework)
		if reference := c.Reference().String(); ours && c.Evidence == frameworks.Yes && !cited[reference] {
			missing = append(missing, reference)
		}
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(unchecked)), missing)
}

// TestEveryTypeAndPropertyExists: what a policy's rules read, resources of that type have, be it as an input or, for rules
// on the stack, as an output.
func TestEveryTypeAndPropertyExists(t *testing.T) {
	t.Parallel()
	schemas := map[string]func() (*schema.Package, error){
		"aws": schema.AWS, "azure-native": schema.Azure, "gcp": schema.GCP, "digitalocean": schema.DigitalOcean,
	}
	for _, p := range packs.Policies() {
		for _, token := range p.Types() {
			name, _, _ := strings.Cut(token, ":")
			if name == "pulumi" {
				continue // providers: the schemas are of the resources they make
			}
			open, ok := schemas[name]
			require.True(t, ok, "%s: there is no schema of %s", p.ID, token)
			known, err := open()
			require.NoError(t, err)
			resource, ok := known.Resource(cmp.Or(renamed[token], token))
			if !assert.True(t, ok, "%s: there is no type %s", p.ID, token) {
				continue
			}
			for _, path := range p.Reads(token) {
				steps := strings.Split(path, ".")
				assert.True(t, has(known, resource.Inputs, steps) || has(known, resource.Outputs, steps),
					"%s: %s has no property %s", p.ID, token, path)
			}
		}
	}
}

// has reports whether an object has a property at a path, in which "*" stands for any index or key.
func has(known *schema.Package, object schema.Object, steps []string) bool {
	property, ok := object[steps[0]]
	if !ok {
		return false
	}
	t := property.Type
	for _, step := range steps[1:] {
		switch {
		case t.Kind == schema.Any:
			return true
		case step == "*":
			if t.Kind != schema.Array && t.Kind != schema.Map {
				return false
			}
			t = *t.Elem
		default:
			nested, ok := known.Object(t.Ref)
			if !ok || t.Kind != schema.Nested {
				return false
			}
			if property, ok = nested[step]; !ok {
				return false
			}
			t = property.Type
		}
	}
	return true
}
