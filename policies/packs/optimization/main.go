// Command optimization is the Holdfast optimization policy pack. Run it on a stack with
//
//	pulumi preview --policy-pack bin/optimization
package main

import (
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

func main() {
	policy.Main(packs.Optimization())
}
