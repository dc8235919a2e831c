package mutation

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	packageFlag = flag.String("package", "", "the folder of a package of which to list the survivors")
	fileFlag    = flag.String("file", "", "the names of its files to change, with commas between; by default, all")
)

// TestPackage lists what survives in a package, as for one of the policies:
//
//	go test ./internal/mutation -run Package -v -package ../../policies/aws -file rds_alarm.go
func TestPackage(t *testing.T) {
	if *packageFlag == "" {
		t.Skip("of no package")
	}
	options := Options{Skip: unchanged()}
	if *fileFlag != "" {
		options.Files = strings.Split(*fileFlag, ",")
	}
	mutants, err := Run(t.Context(), *packageFlag, options)
	require.NoError(t, err)
	survivors := 0
	for _, m := range mutants {
		if !m.Killed {
			survivors++
			fmt.Printf("%s:%d: %s\n", filepath.Join(*packageFlag, m.File), m.Line, m)
		}
	}
	fmt.Printf("%d changes, %d survive\n", len(mutants), survivors)
}

// TestRun: toy.txt says of every change of the toy whether its tests notice.
func TestRun(t *testing.T) {
	t.Parallel()
	mutants, err := Run(t.Context(), "testdata/toy", Options{Skip: []string{"toy.flag.Text", "toy.table"}, Timeout: 5 * time.Second})
	require.NoError(t, err)
	var got strings.Builder
	for _, m := range mutants {
		fmt.Fprintf(&got, "%s %s\n", map[bool]string{true: "killed", false: "lives "}[m.Killed], m)
	}
	want, err := os.ReadFile("testdata/toy.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), got.String())
}

func TestRunNeedsAPackageWhoseTestsPass(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	_, err := Run(t.Context(), folder, Options{})
	require.Error(t, err, "there is none")
	write("go.mod", "module failing\n\ngo 1.26\n")
	write("failing.go", "package failing\n\nvar Zero = 1\n")
	write("failing_test.go", "package failing\n\nimport \"testing\"\n\nfunc Test(t *testing.T) {\n\tif Zero != 0 {\n\t\tt.Fatal(\"is not zero\")\n\t}\n}\n")
	_, err = Run(t.Context(), folder, Options{})
	require.ErrorContains(t, err, "before anything is changed")
	require.ErrorContains(t, err, "is not zero")
}
