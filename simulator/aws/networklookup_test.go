package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func filtered(name string, values ...any) inputs {
	return inputs{"filters": []any{inputs{"name": name, "values": values}}}
}

func TestGetSubnets(t *testing.T) {
	t.Parallel()
	const one, many = "aws:ec2/getSubnet:getSubnet", "aws:ec2/getSubnets:getSubnets"
	w := newWorld(t)
	defaults := ask(t, w, many, filtered("default-for-az", "true"))
	assert.Len(t, defaults["ids"], 4, "one in each zone")
	v := vpc(w)
	a := subnet(w, v, "10.0.1.0/24", "a")
	b := w.Create(subnetToken, "b", inputs{
		"vpcId": v.ID(), "cidrBlock": "10.0.2.0/28", "availabilityZone": "us-west-2b", "tags": inputs{"tier": "private"},
	})
	assert.ElementsMatch(t, []any{a.ID(), b.ID()}, ask(t, w, many, filtered("vpc-id", v.ID()))["ids"])
	assert.Equal(t, []any{b.ID()}, ask(t, w, many, inputs{"tags": inputs{"tier": "private"}})["ids"])
	assert.Empty(t, ask(t, w, many, filtered("vpc-id", "vpc-none"))["ids"])
	refuses(t, w, many, filtered("colour", "red"), "The filter 'colour' is invalid")

	found := ask(t, w, one, inputs{"vpcId": v.ID(), "availabilityZone": "us-west-2b"})
	assert.Equal(t, b.ID(), found["id"])
	assert.Equal(t, "10.0.2.0/28", found["cidrBlock"])
	assert.InDelta(t, 11, found["availableIpAddressCount"], 0)
	assert.Equal(t, false, found["defaultForAz"])
	assert.Equal(t, inputs{"tier": "private"}, found["tags"])
	home := ask(t, w, one, inputs{"defaultForAz": true, "availabilityZoneId": "usw2-az3"})
	assert.Equal(t, "172.31.32.0/20", home["cidrBlock"])
	assert.Equal(t, true, home["mapPublicIpOnLaunch"])
	assert.Equal(t, found["id"], ask(t, w, one, inputs{"id": b.ID()})["id"])
	refuses(t, w, one, inputs{"vpcId": v.ID()}, "multiple EC2 Subnets matched")
	refuses(t, w, one, inputs{"cidrBlock": "10.9.0.0/24"}, "no matching EC2 Subnet found")
}

func TestGetSecurityGroups(t *testing.T) {
	t.Parallel()
	const one, many = "aws:ec2/getSecurityGroup:getSecurityGroup", "aws:ec2/getSecurityGroups:getSecurityGroups"
	w := newWorld(t)
	v := vpc(w)
	g := group(w, v, "web")
	own := ask(t, w, one, inputs{"name": "default", "vpcId": v.ID()})
	assert.Equal(t, v.Text("defaultSecurityGroupId"), own["id"])
	assert.Equal(t, "default VPC security group", own["description"])
	assert.Equal(t, g.Text("arn"), ask(t, w, one, inputs{"id": g.ID()})["arn"])
	all := ask(t, w, many, filtered("vpc-id", v.ID()))
	assert.ElementsMatch(t, []any{g.ID(), own["id"]}, all["ids"])
	assert.Equal(t, []any{v.ID(), v.ID()}, all["vpcIds"])
	assert.Contains(t, all["arns"], g.Text("arn"))
	refuses(t, w, one, inputs{"name": "default"}, "multiple EC2 Security Groups matched")
}

func TestGetRouteTables(t *testing.T) {
	t.Parallel()
	const one, many = "aws:ec2/getRouteTable:getRouteTable", "aws:ec2/getRouteTables:getRouteTables"
	w := newWorld(t)
	v := vpc(w)
	s, r, g := subnet(w, v, "10.0.1.0/24", "a"), table(w, v, "t"), gateway(w, v)
	w.Create(associationToken, "a", inputs{"subnetId": s.ID(), "routeTableId": r.ID()})
	w.Create(routeToken, "r", inputs{"routeTableId": r.ID(), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": g.ID()})
	found := ask(t, w, one, inputs{"subnetId": s.ID()})
	assert.Equal(t, r.ID(), found["routeTableId"])
	route := found["routes"].([]any)[0].(map[string]any)
	assert.Equal(t, "0.0.0.0/0", route["cidrBlock"])
	assert.Equal(t, g.ID(), route["gatewayId"])
	association := found["associations"].([]any)[0].(map[string]any)
	assert.Equal(t, s.ID(), association["subnetId"])
	assert.Equal(t, false, association["main"])

	main := ask(t, w, one, with(filtered("association.main", "true"), inputs{"vpcId": v.ID()}))
	assert.Equal(t, v.Text("mainRouteTableId"), main["id"])
	assert.ElementsMatch(t, []any{r.ID(), main["id"]}, ask(t, w, many, inputs{"vpcId": v.ID()})["ids"])
	m := w.Create(mainTableToken, "m", inputs{"vpcId": v.ID(), "routeTableId": r.ID()})
	assert.Equal(t, main["id"], m.Text("originalRouteTableId"))
	assert.Equal(t, r.ID(), ask(t, w, "aws:ec2/getVpc:getVpc", inputs{"id": v.ID()})["mainRouteTableId"])

	home := ask(t, w, "aws:ec2/getVpc:getVpc", inputs{"default": true})
	out := ask(t, w, one, inputs{"vpcId": home["id"]})["routes"].([]any)[0].(map[string]any)
	igw := ask(t, w, "aws:ec2/getInternetGateway:getInternetGateway", filtered("attachment.vpc-id", home["id"]))
	assert.Equal(t, igw["internetGatewayId"], out["gatewayId"], "the default VPC leads to the internet")
	assert.Equal(t, []any{inputs{"state": "available", "vpcId": home["id"]}}, igw["attachments"])
}

func TestGetGatewaysAndAddresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := vpc(w)
	gateway(w, v)
	a := address(w, "a")
	s := subnet(w, v, "10.0.1.0/24", "a")
	n := w.Create(natGatewayToken, "n", inputs{"subnetId": s.ID(), "allocationId": a.ID()})
	for _, args := range []inputs{{"vpcId": v.ID()}, {"subnetId": s.ID(), "state": "available"}, {"id": n.ID()}} {
		found := ask(t, w, "aws:ec2/getNatGateway:getNatGateway", args)
		assert.Equal(t, n.ID(), found["id"])
		assert.Equal(t, a.Text("publicIp"), found["publicIp"])
		assert.Equal(t, v.ID(), found["vpcId"])
	}
	assert.Equal(t, a.ID(), ask(t, w, "aws:ec2/getElasticIp:getElasticIp", inputs{"publicIp": a.Text("publicIp")})["id"])
	refuses(t, w, "aws:ec2/getElasticIp:getElasticIp", inputs{"id": "eipalloc-none"}, "no matching EC2 EIP found")

	assert.Len(t, ask(t, w, "aws:ec2/getVpcs:getVpcs", nil)["ids"], 2)
	e := endpointIn(w, v, s3, "Gateway", nil)
	list := ask(t, w, "aws:ec2/getPrefixList:getPrefixList", inputs{"name": s3})
	assert.Equal(t, e.Text("prefixListId"), list["id"])
	assert.NotEmpty(t, list["cidrBlocks"])
	assert.Equal(t, s3, ask(t, w, "aws:ec2/getPrefixList:getPrefixList", inputs{"prefixListId": list["id"]})["name"])
	refuses(t, w, "aws:ec2/getPrefixList:getPrefixList", inputs{"name": sts}, "no matching EC2 Prefix List found")
}

func TestGetAvailabilityZone(t *testing.T) {
	t.Parallel()
	const token = "aws:index/getAvailabilityZone:getAvailabilityZone"
	w := newWorld(t)
	found := ask(t, w, token, inputs{"name": "us-west-2b"})
	assert.Equal(t, "usw2-az1", found["zoneId"])
	assert.Equal(t, "b", found["nameSuffix"])
	assert.Equal(t, "us-west-2b", ask(t, w, token, inputs{"zoneId": "usw2-az1"})["id"])
	refuses(t, w, token, inputs{"name": "us-east-1a"}, "no matching EC2 Availability Zone found")
	refuses(t, w, token, nil, "multiple EC2 Availability Zones matched")
}
