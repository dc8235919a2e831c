package aws

import "github.com/holdfast-iac/holdfast/simulator"

// parameterKind is a parameter in the Parameter Store.
var parameterKind = &simulator.Kind{Noun: "SSM Parameter"}
