package cluster

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/inputs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/subnets"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

var (
	// typePattern matches the name of an instance type ("m7i.large").
	typePattern = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9-]+$`)
	// armPattern matches the families of Graviton processors: a "g" after the generation, and A1, the first. EC2 User
	// Guide, "Instance type naming conventions".
	armPattern = regexp.MustCompile(`^(a1\.|[a-z]+\d+g[a-z-]*\.)`)
	// lambdaPattern matches the ARN of a Lambda function.
	lambdaPattern = regexp.MustCompile(`^arn:[a-z-]+:lambda:`)
)

// terminations are Auto Scaling's termination policies. Auto Scaling API, DescribeTerminationPolicyTypes.
var terminations = []string{
	"AllocationStrategy", "ClosestToNextInstanceHour", "Default", "NewestInstance", "OldestInstance",
	"OldestLaunchConfiguration", "OldestLaunchTemplate",
}

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Cluster.Validate())
	if a.VpcID == nil {
		ps.Add("vpcId", nil, "is missing; give the VPC that the subnets belong to")
	}
	subnets.Check(&ps, "subnetIds", a.SubnetIDs, 2)
	a.checkTypes(&ps)
	a.checkNetwork(&ps)
	a.checkUserData(&ps)
	a.checkRollout(&ps)
	a.checkHooks(&ps)
	a.checkWarmPool(&ps)
	logs.CheckRetention(&ps, "agent.retentionDays", a.Agent.RetentionDays)
	for _, keys := range []struct {
		field  string
		values map[string]pulumi.StringInput
	}{
		{"clientSecurityGroupIds", a.ClientSecurityGroupIDs}, {"secretArns", a.SecretARNs},
		{"secretKeyArns", a.SecretKeyARNs}, {"policyArns", a.PolicyARNs},
	} {
		inputs.Check(&ps, keys.field, keys.values)
	}
	if _, taken := a.PolicyARNs[managerPolicy]; taken {
		ps.Add("policyArns."+managerPolicy, nil, "is the name of what Systems Manager needs; use another name")
	}
	if len(a.SecretKeyARNs) > 0 && len(a.SecretARNs) == 0 {
		ps.Add("secretKeyArns", nil, "has no effect without secretArns; remove one of the two")
	}
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	return ps.Err()
}

func (a *Args) checkTypes(ps *spec.Problems) {
	arm := a.withDefaults().Machine.Architecture == spec.ARM
	for i, name := range a.Machine.Types {
		field := fmt.Sprintf("machine.types[%d]", i)
		switch isARM := armPattern.MatchString(name); {
		case !typePattern.MatchString(name):
			ps.Add(field, name, "is not an instance type; use a name like m7i.large")
		case isARM && !arm:
			ps.Add(field, name, "has the architecture %s; set machine.architecture to it, or choose another type", spec.ARM)
		case !isARM && arm:
			ps.Add(field, name, "does not have the architecture %s; choose a type whose family has a g, like m7g.large", spec.ARM)
		}
	}
}

func (a *Args) checkNetwork(ps *spec.Problems) {
	for _, name := range slices.Sorted(maps.Keys(a.Egress)) {
		field, egress := "egress."+name, a.Egress[name]
		spec.CheckKey(ps, "egress", name)
		if egress.Port < 1 || egress.Port > 65535 {
			ps.Add(field+".port", egress.Port, "is out of range; use 1 to 65535")
		}
		if egress.CIDR == nil {
			ps.Add(field+".cidr", nil, "is missing; give an IPv4 block, for example that of the network")
		}
	}
	if a.Scaling.RequestsPerMinute != 0 && a.LoadBalancerLabel == nil {
		ps.Add("scaling.requestsPerMinute", a.Scaling.RequestsPerMinute, "needs loadBalancerLabel, which says where requests come from")
	}
	if a.ImageID != nil && a.ImageParameter != "" {
		ps.Add("imageParameter", a.ImageParameter, "contradicts imageId; remove one of the two")
	}
	if a.ImageParameter != "" && !strings.HasPrefix(a.ImageParameter, "/") {
		ps.Add("imageParameter", a.ImageParameter, "is not the path of a parameter; begin it with /")
	}
}

// checkUserData checks as much of the user data as is known: that the machines take it, and that it is not too long.
func (a *Args) checkUserData(ps *spec.Problems) {
	inputs.Check(ps, "userData", a.UserData)
	texts := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(a.UserData)) {
		if _, twice := a.StartUp[name]; twice {
			ps.Add("userData."+name, nil, "is the name of a part of startUp too; use another name")
		}
		if text, known := a.UserData[name].(pulumi.String); known {
			texts[name] = string(text)
		}
	}
	_, err := a.assemble("", texts)
	ps.Collect("", err)
}

func (a *Args) checkRollout(ps *spec.Problems) {
	if a.RollbackAlarmNames != nil && (a.Rollout.Disabled || a.Rollout.RollbackDisabled) {
		ps.Add("rollbackAlarmNames", nil, "has no effect while there is no rollback; remove one of the two")
	}
	if a.WaitDisabled && a.WaitMinutes != 0 {
		ps.Add("waitMinutes", a.WaitMinutes, "has no effect while waiting is off; remove one of the two")
	}
	if minutes := a.withDefaults().WaitMinutes; minutes < 1 || minutes > 60 {
		ps.Add("waitMinutes", minutes, "is out of range; use 1 to 60 minutes")
	}
	for i, policy := range a.TerminationPolicies {
		if !slices.Contains(terminations, policy) && !lambdaPattern.MatchString(policy) {
			ps.Add(fmt.Sprintf("terminationPolicies[%d]", i), policy, "is not a termination policy; %s", spec.DidYouMean(policy, terminations))
		}
	}
}

func (a *Args) checkHooks(ps *spec.Problems) {
	for _, name := range slices.Sorted(maps.Keys(a.Hooks)) {
		field, hook := "hooks."+name, a.withDefaults().Hooks[name]
		spec.CheckKey(ps, "hooks", name)
		if hook.TimeoutSeconds < 30 || hook.TimeoutSeconds > 7200 {
			ps.Add(field+".timeoutSeconds", hook.TimeoutSeconds, "is out of range; use 30 to 7200 seconds")
		}
		if (hook.TargetARN == nil) != (hook.RoleARN == nil) {
			ps.Add(field, nil, "needs both targetArn and roleArn, or neither")
		}
	}
}

// checkWarmPool keeps to what Auto Scaling has always had warm pools for: groups of one type, without Spot capacity (Auto
// Scaling User Guide, "Warm pools", limitations, of 2023; the API of 2026, PutWarmPool, names neither any more).
func (a *Args) checkWarmPool(ps *spec.Problems) {
	if a.WarmPool == nil {
		return
	}
	if len(a.Machine.Types) != 1 {
		ps.Add("warmPool", nil, "needs exactly one type in machine.types, not %d", len(a.Machine.Types))
	}
	if a.Spot.Percent > 0 {
		ps.Add("warmPool", nil, "cannot hold spare capacity; remove it or spot")
	}
	if most := a.withDefaults().Max; a.WarmPool.Min < 0 || a.WarmPool.Min > most {
		ps.Add("warmPool.min", a.WarmPool.Min, "is out of range; use 0 to max, which is %d", most)
	}
}
