package aws

import (
	"cmp"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

const launching = "autoscaling:EC2_INSTANCE_LAUNCHING"

// findCutStart finds a warm pool that stops machines which have user data to run, and no hook that holds them until then.
func findCutStart(c *simulator.Call, broken func(path string, args ...any)) {
	state := cmp.Or(c.Text("warmPool.poolState"), "Stopped")
	template := templateOfGroup(c)
	if !c.Given("warmPool") || !c.Known("warmPool.poolState") || state == "Running" || template == nil {
		return
	}
	held := slices.Contains(c.Texts("initialLifecycleHooks[*].lifecycleTransition"), launching)
	for _, hook := range c.Self().Users(lifecycleHookKind) {
		held = held || hook.Text("lifecycleTransition") == launching
	}
	if stringOf(property(*template, "userData")) != "" && !held {
		broken("warmPool", strings.ToLower(state), launching)
	}
}
