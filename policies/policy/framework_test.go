package policy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFrameworkNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]string{
		"SOC 2":               {"soc2", "soc2"},
		"ISO/IEC 27001":       {"iso27001", "iso27001"},
		"CIS AWS Foundations": {"cis-aws", "cis"},
		"CIS Google Cloud Platform Foundations Benchmark": {"cis-google-cloud-platform", "cis"},
		"": {"", ""},
	} {
		f := Framework{Name: name, Version: "1"}
		assert.Equal(t, want, [2]string{f.Short(), f.Family()}, name)
	}
}
