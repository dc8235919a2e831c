// Package tests holds what concerns the project as a whole.
package tests

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/holdfast-iac/holdfast"

// sdks are the modules that a cloud's component compiles, at minutes each.
var sdks = map[string]string{
	"aws":          "github.com/pulumi/pulumi-aws/sdk/",
	"azure":        "github.com/pulumi/pulumi-azure-native-sdk/",
	"gcp":          "github.com/pulumi/pulumi-gcp/sdk/",
	"digitalocean": "github.com/pulumi/pulumi-digitalocean/sdk/",
}

const anySDK = `^github\.com/pulumi/pulumi-(aws|azure-native-sdk|gcp|digitalocean)/?`

// pkg is a package of this module: its path within it ("." for the root), what it imports and what it links.
type pkg struct {
	path          string
	imports, deps []string
}

func list(t *testing.T, args ...string) []pkg {
	t.Helper()
	const format = `{{.ImportPath}}|{{join .Imports " "}}|{{join .Deps " "}}`
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-f", format}, args...)...)
	cmd.Dir = ".."
	out, err := cmd.Output()
	require.NoError(t, err)
	var packages []pkg
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		require.Len(t, fields, 3)
		path := strings.TrimPrefix(strings.TrimPrefix(fields[0], module), "/")
		packages = append(packages, pkg{path: path, imports: strings.Fields(fields[1]), deps: strings.Fields(fields[2])})
	}
	return packages
}

// A ban keeps the packages that match from importing what matches not, except where it matches but. "$1" stands for
// the first group of from.
type ban struct {
	from, not, but string
	linked         bool // also by way of other packages
	why            string
}

var bans = []ban{
	{
		from: `^(policies|simulator|cmd|internal)(/|$)`, not: anySDK, linked: true,
		why: "who enforces policies or rehearses must not wait minutes for a cloud SDK to compile",
	},
	{
		from: `^components/(aws|azure|gcp|digitalocean)/`, not: anySDK, linked: true,
		but: `^github\.com/pulumi/pulumi-$1`,
		why: "using one cloud's component must not compile another cloud's SDK",
	},
	{
		from: `^components/((aws|azure|gcp|digitalocean)/.+)$`, not: `^` + module + `/`,
		but: `^` + module + `/components/(spec|naming|$1/internal/)`,
		why: "components do not know each other: stacks pass outputs as inputs",
	},
	{
		from: `^components/(spec|naming)`, not: anySDK, linked: true,
		why: "what is the same in every cloud must not depend on one",
	},
	{
		from: `^components/`, not: `^` + module + `/(policies|simulator|stacks|internal|cmd)`,
		but: `^` + module + `/simulator`, // held by the next ban
		why: "components are a library of their own",
	},
	{
		from: `^components/(?:aws|azure|gcp|digitalocean|spec|naming)`, not: `^` + module + `/simulator`, linked: true,
		why: "only the conformance suite may use the simulated clouds: users of a component must not link them",
	},
	{
		from: `^policies`, not: `^` + module + `/(components|simulator|stacks|internal|cmd)`, linked: true,
		but: `^` + module + `/internal/sla$`, // the clouds' own commitments, whoever's the program is
		why: "policies judge any program, not only ours",
	},
	{
		from: `^(components|stacks|simulator|policies/(aws|azure|gcp|digitalocean|frameworks|internal|policy|policytest))(/|$)`,
		not:  `^github\.com/zricethezav/gitleaks/`, linked: true,
		why: "only the packs look for secrets: who uses a component or writes policies must not link a scanner",
	},
	{
		from: `^policies/crosscloud$`, not: `^` + module + `/`, but: `^` + module + `/policies/(frameworks|policy)$`,
		why: "policies on any cloud do not know those on one",
	},
	{
		from: `^simulator`, not: `^` + module + `/(components|policies|stacks|internal|cmd)`, linked: true,
		why: "the simulated clouds serve any program, not only ours",
	},
	{
		from: `^stacks/(aws|azure|gcp|digitalocean)$`, not: `^` + module + `/`,
		but: `^` + module + `/(components/($1|spec|naming)|stacks/platform|internal/sla)`,
		why: "a stack composes one cloud's components from the platform's description",
	},
	{
		from: `^stacks/platform$`, not: anySDK, linked: true,
		why: "the description of a platform is the same for every cloud",
	},
	{
		from: `^$`, not: `^` + module + `/`, but: `^` + module + `/stacks/`,
		why: "the program only chooses a stack",
	},
}

func TestBoundaries(t *testing.T) {
	t.Parallel()
	packages := list(t, "./...")
	for _, ban := range bans {
		from, not := regexp.MustCompile(ban.from), regexp.MustCompile(ban.not)
		matched := 0
		for _, p := range packages {
			groups := from.FindStringSubmatch(p.path)
			if groups == nil {
				continue
			}
			matched++
			for _, dep := range forbidden(p, ban, groups, not) {
				t.Errorf("%q must not import %s: %s", p.path, dep, ban.why)
			}
		}
		assert.Positive(t, matched, "the ban from %s guards no package", ban.from)
	}
}

func forbidden(p pkg, ban ban, groups []string, not *regexp.Regexp) []string {
	candidates := p.imports
	if ban.linked {
		candidates = p.deps
	}
	but := ban.but
	if len(groups) > 1 {
		cloud, _, _ := strings.Cut(groups[1], "/")
		but = strings.ReplaceAll(but, "$1", cloud)
	}
	return slices.DeleteFunc(slices.Clone(candidates), func(dep string) bool {
		return !not.MatchString(dep) || but != "" && regexp.MustCompile(but).MatchString(dep)
	})
}

// TestCloudsLinked: the program links all clouds by default, and with the lean tag only those that are named.
func TestCloudsLinked(t *testing.T) {
	t.Parallel()
	for tags, want := range map[string][]string{
		"":         {"aws"},
		"lean,aws": {"aws"},
		"lean":     nil,
	} {
		root := list(t, "-tags", tags, ".")
		require.Len(t, root, 1)
		var linked []string
		for cloud, sdk := range sdks {
			if slices.ContainsFunc(root[0].deps, func(dep string) bool { return strings.HasPrefix(dep, sdk) }) {
				linked = append(linked, cloud)
			}
		}
		slices.Sort(linked)
		assert.Equal(t, want, linked, "with -tags %q", tags)
	}
}
