package aws

import "github.com/holdfast-iac/holdfast/simulator"

// Stand-ins for what other files of the tables will bring.

var parameterKind = &simulator.Kind{Noun: "SSM Parameter"}
