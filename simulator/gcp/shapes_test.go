package gcp_test

import (
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/gcp"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// FuzzShapes takes resources of all types through lives with inputs of every shape.
func FuzzShapes(f *testing.F) { simulatortest.Fuzz(f, gcp.New(gcp.Options{}), iowa) }
