// Command cis is the Holdfast CIS policy pack. Run it on a stack with
//
//	pulumi preview --policy-pack bin/cis
package main

import (
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

func main() {
	policy.Main(packs.CIS())
}
