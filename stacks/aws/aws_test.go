package aws

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

func TestDeploy(t *testing.T) {
	t.Parallel()
	var exports map[string]pulumi.Input
	s := platform.Spec{
		Cloud:   "aws",
		Tags:    map[string]string{"Owner": "platform", "team": "a"},
		Network: spec.Network{CIDR: "10.9.0.0/16", Zones: 2, Tags: map[string]string{"team": "net"}},
	}
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		err := Deploy(ctx, s)
		exports = ctx.GetCurrentExportMap()
		return err
	})
	require.NoError(t, err)
	var names []string
	for name, value := range exports {
		require.NotNil(t, value, name)
		names = append(names, name)
	}
	assert.ElementsMatch(t, []string{
		"zones", "vpcId", "vpcCidr", "publicSubnetIds", "privateSubnetIds", "dataSubnetIds", "natPublicIps", "flowLogGroupName",
	}, names)
	assert.Equal(t, pulumi.ToStringArray([]string{"eu-west-1a", "eu-west-1b"}), exports["zones"])

	vpc, ok := r.Named("aws:ec2/vpc:Vpc", "main-vpc")
	require.True(t, ok)
	assert.Equal(t, "10.9.0.0/16", vpc.Inputs["cidrBlock"].StringValue())
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"Name": "holdfast-test-main", "Project": "holdfast", "Stack": "test", "ManagedBy": "pulumi", "Owner": "platform", "team": "net",
	}), vpc.Inputs["tags"].ObjectValue(), "the network's own tags win")
	assert.Len(t, r.OfType("aws:ec2/subnet:Subnet"), 6)
	assert.Len(t, r.OfType("aws:ec2/natGateway:NatGateway"), 2)
	for _, res := range r.Resources {
		assert.True(t, res.Type == "holdfast:aws:Network" || res.Parent.Name() == "main", "%s belongs to a component", res.URN)
	}
}

// Every export is what its name says. The cloud's ids are here the names of the resources.
func TestExports(t *testing.T) {
	t.Parallel()
	echo := componenttest.Echo{
		State: func(_, name string) resource.PropertyMap {
			return resource.NewPropertyMapFromMap(map[string]any{"arn": "arn:aws:test:eu-west-1:123456789012:x", "publicIp": "ip of " + name})
		},
		Answers: componenttest.AWSAnswers("eu-west-1", "eu-west-1a", "eu-west-1b"),
	}
	const subnet = "aws:ec2/subnet:Subnet::main-"
	want := map[string]any{
		"vpcId": "aws:ec2/vpc:Vpc::main-vpc", "vpcCidr": "10.0.0.0/16", "flowLogGroupName": "/holdfast/test/main/flow-logs",
		"publicSubnetIds":  []string{subnet + "public-a", subnet + "public-b"},
		"privateSubnetIds": []string{subnet + "private-a", subnet + "private-b"},
		"dataSubnetIds":    []string{subnet + "data-a", subnet + "data-b"},
		"natPublicIps":     []string{"ip of main-nat-a", "ip of main-nat-b"},
	}
	var checked atomic.Int32
	_, err := componenttest.Run(echo, func(ctx *pulumi.Context) error {
		err := Deploy(ctx, platform.Spec{Network: spec.Network{Zones: 2}})
		for name, value := range want {
			pulumi.ToOutput(ctx.GetCurrentExportMap()[name]).ApplyT(func(got any) int32 {
				assert.Equal(t, value, got, name)
				return checked.Add(1)
			})
		}
		return err
	})
	require.NoError(t, err)
	assert.EqualValues(t, len(want), checked.Load())
}

func TestDeployFails(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		return Deploy(ctx, platform.Spec{Network: spec.Network{Zones: 4}})
	})
	require.ErrorContains(t, err, `network "main": zones: 4 are more zones than the region has; use at most 3, or another region`)
}

func TestCheck(t *testing.T) {
	t.Parallel()
	ireland := map[string]string{"aws:region": "eu-west-1"}
	many := map[string]string{}
	for i := range 48 {
		many[fmt.Sprint("k", i)] = "v"
	}
	const aCertificate = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
	ten := 10
	tests := map[string]struct {
		config map[string]string
		spec   platform.Spec
		want   []string
	}{
		"nothing wrong": {ireland, platform.Spec{Tags: map[string]string{"Owner": "me"}, Network: spec.Network{ZoneNames: []string{"eu-west-1c", "eu-west-1a"}}}, nil},
		"no region": {nil, platform.Spec{}, []string{
			"aws:region: is missing; run: pulumi config set aws:region eu-west-1 (or the region you want)"}},
		"zone elsewhere": {ireland, platform.Spec{Network: spec.Network{ZoneNames: []string{"us-east-1a", "us-east-1b"}}}, []string{
			`holdfast:network.zoneNames[0]: "us-east-1a" is not in the region of aws:region, eu-west-1`,
			`holdfast:network.zoneNames[1]: "us-east-1b" is not in the region of aws:region, eu-west-1`}},
		"region whose name goes on": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{Network: spec.Network{ZoneNames: []string{"us-east-2a", "us-east-2b"}}}, []string{
			`holdfast:network.zoneNames[0]: "us-east-2a" is not in the region of aws:region, us-east-1`,
			`holdfast:network.zoneNames[1]: "us-east-2b" is not in the region of aws:region, us-east-1`}},
		"administrators": {ireland, platform.Spec{
			Administrators: map[string]string{"ops": "arn:aws:iam::123456789012:role/ops"}, Kubernetes: &spec.Kubernetes{}, Baseline: &spec.Baseline{}}, nil},
		"tags": {ireland, platform.Spec{Tags: map[string]string{"aws:x": "v"}, Network: spec.Network{Tags: map[string]string{"y": "?"}}}, []string{
			`holdfast:tags.aws:x: "aws:x" is reserved`, `holdfast:network.tags.y: "?" is not a tag value`}},
		"too many tags": {ireland, platform.Spec{Tags: many}, []string{"holdfast:tags: 51 are too many tags; use at most 50, counting those that are added"}},
		"every part": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Cluster: &spec.Cluster{MaxAgeDays: -1}, LoadBalancer: &spec.LoadBalancer{}, Kubernetes: &spec.Kubernetes{Logs: spec.KubernetesLogs{RetentionDays: 100}},
			Database: &spec.Database{LogRetentionDays: 100}, Cache: &spec.Cache{LogRetentionDays: 100}, Backup: &spec.Backup{Tags: map[string]string{"aws:x": "y"}},
			Baseline:   &spec.Baseline{Tags: map[string]string{"aws:x": "y"}},
			Monitoring: &spec.Monitoring{Logs: map[string]spec.ApplicationLog{"app": {RetentionDays: 10}}},
			Recovery:   &platform.Recovery{Region: "us-west-2", Network: spec.Network{FlowLogs: spec.FlowLogs{RetentionDays: 10}}}}, []string{
			"holdfast:baseline.tags.aws:x: ", "holdfast:loadBalancer.certificate: ", "holdfast:cluster.maxAgeDays: ", "holdfast:kubernetes.logs.retentionDays: 100 is not a period",
			"holdfast:database.logRetentionDays: 100 is not a period", "holdfast:cache.logRetentionDays: 100 is not a period", "holdfast:backup.tags.aws:x: ",
			"holdfast:monitoring.logs.app.retentionDays: 10 is not a period", "holdfast:recovery.network.flowLogs.retentionDays: 10 is not a period"}},
		"an alarm that nothing raises": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Backup: &spec.Backup{}, Monitoring: &spec.Monitoring{Alarms: map[string]spec.AlarmChange{"cpu-main": {Disabled: true}, "backup-none-main": {Disabled: true}}}}, []string{
			"holdfast:monitoring.alarms.cpu-main: there is no such alarm"}},
		"an alarm of no instance": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Cluster: &spec.Cluster{}, LoadBalancer: &spec.LoadBalancer{Certificate: "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"},
			Monitoring: &spec.Monitoring{Alarms: map[string]spec.AlarmChange{"cpu-bleu": {}, "cpu-blue": {}, "hosts-few-blue": {}, "latency": {}}}}, []string{
			"holdfast:monitoring.alarms.cpu-bleu: there is no such alarm; did you mean cpu-blue?"}},
		"what has no copy in another region": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Database: &spec.Database{Standby: spec.StandbyReadable}, Recovery: &platform.Recovery{Region: "us-west-2"}}, []string{
			"holdfast:recovery: is not possible with readable standbys"}},
		"recovery at home": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{Recovery: &platform.Recovery{
			Region: "us-east-1", Network: spec.Network{CIDR: "10.0.0.0/16", ZoneNames: []string{"us-west-2a", "us-west-2b"}}}}, []string{
			`holdfast:recovery.region: "us-east-1" is the platform's own; name another`,
			`holdfast:recovery.network.zoneNames[0]: "us-west-2a" is not in the region us-east-1`, `holdfast:recovery.network.zoneNames[1]: "us-west-2b"`,
			`holdfast:recovery.network.cidr: "10.0.0.0/16" overlaps the platform's network, 10.0.0.0/16`}},
		"a network within the default of the other": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Network: spec.Network{CIDR: "10.128.16.0/20"}, Recovery: &platform.Recovery{Region: "us-west-2"}}, []string{
			`holdfast:recovery.network.cidr: "10.128.0.0/16" overlaps the platform's network, 10.128.16.0/20; use another block`}},
		"networks side by side": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Network: spec.Network{CIDR: "10.128.16.0/20"}, Recovery: &platform.Recovery{Region: "us-west-2", Network: spec.Network{CIDR: "10.128.32.0/20"}}}, nil},
		"readable standbys in two zones": {ireland, platform.Spec{
			Network: spec.Network{Zones: 2}, Database: &spec.Database{Standby: spec.StandbyReadable}}, []string{
			`holdfast:database.standby: "readable" needs a network of 3 zones, and this has 2`}},
		"readable standbys in three": {ireland, platform.Spec{Database: &spec.Database{Standby: spec.StandbyReadable}}, nil},
		"a standby in two zones":     {ireland, platform.Spec{Network: spec.Network{Zones: 2}, Database: &spec.Database{}}, nil},
		"replicas without a password": {ireland, platform.Spec{Database: &spec.Database{Replicas: map[string]spec.DatabaseReplica{"reports": {}}}}, []string{
			"holdfast:databasePassword: is missing: RDS copies no database whose password it manages"}},
		"no certificates": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Cluster: &spec.Cluster{}, LoadBalancer: &spec.LoadBalancer{Certificate: "mycert"},
			Recovery: &platform.Recovery{Region: "us-west-2", Certificate: "arn:aws:acm:us-west-2:123456789012:key/x"}}, []string{
			`holdfast:recovery.certificate: "arn:aws:acm:us-west-2:123456789012:key/x" is not the ARN of a certificate`,
			`holdfast:loadBalancer.certificate: "mycert" is not the ARN of a certificate`}},
		"certificates of other regions": {map[string]string{"aws:region": "us-west-2"}, platform.Spec{
			Cluster: &spec.Cluster{}, LoadBalancer: &spec.LoadBalancer{Certificate: aCertificate},
			Recovery: &platform.Recovery{Region: "eu-west-1", Certificate: aCertificate}}, []string{
			"is of another region; a load balancer in eu-west-1 can only use one of that region", "is of another region; a load balancer in us-west-2"}},
		"certificates": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Cluster: &spec.Cluster{}, LoadBalancer: &spec.LoadBalancer{Certificate: aCertificate},
			Recovery: &platform.Recovery{Region: "us-west-2", Certificate: "arn:aws:iam::123456789012:server-certificate/web/shop"}}, nil},
		"a zone without a domain": {ireland, platform.Spec{Zone: "a.b", Cluster: &spec.Cluster{}, LoadBalancer: &spec.LoadBalancer{Unencrypted: true}}, []string{
			"holdfast:zone: is of no use without domain"}},
		"a share of connections": {ireland, platform.Spec{
			Cluster: &spec.Cluster{}, LoadBalancer: &spec.LoadBalancer{TCP: true, Unencrypted: true, Firewall: spec.Firewall{Disabled: true}},
			Release: platform.Release{Strategy: platform.BlueGreen, Candidate: &platform.Candidate{Weight: &ten}}}, []string{
			"holdfast:release.candidate.weight: 10 shares out connections, which is not possible with tcp yet; use 0 or 100"}},
		"a standby of one": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Cluster: &spec.Cluster{}, Recovery: &platform.Recovery{Region: "us-west-2", Standby: 1}}, nil}, // the description refuses it
		"recovery without what it needs": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Database: &spec.Database{}, Cluster: &spec.Cluster{}, LoadBalancer: &spec.LoadBalancer{Certificate: aCertificate},
			Recovery: &platform.Recovery{Region: "us-west-2", DatabaseReplica: true}}, []string{
			"holdfast:recovery.certificate: is missing: a certificate of ACM belongs to one region; give one of us-west-2",
			"holdfast:databasePassword: is missing: RDS copies no database whose password it manages"}},
		"vault in the database's windows": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Database: &spec.Database{BackupWindow: "02:30", MaintenanceWindow: "mon:04:00"},
			Backup:   &spec.Backup{Rules: map[string]spec.BackupRule{"evening": {Schedule: "0 20 * * *", RetentionDays: 7}}}}, []string{
			`holdfast:database.backupWindow: "02:30" is when the rule daily of holdfast:backup comes, "30 1 * * *" in Etc/UTC, or within 60 minutes after`,
			`holdfast:database.maintenanceWindow: "mon:04:00" is when the rule monthly of holdfast:backup comes, "30 3 1 * *"`,
			`holdfast:database.backupWindow: "02:30" is when the rule weekly`}},
		"vault in another time zone": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Database: &spec.Database{}, Backup: &spec.Backup{TimeZone: "Asia/Kolkata"}}, []string{
			`holdfast:database.backupWindow: "22:00" is when the rule monthly of holdfast:backup comes, "30 3 1 * *" in Asia/Kolkata`,
			`holdfast:database.backupWindow: "22:00" is when the rule weekly of holdfast:backup comes, "30 2 * * sun"`}},
		"vault's hourly rule on the database": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Database: &spec.Database{Tags: map[string]string{"Backup": "true"}}, Backup: &spec.Backup{}}, []string{
			`holdfast:database.backupWindow: "22:00" is when the rule hourly`, `holdfast:database.maintenanceWindow: "sun:06:00" is when the rule hourly`}},
		"promises too much": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Database: &spec.Database{Standby: spec.StandbyNone}, Cache: &spec.Cache{StandbyNone: true}}, []string{
			"holdfast:objectives.availability: 99.9 is more than the parts commit to: 99.5 % (RDS, one instance) × 99.5 % (ElastiCache, one zone) = 99.002 %"}},
		"data that nothing saves": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Cache: &spec.Cache{Use: spec.CacheState, BackupsDisabled: true}, Backup: &spec.Backup{},
			Objectives: platform.Objectives{RPOMinutes: 100_000}}, []string{"holdfast:objectives.rpoMinutes: 100000 is less than can be lost (cache all)"}},
		"loses too much": {map[string]string{"aws:region": "us-east-1"}, platform.Spec{
			Database: &spec.Database{}, Cluster: &spec.Cluster{Tags: map[string]string{"Backup": "true"}}, Backup: &spec.Backup{}, Recovery: &platform.Recovery{Region: "us-west-2"},
			Objectives: platform.Objectives{RPOMinutes: 119, CopyRPOMinutes: 29, RTOMinutes: 239}}, []string{
			"holdfast:objectives.rpoMinutes: 119 is less than can be lost (cluster 120)",
			"holdfast:objectives.copyRpoMinutes: 29 is less than is lost with the region (cluster 120, database 30)",
			"holdfast:objectives.rtoMinutes: 239 is less than a restore takes (cluster 240, database 240)"}},
		"all at once": {nil, platform.Spec{Network: spec.Network{CIDR: "x", FlowLogs: spec.FlowLogs{RetentionDays: 10}, ZoneNames: []string{"x", "y"}}}, []string{
			"aws:region: is missing", "holdfast:network.cidr: ", "holdfast:network.zoneNames[0]: ", "holdfast:network.zoneNames[1]: ", "holdfast:network.flowLogs.retentionDays: 10 is not a period"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := Cloud().Check(test.spec, test.config)
			if len(test.want) == 0 {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			lines := strings.Split(err.Error(), "\n")
			require.Len(t, lines, len(test.want), err.Error())
			for i, want := range test.want {
				assert.Contains(t, lines[i], want)
			}
		})
	}
}
