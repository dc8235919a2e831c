// Command security is the Holdfast security policy pack. Run it on a stack with
//
//	pulumi preview --policy-pack bin/security
package main

import (
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

func main() {
	policy.Main(packs.Security())
}
