package network

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// routesOf returns where each table's default routes lead: table name -> target property -> target id.
func routesOf(r componenttest.Recording) map[string]map[string]string {
	routes := map[string]map[string]string{}
	for _, route := range r.OfType(routeType) {
		table := text(route, "routeTableId")
		if routes[table] == nil {
			routes[table] = map[string]string{}
		}
		for _, key := range []resource.PropertyKey{"gatewayId", "natGatewayId", "egressOnlyGatewayId"} {
			if target := text(route, key); target != "" {
				routes[table][text(route, "destinationCidrBlock")+text(route, "destinationIpv6CidrBlock")] = target
			}
		}
	}
	return routes
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	const (
		table = tableType + "::main-"
		nat   = natType + "::main-nat-"
		igw   = gatewayType + "::main-internet"
		eigw  = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway::main-egress"
	)
	type routes = map[string]map[string]string
	tests := map[string]struct {
		network spec.Network
		want    routes
	}{
		"NAT per zone": {spec.Network{Zones: 2}, routes{
			table + "public": {anywhere: igw}, table + "private-a": {anywhere: nat + "a"}, table + "private-b": {anywhere: nat + "b"}}},
		"one NAT": {spec.Network{Zones: 2, NAT: spec.NATOne}, routes{
			table + "public": {anywhere: igw}, table + "private-a": {anywhere: nat + "a"}, table + "private-b": {anywhere: nat + "a"}}},
		"no NAT": {spec.Network{Zones: 2, NAT: spec.NATNone}, routes{
			table + "public": {anywhere: igw}}},
		"IPv6": {spec.Network{Zones: 2, NAT: spec.NATNone, IPv6: true}, routes{
			table + "public": {anywhere: igw, anywhereV6: igw}, table + "private-a": {anywhereV6: eigw}, table + "private-b": {anywhereV6: eigw}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := run(t, &Args{Network: test.network})
			assert.Equal(t, test.want, routesOf(r), "data subnets have no default route at all")
			for _, tier := range spec.Tiers() {
				for _, letter := range []string{"a", "b"} {
					name := "main-" + string(tier)
					if tier == spec.Private {
						name += "-" + letter
					}
					attached := named(t, r, attachType, "main-"+string(tier)+"-"+letter)
					assert.Equal(t, tableType+"::"+name, text(attached, "routeTableId"))
					assert.Equal(t, subnetType+"::main-"+string(tier)+"-"+letter, text(attached, "subnetId"))
				}
			}
		})
	}
}

func TestNATWaitsForItsWayOut(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	dependsOn := func(res componenttest.Resource, name string) bool {
		return slices.ContainsFunc(res.Request.GetDependencies(), func(urn string) bool {
			return strings.HasSuffix(urn, name)
		})
	}
	for _, letter := range []string{"a", "b", "c"} {
		gateway := named(t, r, natType, "main-nat-"+letter)
		assert.Equal(t, "eipalloc-main-nat-"+letter, text(gateway, "allocationId"))
		assert.Equal(t, subnetType+"::main-public-"+letter, text(gateway, "subnetId"))
		assert.True(t, dependsOn(gateway, gatewayType+"::main-internet"))
		assert.True(t, dependsOn(gateway, routeType+"::main-public-default"))
		assert.True(t, dependsOn(gateway, attachType+"::main-public-"+letter))
		address := named(t, r, eipType, "main-nat-"+letter)
		assert.Equal(t, "vpc", text(address, "domain"))
		assert.True(t, dependsOn(address, gatewayType+"::main-internet"))
	}
	flowLog := named(t, r, flowLogType, "main-flow-logs")
	assert.True(t, dependsOn(flowLog, policyType+"::main-flow-logs"))
	assert.True(t, flowLog.Request.GetDeleteBeforeReplace())
}

// What is placed in a private subnet must come after the subnet's route out of it, and after the endpoint that GuardDuty
// would otherwise make for it.
func TestSubnetIDsWaitForTheirRoutes(t *testing.T) {
	t.Parallel()
	r := run(t, nil, func(ctx *pulumi.Context, n *Network) {
		var user pulumi.CustomResourceState
		require.NoError(t, ctx.RegisterResource("test:index:User", "user", pulumi.Map{"subnet": n.PrivateSubnetIDs.Index(pulumi.Int(1))}, &user))
	})
	user := named(t, r, "test:index:User", "user")
	assert.Equal(t, subnetType+"::main-private-b", text(user, "subnet"))
	dependencies := strings.Join(user.Request.GetDependencies(), "\n")
	for _, need := range []string{
		routeType + "::main-private-default-b", attachType + "::main-private-b", aclAttachType + "::main-private-b", endpointType + "::main-guardduty-data",
	} {
		assert.Contains(t, dependencies, need)
	}
}

// newRoutes is a preview of an update that adds routes and endpoints to a network that exists: only their ids are unknown.
type newRoutes struct {
	pulumi.MockResourceMonitor
	user chan resource.PropertyMap
}

func (c newRoutes) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	switch args.TypeToken {
	case routeType, endpointType:
		return "", args.Inputs, nil
	case "test:index:User":
		c.user <- args.Inputs
	}
	return c.MockResourceMonitor.NewResource(args)
}

func TestNewRoutesLeaveSubnetIDsKnown(t *testing.T) {
	t.Parallel()
	preview := newRoutes{cloud(t), make(chan resource.PropertyMap, 1)}
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		n, err := New(ctx, "main", nil)
		if err != nil {
			return err
		}
		var user pulumi.CustomResourceState
		return ctx.RegisterResource("test:index:User", "user", pulumi.Map{"subnet": n.PrivateSubnetIDs.Index(pulumi.Int(0))}, &user)
	}, pulumi.WithMocks("holdfast", "test", preview), componenttest.Preview)
	require.NoError(t, err)
	assert.Equal(t, resource.NewProperty(subnetType+"::main-private-a"), (<-preview.user)["subnet"])
}
