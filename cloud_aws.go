//go:build !lean || aws

package main

import "github.com/holdfast-iac/holdfast/stacks/aws"

func init() { clouds["aws"] = aws.Cloud() }
