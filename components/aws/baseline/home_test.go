package baseline

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// A second region has everything that acts per region, and once in the account is what counts for all of it.
func TestSecondRegion(t *testing.T) {
	t.Parallel()
	args := Args{Baseline: spec.Baseline{
		Alarms: spec.Alarms{Emails: []string{"ops@example.com"}}, CI: spec.CI{Repository: "owner/name"},
		Costs: spec.Costs{MonthlyLimit: 100}, AccessAnalysis: spec.AccessAnalysis{UnusedDays: 90}, VulnerabilityScans: true,
	}}
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		home, err := New(ctx, "main", &args)
		if err != nil {
			return err
		}
		west := &pulumi.ProviderResourceState{}
		if err := ctx.RegisterResource("pulumi:providers:aws", "west", pulumi.Map{"region": pulumi.String("us-west-2")}, west); err != nil {
			return err
		}
		further := args
		further.Home = home
		_, err = New(ctx, "west", &further, pulumi.Providers(west))
		return err
	})
	require.NoError(t, err)
	counts := map[string][]int{} // at home, and there
	for _, res := range r.Resources {
		there := strings.HasPrefix(res.Name, "west-")
		if !there && !strings.HasPrefix(res.Name, "main-") {
			continue
		}
		if counts[res.Type] == nil {
			counts[res.Type] = []int{0, 0}
		}
		if !there {
			counts[res.Type][0]++
			continue
		}
		counts[res.Type][1]++
		assert.Contains(t, res.Request.GetProvider(), "::west::", "%s", res.URN)
	}
	for _, regional := range []string{
		detectorType, featureType, hubType, standardType, recorderType, channelType, statusType, disksType, snapshotsType, imagesType,
		metadataType, eventRuleType, eventTargetType, topicType, inspectorType, keyType, "aws:sns/topicSubscription:TopicSubscription",
	} {
		assert.Equal(t, counts[regional][0], counts[regional][1], "%s", regional)
		assert.NotZero(t, counts[regional][1], "%s", regional)
	}
	for _, once := range []string{
		trailType, alarmType, filterType, roleType, groupType, passwordType, linkedType, oidcType, budgetType, monitorType, storageType,
	} {
		assert.NotZero(t, counts[once][0], "%s", once)
		assert.Zero(t, counts[once][1], "%s", once)
	}
	assert.Equal(t, []int{2, 1}, counts[analyzerType], "what nobody uses is found once")
	assert.Equal(t, []int{len(rules), len(rules) - len(ofAccount)}, counts[ruleType])
	for _, name := range ofAccount {
		assert.Contains(t, rules, name)
	}

	recorder := named(t, r, recorderType, "west-recorder")
	assert.Equal(t, named(t, r, recorderType, "main-recorder").Inputs["roleArn"], recorder.Inputs["roleArn"])
	dependsOn(t, recorder, linkedType+"::main-recorder")
	assert.False(t, at(recorder, "recordingGroup", "includeGlobalResourceTypes").BoolValue())
	assert.True(t, at(named(t, r, recorderType, "main-recorder"), "recordingGroup", "includeGlobalResourceTypes").BoolValue())
}

// What only home can do is refused elsewhere, all at once, and nothing else is.
func TestHomeProblems(t *testing.T) {
	t.Parallel()
	arns := map[string]pulumi.StringInput{"a": pulumi.String("arn:aws:iam::123456789012:user/a")}
	roles := map[string]pulumi.StringInput{"a": pulumi.String("arn:aws:iam::123456789012:role/a")}
	args := Args{Home: &Baseline{}, BreakGlassPrincipalARNs: arns, BreakGlassRoleARNs: roles, CIPolicyARNs: arns, RecorderRole: spec.Adopt}
	args.CI.Repository = "owner/name"
	require.EqualError(t, args.Validate(), strings.Join([]string{
		"breakGlassPrincipalArns: counts for the whole account; give it to home",
		"breakGlassRoleArns: counts for the whole account; give it to home",
		"ciPolicyArns: counts for the whole account; give it to home",
		"recorderRole: counts for the whole account; give it to home",
	}, "\n"))
	assert.NoError(t, (&Args{Home: &Baseline{}}).Validate())
}
