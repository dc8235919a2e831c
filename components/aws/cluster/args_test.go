package cluster

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// placed returns args with a place in a network.
func placed(a Args) Args {
	a.VpcID = pulumi.String("vpc-0123456789abcdef0")
	if a.SubnetIDs == nil {
		a.SubnetIDs = pulumi.ToStringArray([]string{"subnet-0123456789abcdef0", "subnet-0123456789abcdef1"})
	}
	return a
}

func types(names ...string) spec.Cluster { return spec.Cluster{Machine: spec.Machine{Types: names}} }

func TestArgsProblems(t *testing.T) {
	t.Parallel()
	arn := pulumi.String("arn:aws:sns:us-east-1:123456789012:x")
	many := map[string]string{}
	for i := range 50 {
		many[strings.Repeat("k", i+1)] = "v"
	}
	tests := map[string]struct {
		args Args
		want []string
	}{
		"one subnet": {Args{SubnetIDs: pulumi.ToStringArray([]string{"subnet-1"})}, []string{
			`subnetIds: 1 is too few subnets to outlive the loss of a zone; give subnets in 2 zones at least`}},
		"what every cloud refuses": {Args{Cluster: spec.Cluster{Min: 1}}, []string{`min: 1 is out of range; use 2 to 1000`}},
		"types": {Args{Cluster: types("large", "m7g.large", "g5g.xlarge", "a1.large", "m7i.large")}, []string{
			`machine.types[0]: "large" is not an instance type; use a name like m7i.large`,
			`machine.types[1]: "m7g.large" has the architecture arm64; set machine.architecture to it, or choose another type`,
			`machine.types[2]: "g5g.xlarge" has the architecture arm64; set machine.architecture to it, or choose another type`,
			`machine.types[3]: "a1.large" has the architecture arm64; set machine.architecture to it, or choose another type`}},
		"types for ARM": {Args{Cluster: spec.Cluster{Machine: spec.Machine{Architecture: spec.ARM, Types: []string{"m7g.large", "c6gn.large", "g5.xlarge"}}}}, []string{
			`machine.types[2]: "g5.xlarge" does not have the architecture arm64; choose a type whose family has a g, like m7g.large`}},
		"egress": {Args{Egress: map[string]Egress{"db": {Port: 70000, CIDR: pulumi.String("10.0.0.0/16")}, "No": {Port: 1}}}, []string{
			`egress.No: is not a name; use up to 40 lower-case letters, digits and hyphens between them`,
			`egress.No.cidr: is missing; give an IPv4 block, for example that of the network`,
			`egress.db.port: 70000 is out of range; use 1 to 65535`}},
		"requests without a load balancer": {Args{Cluster: spec.Cluster{Scaling: spec.Scaling{RequestsPerMinute: 500}}}, []string{
			`scaling.requestsPerMinute: 500 needs loadBalancerLabel, which says where requests come from`}},
		"images": {Args{ImageID: pulumi.String("ami-1"), ImageParameter: "my-image"}, []string{
			`imageParameter: "my-image" contradicts imageId; remove one of the two`,
			`imageParameter: "my-image" is not the path of a parameter; begin it with /`}},
		"user data": {Args{
			Cluster:  spec.Cluster{StartUp: map[string]string{"app": "#!/bin/sh\n"}},
			UserData: map[string]pulumi.StringInput{"app": pulumi.String("#!/bin/sh\n"), "b": pulumi.String("hunter2"), "c": nil}}, []string{
			`userData.c: has no value; give it one, or leave it out`,
			`userData.app: is the name of a part of startUp too; use another name`,
			`userData.b: is neither cloud-config nor a script; begin it with a line "#cloud-config" or "#!/bin/sh"`}},
		"too much user data": {Args{Cluster: spec.Cluster{StartUp: map[string]string{"app": "#!/bin/sh\n" + strings.Repeat("#", 16384)}, Agent: spec.Agent{Disabled: true}}}, []string{
			`startUp: makes 16666 bytes of user data with what the cluster adds, more than EC2's 16384; let it fetch what is long, or put it into the image`}},
		"alarms without rollback": {Args{RollbackAlarmNames: pulumi.ToStringArray([]string{"a"}), Cluster: spec.Cluster{Rollout: spec.Rollout{RollbackDisabled: true}}}, []string{
			`rollbackAlarmNames: has no effect while there is no rollback; remove one of the two`}},
		"alarms without rollout": {Args{RollbackAlarmNames: pulumi.ToStringArray([]string{"a"}), Cluster: spec.Cluster{Rollout: spec.Rollout{Disabled: true}}}, []string{
			`rollbackAlarmNames: has no effect while there is no rollback; remove one of the two`}},
		"waiting":             {Args{WaitMinutes: 61}, []string{`waitMinutes: 61 is out of range; use 1 to 60 minutes`}},
		"waiting that is off": {Args{WaitMinutes: 5, WaitDisabled: true}, []string{`waitMinutes: 5 has no effect while waiting is off; remove one of the two`}},
		"termination": {Args{TerminationPolicies: []string{"OldestInstance", "Oldest", "arn:aws:lambda:us-east-1:123456789012:function:f"}}, []string{
			`terminationPolicies[1]: "Oldest" is not a termination policy; use AllocationStrategy, ClosestToNextInstanceHour, Default, NewestInstance, OldestInstance, OldestLaunchConfiguration or OldestLaunchTemplate`}},
		"hooks": {Args{Hooks: map[string]Hook{"a": {TimeoutSeconds: 29}, "b": {TargetARN: arn}, "c": {RoleARN: arn}}}, []string{
			`hooks.a.timeoutSeconds: 29 is out of range; use 30 to 7200 seconds`,
			`hooks.b: needs both targetArn and roleArn, or neither`,
			`hooks.c: needs both targetArn and roleArn, or neither`}},
		"warm pool of several types": {Args{WarmPool: &WarmPool{Min: 10}}, []string{
			`warmPool: needs exactly one type in machine.types, not 0`,
			`warmPool: stops machines before they have started up; add a hook that holds them, or let it keep them running`,
			`warmPool.min: 10 is out of range; use 0 to max, which is 9`}},
		"warm pool that nothing holds": {Args{WarmPool: &WarmPool{}, Hooks: map[string]Hook{"a": {Terminating: true}}, Cluster: types("m7i.large")}, []string{
			`warmPool: stops machines before they have started up; add a hook that holds them, or let it keep them running`}},
		"warm pool of spare capacity": {Args{WarmPool: &WarmPool{Running: true}, Cluster: spec.Cluster{Machine: spec.Machine{Types: []string{"m7i.large"}}, Spot: spec.Spot{Percent: 50}}}, []string{
			`warmPool: cannot hold spare capacity; remove it or spot`}},
		"retention": {Args{Cluster: spec.Cluster{Agent: spec.Agent{RetentionDays: 10}}}, []string{
			`agent.retentionDays: 10 is not a period that CloudWatch Logs offers; the next longer one is 14 days`}},
		"keys of maps": {Args{
			ClientSecurityGroupIDs: map[string]pulumi.StringInput{"A": arn}, SecretARNs: map[string]pulumi.StringInput{"-": arn},
			SecretKeyARNs: map[string]pulumi.StringInput{"x": nil}, PolicyARNs: map[string]pulumi.StringInput{"ssm": arn}}, []string{
			`clientSecurityGroupIds.A: is not a name; use up to 40 lower-case letters, digits and hyphens between them`,
			`secretArns.-: is not a name; use up to 40 lower-case letters, digits and hyphens between them`,
			`secretKeyArns.x: has no value; give it one, or leave it out`,
			`policyArns.ssm: is the name of what Systems Manager needs; use another name`}},
		"keys without secrets": {Args{SecretKeyARNs: map[string]pulumi.StringInput{"x": arn}}, []string{
			`secretKeyArns: has no effect without secretArns; remove one of the two`}},
		"tags": {Args{Cluster: spec.Cluster{Tags: many}}, []string{`tags: 51 are too many tags; use at most 50, counting those that are added`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := placed(test.args)
			require.EqualError(t, args.Validate(), strings.Join(test.want, "\n"))
		})
	}
}

func TestArgsAccepts(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]Args{
		"nothing":             {},
		"an output":           {SubnetIDs: pulumi.ToStringArray([]string{"a"}).ToStringArrayOutput()},
		"warm pool":           {WarmPool: &WarmPool{Min: 2}, Hooks: map[string]Hook{"a": {}}, Cluster: types("m7i.large")},
		"warm pool that runs": {WarmPool: &WarmPool{Running: true}, Cluster: types("m7i.large")},
		"warm pool of an image that has it all": {WarmPool: &WarmPool{}, ImageID: pulumi.String("ami-1"), Cluster: spec.Cluster{
			Machine: spec.Machine{Types: []string{"m7i.large"}}, Agent: spec.Agent{Disabled: true}}},
		"ARM types": {Cluster: spec.Cluster{Machine: spec.Machine{Architecture: spec.ARM, Types: []string{"m7g.large", "a1.large", "im4gn.large", "x2gd.large"}}}},
		"x86 types": {Cluster: spec.Cluster{Machine: spec.Machine{Types: []string{"g5.xlarge", "m7i-flex.large", "u-6tb1.56xlarge", "gr6.4xlarge"}}}},
	} {
		args := placed(args)
		assert.NoError(t, args.Validate(), name)
	}
}

func TestArgsWithDefaultsSharesNothing(t *testing.T) {
	t.Parallel()
	args := placed(Args{Egress: map[string]Egress{"db": {Port: 5432}}, Hooks: map[string]Hook{"a": {}}})
	d := args.withDefaults()
	d.Egress["db"], d.Hooks["a"] = Egress{}, Hook{TimeoutSeconds: 1}
	assert.Equal(t, Egress{Port: 5432}, args.Egress["db"])
	assert.Equal(t, Hook{}, args.Hooks["a"])
	assert.Len(t, args.Egress, 1)
	assert.Equal(t, 15, d.WaitMinutes)
}
