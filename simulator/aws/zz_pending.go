package aws

import "github.com/holdfast-iac/holdfast/simulator"

// parameterKind is a parameter in the Parameter Store.
var parameterKind = &simulator.Kind{Noun: "SSM Parameter"}

// functionKind and permissionKind are Lambda's functions and who may call them.
var (
	functionKind   = &simulator.Kind{Noun: "Lambda Function", ARN: "arn:{partition}:lambda:{region}:{account}:function:{id}"}
	permissionKind = &simulator.Kind{Noun: "Lambda Permission"}
)
