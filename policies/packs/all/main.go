// Command all is the Holdfast policy pack with every policy. Run it on a stack with
//
//	pulumi preview --policy-pack bin/all
package main

import (
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

func main() {
	policy.Main(packs.Everything())
}
