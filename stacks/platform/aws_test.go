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
	_, err := Load(map[string]string{"holdfast:cloud": "gcp", "holdfast:aws": `{"backup": {"organizationId": "o-abcde12345"},
		"monitoring": {"webhooks": {"pager": {"url": "http://pager.example.com/t0ken"}}}}`})
	require.EqualError(t, err, "holdfast:aws.monitoring.webhooks.pager.url: must begin with https:// (it is secret and not shown)\n"+
		"holdfast:aws: has no effect on gcp; remove it\n"+
		"holdfast:aws.backup: has no vault to add to; add holdfast:backup\n"+
		"holdfast:aws.monitoring: has nothing to hear of; add holdfast:monitoring")
	_, err = Load(map[string]string{"holdfast:cloud": "gcp", "holdfast:aws": "{}"})
	require.EqualError(t, err, "holdfast:aws: has no effect on gcp; remove it")
}

// A typo in an id is found before AWS takes it: a vault's policy that names nobody denies everybody.
func TestIDsOfAWS(t *testing.T) {
	t.Parallel()
	const vault = "arn:aws:backup:eu-west-1:210987654321:backup-vault:copies"
	const noVault = " is not the ARN of a vault; use for example " + vault
	const nobody = " is not the ARN of a role or user; use for example arn:aws:iam::123456789012:role/deployer"
	who := func(arn string) AWSBackup { return AWSBackup{AdministratorARNs: map[string]string{"me": arn}} }
	for name, test := range map[string]struct {
		backup AWSBackup
		want   string
	}{
		"none":                 {AWSBackup{}, ""},
		"a role with a path":   {who("arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_admin_*"), ""},
		"a user in China":      {who("arn:aws-cn:iam::123456789012:user/ops"), ""},
		"a word":               {who("nobody"), `backup.administratorArns.me: "nobody"` + nobody},
		"no account":           {who("arn:aws:iam::12345:role/ops"), `backup.administratorArns.me: "arn:aws:iam::12345:role/ops"` + nobody},
		"a policy":             {who("arn:aws:iam::123456789012:policy/ops"), `backup.administratorArns.me: "arn:aws:iam::123456789012:policy/ops"` + nobody},
		"a role without name":  {who("arn:aws:iam::123456789012:role/"), `backup.administratorArns.me: "arn:aws:iam::123456789012:role/"` + nobody},
		"a session":            {who("arn:aws:sts::123456789012:assumed-role/ops/me"), `backup.administratorArns.me: "arn:aws:sts::123456789012:assumed-role/ops/me"` + nobody},
		"a vault":              {AWSBackup{CopyAccountVaultARN: vault, CopyAccountID: "210987654321"}, ""},
		"a vault alone":        {AWSBackup{CopyAccountVaultARN: vault}, ""},
		"not a vault":          {AWSBackup{CopyAccountVaultARN: "foo"}, `backup.copyAccountVaultArn: "foo"` + noVault},
		"a recovery point":     {AWSBackup{CopyAccountVaultARN: "arn:aws:backup:eu-west-1:210987654321:recovery-point:copies"}, `backup.copyAccountVaultArn: "arn:aws:backup:eu-west-1:210987654321:recovery-point:copies"` + noVault},
		"another's vault":      {AWSBackup{CopyAccountVaultARN: vault, CopyAccountID: "123456789012"}, `backup.copyAccountId: "123456789012" is not the account of copyAccountVaultArn, 210987654321`},
		"an organization":      {AWSBackup{OrganizationID: "o-abcde12345"}, ""},
		"not an organization":  {AWSBackup{OrganizationID: "x"}, `backup.organizationId: "x" is not the id of an organization; use for example o-abcde12345`},
		"an organization's ou": {AWSBackup{OrganizationID: "ou-abcd-12345678"}, `backup.organizationId: "ou-abcd-12345678" is not the id of an organization; use for example o-abcde12345`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := AWS{Backup: test.backup}.Validate()
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, test.want)
		})
	}
}
