package inbound

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func create(ctx *pulumi.Context) error {
	_, network, err := componenttest.AWSWorld(ctx)
	if err != nil {
		return err
	}
	_, err = New(family.Family{Ctx: ctx, Name: "main"}, "database", Args{
		Description: "For tests", VpcID: network.VpcID, Port: 5432,
		Clients: map[string]pulumi.StringInput{"web": network.SecurityGroupID},
	})
	return err
}

// Clients get in at one port, by their groups, and nothing gets out.
func TestNew(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), create)
	require.NoError(t, err)
	group, ok := r.Named("aws:ec2/securityGroup:SecurityGroup", "main-database")
	require.True(t, ok)
	assert.Equal(t, "holdfast-test-main-database", group.Inputs["name"].StringValue())
	rules := r.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
	require.Len(t, rules, 1)
	assert.Equal(t, "main-database-web", rules[0].Name)
	assert.Equal(t, 5432.0, rules[0].Inputs["fromPort"].NumberValue())
	assert.Equal(t, 5432.0, rules[0].Inputs["toPort"].NumberValue())
	assert.Regexp(t, "^sg-", rules[0].Inputs["referencedSecurityGroupId"].StringValue())
	assert.Empty(t, r.OfType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"))
}

// Whichever resource cannot be registered, New says so.
func TestEveryResourceCanFail(t *testing.T) {
	t.Parallel()
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return componenttest.SimulatedAWS(t, "us-east-1") }
	componenttest.EveryResourceCanFail(t, cloud, create)
}

func TestCheckClients(t *testing.T) {
	t.Parallel()
	var ps spec.Problems
	CheckClients(&ps, "clients", map[string]pulumi.StringInput{"web": pulumi.String("sg-1"), "a b": pulumi.String("sg-2"), "none": nil})
	assert.EqualError(t, ps.Err(), "clients.a b: is not a name for a client; use letters, digits and hyphens\n"+
		"clients.none: has no security group; give the id of one")
}
