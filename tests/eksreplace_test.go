package tests

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/simulator"
)

// A replacing stack is one whose Kubernetes cluster is replaced.
type replacing struct{ releasing }

const (
	clusterToken       = "aws:eks/cluster:Cluster"
	securityGroupToken = "aws:ec2/securityGroup:SecurityGroup"
	ingressToken       = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
)

func newReplacing(t *testing.T, rules string) replacing {
	t.Helper()
	c := replacing{releasing{newCrashing(t, crashProject(t, "testdata/eksreplace"), engine.Options{}, nil)}}
	c.set("rules", rules)
	c.run(engine.Up)
	return c
}

func (c replacing) set(key, value string) {
	c.Helper()
	require.NoError(c, c.stack.Change(map[string]any{"eksreplace:" + key: value}))
}

// read returns what the cloud has of a resource.
func (c replacing) read(token, name string) resource.PropertyMap {
	c.Helper()
	return c.outputs(token, name, func(resource.PropertyMap) {})
}

// podGroup is the security group that EKS made for the cluster.
func (c replacing) podGroup(name string) string {
	c.Helper()
	return c.read(clusterToken, name)["vpcConfig"].ObjectValue()["clusterSecurityGroupId"].StringValue()
}

// TestReplacedCluster replaces a cluster by the two ways that users have: what EKS cannot change, for which the old
// cluster goes first, and another name, for which it goes last. The rules of what its pods use are about the new
// cluster's group then, and nothing is left of the old.
func TestReplacedCluster(t *testing.T) {
	t.Parallel()
	for _, way := range []struct{ name, key, value, after string }{
		{"its services have other addresses", "services", "10.200.0.0/16", "main"},
		{"it has another name", "name", "other", "other"},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			c := newReplacing(t, "component")
			old, before := c.podGroup("main-cluster"), c.sim.Resources()
			require.Equal(t, old, c.peer("main-cache-pods"))
			c.run(engine.Refresh)
			c.set(way.key, way.value)
			c.run(engine.Up)

			group := c.podGroup(way.after + "-cluster")
			assert.NotEqual(t, old, group)
			assert.Equal(t, group, c.peer("main-cache-pods"))
			assert.Equal(t, c.named("client")[0].ID, c.peer(way.after+"-clients-office"), "its clients still reach it")
			assert.Len(t, c.sim.Resources(), len(before), "as many resources as before")
			require.ErrorContains(t, c.sim.Account("aws").Vanish(securityGroupToken, "us-east-1", old), "there is no",
				"the old cluster's group is gone")
			assert.Len(t, c.ofType(clusterToken), 1)
			c.run(engine.Up, "--expect-no-changes")
			c.run(engine.Destroy)
			assert.Empty(t, c.sim.Resources())
		})
	}
}

// ofType returns what exists of a type.
func (c replacing) ofType(token string) []simulator.Resource {
	return slices.DeleteFunc(c.sim.Resources(), func(r simulator.Resource) bool { return r.Type != token })
}

// peer is the group that a rule lets in.
func (c replacing) peer(rule string) string {
	c.Helper()
	return c.read(ingressToken, rule)["referencedSecurityGroupId"].StringValue()
}

// TestReplacedClusterWithMixedRules: where a group has a list of rules of its own beside a rule resource, a refresh takes
// the resource's rule into the list. The replacement of the cluster deletes the resource first, and the group's update
// then takes away what is gone (https://github.com/pulumi/pulumi-eks/issues/69).
func TestReplacedClusterWithMixedRules(t *testing.T) {
	t.Parallel()
	c := newReplacing(t, "mixed")
	c.run(engine.Refresh)
	c.set("services", "10.200.0.0/16")
	assert.Contains(t, c.refused(), "InvalidPermission.NotFound: The specified rule does not exist in this security group. "+
		"[aws-security-group-rule-gone]")
}

// clusterChanges are a change of each argument of a Kubernetes cluster, by its name.
var clusterChanges = map[string]func(*componenttest.World, componenttest.AWSNetwork, *kubernetes.Args) error{
	"Version":           plainly(func(a *kubernetes.Args) { a.Version = "1.34" }),
	"PublicAccessCIDRs": plainly(func(a *kubernetes.Args) { a.PublicAccessCIDRs = []string{"203.0.113.0/24"} }),
	"Pools":             plainly(func(a *kubernetes.Args) { a.Pools = map[string]spec.NodePool{"jobs": {}} }),
	"Logs":              plainly(func(a *kubernetes.Args) { a.Logs.Disabled = true }),
	"Agent":             plainly(func(a *kubernetes.Args) { a.Agent.Disabled = true }),
	"ExtendedSupport":   plainly(func(a *kubernetes.Args) { a.ExtendedSupport = true }),
	"DeletionAllowed":   plainly(func(a *kubernetes.Args) { a.DeletionAllowed = true }),
	"Tags":              plainly(func(a *kubernetes.Args) { a.Tags = map[string]string{"team": "shop"} }),
	"SubnetIDs":         plainly(func(a *kubernetes.Args) { delete(a.SubnetIDs, "us-east-1c") }),
	"ControlPlaneZones": plainly(func(a *kubernetes.Args) { a.ControlPlaneZones = []string{"us-east-1a", "us-east-1b"} }),
	"AddonVersions":     plainly(func(a *kubernetes.Args) { a.AddonVersions = map[string]string{"coredns": "v1.12.1-eksbuild.2"} }),
	"KeyARN":            plainly(func(a *kubernetes.Args) { a.KeyARN = pulumi.String(foreignKey) }),
	"DiskKeyARN":        plainly(func(a *kubernetes.Args) { a.DiskKeyARN = pulumi.String(foreignKey) }),
	"LogsKeyARN":        plainly(func(a *kubernetes.Args) { a.LogsKeyARN = pulumi.String(foreignKey) }),
	"Access": plainly(func(a *kubernetes.Args) {
		a.Access = map[string]kubernetes.Access{"admin": {PrincipalARN: pulumi.String("arn:aws:iam::210987654321:role/admin")}}
	}),
	"ClientSecurityGroupIDs": func(_ *componenttest.World, n componenttest.AWSNetwork, a *kubernetes.Args) error {
		a.ClientSecurityGroupIDs = map[string]pulumi.StringInput{"office": n.SecurityGroupID}
		return nil
	},
	"PodRoles": func(world *componenttest.World, _ componenttest.AWSNetwork, a *kubernetes.Args) error {
		role, err := world.Add("aws:iam/role:Role", "pods", pulumi.Map{"assumeRolePolicy": pulumi.String(
			`{"Statement":[{"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],"Principal":{"Service":"pods.eks.amazonaws.com"}}]}`,
		)})
		a.PodRoles = map[string]kubernetes.PodRole{"shop": {Namespace: "shop", ServiceAccount: "shop", RoleARN: role.ARN}}
		return err
	},
	"VpcID": func(world *componenttest.World, _ componenttest.AWSNetwork, a *kubernetes.Args) error {
		vpc, err := world.Add("aws:ec2/vpc:Vpc", "other", pulumi.Map{"cidrBlock": pulumi.String("10.1.0.0/16")})
		a.VpcID = vpc.ID().ToStringOutput()
		for i, zone := range slices.Sorted(maps.Keys(a.SubnetIDs)) {
			subnet, failed := world.Add("aws:ec2/subnet:Subnet", "other-"+zone, pulumi.Map{
				"vpcId": vpc.ID(), "cidrBlock": pulumi.Sprintf("10.1.%d.0/24", i), "availabilityZone": pulumi.String(zone),
			})
			a.SubnetIDs[zone] = subnet.ID().ToStringOutput()
			err = errors.Join(err, failed)
		}
		return err
	},
}

const foreignKey = "arn:aws:kms:us-east-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"

// plainly is a change that needs nothing of the world.
func plainly(change func(*kubernetes.Args)) func(*componenttest.World, componenttest.AWSNetwork, *kubernetes.Args) error {
	return func(_ *componenttest.World, _ componenttest.AWSNetwork, args *kubernetes.Args) error {
		change(args)
		return nil
	}
}

// Whatever argument changes, the cluster stays: it is replaced by what TestReplacedCluster does alone.
func clusterStays(t *testing.T) {
	with := func(change func(*componenttest.World, componenttest.AWSNetwork, *kubernetes.Args) error) componenttest.Recording {
		return accepted(t, func(ctx *pulumi.Context) error {
			world, n, err := componenttest.AWSWorld(ctx)
			if err != nil {
				return err
			}
			args := &kubernetes.Args{VpcID: n.VpcID, SubnetIDs: n.PrivateIn}
			if err := change(world, n, args); err != nil {
				return err
			}
			_, err = kubernetes.New(ctx, "main", args)
			return err
		})
	}
	var fields []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[kubernetes.Args]()) {
		if !field.Anonymous {
			fields = append(fields, field.Name)
		}
	}
	assert.ElementsMatch(t, fields, slices.Collect(maps.Keys(clusterChanges)), "a change of every argument")
	before := with(plainly(func(*kubernetes.Args) {}))
	for _, change := range clusterChanges {
		stays(t, before, with(change), clusterToken)
	}
}
