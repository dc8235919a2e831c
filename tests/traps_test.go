package tests

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
)

// A trap is what a program on AWS falls into at a real apply, and no sooner: no compiler and no schema knows of it.
type trap struct {
	source string // where AWS, or who fell into it, says so
	// refusals are the entries of the simulated AWS that refuse what falls into it, or warn of it where AWS takes it and
	// goes on without what was asked for.
	refusals []string
	// malformed are inputs that are refused for their form alone, by their type: there is no entry for a form.
	malformed map[string][]map[string]any
	// avoided runs our component with what would provoke the trap, and holds what keeps it out.
	avoided func(t *testing.T)
}

const (
	elbAPI       = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
	rdsAPI       = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/"
	backupAPI    = "https://docs.aws.amazon.com/aws-backup/latest/devguide/"
	autoscaling  = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/"
	detectorAPI  = "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html"
	revokeAPI    = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html"
	subnetErrors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"
)

// traps are those of AWS, each by what goes wrong.
var traps = map[string]trap{
	"a name that a load balancer cannot have": {
		source:   elbAPI + "API_CreateLoadBalancer.html, Name",
		refusals: []string{"aws-elb-name-taken"},
		malformed: map[string][]map[string]any{
			"aws:lb/loadBalancer:LoadBalancer": {
				{"name": strings.Repeat("x", 33)}, {"name": "-front"}, {"name": "front-"}, {"name": "internal-front"}, {"name": "front_end"},
			},
			"aws:lb/targetGroup:TargetGroup": {
				{"name": strings.Repeat("x", 33), "port": 80, "protocol": "HTTP", "vpcId": "vpc-0123456789abcdef0"},
				{"namePrefix": "sevenxx", "port": 80, "protocol": "HTTP", "vpcId": "vpc-0123456789abcdef0"},
			},
		},
		avoided: loadBalancerNames,
	},
	"a target group that is replaced while it is in use": {
		source:   elbAPI + "API_CreateTargetGroup.html, DuplicateTargetGroupName; API_DeleteTargetGroup.html, ResourceInUse",
		refusals: []string{"aws-elb-target-group-name-taken", "aws-elb-target-group-in-use"},
		avoided:  targetGroupsSideBySide,
	},
	"a load balancer in one zone": {
		source:   elbAPI + "API_CreateLoadBalancer.html, Subnets",
		refusals: []string{"aws-elb-two-zones", "aws-elb-one-subnet-in-a-zone"},
		avoided:  loadBalancerZones,
	},
	"a database's subnets in one zone": {
		source:   rdsAPI + "API_CreateDBSubnetGroup.html, DBSubnetGroupDoesNotCoverEnoughAZs",
		refusals: []string{"aws-rds-subnet-group-two-zones"},
		avoided:  databaseZones,
	},
	"a name that a database cannot have": {
		source:   rdsAPI + "API_CreateDBInstance.html, DBInstanceIdentifier; API_CreateDBSubnetGroup.html, DBSubnetGroupName",
		refusals: []string{"aws-rds-identifier", "aws-rds-subnet-group-default"},
		avoided:  databaseNames,
	},
	"a disk key that Auto Scaling cannot use": {
		source:   autoscaling + "key-policy-requirements-EBS-encryption.html",
		refusals: []string{"aws-autoscaling-key-grant", "aws-autoscaling-key-unusable"},
		avoided:  scalingMayUseTheKey,
	},
	"a launch template at $Latest": {
		source:   autoscaling + "instance-refresh-overview.html; https://github.com/hashicorp/terraform-provider-aws/issues/16785",
		refusals: []string{"aws-autoscaling-refresh-never-starts"},
		avoided:  rolloutsStart,
	},
	"access logs that the bucket does not take": {
		source:   "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
		refusals: []string{"aws-elb-logs-denied", "aws-elb-logs-region", "aws-elb-logs-encryption", "aws-elb-logs-prefix"},
		avoided:  accessLogsAreTaken,
	},
	"records before their bucket's policy": {
		source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html; " +
			"https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html",
		refusals: []string{"aws-cloudtrail-bucket-policy", "aws-config-bucket-policy"},
		avoided:  recordsComeAfterThePolicy,
	},
	"what an account has one of": {
		source:   detectorAPI + "; https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html",
		refusals: []string{"aws-guardduty-one-detector", "aws-config-one-recorder"},
		avoided:  singletonsAreAdopted,
	},
	"a vault lock that is never to be undone": {
		source:   backupAPI + "API_PutBackupVaultLockConfiguration.html",
		refusals: []string{"aws-backup-lock-cooling-off", "aws-backup-lock-retention-order", "aws-backup-retention-outside-lock"},
		avoided:  locksCanBeUndone,
	},
	"backup rules that contradict themselves": {
		source: backupAPI + "API_BackupRuleInput.html; " + backupAPI + "API_Lifecycle.html",
		refusals: []string{
			"aws-backup-start-window", "aws-backup-completion-window", "aws-backup-cold-storage-90-days", "aws-backup-continuous-35-days",
		},
		malformed: map[string][]map[string]any{"aws:backup/vault:Vault": {{"name": "x"}, {"name": strings.Repeat("x", 51)}}},
		avoided:   backupRulesAreSound,
	},
	"subnets that are laid out anew": {
		source:   subnetErrors + ", InvalidSubnet.Conflict",
		refusals: []string{"aws-subnet-conflict"},
		avoided:  subnetsStay,
	},
	"security-group rules that are replaced together": {
		source:   subnetErrors + ", InvalidPermission.NotFound and InvalidPermission.Duplicate",
		refusals: []string{"aws-security-group-rule-exists", "aws-security-group-rule-twice", "aws-security-group-rule-gone"},
		avoided:  rulesStandAlone,
	},
	"a Kubernetes cluster that is replaced": { // what TestReplacedCluster holds besides
		source:   revokeAPI + "; https://github.com/pulumi/pulumi-eks/issues/69",
		refusals: []string{"aws-security-group-rule-gone", "aws-security-group-in-use"},
		avoided:  clusterStays,
	},
}

// TestTraps: the simulated AWS refuses, or warns of, what falls into a trap, and our components do not fall into any.
func TestTraps(t *testing.T) {
	t.Parallel()
	entries, err := amazon.Constraints()
	require.NoError(t, err)
	known := map[string]bool{}
	for _, entry := range entries {
		known[entry.ID] = true
	}
	for _, name := range slices.Sorted(maps.Keys(traps)) {
		trap := traps[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Contains(t, trap.source, "https://")
			assert.NotEmpty(t, trap.refusals, "the simulated AWS must catch it")
			for _, id := range trap.refusals {
				assert.True(t, known[id], "no entry %s", id)
			}
			for token, all := range trap.malformed {
				check := checker(t, amazon, nil, token)
				for _, inputs := range all {
					assert.NotEmpty(t, check(inputs), "%s %v", token, inputs)
				}
			}
			trap.avoided(t)
		})
	}
}

// simulate runs a program on an empty account in us-east-1.
func simulate(t *testing.T, program pulumi.RunFunc) (componenttest.Recording, error) {
	t.Helper()
	return componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), program)
}

// accepted runs a program that the simulated AWS must take.
func accepted(t *testing.T, program pulumi.RunFunc) componenttest.Recording {
	t.Helper()
	r, err := simulate(t, program)
	require.NoError(t, err)
	return r
}

// inNetwork is a program that stands on a network.
func inNetwork(program func(*pulumi.Context, componenttest.AWSNetwork) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		return program(ctx, network)
	}
}

// only returns the resource of a type that there is one of.
func only(t *testing.T, r componenttest.Recording, token string) componenttest.Resource {
	t.Helper()
	all := r.OfType(token)
	require.Len(t, all, 1, token)
	return all[0]
}

// waitsFor holds that a resource is registered after those of a type that a component has.
func waitsFor(t *testing.T, res componenttest.Resource, token string) {
	t.Helper()
	found := slices.ContainsFunc(res.Request.GetDependencies(), func(urn string) bool {
		return resource.URN(urn).Type().String() == token
	})
	assert.True(t, found, "%s does not wait for a %s", res.URN, token)
}

// stays holds that everything that was there is there after a change, and is not replaced by it.
func stays(t *testing.T, before, after componenttest.Recording, tokens ...string) {
	t.Helper()
	now, compared := after.ByURN(), 0
	for _, old := range before.Resources {
		if !slices.Contains(tokens, old.Type) {
			continue
		}
		compared++
		require.Contains(t, now, old.URN)
		assert.Empty(t, componenttest.AWSReplaced(t, old, now[old.URN]), "%s is replaced", old.URN)
	}
	assert.Positive(t, compared, "nothing of %v", tokens)
}
