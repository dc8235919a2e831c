package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestDeletionInUse: AWS keeps what others depend on; once they are gone, it
// goes.
func TestDeletionInUse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		build func(*world) (kept thing, users []thing)
		code  string
		text  string
	}{
		"VPC with a subnet": {func(w *world) (thing, []thing) {
			v := vpc(w)
			return v, []thing{subnet(w, v, "10.0.1.0/24", "a")}
		}, "DependencyViolation", "has dependencies and cannot be deleted"},
		"VPC with a gateway": {func(w *world) (thing, []thing) {
			v := vpc(w)
			return v, []thing{gateway(w, v)}
		}, "DependencyViolation", "The vpc 'vpc-"},
		"VPC with a group": {func(w *world) (thing, []thing) {
			v := vpc(w)
			return v, []thing{group(w, v, "g")}
		}, "DependencyViolation", "The vpc 'vpc-"},
		"subnet with a NAT gateway": {func(w *world) (thing, []thing) {
			s := subnet(w, vpc(w), "10.0.1.0/24", "a")
			return s, []thing{w.Create("aws:ec2/natGateway:NatGateway", "n", inputs{"subnetId": s.ID(), "connectivityType": "private"})}
		}, "DependencyViolation", "The subnet 'subnet-"},
		"address of a NAT gateway": {func(w *world) (thing, []thing) {
			v := vpc(w)
			gateway(w, v)
			a := address(w, "a")
			return a, []thing{w.Create("aws:ec2/natGateway:NatGateway", "n",
				inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": a.ID()})}
		}, "InvalidIPAddress.InUse", "is associated"},
		"gateway of public addresses": {func(w *world) (thing, []thing) {
			v := vpc(w)
			g := gateway(w, v)
			return g, []thing{w.Create("aws:ec2/natGateway:NatGateway", "n",
				inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": address(w, "a").ID()})}
		}, "DependencyViolation", "has some mapped public address(es)"},
		"table of a subnet": {func(w *world) (thing, []thing) {
			v := vpc(w)
			r := table(w, v, "t")
			return r, []thing{w.Create("aws:ec2/routeTableAssociation:RouteTableAssociation", "a",
				inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "routeTableId": r.ID()})}
		}, "DependencyViolation", "The routeTable 'rtb-"},
		"group in another's rule": {func(w *world) (thing, []thing) {
			v := vpc(w)
			a := group(w, v, "a")
			return a, []thing{w.Create("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "r",
				inputs{"securityGroupId": group(w, v, "b").ID(), "referencedSecurityGroupId": a.ID(), "ipProtocol": "-1"})}
		}, "DependencyViolation", "has a dependent object"},
		"group of an endpoint": {func(w *world) (thing, []thing) {
			v := vpc(w)
			a := group(w, v, "a")
			return a, []thing{w.Create("aws:ec2/vpcEndpoint:VpcEndpoint", "e", inputs{
				"vpcId": v.ID(), "serviceName": "com.amazonaws.us-west-2.sts", "vpcEndpointType": "Interface", "securityGroupIds": []any{a.ID()},
			})}
		}, "DependencyViolation", "has a dependent object"},
		"block with a subnet": {func(w *world) (thing, []thing) {
			v := vpc(w)
			block := w.Create("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "b",
				inputs{"vpcId": v.ID(), "cidrBlock": "10.9.0.0/16"})
			return block, []thing{subnet(w, v, "10.9.1.0/24", "a")}
		}, "InvalidCidrBlock.InUse", "has a subnet in it"},
		"role with a policy": {func(w *world) (thing, []thing) {
			r := role(w, "r")
			return r, []thing{w.Create("aws:iam/rolePolicy:RolePolicy", "p", inputs{"role": "r", "policy": permit})}
		}, "DeleteConflict", "must detach all policies first"},
		"attached policy": {func(w *world) (thing, []thing) {
			role(w, "r")
			p := w.Create("aws:iam/policy:Policy", "p", inputs{"policy": permit})
			return p, []thing{w.Create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", inputs{"role": "r", "policyArn": p.ID()})}
		}, "DeleteConflict", "attached to entities"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			kept, users := test.build(w)
			before := w.Account.Resources()
			err := w.TryDelete(kept)
			require.Error(t, err)
			assert.Equal(t, test.code, simulator.Code(err))
			assert.ErrorContains(t, err, test.text)
			assert.ErrorContains(t, err, "deleting ")
			assert.Equal(t, before, w.Account.Resources(), "it is still there")
			w.Delete(users...)
			w.Delete(kept)
		})
	}
}

// TestWhatGoesAlong: what belongs to something goes with it, and what merely
// points at it stays.
func TestWhatGoesAlong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := vpc(w)
	g := group(w, v, "g")
	w.Create("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "r",
		inputs{"securityGroupId": g.ID(), "referencedSecurityGroupId": g.ID(), "ipProtocol": "-1"})
	w.Create("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "d", inputs{"vpcId": v.ID()})
	w.Create("aws:ec2/flowLog:FlowLog", "f", inputs{
		"vpcId": v.ID(), "trafficType": "ALL", "iamRoleArn": role(w, "logs").Text("arn"), "logDestination": logGroup(w, "flows").Text("arn"),
	})
	r := table(w, v, "t")
	w.Create("aws:ec2/route:Route", "r", inputs{"routeTableId": r.ID(), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "local"})
	w.Delete(r, g, v)
	var left []string
	for _, resource := range w.Account.Resources() {
		left = append(left, resource.Type)
	}
	assert.ElementsMatch(t, []string{"aws:cloudwatch/logGroup:LogGroup", "aws:ec2/flowLog:FlowLog", "aws:iam/role:Role"}, left)
}

// TestSkipDestroy: a log group that is to be kept stays in the account, managed
// by nobody.
func TestSkipDestroy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kept := w.Create("aws:cloudwatch/logGroup:LogGroup", "g", inputs{"name": "kept", "skipDestroy": true})
	w.Delete(kept)
	left := w.Account.Resources()
	require.Len(t, left, 1)
	assert.Empty(t, left[0].URN)
	id, read, _, err := w.Provider.Read(kept.Request, nil)
	require.NoError(t, err)
	assert.Equal(t, "kept", id, "it can be imported again")
	assert.Equal(t, "kept", read["name"].StringValue())
}

// TestAdoption: what comes with a VPC can be taken over, is read back with its
// own id, and stays after.
func TestAdoption(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := vpc(w)
	adopted := w.Create("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "d", inputs{
		"vpcId": v.ID(), "ingress": []any{inputs{"protocol": "-1", "fromPort": 0, "toPort": 0, "self": true}},
	})
	assert.Equal(t, v.Text("defaultSecurityGroupId"), adopted.ID())
	assert.Equal(t, "default", adopted.Text("name"))
	assert.Equal(t, "arn:aws:ec2:us-west-2:123456789012:security-group/"+adopted.ID(), adopted.Text("arn"))
	require.Len(t, w.Account.Resources(), 1, "it is no resource of its own")
	w.Delete(adopted)
	id, read, _, err := w.Provider.Read(adopted.Request, nil)
	require.NoError(t, err)
	assert.Equal(t, adopted.ID(), id)
	assert.Equal(t, v.ID(), read["vpcId"].StringValue())
	imported := thing{Request: simulatortest.Request("aws:ec2/securityGroup:SecurityGroup", "imported")}
	imported.Request.ID = adopted.ID()
	assert.Equal(t, "DependencyViolation", simulator.Code(w.TryDelete(imported)), "it cannot be deleted by itself")
	w.Delete(v)
	id, _, _, err = w.Provider.Read(adopted.Request, nil)
	require.NoError(t, err)
	assert.Empty(t, id)
}
