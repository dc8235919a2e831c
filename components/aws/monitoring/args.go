package monitoring

import (
	"cmp"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe the monitoring of a platform on AWS: what to watch, all of it optional, and who hears of it. See
// spec.Monitoring for the cloud-neutral part. Maps are by names that stay: adding a target or an alarm changes nothing
// about the others.
type Args struct {
	spec.Monitoring

	// LoadBalancer is what users reach the service through. Default none.
	LoadBalancer *LoadBalancer `pulumi:"loadBalancer"`
	// Clusters are the groups of instances. Default none.
	Clusters map[string]Cluster `pulumi:"clusters"`
	// Kubernetes are the Kubernetes clusters. Names are other than those of Clusters. Default none.
	Kubernetes map[string]Kubernetes `pulumi:"kubernetes"`
	// Databases are the databases. Default none.
	Databases map[string]Database `pulumi:"databases"`
	// Caches are the caches. Default none.
	Caches map[string]Cache `pulumi:"caches"`
	// NATGatewayIDs are the NAT gateways, for example by the letters of their zones. Default none.
	NATGatewayIDs map[string]pulumi.StringInput `pulumi:"natGatewayIds"`
	// VaultNames are the backup vaults. Default none.
	VaultNames map[string]pulumi.StringInput `pulumi:"vaultNames"`
	// OwnAlarms are alarms on the user's own metrics. Default none.
	OwnAlarms map[string]OwnAlarm `pulumi:"ownAlarms"`

	// Webhooks are addresses that alarms are posted to. Default none.
	Webhooks map[string]Webhook `pulumi:"webhooks"`
	// SlackChannels are channels that hear of alarms. Default none.
	SlackChannels map[string]SlackChannel `pulumi:"slackChannels"`
	// TopicARNs are the topics of another instance of this component, by severity, to use in place of new ones. Who hears
	// of them is that instance's to say. Default none: new topics.
	TopicARNs map[spec.Severity]pulumi.StringInput `pulumi:"topicArns"`
	// KeyARN is the KMS key that encrypts topics and logs. Its policy must let cloudwatch.amazonaws.com, and
	// events.rds.amazonaws.com if databases publish their events, use kms:Decrypt and kms:GenerateDataKey*, and
	// logs.<region>.amazonaws.com what CloudWatch Logs needs. Default: a new key.
	KeyARN pulumi.StringInput `pulumi:"keyArn"`
}

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Monitoring.Validate())
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	d := a.withDefaults()
	for _, name := range sorted(d.Logs) {
		logs.CheckRetention(&ps, "logs."+name+".retentionDays", d.Logs[name].RetentionDays)
	}
	d.checkTargets(&ps)
	if a.LoadBalancer != nil && a.LoadBalancer.TCP && a.Objective != (spec.Objective{}) {
		ps.Add("objective", nil, "is one of requests, of which a load balancer of connections knows nothing; remove it")
	}
	d.checkOwnAlarms(&ps)
	a.checkRecipients(&ps)
	if len(ps) == 0 { // the alarms of what is not valid are not worth a word
		d.checkAlarms(&ps)
	}
	return ps.Err()
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	d.Monitoring = a.Monitoring.WithDefaults()
	d.withTargetDefaults()
	d.OwnAlarms, d.Webhooks, d.SlackChannels = maps.Clone(a.OwnAlarms), maps.Clone(a.Webhooks), maps.Clone(a.SlackChannels)
	for name, own := range d.OwnAlarms {
		d.OwnAlarms[name] = own.withDefaults()
	}
	for name, webhook := range d.Webhooks {
		webhook.Severities = spec.SeveritiesOr(webhook.Severities)
		d.Webhooks[name] = webhook
	}
	for name, channel := range d.SlackChannels {
		channel.Severities = spec.SeveritiesOr(channel.Severities)
		d.SlackChannels[name] = channel
	}
	return d
}

// everyAlarm returns the alarms on metrics as they are without the user's changes.
func (a *Args) everyAlarm() []alarm {
	all := a.balancerAlarms()
	for _, name := range sorted(a.Clusters) {
		all = append(all, a.Clusters[name].alarms(name)...)
	}
	for _, name := range sorted(a.Kubernetes) {
		all = append(all, a.Kubernetes[name].alarms(name)...)
	}
	for _, name := range sorted(a.Databases) {
		all = append(all, a.Databases[name].alarms(name)...)
	}
	for _, name := range sorted(a.Caches) {
		all = append(all, a.Caches[name].alarms(name)...)
	}
	for _, name := range sorted(a.NATGatewayIDs) {
		all = append(all, natAlarms(name, a.NATGatewayIDs[name])...)
	}
	for _, name := range sorted(a.VaultNames) {
		all = append(all, vaultAlarms(name, a.VaultNames[name])...)
	}
	all = append(all, a.logAlarms()...)
	for _, name := range sorted(a.OwnAlarms) {
		all = append(all, a.OwnAlarms[name].alarm(name))
	}
	return all
}

// alarms returns the alarms on metrics, with the user's changes.
func (a *Args) alarms() []alarm {
	var kept []alarm
	for _, one := range a.everyAlarm() {
		if changed, disabled := one.changed(a.Alarms); !disabled {
			kept = append(kept, changed)
		}
	}
	return kept
}

// keptComposites returns the alarms on other alarms, with the user's changes.
func (a *Args) keptComposites() []composite {
	var kept []composite
	for _, c := range a.composites() {
		change := a.Alarms[c.kind]
		c.severity = cmp.Or(change.Severity, c.severity)
		if !change.Disabled {
			kept = append(kept, c)
		}
	}
	return kept
}

// Changeable returns the names that Alarms may have, in alphabetical order: every kind, and the alarms on these targets. It
// tells whose a change is where several instances share the watching of one platform.
func (a *Args) Changeable() []string {
	d := a.withDefaults()
	var wrong spec.Problems
	d.checkTargets(&wrong)
	if len(wrong) > 0 { // there is no telling their alarms
		d = Args{}
	}
	return d.changeable()
}

// changeable is Changeable, of valid targets with their defaults.
func (a *Args) changeable() []string {
	names := spec.AlarmKinds()
	for _, one := range a.everyAlarm() {
		if !one.fixed {
			names = append(names, joined(one.kind, one.target))
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// checkAlarms finds alarms of the same name, and changes to alarms that there are not.
func (a *Args) checkAlarms(ps *spec.Problems) {
	keys, fixed := map[string]bool{}, map[string]bool{}
	for _, c := range a.composites() {
		keys[c.kind], fixed[c.kind] = true, true
	}
	for _, one := range a.everyAlarm() {
		if keys[one.key()] {
			ps.Add("", nil, "there would be two alarms called %s; rename a target or an alarm of your own", one.key())
		}
		keys[one.key()] = true
	}
	changeable := a.changeable()
	for _, name := range sorted(a.Alarms) {
		switch {
		case !slices.Contains(changeable, name):
			ps.Add("alarms."+name, nil, "there is no such alarm; %s", spec.DidYouMean(name, changeable))
		case fixed[name] && a.Alarms[name].Threshold != nil:
			ps.Add("alarms."+name+".threshold", nil, "cannot be set: the alarm follows from others, or from the objective")
		}
	}
}

// Forms of what only AWS knows.
var (
	workspace = regexp.MustCompile(`^[0-9A-Z]{1,255}$`)
	channel   = regexp.MustCompile(`^[A-Za-z0-9]+$`)
)

func (a *Args) checkRecipients(ps *spec.Problems) {
	for _, name := range sorted(a.Webhooks) {
		spec.CheckKey(ps, "webhooks", name)
		if a.Webhooks[name].URL == nil {
			ps.Add("webhooks."+name+".url", nil, "is required")
		}
		spec.CheckSeverities(ps, "webhooks."+name+".severities", a.Webhooks[name].Severities)
	}
	for _, name := range sorted(a.SlackChannels) {
		field := "slackChannels." + name
		spec.CheckKey(ps, "slackChannels", name)
		if id := a.SlackChannels[name].WorkspaceID; !workspace.MatchString(id) {
			ps.Add(field+".workspaceId", id, "is not the id of a workspace; use for example T07EA123LEP")
		}
		if id := a.SlackChannels[name].ChannelID; !channel.MatchString(id) {
			ps.Add(field+".channelId", id, "is not the id of a channel; use for example C07EZ1ABC23")
		}
		spec.CheckSeverities(ps, field+".severities", a.SlackChannels[name].Severities)
		if other := a.sameChannel(name); other != "" {
			ps.Add(field+".channelId", a.SlackChannels[name].ChannelID, "is the channel of %s; AWS lets a channel be configured once", other)
		}
	}
	if len(a.TopicARNs) == 0 {
		return
	}
	for _, severity := range spec.Severities() {
		if a.TopicARNs[severity] == nil {
			ps.Add("topicArns."+string(severity), nil, "is required when topics are given")
		}
	}
	if len(a.Emails)+len(a.Webhooks)+len(a.SlackChannels) > 0 {
		ps.Add("topicArns", nil, "contradicts emails, webhooks and slackChannels: say who hears of alarms where the topics are made")
	}
}

// sameChannel returns the first name in the alphabet that has the same channel, if it comes before this one.
func (a *Args) sameChannel(name string) string {
	for _, other := range sorted(a.SlackChannels) {
		if one, two := a.SlackChannels[other], a.SlackChannels[name]; other < name &&
			one.WorkspaceID == two.WorkspaceID && one.ChannelID == two.ChannelID {
			return other
		}
	}
	return ""
}

// checkURL refuses an address that SNS cannot post to safely, without showing it.
func checkURL(address string) (string, error) {
	if !strings.HasPrefix(address, "https://") {
		return "", errors.New("the address of a webhook must begin with https:// (it is secret and not shown)")
	}
	return address, nil
}

// sorted returns the keys of a map in alphabetical order.
func sorted[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// contains reports whether a severity is in the list.
func contains(list []spec.Severity, severity spec.Severity) bool {
	return slices.Contains(list, severity)
}
