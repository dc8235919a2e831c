// Command iso27001 is the Holdfast ISO 27001 policy pack. Run it on a stack with
//
//	pulumi preview --policy-pack bin/iso27001
package main

import (
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

func main() {
	policy.Main(packs.ISO27001())
}
