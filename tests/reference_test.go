package tests

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/azure"
	"github.com/holdfast-iac/holdfast/simulator/digitalocean"
	"github.com/holdfast-iac/holdfast/simulator/gcp"
)

// TestReference compares the reference pages of the simulated clouds with their tables.
func TestReference(t *testing.T) {
	t.Parallel()
	for title, cloud := range map[string]simulator.Cloud{
		"AWS": aws.New(aws.Options{}), "Azure": azure.New(azure.Options{}), "Google Cloud": gcp.New(gcp.Options{}),
		"DigitalOcean": digitalocean.New(digitalocean.Options{}),
	} {
		page := reference(t, title, cloud)
		file := filepath.Join("../docs/reference/simulated", cloud.Name+".md")
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.WriteFile(file, []byte(page), 0o600))
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, page, string(text), "run this test with -update")
	}
}

// reference says what is simulated of a cloud.
func reference(t *testing.T, title string, cloud simulator.Cloud) string {
	t.Helper()
	known, err := cloud.Schema()
	require.NoError(t, err)
	constraints, err := cloud.Constraints()
	require.NoError(t, err)
	var b strings.Builder
	fmt.Fprintf(&b, `# The simulated %s

Of the %d resource types of the Pulumi package %s, version %s, %d behave as in the cloud; the others are checked against the
schema and echoed. Of its functions, %d are answered; the others are refused. `+"`holdfast simulate --explain <type>`"+` says
what is checked, computed and only echoed of each. (This page is made from the tables; a test compares.)
`, title, len(known.Resources()), cloud.Name, known.Version, len(cloud.Types), len(cloud.Lookups))
	var types, lookups []string
	for _, each := range cloud.Types {
		types = append(types, each.Token)
	}
	for _, each := range cloud.Lookups {
		lookups = append(lookups, each.Token)
	}
	section(&b, "Resource types", types)
	section(&b, "Look-ups", lookups)
	if len(constraints) == 0 {
		return b.String()
	}
	fmt.Fprintf(&b, `
## What it refuses, beyond the values of single inputs

%d entries: what without a rehearsal shows only when a program is really applied. "Check" is in a preview already, "apply" when
the resource is made or changed, "delete" when it is deleted. What the cloud takes and what fails "afterwards" is warned of. A
refusal or warning names the entry in brackets.

| entry | at | the cloud's error | source |
| --- | --- | --- | --- |
`, len(constraints))
	for _, entry := range constraints {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", entry.ID, entry.Stage, cell(entry.Error), cell(entry.Source))
	}
	return b.String()
}

// section lists tokens, a line for each module.
func section(b *strings.Builder, title string, tokens []string) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	byModule := map[string][]string{}
	for _, token := range tokens {
		parts := strings.SplitN(token, ":", 3)
		module, _, _ := strings.Cut(parts[1], "/")
		byModule[module] = append(byModule[module], parts[2])
	}
	for _, module := range slices.Sorted(maps.Keys(byModule)) {
		slices.Sort(byModule[module])
		fmt.Fprintf(b, "- **%s**: %s\n", module, strings.Join(byModule[module], ", "))
	}
}

// cell is text in a table; what varies in it is shown as an ellipsis.
func cell(text string) string {
	return strings.NewReplacer("|", "\\|", "%%", "%", "%s", "…", "%d", "…", "%q", "…", "%v", "…", "%.0f", "…").Replace(text)
}
