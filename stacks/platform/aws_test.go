package platform

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLoadAWS(t *testing.T) {
	t.Parallel()
	s, err := Load(map[string]string{
		"holdfast:cloud": "aws", "holdfast:backup": "{}", "holdfast:cluster": "{}", "holdfast:monitoring": "{}",
		"holdfast:aws": `{"backup": {"administratorArns": {"ops": "arn:aws:iam::123456789012:role/ops"}, "airGapped": true, "copyAccountId": "210987654321"},
			"monitoring": {"webhooks": {"pager": {"url": "https://pager.example.com/t0ken", "confirmsItself": true, "severities": ["critical"]}},
			"slackChannels": {"ops": {"workspaceId": "T1", "channelId": "C1"}}}}`,
	})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"ops": "arn:aws:iam::123456789012:role/ops"}, s.AWS.Backup.AdministratorARNs)
	assert.True(t, s.AWS.Backup.AirGapped)
	assert.Equal(t, "https://pager.example.com/t0ken", s.AWS.Monitoring.Webhooks["pager"].URL)
	assert.Equal(t, "C1", s.AWS.Monitoring.SlackChannels["ops"].ChannelID)
}

func TestLoadAWSProblems(t *testing.T) {
	t.Parallel()
	_, err := Load(map[string]string{"holdfast:cloud": "gcp", "holdfast:aws": `{"backup": {"organizationId": "o-1"},
		"monitoring": {"webhooks": {"pager": {"url": "http://pager.example.com/t0ken"}}}}`})
	require.EqualError(t, err, "holdfast:aws.monitoring.webhooks.pager.url: must begin with https:// (it is secret and not shown)\n"+
		"holdfast:aws: has no effect on gcp; remove it\n"+
		"holdfast:aws.backup: has no vault to add to; add holdfast:backup\n"+
		"holdfast:aws.monitoring: has nothing to hear of; add holdfast:monitoring")
	_, err = Load(map[string]string{"holdfast:cloud": "gcp", "holdfast:aws": "{}"})
	require.EqualError(t, err, "holdfast:aws: has no effect on gcp; remove it")
}
