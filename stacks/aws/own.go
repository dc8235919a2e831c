package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// ofAWS are the settings of components that the configuration has in the section aws.
var ofAWS = map[string][]string{
	"backup":     {"administratorArns", "copyAccountVaultArn", "copyAccountId", "organizationId", "restoreTestTypes", "restoreTestMetadata", "airGapped"},
	"monitoring": {"webhooks", "slackChannels"},
}

// typed are the keys that settings of components come from which their section does not have.
var typed = map[string]string{
	"loadBalancer.zoneId":   "zone",
	"loadBalancer.backends": "release.candidate.weight",
	"database.replica":      "recovery",
}

// report records what is wrong with the component, under the keys that its author typed. What is known of a setting
// already needs no second opinion.
func (c component) report(ps *spec.Problems, err error) {
	var own, found spec.Problems
	own.Collect("", err)
	for _, p := range own {
		key := namespace + c.key
		if setting, _, _ := strings.Cut(p.Field, "."); slices.Contains(ofAWS[c.section], setting) {
			key = namespace + "aws." + c.section
		}
		if other, ok := typed[c.section+"."+p.Field]; ok {
			key, p.Field = namespace+other, ""
		}
		found.Collect(key, spec.Problems{p})
	}
	known := slices.Clone(*ps)
	for _, p := range found {
		if !slices.ContainsFunc(known, func(k spec.Problem) bool { return k.Field == p.Field }) {
			ps.Collect("", spec.Problems{p})
		}
	}
}

// addToVault adds to the vault what only AWS has.
func addToVault(args *backup.Args, own platform.AWSBackup) {
	args.AdministratorARNs = map[string]pulumi.StringInput{}
	for name, arn := range own.AdministratorARNs {
		args.AdministratorARNs[name] = pulumi.String(arn)
	}
	if own.CopyAccountVaultARN != "" {
		args.CopyAccountVaultARN = pulumi.String(own.CopyAccountVaultARN)
	}
	if own.OrganizationID != "" {
		args.OrganizationID = pulumi.String(own.OrganizationID)
	}
	args.CopyAccountID, args.AirGapped = own.CopyAccountID, own.AirGapped
	args.RestoreTestTypes, args.RestoreTestMetadata = own.RestoreTestTypes, map[string]pulumi.StringMapInput{}
	for kind, metadata := range own.RestoreTestMetadata {
		args.RestoreTestMetadata[kind] = pulumi.ToStringMap(metadata)
	}
}

// webhooks are the addresses that alarms are posted to.
func (p plan) webhooks() map[string]monitoring.Webhook {
	if p.spec.AWS == nil {
		return nil
	}
	webhooks := map[string]monitoring.Webhook{}
	for name, w := range p.spec.AWS.Monitoring.Webhooks {
		webhooks[name] = monitoring.Webhook{
			URL: pulumi.ToSecret(pulumi.String(w.URL)).(pulumi.StringOutput), ConfirmsItself: w.ConfirmsItself, Severities: w.Severities,
		}
	}
	return webhooks
}

// slackChannels are the channels that hear of the first region's alarms: AWS lets a channel be configured once.
func (p plan) slackChannels() map[string]monitoring.SlackChannel {
	if p.spec.AWS == nil {
		return nil
	}
	channels := map[string]monitoring.SlackChannel{}
	for name, c := range p.spec.AWS.Monitoring.SlackChannels {
		channels[name] = monitoring.SlackChannel{WorkspaceID: c.WorkspaceID, ChannelID: c.ChannelID, Severities: c.Severities}
	}
	return channels
}
