// Command soc2 is the Holdfast SOC 2 policy pack. Run it on a stack with
//
//	pulumi preview --policy-pack bin/soc2
package main

import (
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

func main() {
	policy.Main(packs.SOC2())
}
