// Command reliability is the Holdfast reliability policy pack. Run it on a stack with
//
//	pulumi preview --policy-pack bin/reliability
package main

import (
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

func main() {
	policy.Main(packs.Reliability())
}
