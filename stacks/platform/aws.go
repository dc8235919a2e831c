package platform

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// AWS says what only AWS has. It adds to the sections of the same names.
type AWS struct {
	// Backup adds to the vault.
	Backup AWSBackup `pulumi:"backup"`
	// Monitoring adds to who hears of alarms.
	Monitoring AWSMonitoring `pulumi:"monitoring"`
}

// AWSBackup adds to the vault.
type AWSBackup struct {
	// AdministratorARNs are the roles and users that alone may change the vaults' policy, lock and notifications, by a name of
	// your choice. Without any, whoever may set a vault's policy can lift what keeps backups from being deleted. The
	// identity that runs Pulumi must be among them, or it locks itself out. Default none.
	AdministratorARNs map[string]string `pulumi:"administratorArns"`
	// CopyAccountVaultARN is a vault in another account of the organization that backups are copied to as well. Default none.
	CopyAccountVaultARN string `pulumi:"copyAccountVaultArn"`
	// CopyAccountID is the account of CopyAccountVaultARN, 12 digits in quotes; it may then use the vault's key. Default none.
	CopyAccountID string `pulumi:"copyAccountId"`
	// OrganizationID is the organization ("o-…") whose accounts may copy backups into the vaults. Default none.
	OrganizationID string `pulumi:"organizationId"`
	// RestoreTestTypes are the types of resources whose restore is tested, by AWS Backup's names. A test is charged like any
	// restore. Default: DynamoDB, EBS, EFS, RDS where the stack has a database, and the types in RestoreTestMetadata.
	RestoreTestTypes []string `pulumi:"restoreTestTypes"`
	// RestoreTestMetadata says of a type how it is restored, by the keys of AWS Backup ("Restore testing inferred
	// metadata"). Default: RDS beside the stack's database, other types as AWS infers.
	RestoreTestMetadata map[string]map[string]string `pulumi:"restoreTestMetadata"`
	// AirGapped copies backups to a logically air-gapped vault too. It needs backup.lock.compliance. Default false.
	AirGapped bool `pulumi:"airGapped"`
}

// AWSMonitoring adds to who hears of alarms.
type AWSMonitoring struct {
	// Webhooks are addresses that alarms are posted to, those of the second region too, by a name of your choice. Default
	// none.
	Webhooks map[string]AWSWebhook `pulumi:"webhooks"`
	// SlackChannels are channels that hear of the first region's alarms, by a name of your choice. Default none.
	SlackChannels map[string]AWSSlackChannel `pulumi:"slackChannels"`
}

// AWSWebhook is an address that alarms are posted to.
type AWSWebhook struct {
	// URL is the address, https only. It usually contains a token: pulumi config set --path --secret. Required.
	URL string `pulumi:"url"`
	// ConfirmsItself says that the other side confirms the subscription at once, as PagerDuty does. Default false: somebody
	// must confirm it.
	ConfirmsItself bool `pulumi:"confirmsItself"`
	// Severities are the severities to post. Default: all.
	Severities []spec.Severity `pulumi:"severities"`
}

// AWSSlackChannel is a channel of a workspace that was connected to the account once, in the console of Amazon Q Developer
// in chat applications.
type AWSSlackChannel struct {
	// WorkspaceID is the id of the workspace, such as "T07EA123LEP". Required.
	WorkspaceID string `pulumi:"workspaceId"`
	// ChannelID is the id of the channel, such as "C07EZ1ABC23". Required.
	ChannelID string `pulumi:"channelId"`
	// Severities are the severities to hear of. Default: all.
	Severities []spec.Severity `pulumi:"severities"`
}

var (
	// principalPattern matches the ARN of a role or user, in which IAM lets * and ? stand for what is left open (IAM User
	// Guide, "IAM identifiers", "IAM JSON policy elements: Condition operators").
	principalPattern = regexp.MustCompile(`^arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)/\S+$`)
	// vaultPattern matches the ARN of a vault (AWS Backup API, CreateBackupVault, BackupVaultName), its account in parentheses.
	vaultPattern = regexp.MustCompile(`^arn:aws(?:-[a-z]+)*:backup:[a-z0-9-]+:(\d{12}):backup-vault:[A-Za-z0-9_-]{2,50}$`)
	// organizationPattern matches the id of an organization (AWS Organizations API, Organization, Id).
	organizationPattern = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)
)

// Validate reports everything wrong with it that AWS's components do not see, as one error that holds spec.Problems, or
// nil. No address is shown.
func (a AWS) Validate() error {
	var ps spec.Problems
	a.Backup.check(&ps)
	for _, name := range slices.Sorted(maps.Keys(a.Monitoring.Webhooks)) {
		if url := a.Monitoring.Webhooks[name].URL; !strings.HasPrefix(url, "https://") {
			ps.Add("monitoring.webhooks."+name+".url", nil, "must begin with https:// (it is secret and not shown)")
		}
	}
	return ps.Err()
}

// check reports ids that are none: AWS takes any text in a vault's policy, which then denies everybody.
func (b AWSBackup) check(ps *spec.Problems) {
	for _, name := range slices.Sorted(maps.Keys(b.AdministratorARNs)) {
		if arn := b.AdministratorARNs[name]; !principalPattern.MatchString(arn) {
			ps.Add("backup.administratorArns."+name, arn, "is not the ARN of a role or user; use for example arn:aws:iam::123456789012:role/deployer")
		}
	}
	vault := vaultPattern.FindStringSubmatch(b.CopyAccountVaultARN)
	switch {
	case b.CopyAccountVaultARN == "":
	case vault == nil:
		ps.Add("backup.copyAccountVaultArn", b.CopyAccountVaultARN,
			"is not the ARN of a vault; use for example arn:aws:backup:eu-west-1:210987654321:backup-vault:copies")
	case b.CopyAccountID != "" && b.CopyAccountID != vault[1]:
		ps.Add("backup.copyAccountId", b.CopyAccountID, "is not the account of copyAccountVaultArn, %s", vault[1])
	}
	if b.OrganizationID != "" && !organizationPattern.MatchString(b.OrganizationID) {
		ps.Add("backup.organizationId", b.OrganizationID, "is not the id of an organization; use for example o-abcde12345")
	}
}

// checkAWS reports what is said of AWS and has nothing to add to.
func (s Spec) checkAWS(ps *spec.Problems) {
	if s.AWS == nil {
		return
	}
	if s.Cloud != "" && s.Cloud != "aws" {
		ps.Add(namespace+"aws", nil, "has no effect on %s; remove it", s.Cloud)
	}
	b, m := s.AWS.Backup, s.AWS.Monitoring
	tests := len(b.RestoreTestTypes) + len(b.RestoreTestMetadata)
	if s.Backup == nil && (len(b.AdministratorARNs)+tests > 0 || b.CopyAccountVaultARN+b.CopyAccountID+b.OrganizationID != "" || b.AirGapped) {
		ps.Add(namespace+"aws.backup", nil, "has no vault to add to; add %sbackup", namespace)
	}
	if s.Monitoring == nil && len(m.Webhooks)+len(m.SlackChannels) > 0 {
		ps.Add(namespace+"aws.monitoring", nil, "has nothing to hear of; add %smonitoring", namespace)
	}
}
