package kubernetes

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestBadArguments(t *testing.T) {
	t.Parallel()
	role := pulumi.String("arn:aws:iam::123456789012:role/r")
	tests := map[string]struct {
		args Args
		want string
	}{
		"retention": {Args{Kubernetes: spec.Kubernetes{Logs: spec.KubernetesLogs{RetentionDays: 100}}},
			"logs.retentionDays: 100 is not a period that CloudWatch Logs offers; the next longer one is 120 days"},
		"tags": {Args{Kubernetes: spec.Kubernetes{Tags: map[string]string{"aws:x": "y"}}}, `tags.aws:x: "aws:x" is reserved; use a key that does not start with aws:`},
		"add-on": {Args{AddonVersions: map[string]string{"core-dns": "v1"}},
			"addonVersions.core-dns: there is no such add-on here; did you mean coredns? (use amazon-cloudwatch-observability, aws-ebs-csi-driver, coredns, eks-node-monitoring-agent, eks-pod-identity-agent, kube-proxy, metrics-server or vpc-cni)"},
		"name": {Args{ClientSecurityGroupIDs: map[string]pulumi.StringInput{"My office": role}},
			"clientSecurityGroupIds.My office: is not a name; use lower-case letters, digits and hyphens"},
		"agent's logs": {Args{Kubernetes: spec.Kubernetes{Agent: spec.KubernetesAgent{RetentionDays: 100}}},
			"agent.retentionDays: 100 is not a period that CloudWatch Logs offers; the next longer one is 120 days"},
		"autoscaler": {Args{PodRoles: map[string]PodRole{"a": {Namespace: "kube-system", ServiceAccount: "cluster-autoscaler", RoleARN: role}}},
			"podRoles.a: is for the same service account as the autoscaler's; a service account has one role"},
		"control plane": {Args{ControlPlaneZones: []string{"us-east-1b", "us-east-1z", "us-east-1b"}},
			"controlPlaneZones[1]: \"us-east-1z\" is no zone of subnetIds; did you mean us-east-1a? (use us-east-1a or us-east-1b)\n" +
				`controlPlaneZones[2]: "us-east-1b" is listed twice; list each zone once`},
		"control plane in one zone": {Args{ControlPlaneZones: []string{"us-east-1b"}}, `controlPlaneZones: ["us-east-1b"] is one zone; a control plane needs two at least`},
		"nobody":                    {Args{Access: map[string]Access{"a": {}}}, "access.a.principalArn: is missing; give the IAM role or user"},
		"policy":                    {Args{Access: map[string]Access{"a": {PrincipalARN: role, Policy: "root"}}}, `access.a.policy: "root" is not an access policy; use admin, cluster-admin, edit or view`},
		"namespace":                 {Args{Access: map[string]Access{"a": {PrincipalARN: role, Namespaces: []string{"A"}}}}, `access.a.namespaces: "A" is not a namespace; use lower-case letters, digits and hyphens`},
		"admin's scope": {Args{Access: map[string]Access{"a": {PrincipalARN: role, Policy: "cluster-admin", Namespaces: []string{"x"}}}},
			`access.a.namespaces: ["x"] cannot limit cluster-admin; use admin, or remove the namespaces`},
		"pod": {Args{PodRoles: map[string]PodRole{"p": {Namespace: "x-*"}}},
			"podRoles.p.roleArn: is missing; give the IAM role\n" +
				`podRoles.p.namespace: "x-*" is not a namespace; use lower-case letters, digits and hyphens` + "\n" +
				"podRoles.p.serviceAccount: is missing; name the service account whose pods take the role"},
		"one account, two roles": {Args{PodRoles: map[string]PodRole{
			"p": {Namespace: "x", ServiceAccount: "s", RoleARN: role}, "q": {Namespace: "x", ServiceAccount: "s", RoleARN: role}}},
			"podRoles.q: is for the same service account as p; a service account has one role"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.args.VpcID, test.args.SubnetIDs = pulumi.String("vpc-1"), map[string]pulumi.StringInput{
				"us-east-1a": pulumi.String("subnet-1"), "us-east-1b": pulumi.String("subnet-2"),
			}
			require.EqualError(t, test.args.Validate(), test.want)
		})
	}
	require.EqualError(t, (&Args{}).Validate(), "vpcId: is missing; give the VPC of the subnets\nsubnetIds: is missing; give subnets in 2 zones at least")
}

func TestNilArgs(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", nil)
		return err
	})
	require.ErrorContains(t, err, `kubernetes cluster "main" is not valid:`)
	assert.Empty(t, r.Resources)
}
