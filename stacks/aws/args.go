package aws

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/aws/baseline"
	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/database"
	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// plan turns a platform's description into the arguments of AWS's components, without the outputs of other components:
// Check fills in placeholders for them, Deploy the outputs. A part that the platform has not has nil arguments.
type plan struct {
	spec platform.Spec
	tags map[string]string
}

func newPlan(project, stack string, s platform.Spec) plan {
	return plan{spec: s.Unlocked(), tags: naming.Merge(standardTags(project, stack), s.Tags)}
}

// standardTags say where a resource comes from.
func standardTags(project, stack string) map[string]string {
	return map[string]string{"Project": project, "Stack": stack, "ManagedBy": "pulumi"}
}

// tagged returns the tags of a part: its own win over the platform's, and those over the standard ones.
func (p plan) tagged(own map[string]string) map[string]string { return naming.Merge(p.tags, own) }

// saved are the tags of a part that a plan of the vault backs up, if there is one.
func (p plan) saved(plan string, own map[string]string) map[string]string {
	if p.spec.Backup == nil {
		return p.tagged(own)
	}
	return naming.Merge(p.tags, map[string]string{spec.BackupTagKey: spec.BackupPlanTag(plan)}, own)
}

func (p plan) network() *network.Args {
	args := &network.Args{Network: p.spec.Network}
	args.Tags = p.tagged(args.Tags)
	if p.spec.Kubernetes != nil { // EKS finds by these tags where its load balancers go
		args.SubnetTags = map[spec.Tier]map[string]string{
			spec.Public:  {"kubernetes.io/role/elb": "1"},
			spec.Private: {"kubernetes.io/role/internal-elb": "1"},
		}
	}
	return args
}

// colours are the names of the clusters.
func (p plan) colours() []string { return slices.Sorted(maps.Keys(p.spec.Release.Weights())) }

func (p plan) balancer() *loadbalancer.Args {
	if p.spec.LoadBalancer == nil {
		return nil
	}
	args := &loadbalancer.Args{LoadBalancer: *p.spec.LoadBalancer}
	args.Tags = p.tagged(args.Tags)
	args.Backends = map[string]spec.Backend{}
	weights := p.spec.Release.Weights()
	for _, colour := range p.colours() {
		backend, weight := p.spec.LoadBalancer.Backends["main"], weights[colour]
		backend.Port, backend.Weight = p.spec.Cluster.WithDefaults().Port, &weight
		backend.Rollback = p.rollback(colour)
		args.Backends[colour] = backend
	}
	if p.spec.Recovery != nil && (p.spec.Zone != "" || args.Zone != "") {
		args.Failover = "primary"
	}
	return args
}

// rollback says when the traffic of a cluster goes to the other one by itself. Connections have no weights yet.
func (p plan) rollback(colour string) spec.Rollback {
	if p.spec.LoadBalancer.TCP {
		return spec.Rollback{}
	}
	rollback := p.spec.Release.RollbackOf(colour)
	if rollback.To != "" && rollback.LatencyMilliseconds == 0 && p.spec.Monitoring != nil {
		rollback.LatencyMilliseconds = p.spec.Monitoring.Objective.LatencyMilliseconds
	}
	return rollback
}

func (p plan) cluster(colour string) *cluster.Args {
	args := &cluster.Args{Cluster: *p.spec.Cluster}
	args.Tags = p.saved(spec.MainPlan, args.Tags)
	if image := p.spec.Release.ImageOf(colour); image != "" {
		args.ImageID = pulumi.String(image)
	}
	return args
}

func (p plan) kubernetes() *kubernetes.Args {
	if p.spec.Kubernetes == nil {
		return nil
	}
	args := &kubernetes.Args{Kubernetes: *p.spec.Kubernetes, Access: map[string]kubernetes.Access{}}
	args.Tags = p.saved(spec.MainPlan, args.Tags)
	for name, arn := range p.spec.Administrators {
		args.Access[name] = kubernetes.Access{PrincipalARN: pulumi.String(arn), Policy: "cluster-admin"}
	}
	return args
}

func (p plan) database() *database.Args {
	if p.spec.Database == nil {
		return nil
	}
	args := &database.Args{Database: *p.spec.Database}
	args.Tags = p.savedDatabase(args.Tags)
	copied := p.spec.Recovery != nil && p.spec.Recovery.DatabaseReplica // to where it needs a topic of its own
	if !args.Notifications.Disabled && len(args.Notifications.Emails) == 0 && copied {
		args.Notifications.Emails = p.people()
	}
	if p.spec.DatabasePassword != "" {
		args.MasterPassword = pulumi.ToSecret(pulumi.String(p.spec.DatabasePassword)).(pulumi.StringOutput)
	}
	return args
}

func (p plan) cache() *cache.Args {
	if p.spec.Cache == nil {
		return nil
	}
	args := &cache.Args{Cache: *p.spec.Cache}
	args.Tags = p.tagged(args.Tags)
	return args
}

func (p plan) backup() *backup.Args {
	if p.spec.Backup == nil {
		return nil
	}
	args := &backup.Args{Backup: *p.spec.Backup}
	args.Tags = p.tagged(args.Tags)
	if !args.Notifications.Disabled && len(args.Notifications.Emails) == 0 {
		args.Notifications.Emails = p.people()
	}
	if p.spec.AWS != nil {
		addToVault(args, p.spec.AWS.Backup)
	}
	return args
}

// monitoring is where every instance of monitoring begins: with the platform's settings, but watching nothing, telling
// nobody, and with neither logs nor a dashboard. Each says what it has besides; watch.go says why there are several.
func (p plan) monitoring() *monitoring.Args {
	if p.spec.Monitoring == nil {
		return nil
	}
	args := &monitoring.Args{Monitoring: *p.spec.Monitoring}
	args.Tags = p.tagged(args.Tags)
	args.Alarms = nil // changes gives each its own
	args.Emails, args.Logs, args.Dashboard.Disabled = nil, nil, true
	return args
}

// topics tell everybody who hears of alarms.
func (p plan) topics() *monitoring.Args {
	args := p.monitoring()
	if args == nil {
		return nil
	}
	args.Emails, args.Webhooks, args.SlackChannels = p.spec.Monitoring.Emails, p.webhooks(), p.slackChannels()
	return args
}

// front watches what users get.
func (p plan) front() *monitoring.Args {
	if p.spec.LoadBalancer == nil {
		return nil
	}
	return p.monitoring()
}

// watch watches what is behind, and has the logs and the dashboard.
func (p plan) watch() *monitoring.Args {
	args := p.monitoring()
	if args == nil {
		return nil
	}
	args.Logs, args.Dashboard = p.spec.Monitoring.Logs, p.spec.Monitoring.Dashboard
	return args
}

func (p plan) baseline() *baseline.Args {
	if p.spec.Baseline == nil {
		return nil
	}
	args := &baseline.Args{Baseline: *p.spec.Baseline}
	args.Tags = p.tagged(args.Tags)
	if len(args.Alarms.Emails) == 0 {
		args.Alarms.Emails = slices.Sorted(maps.Values(p.people()))
	}
	if len(p.spec.Administrators) > 0 { // users show a second factor to AWS, roles have shown it to their sign-on
		args.BreakGlassPrincipalARNs, args.BreakGlassRoleARNs = map[string]pulumi.StringInput{}, map[string]pulumi.StringInput{}
		for name, arn := range p.spec.Administrators {
			if strings.Contains(arn, ":role/") {
				args.BreakGlassRoleARNs[name] = pulumi.String(arn)
			} else {
				args.BreakGlassPrincipalARNs[name] = pulumi.String(arn)
			}
		}
	}
	return args
}

// recoveryBaseline is what acts of the baseline in the second region. What the account had before, somebody else keeps in
// every region.
func (p plan) recoveryBaseline(home *baseline.Baseline) *baseline.Args {
	args := p.baseline()
	if args == nil || p.spec.Recovery.BaselineDisabled {
		return nil
	}
	args.Home, args.BreakGlassPrincipalARNs, args.BreakGlassRoleARNs = home, nil, nil
	if args.ThreatDetection.Mode == spec.Adopt {
		args.ThreatDetection = spec.ThreatDetection{Mode: spec.Off}
	}
	if args.Posture.Mode == spec.Adopt {
		args.Posture = spec.Posture{Mode: spec.Off}
	}
	if args.Recording.Mode == spec.Adopt {
		args.Recording = spec.Recording{Mode: spec.Off}
	}
	if args.AccessAnalysis.Mode == spec.Adopt {
		args.AccessAnalysis = spec.AccessAnalysis{Mode: spec.Off}
	}
	return args
}

// people are the addresses of those who hear of alarms, by name. They hear of backups that fail and of security alarms
// too, unless these parts name others.
func (p plan) people() map[string]string {
	people := map[string]string{}
	if p.spec.Monitoring != nil {
		for name, email := range p.spec.Monitoring.Emails {
			people[name] = email.Address
		}
	}
	return people
}

// standbyWatch watches the standby that has machines or a copy of the database: there is nothing to see of one without.
func (p plan) standbyWatch() *monitoring.Args {
	if p.spec.Recovery == nil || p.spec.Recovery.Standby == 0 && !p.spec.Recovery.DatabaseReplica {
		return nil
	}
	return p.watchAway()
}

// endpointWatch watches what sends users to the second region.
func (p plan) endpointWatch() *monitoring.Args {
	if p.spec.Cluster == nil {
		return nil
	}
	if balancer := p.balancer(); balancer == nil || !balancer.Checked() {
		return nil
	}
	return p.watchAway()
}

// watchAway watches from another region, where topics of its own tell the same people.
func (p plan) watchAway() *monitoring.Args {
	args := p.monitoring()
	if args == nil {
		return nil
	}
	args.Emails, args.Webhooks = p.spec.Monitoring.Emails, p.webhooks()
	return args
}

// standbyCache is the cache of machines that stand ready.
func (p plan) standbyCache() *cache.Args {
	if p.spec.Recovery == nil || p.spec.Recovery.Standby == 0 {
		return nil
	}
	return p.cache()
}

// recoveryNetwork is the network in the second region.
func (p plan) recoveryNetwork() *network.Args {
	args := &network.Args{Network: p.spec.Recovery.WithDefaults().Network}
	args.Tags = p.tagged(args.Tags)
	return args
}

// standbyBalancer is the load balancer in the second region.
func (p plan) standbyBalancer() *loadbalancer.Args {
	args := p.balancer()
	args.Certificate = p.spec.Recovery.Certificate
	all := 100
	backend := args.Backends[p.colours()[0]]
	backend.Weight, backend.Rollback = &all, spec.Rollback{}
	args.Backends = map[string]spec.Backend{"main": backend}
	if args.Failover != "" {
		args.Failover = "secondary"
	}
	return args
}

// standbyCluster is the cluster in the second region: as large as it is asked to be, and able to grow to full size.
func (p plan) standbyCluster() *cluster.Args {
	args := p.cluster(p.colours()[0])
	args.ImageID = nil // an image belongs to one region
	size := p.spec.Recovery.Standby
	if args.Standby = size == 0; size > 0 {
		args.Max = max(args.Cluster.WithDefaults().Max, size)
		args.Min, args.Start = size, size
	}
	return args
}
