package tests

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/aws/baseline"
	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/database"
	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

const certificate = "arn:aws:iam::123456789012:server-certificate/main"

// balancing makes a load balancer in a network.
func balancing(name string, l spec.LoadBalancer, subnets ...string) pulumi.RunFunc {
	return inNetwork(func(ctx *pulumi.Context, n componenttest.AWSNetwork) error {
		l.Certificate = certificate
		args := &loadbalancer.Args{LoadBalancer: l, VpcID: n.VpcID, SubnetIDs: n.Public}
		if len(subnets) > 0 {
			args.SubnetIDs = pulumi.ToStringArray(subnets)
		}
		_, err := loadbalancer.New(ctx, name, args)
		return err
	})
}

// storing makes a database in a network.
func storing(name string, subnets ...string) pulumi.RunFunc {
	return inNetwork(func(ctx *pulumi.Context, n componenttest.AWSNetwork) error {
		args := &database.Args{VpcID: n.VpcID, SubnetIDs: n.Data}
		if len(subnets) > 0 {
			args.SubnetIDs = pulumi.ToStringArray(subnets)
		}
		_, err := database.New(ctx, name, args)
		return err
	})
}

// keeping makes a backup.
func keeping(b spec.Backup) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := backup.New(ctx, "main", &backup.Args{Backup: b})
		return err
	}
}

// A name of any length and make becomes one that AWS takes, and that is not shortened to another's.
func loadBalancerNames(t *testing.T) {
	for _, name := range []string{strings.Repeat("shop", 20), "internal-shop", "-shop-", "shop_front.eu"} {
		accepted(t, balancing(name, spec.LoadBalancer{}))
	}
	const token = "aws:lb/loadBalancer:LoadBalancer"
	long := strings.Repeat("x", 40)
	one, other := only(t, accepted(t, balancing(long+"1", spec.LoadBalancer{})), token), only(t, accepted(t, balancing(long+"2", spec.LoadBalancer{})), token)
	assert.NotEqual(t, one.Inputs["name"], other.Inputs["name"])
}

// What replaces a target group changes its name too, and the old one goes last.
func targetGroupsSideBySide(t *testing.T) {
	const token = "aws:lb/targetGroup:TargetGroup"
	group := func(backend spec.Backend) componenttest.Resource {
		return only(t, accepted(t, balancing("main", spec.LoadBalancer{Backends: map[string]spec.Backend{"main": backend}})), token)
	}
	before := group(spec.Backend{})
	for what, backend := range map[string]spec.Backend{
		"port": {Port: 9000}, "protocol": {Protocol: spec.BackendHTTPS}, "version": {Protocol: spec.BackendGRPC},
	} {
		after := group(backend)
		assert.NotEmpty(t, componenttest.AWSReplaced(t, before, after), "%s replaces it", what)
		assert.NotEqual(t, before.Inputs["name"], after.Inputs["name"], what)
		assert.False(t, after.Request.GetDeleteBeforeReplace(), what)
	}
}

func loadBalancerZones(t *testing.T) {
	r, err := simulate(t, balancing("main", spec.LoadBalancer{}, "subnet-1"))
	require.ErrorContains(t, err, "give subnets in 2 zones at least")
	assert.Empty(t, r.OfType("aws:lb/loadBalancer:LoadBalancer"))
}

func databaseZones(t *testing.T) {
	r, err := simulate(t, storing("main", "subnet-1"))
	require.ErrorContains(t, err, "give subnets in 2 zones at least")
	assert.Empty(t, r.OfType("aws:rds/subnetGroup:SubnetGroup"))
}

func databaseNames(t *testing.T) {
	for _, name := range []string{"Orders", "orders--eu", "orders-", "9orders", "default", strings.Repeat("orders", 20)} {
		r := accepted(t, storing(name))
		identifier := only(t, r, "aws:rds/instance:Instance").Inputs["identifier"].StringValue()
		assert.Regexp(t, "^[a-z](-?[a-z0-9]){0,62}$", identifier)
	}
}

// The key of the disks lets Auto Scaling's role use it, and create grants for disks alone.
func scalingMayUseTheKey(t *testing.T) {
	r := clusters(t, cluster.Args{})
	var policy struct {
		Statement []struct {
			Action    []string
			Principal map[string]any
			Condition map[string]any
		}
	}
	require.NoError(t, json.Unmarshal([]byte(only(t, r, "aws:kms/key:Key").Inputs["policy"].StringValue()), &policy))
	granted := map[string]map[string]any{}
	for _, s := range policy.Statement {
		for _, action := range s.Action {
			if strings.Contains(fmt.Sprint(s.Principal), "AWSServiceRoleForAutoScaling") {
				granted[action] = s.Condition
			}
		}
	}
	for _, action := range []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"} {
		assert.Contains(t, granted, action)
	}
	assert.Equal(t, map[string]any{"Bool": map[string]any{"kms:GrantIsForAWSResource": "true"}}, granted["kms:CreateGrant"])
}

// clusters makes a cluster in a network.
func clusters(t *testing.T, args cluster.Args) componenttest.Recording {
	t.Helper()
	return accepted(t, inNetwork(func(ctx *pulumi.Context, n componenttest.AWSNetwork) error {
		args.VpcID, args.SubnetIDs = n.VpcID, n.Private
		_, err := cluster.New(ctx, "main", &args)
		return err
	}))
}

// A new launch template is a new number in the group, and that is what starts a rollout.
func rolloutsStart(t *testing.T) {
	for name, args := range map[string]cluster.Args{
		"mixed":    {},
		"one type": {Cluster: spec.Cluster{Machine: spec.Machine{Types: []string{"m7i.large"}}}, WarmPool: &cluster.WarmPool{}},
	} {
		group := only(t, clusters(t, args), "aws:autoscaling/group:Group")
		text := fmt.Sprint(group.Inputs["launchTemplate"], group.Inputs["mixedInstancesPolicy"])
		assert.Contains(t, text, "ersion", name)
		assert.NotContains(t, text, "$Latest", name)
		assert.NotContains(t, text, "$Default", name)
		waitsFor(t, group, "aws:ec2/launchTemplate:LaunchTemplate")
		assert.True(t, group.Inputs["instanceRefresh"].IsObject(), name)
	}
}

// AWS may write to the bucket before there is a load balancer that does.
func accessLogsAreTaken(t *testing.T) {
	r := accepted(t, balancing("main", spec.LoadBalancer{}))
	balancer := only(t, r, "aws:lb/loadBalancer:LoadBalancer")
	waitsFor(t, balancer, "aws:s3/bucketPolicy:BucketPolicy")
	for _, logs := range []string{"accessLogs", "connectionLogs"} {
		assert.NotContains(t, balancer.Inputs[resource.PropertyKey(logs)].ObjectValue()["prefix"].StringValue(), "AWSLogs")
	}
	encryption := only(t, r, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2")
	assert.Contains(t, fmt.Sprint(encryption.Inputs["rules"]), "AES256", "load balancers cannot write with other keys")
}

func recordsComeAfterThePolicy(t *testing.T) {
	r := accepted(t, recording(&baseline.Args{}))
	for _, token := range []string{"aws:cloudtrail/trail:Trail", "aws:cfg/deliveryChannel:DeliveryChannel"} {
		waitsFor(t, only(t, r, token), "aws:s3/bucketPolicy:BucketPolicy")
	}
}

func recording(args *baseline.Args) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := baseline.New(ctx, "main", args)
		return err
	}
}

// An account that has them already keeps them, if asked to; if not, AWS refuses.
func singletonsAreAdopted(t *testing.T) {
	used := func(args *baseline.Args) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			world, err := componenttest.NewWorld(ctx)
			if err != nil {
				return err
			}
			detector, err := world.Add("aws:guardduty/detector:Detector", "there", pulumi.Map{})
			if err != nil {
				return err
			}
			wait := make(chan struct{})
			detector.ID().ApplyT(func(pulumi.ID) int {
				close(wait)
				return 0
			})
			<-wait
			return recording(args)(ctx)
		}
	}
	_, err := simulate(t, used(&baseline.Args{}))
	require.ErrorContains(t, err, "[aws-guardduty-one-detector]")
	accepted(t, used(&baseline.Args{Baseline: spec.Baseline{ThreatDetection: spec.ThreatDetection{Mode: spec.Adopt}}}))
}

// Without consent no lock is for good; with it, there are three days at least to think again. Nothing is kept for less
// than the lock's minimum, or its jobs would fail.
func locksCanBeUndone(t *testing.T) {
	const token = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	assert.NotContains(t, only(t, accepted(t, keeping(spec.Backup{})), token).Inputs, resource.PropertyKey("changeableForDays"))
	consent := spec.Backup{Lock: spec.BackupLock{Compliance: spec.ComplianceConsent}}
	days := only(t, accepted(t, keeping(consent)), token).Inputs["changeableForDays"]
	assert.GreaterOrEqual(t, days.NumberValue(), 3.0)
	consent.Lock.CoolingOffDays = 2
	_, err := simulate(t, keeping(consent))
	require.ErrorContains(t, err, "lock.coolingOffDays")
	_, err = simulate(t, keeping(spec.Backup{Rules: map[string]spec.BackupRule{"hourly": {RetentionDays: 6}}}))
	require.ErrorContains(t, err, "rules.hourly.retentionDays")
}

// What AWS refuses of a rule is refused by name, before anything is made.
func backupRulesAreSound(t *testing.T) {
	for field, rule := range map[string]spec.BackupRule{
		"startWindowMinutes":      {StartWindowMinutes: 59},
		"completionWindowMinutes": {StartWindowMinutes: 60, CompletionWindowMinutes: 119},
		"coldAfterDays":           {RetentionDays: 100, ColdAfterDays: 11},
		"retentionDays":           {RetentionDays: 36, PointInTime: true},
	} {
		r, err := simulate(t, keeping(spec.Backup{Rules: map[string]spec.BackupRule{"daily": rule}}))
		require.ErrorContains(t, err, "rules.daily."+field)
		assert.Empty(t, r.Resources)
	}
}

// More zones, or IPv6, leave the subnets that there are where they are.
func subnetsStay(t *testing.T) {
	in := func(n spec.Network) componenttest.Recording {
		return accepted(t, func(ctx *pulumi.Context) error {
			_, err := network.New(ctx, "main", &network.Args{Network: n})
			return err
		})
	}
	for _, after := range []spec.Network{{Zones: 3}, {Zones: 4}, {ZoneNames: []string{"us-east-1d", "us-east-1b", "us-east-1a"}}} {
		stays(t, in(spec.Network{Zones: 2}), in(after), "aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc")
	}
}

// Every rule is a resource of its own, so that one more replaces none and none is taken away by another's change. One that
// lets a group in goes before that group does.
func rulesStandAlone(t *testing.T) {
	for concept, make := range map[string]func(*pulumi.Context, componenttest.AWSNetwork, map[string]pulumi.StringInput) error{
		"cache": func(ctx *pulumi.Context, n componenttest.AWSNetwork, clients map[string]pulumi.StringInput) error {
			_, err := cache.New(ctx, "main", &cache.Args{VpcID: n.VpcID, SubnetIDs: n.Data, ClientSecurityGroupIDs: clients})
			return err
		},
		"cluster": func(ctx *pulumi.Context, n componenttest.AWSNetwork, clients map[string]pulumi.StringInput) error {
			_, err := cluster.New(ctx, "main", &cluster.Args{VpcID: n.VpcID, SubnetIDs: n.Private, ClientSecurityGroupIDs: clients})
			return err
		},
		"database": func(ctx *pulumi.Context, n componenttest.AWSNetwork, clients map[string]pulumi.StringInput) error {
			_, err := database.New(ctx, "main", &database.Args{VpcID: n.VpcID, SubnetIDs: n.Data, ClientSecurityGroupIDs: clients})
			return err
		},
		"kubernetes": func(ctx *pulumi.Context, n componenttest.AWSNetwork, clients map[string]pulumi.StringInput) error {
			_, err := kubernetes.New(ctx, "main", &kubernetes.Args{VpcID: n.VpcID, SubnetIDs: n.PrivateIn, ClientSecurityGroupIDs: clients})
			return err
		},
	} {
		with := func(names ...string) componenttest.Recording {
			return accepted(t, func(ctx *pulumi.Context) error {
				world, n, err := componenttest.AWSWorld(ctx)
				if err != nil {
					return err
				}
				clients := map[string]pulumi.StringInput{}
				for _, name := range names {
					client, err := world.Add("aws:ec2/securityGroup:SecurityGroup", name, pulumi.Map{"vpcId": n.VpcID})
					if err != nil {
						return err
					}
					clients[name] = client.ID().ToStringOutput()
				}
				return make(ctx, n, clients)
			})
		}
		before, after := with("m"), with("a", "m", "z")
		stays(t, before, after, ingressToken)
		for _, rule := range after.OfType(ingressToken) {
			assert.Equal(t, []string{"referencedSecurityGroupId"}, rule.Request.GetReplaceOnChanges(), "%s: %s", concept, rule.URN)
		}
		for _, group := range after.OfType("aws:ec2/securityGroup:SecurityGroup") {
			for _, inline := range []string{"ingress", "egress"} {
				assert.NotContains(t, group.Inputs, resource.PropertyKey(inline), "%s: %s", concept, group.URN)
			}
		}
	}
}
