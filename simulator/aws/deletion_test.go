package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// holds is a case of something that cannot be deleted while something else uses it, and can once that is gone.
func holds(id, code, text string, build func(*world) (kept, user thing)) simulatortest.Case {
	return simulatortest.Case{
		ID: id, Code: code, Text: text,
		Fails: func(w *world) error {
			kept, _ := build(w)
			before := w.Account.Resources()
			err := w.TryDelete(kept)
			assert.ErrorContains(w.T, err, "deleting ")
			assert.Equal(w.T, before, w.Account.Resources(), "it is still there")
			return err
		},
		Passes: func(w *world) error {
			kept, user := build(w)
			w.Delete(user)
			return w.TryDelete(kept)
		},
	}
}

func deletionCases() []simulatortest.Case {
	const dependency = "DependencyViolation"
	nat := func(w *world, v, address thing) thing {
		return w.Create(natGatewayToken, "nat",
			inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": address.ID()})
	}
	return []simulatortest.Case{
		holds("aws-vpc-in-use", dependency, "has dependencies and cannot be deleted", func(w *world) (kept, user thing) {
			v := vpc(w)
			return v, subnet(w, v, "10.0.1.0/24", "a")
		}),
		holds("aws-vpc-in-use", dependency, "The vpc 'vpc-", func(w *world) (kept, user thing) {
			v := vpc(w)
			return v, gateway(w, v)
		}),
		holds("aws-vpc-in-use", dependency, "The vpc 'vpc-", func(w *world) (kept, user thing) {
			v := vpc(w)
			return v, group(w, v, "g")
		}),
		holds("aws-vpc-cidr-in-use", "InvalidCidrBlock.InUse", "currently has a subnet within CIDR block 10.9.0.0/16",
			func(w *world) (kept, user thing) {
				v := vpc(w)
				return block(w, v, "10.9.0.0/16"), subnet(w, v, "10.9.1.0/24", "a")
			}),
		holds("aws-subnet-in-use", dependency, "The subnet 'subnet-", func(w *world) (kept, user thing) {
			s := subnet(w, vpc(w), "10.0.1.0/24", "a")
			return s, w.Create(natGatewayToken, "n", inputs{"subnetId": s.ID(), "connectivityType": "private"})
		}),
		holds("aws-eip-in-use", "InvalidIPAddress.InUse", "is associated", func(w *world) (kept, user thing) {
			v, a := vpc(w), address(w, "a")
			gateway(w, v)
			return a, nat(w, v, a)
		}),
		holds("aws-vpc-gateway-before-addresses", dependency, "mapped public address", func(w *world) (kept, user thing) {
			v := vpc(w)
			g := gateway(w, v)
			return g, nat(w, v, address(w, "a"))
		}),
		holds("aws-route-table-in-use", dependency, "The routeTable 'rtb-", func(w *world) (kept, user thing) {
			v := vpc(w)
			r := table(w, v, "t")
			return r, w.Create(associationToken, "a", inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "routeTableId": r.ID()})
		}),
		holds("aws-security-group-in-use", dependency, "has a dependent object", func(w *world) (kept, user thing) {
			v := vpc(w)
			a := group(w, v, "a")
			return a, w.Create(ingressToken, "r",
				inputs{"securityGroupId": group(w, v, "b").ID(), "referencedSecurityGroupId": a.ID(), "ipProtocol": "-1"})
		}),
		holds("aws-security-group-in-use", dependency, "has a dependent object", func(w *world) (kept, user thing) {
			v := vpc(w)
			a := group(w, v, "a")
			return a, w.Create(endpointToken, "e", inputs{
				"vpcId": v.ID(), "serviceName": "com.amazonaws.us-west-2.sts", "vpcEndpointType": "Interface", "securityGroupIds": []any{a.ID()},
			})
		}),
	}
}

// TestWhatGoesAlong: what belongs to something goes with it, and what merely points at it stays.
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

// TestSkipDestroy: a log group that is to be kept stays in the account, managed by nobody.
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

// TestAdoption: what comes with a VPC can be taken over, is read back with its own id, and stays after.
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
