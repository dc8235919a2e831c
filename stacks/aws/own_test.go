package aws

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// What only AWS has reaches the components: the vault's policy, copies to another account, who else hears of alarms.
func TestWhatOnlyAWSHas(t *testing.T) {
	t.Parallel()
	const vault, account = "arn:aws:backup:us-east-1:210987654321:backup-vault:copies", "210987654321"
	const administrator = "arn:aws:iam::123456789012:role/deployer"
	s := whole()
	s.Backup.Lock.Compliance = spec.ComplianceConsent
	s.AWS = &platform.AWS{
		Backup: platform.AWSBackup{
			AdministratorARNs:   map[string]string{"deployer": administrator},
			CopyAccountVaultARN: vault, CopyAccountID: account, OrganizationID: "o-abcde12345", AirGapped: true,
			RestoreTestTypes:    []string{"EBS", "RDS"},
			RestoreTestMetadata: map[string]map[string]string{"RDS": {"DBSubnetGroupName": "tests"}},
		},
		Monitoring: platform.AWSMonitoring{
			Webhooks:      map[string]platform.AWSWebhook{"pager": {URL: "https://pager.example.com/correct-horse-battery", ConfirmsItself: true, Severities: []spec.Severity{spec.Critical}}},
			SlackChannels: map[string]platform.AWSSlackChannel{"ops": {WorkspaceID: "T07EA123LEP", ChannelID: "C07EZ1ABC23"}},
		},
	}
	r, _ := deploy(t, s)
	policies := r.OfType("aws:backup/vaultPolicy:VaultPolicy")
	require.Len(t, policies, 2, "of the vault, and of its copies")
	for _, policy := range policies {
		assert.Contains(t, policy.Inputs["policy"].StringValue(), `"aws:PrincipalArn":["`+administrator+`"]`, policy.URN)
		assert.Contains(t, policy.Inputs["policy"].StringValue(), "o-abcde12345", policy.URN)
	}
	assert.Len(t, r.OfType("aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"), 1)
	tested := r.OfType("aws:backup/restoreTestingSelection:RestoreTestingSelection")
	require.Len(t, tested, 2)
	metadata := tested[slices.IndexFunc(tested, func(r componenttest.Resource) bool { return r.Name == "main-restore-tests-RDS" })].
		Inputs["restoreMetadataOverrides"].ObjectValue()
	assert.Len(t, metadata, 2)
	assert.Equal(t, "tests", metadata["DBSubnetGroupName"].StringValue())
	plan, ok := r.Named("aws:backup/plan:Plan", "main-plan-main")
	require.True(t, ok, r.URNs())
	assert.Contains(t, plan.Inputs["rules"].String(), vault)

	var posted []string
	for _, subscription := range r.OfType("aws:sns/topicSubscription:TopicSubscription") {
		for key, value := range subscription.Inputs {
			assert.False(t, leaks(value), "%s of %s shows the address", key, subscription.URN)
		}
		if subscription.Inputs["protocol"].StringValue() == "https" {
			posted = append(posted, subscription.Parent.Name()+" "+subscription.Name)
			assert.True(t, subscription.Inputs["endpointAutoConfirms"].BoolValue())
		}
	}
	assert.ElementsMatch(t, []string{"topics topics-webhook-pager-critical", "recovery recovery-webhook-pager-critical"}, posted)
	channels := r.OfType("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration")
	require.Len(t, channels, 1)
	assert.Equal(t, "C07EZ1ABC23", channels[0].Inputs["slackChannelId"].StringValue())
}

// Problems with it lie under the keys that were typed.
func TestProblemsOfWhatOnlyAWSHas(t *testing.T) {
	t.Parallel()
	s := platform.Spec{
		Cluster: &spec.Cluster{}, Backup: &spec.Backup{}, Monitoring: &spec.Monitoring{Logs: map[string]spec.ApplicationLog{"app": {RetentionDays: 10}}},
		AWS: &platform.AWS{
			Backup:     platform.AWSBackup{CopyAccountID: "x", AirGapped: true},
			Monitoring: platform.AWSMonitoring{SlackChannels: map[string]platform.AWSSlackChannel{"ops": {WorkspaceID: "t", ChannelID: "C1"}}},
		},
	}
	err := Check(s, map[string]string{"aws:region": "us-east-1"})
	require.Error(t, err)
	var keys []string
	for line := range strings.Lines(err.Error()) {
		key, _, _ := strings.Cut(line, ": ")
		keys = append(keys, key)
	}
	assert.ElementsMatch(t, []string{
		"holdfast:aws.backup.copyAccountId", "holdfast:aws.backup.airGapped",
		"holdfast:monitoring.logs.app.retentionDays", "holdfast:aws.monitoring.slackChannels.ops.workspaceId",
	}, keys)
}

// The alarm on connections knows how many the database takes.
func TestConnectionsAreThoseOfTheClass(t *testing.T) {
	t.Parallel()
	s := platform.Spec{Network: spec.Network{Zones: 2}, Database: &spec.Database{}, Monitoring: &spec.Monitoring{}}
	r, _ := deploy(t, s)
	alarm, ok := r.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "main-alarm-database-connections-main")
	require.True(t, ok)
	assert.InDelta(t, 540, alarm.Inputs["threshold"].NumberValue(), 1, "80 % of what db.m7g.large takes at the least")
}
