package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Stand-ins for what other files of the tables will bring.

var parameterKind = &simulator.Kind{Noun: "SSM Parameter"}

var targetGroupKind = &simulator.Kind{Noun: "ELBv2 Target Group"}

func keyGrants(c *simulator.Call, key, principal, action string) bool {
	o := c.FindBy(keyKind, simulator.ByARN, key)
	return o == nil || strings.Contains(o.Text("policy"), principal) && strings.Contains(o.Text("policy"), action)
}
