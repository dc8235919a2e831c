package policy

import (
	"regexp"
	"slices"
	"strings"
)

// Framework is a catalogue of controls that organisations are audited against.
type Framework struct {
	// Name of the framework, such as "SOC 2".
	Name string
	// Version of the framework, if it has versions.
	Version string
}

// String is the framework's name and version.
func (f Framework) String() string {
	if f.Version == "" {
		return f.Name
	}
	return f.Name + " " + f.Version
}

var (
	frameworkWord  = regexp.MustCompile(`[a-z0-9]+`)
	frameworkNoise = []string{"iec", "foundations", "benchmark"}
)

// Short is the framework's name as one types it: soc2, iso27001, cis-aws.
func (f Framework) Short() string {
	short := ""
	for _, word := range frameworkWord.FindAllString(strings.ToLower(f.Name), -1) {
		switch {
		case slices.Contains(frameworkNoise, word):
			continue
		case short != "" && (word[0] < '0' || word[0] > '9'):
			short += "-"
		}
		short += word
	}
	return short
}

// Family is what the framework's short name has in common with those of other clouds: cis for cis-aws. It is the short
// name itself where there is no more.
func (f Framework) Family() string {
	family, _, _ := strings.Cut(f.Short(), "-")
	return family
}

// named reports whether the framework is meant by a name: its own, with its version or without, or a short one.
func (f Framework) named(name string) bool {
	return slices.ContainsFunc([]string{f.Name, f.String(), f.Short(), f.Family()}, func(own string) bool {
		return strings.EqualFold(name, own)
	})
}
