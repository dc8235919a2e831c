package cluster

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe a cluster on AWS. The zero value with VpcID and SubnetIDs is a production cluster; see spec.Cluster for
// the cloud-neutral part. The types of Machine are EC2's ("m7i.large"); without them, every current type of the size is
// used that is no burstable one.
type Args struct {
	spec.Cluster

	// VpcID is the VPC that the subnets belong to. Required.
	VpcID pulumi.StringInput `pulumi:"vpcId"`
	// SubnetIDs are the subnets to start machines in, one per zone, private ones. Required.
	SubnetIDs pulumi.StringArrayInput `pulumi:"subnetIds"`
	// TargetGroupARNs are the load balancers' target groups that the machines belong to. A machine that they find
	// unhealthy is replaced. Default none: only the health checks of EC2 count.
	TargetGroupARNs pulumi.StringArrayInput `pulumi:"targetGroupArns"`
	// LoadBalancerLabel says where requests come from, as "app/x/y/targetgroup/z/w": the ends of the ARNs of the load
	// balancer and of its target group. Required for Scaling.RequestsPerMinute.
	LoadBalancerLabel pulumi.StringInput `pulumi:"loadBalancerLabel"`
	// ClientSecurityGroupIDs are the security groups that may reach Port, by names of your own. Default none: nobody may.
	ClientSecurityGroupIDs map[string]pulumi.StringInput `pulumi:"clientSecurityGroupIds"`
	// Egress says where the machines may open connections to, by names of your own. Besides HTTPS to anywhere, which
	// Systems Manager, CloudWatch and package repositories need; an entry "https" takes its place.
	Egress map[string]Egress `pulumi:"egress"`

	// ImageID is the image to start, with the Systems Manager agent and the CloudWatch agent in it or in its package
	// repositories. Default: that of ImageParameter.
	ImageID pulumi.StringInput `pulumi:"imageId"`
	// ImageParameter is the Systems Manager parameter that holds the image's id. It is read at every deployment: a new
	// image rolls through the cluster. Default: the newest Amazon Linux 2023 for the architecture.
	ImageParameter string `pulumi:"imageParameter"`
	// UserData are more parts of StartUp, under the same rules, that may hold what is not known beforehand, such
	// as a database's address. Default none.
	UserData map[string]pulumi.StringInput `pulumi:"userData"`
	// ContainersReachMetadata lets containers without the host's network ask the instance metadata service: answers then
	// live for two hops, and what breaks out of a proxy in front of it gets them too. Default false.
	ContainersReachMetadata bool `pulumi:"containersReachMetadata"`

	// KeyARN is the key that encrypts the machines' disks. Its policy must let Auto Scaling's service-linked role use it
	// and create grants for AWS resources, or every machine ends as it starts (Client.InternalError). Default: a key of
	// the cluster's own.
	KeyARN pulumi.StringPtrInput `pulumi:"keyArn"`
	// ServiceLinkedRoleARN is the service-linked role that Auto Scaling works with. Default: one of the cluster's own, or
	// with KeyARN the account's, AWSServiceRoleForAutoScaling.
	ServiceLinkedRoleARN pulumi.StringPtrInput `pulumi:"serviceLinkedRoleArn"`
	// LogsKeyARN is the key that encrypts the logs. Its policy must let logs.<region>.amazonaws.com use it. Default: the
	// cluster's own key; with KeyARN, a key of their own.
	LogsKeyARN pulumi.StringPtrInput `pulumi:"logsKeyArn"`
	// SecretARNs are the secrets of Secrets Manager that the machines may read, by names of your own. Default none.
	SecretARNs map[string]pulumi.StringInput `pulumi:"secretArns"`
	// SecretKeyARNs are the customer managed keys of these secrets, by names of your own. Default none.
	SecretKeyARNs map[string]pulumi.StringInput `pulumi:"secretKeyArns"`
	// PolicyARNs are managed policies that say what else the machines may do, by names of your own. Default none.
	PolicyARNs map[string]pulumi.StringInput `pulumi:"policyArns"`

	// RollbackAlarmNames are the CloudWatch alarms that turn a rollout back when they go off, such as those of the load
	// balancer. Default none: it turns back only when new machines do not become healthy.
	RollbackAlarmNames pulumi.StringArrayInput `pulumi:"rollbackAlarmNames"`
	// WaitMinutes is how long creating the cluster waits for Min machines to be in service, and healthy in every target
	// group, before it fails, 1 to 60. Default 15. Changes of a cluster wait for the number of machines only, and never
	// for a rollout to end.
	WaitMinutes int `pulumi:"waitMinutes"`
	// WaitDisabled counts the cluster as created before any machine has started, whether or not one ever will. Default
	// false.
	WaitDisabled bool `pulumi:"waitDisabled"`
	// BalanceStrictly lets a zone without capacity fail to start machines, where they would be started in the other zones.
	// Default false.
	BalanceStrictly bool `pulumi:"balanceStrictly"`
	// ProtectFromScaleIn lets nothing but failed health checks, rollouts and people end a machine: machines that work on
	// long jobs lift their own protection when they are done. Default false.
	ProtectFromScaleIn bool `pulumi:"protectFromScaleIn"`
	// TerminationPolicies say, in their order, which machine goes first when the cluster shrinks: names of Auto Scaling's
	// policies, or the ARN of a Lambda function. Default: "Default", which keeps the zones balanced, then takes the oldest
	// launch template.
	TerminationPolicies []string `pulumi:"terminationPolicies"`
	// Hooks hold machines that start or end until somebody has prepared or emptied them, by names of your own. Default none.
	Hooks map[string]Hook `pulumi:"hooks"`
	// WarmPool keeps machines that have started up and wait, for those that take minutes to do so. It asks for exactly one
	// type in Machine.Types, and no Spot. Default none.
	WarmPool *WarmPool `pulumi:"warmPool"`
}

// Egress is somewhere that machines may open TCP connections to.
type Egress struct {
	// Port is the port there, 1 to 65535. Required.
	Port int `pulumi:"port"`
	// CIDR is the IPv4 block there, for example that of the network. Required.
	CIDR pulumi.StringInput `pulumi:"cidr"`
}

// Hook holds a machine that starts, or ends, until somebody calls CompleteLifecycleAction.
type Hook struct {
	// Terminating holds machines that end. Default false: machines that start.
	Terminating bool `pulumi:"terminating"`
	// TimeoutSeconds is for how long, 30 to 7200. Default 300.
	TimeoutSeconds int `pulumi:"timeoutSeconds"`
	// ContinueOnTimeout lets a machine that starts go into service when nobody has called. Default false: it is replaced.
	ContinueOnTimeout bool `pulumi:"continueOnTimeout"`
	// Metadata is sent along to Target. Default none.
	Metadata string `pulumi:"metadata"`
	// TargetARN is the queue or topic that is told. Default none: only EventBridge is.
	TargetARN pulumi.StringPtrInput `pulumi:"targetArn"`
	// RoleARN is the role that lets Auto Scaling write to the target. Required with TargetARN.
	RoleARN pulumi.StringPtrInput `pulumi:"roleArn"`
}

// WarmPool keeps machines that have started up and wait.
type WarmPool struct {
	// Min is the least number of machines that wait. Default 0: as many as there may be above those in service.
	Min int `pulumi:"min"`
	// Running keeps them running, where they start at once and cost as much as any. Default false: they are stopped.
	Running bool `pulumi:"running"`
	// Reuse takes machines back when the cluster shrinks. Default false: they end.
	Reuse bool `pulumi:"reuse"`
}

// httpsEgress is the egress that every cluster has unless Egress says otherwise.
const httpsEgress = "https"

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	d.Cluster = a.Cluster.WithDefaults()
	if d.WaitMinutes == 0 {
		d.WaitMinutes = 15
	}
	d.Egress = map[string]Egress{httpsEgress: {Port: 443, CIDR: pulumi.String("0.0.0.0/0")}}
	for name, egress := range a.Egress {
		d.Egress[name] = egress
	}
	d.Hooks = map[string]Hook{}
	for name, hook := range a.Hooks {
		if hook.TimeoutSeconds == 0 {
			hook.TimeoutSeconds = 300
		}
		d.Hooks[name] = hook
	}
	if len(d.TerminationPolicies) == 0 {
		d.TerminationPolicies = []string{"Default"}
	}
	return d
}
