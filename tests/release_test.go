package tests

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
)

// A releasing stack is one whose releases the simulated AWS can turn back.
type releasing struct{ crashing }

const (
	listenerToken = "aws:lb/listener:Listener"
	machineToken  = "aws:sfn/stateMachine:StateMachine"
	groupToken    = "aws:autoscaling/group:Group"
)

// outputs returns what the cloud has of a resource, and lets change alter it behind Pulumi's back.
func (c releasing) outputs(token, name string, change func(resource.PropertyMap)) resource.PropertyMap {
	c.Helper()
	var seen resource.PropertyMap
	for _, r := range c.named(name) {
		if r.Type == token {
			require.NoError(c, c.sim.Account("aws").Drift(token, r.Region, r.ID, func(outputs resource.PropertyMap) {
				change(outputs)
				seen = outputs
			}))
		}
	}
	require.NotNil(c, seen, "there is no %s", name)
	return seen
}

// weights are what the listener shares traffic by, "blue 90 green 10".
func (c releasing) weights() string {
	c.Helper()
	listener := c.outputs(listenerToken, "main-listener", func(resource.PropertyMap) {})
	var list []string
	for _, v := range listener["defaultActions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue()["targetGroups"].ArrayValue() {
		group := v.ObjectValue()
		_, name, _ := strings.Cut(group["arn"].StringValue(), "-main-")
		colour, _, _ := strings.Cut(name, "-")
		list = append(list, fmt.Sprint(colour, " ", group["weight"].NumberValue()))
	}
	return strings.Join(list, ", ")
}

// alarm does what the state machine does once an alarm has gone off.
func (c releasing) alarm(machine string) {
	c.Helper()
	made := c.outputs(machineToken, machine, func(resource.PropertyMap) {})
	var definition struct {
		States struct {
			TurnBack struct {
				Arguments struct {
					DefaultActions []struct {
						ForwardConfig struct {
							TargetGroups []struct {
								TargetGroupArn string
								Weight         float64
							}
						}
					}
				}
			}
		}
	}
	require.NoError(c, json.Unmarshal([]byte(made["definition"].StringValue()), &definition))
	var groups []resource.PropertyValue
	for _, group := range definition.States.TurnBack.Arguments.DefaultActions[0].ForwardConfig.TargetGroups {
		groups = append(groups, resource.NewProperty(resource.PropertyMap{
			"arn": resource.NewProperty(group.TargetGroupArn), "weight": resource.NewProperty(group.Weight),
		}))
	}
	c.outputs(listenerToken, "main-listener", func(listener resource.PropertyMap) {
		forward := listener["defaultActions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue().Copy()
		forward["targetGroups"] = resource.NewProperty(groups)
		listener["defaultActions"] = resource.NewProperty([]resource.PropertyValue{resource.NewProperty(resource.PropertyMap{
			"type": resource.NewProperty("forward"), "forward": resource.NewProperty(forward),
		})})
	})
}

// says changes the stack file's release.
func (c releasing) says(live string, weight any) {
	c.Helper()
	release := map[string]any{"strategy": "blue-green", "live": live, "candidate": nil}
	if weight != nil {
		release["candidate"] = map[string]any{"weight": weight}
	}
	require.NoError(c, c.stack.Change(map[string]any{"holdfast:release": release}))
}

// stands checks that the machines of a colour are those that stood before, and as many as are wanted.
func (c releasing) stands(colour, id string) string {
	c.Helper()
	group := c.outputs(groupToken, colour+"-machines", func(resource.PropertyMap) {})
	assert.GreaterOrEqual(c, group["minSize"].NumberValue(), 3.0, colour)
	if id != "" {
		assert.Equal(c, id, group["arn"].StringValue(), "%s was replaced", colour)
	}
	return group["arn"].StringValue()
}

// A blue-green release with an alarm in the middle: the traffic that went back stays there, whatever is run, until the stack
// file says so; then the release goes on. The live machines are left alone all the time.
func TestReleaseThatAnAlarmTurnsBack(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	c := releasing{newCrashing(t, root, engine.Options{}, nil)}
	off := map[string]any{"disabled": true}
	require.NoError(t, c.stack.Change(map[string]any{
		"aws:region": "us-east-1", "holdfast:cloud": "aws", "holdfast:deletionAllowed": true,
		"holdfast:network":      map[string]any{"nat": "none", "flowLogs": off},
		"holdfast:loadBalancer": map[string]any{"unencrypted": true, "accessLogs": off, "firewall": off},
		"holdfast:cluster":      map[string]any{}, "holdfast:monitoring": map[string]any{},
	}))
	var blue string
	up := func(live string, weight any, want string) {
		t.Helper()
		c.says(live, weight)
		c.run(engine.Up)
		assert.Equal(t, want, c.weights())
		if live == "blue" {
			blue = c.stands("blue", blue)
		}
	}
	refused := func(live string, weight any, want string) {
		t.Helper()
		c.says(live, weight)
		assert.Contains(t, c.refused(), want)
		assert.Equal(t, "blue 999, green 0", c.weights(), "traffic stays where it went")
		c.stands("blue", blue)
	}
	up("blue", nil, "blue 100")
	up("blue", 0, "blue 100, green 0")
	up("blue", 10, "blue 90, green 10")
	green := c.stands("green", "")

	c.alarm("main-rollback-green")
	require.Equal(t, "blue 999, green 0", c.weights())
	refused("blue", 10, "holdfast:release.candidate.weight: 10 is for a version that has failed")
	refused("blue", 50, "holdfast:release.candidate.weight: 50 is for a version that has failed")
	refused("green", nil, `holdfast:release.live: "green" has failed`)
	c.run(engine.Refresh) // with it Pulumi would see a difference, and take the traffic back to green
	refused("blue", 10, "10 is for a version that has failed")

	up("blue", 0, "blue 100, green 0")
	up("blue", 25, "blue 75, green 25")
	c.alarm("main-rollback-green")
	up("blue", 0, "blue 100, green 0") // without a refresh too
	c.alarm("main-rollback-green")     // at the very moment of that update: Pulumi knows nothing to change
	refused("blue", 10, "10 is for a version that has failed")
	c.says("blue", 0)
	c.run(engine.Up, "--refresh")
	assert.Equal(t, "blue 100, green 0", c.weights())

	up("blue", 100, "blue 0, green 100")
	c.stands("green", green)
	up("green", nil, "green 100")
	c.stands("green", green)
	assert.Empty(t, c.named("main-rollback-green"), "the one that serves has nowhere to go back to")
	c.run(engine.Destroy)
	assert.Empty(t, c.sim.Resources())
}
