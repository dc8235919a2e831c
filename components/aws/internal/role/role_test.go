package role

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/componenttest"
)

func TestNew(t *testing.T) {
	t.Parallel()
	policy := iamdoc.Document(iamdoc.Statement{Action: []string{"ssm:GetParameter"}, Resource: []string{"arn:aws:ssm:eu-west-1:123456789012:parameter/a"}})
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		role, err := New(family.Family{Ctx: ctx, Name: "main"}, "agent", Args{
			Description: "For tests",
			Trust:       pulumi.String(iamdoc.Trust("123456789012", "ec2.amazonaws.com")),
			Policy:      pulumi.String(policy),
			Managed:     map[string]pulumi.StringInput{"ssm": pulumi.String("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")},
		})
		if err != nil {
			return err
		}
		assert.Len(t, role.Ready, 2, "whoever uses the role waits for both")
		bare, err := New(family.Family{Ctx: ctx, Name: "main"}, "bare", Args{Trust: pulumi.String(iamdoc.Trust("123456789012", "ec2.amazonaws.com"))})
		if err == nil {
			assert.Empty(t, bare.Ready)
		}
		return err
	})
	require.NoError(t, err)
	role, ok := r.Named("aws:iam/role:Role", "main-agent")
	require.True(t, ok)
	assert.Equal(t, "holdfast-test-main-agent", role.Inputs["name"].StringValue())
	inline, ok := r.Named("aws:iam/rolePolicy:RolePolicy", "main-agent")
	require.True(t, ok)
	assert.JSONEq(t, policy, inline.Inputs["policy"].StringValue())
	attached, ok := r.Named("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "main-agent-ssm")
	require.True(t, ok)
	assert.Equal(t, "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", attached.Inputs["policyArn"].StringValue())
	assert.Len(t, r.OfType("aws:iam/rolePolicy:RolePolicy"), 1)
}

// Whichever resource cannot be registered, New says so.
func TestEveryResourceCanFail(t *testing.T) {
	t.Parallel()
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return componenttest.SimulatedAWS(t, "eu-west-1") }
	componenttest.EveryResourceCanFail(t, cloud, func(ctx *pulumi.Context) error {
		trust := pulumi.String(iamdoc.Trust("123456789012", "ec2.amazonaws.com"))
		_, err := New(family.Family{Ctx: ctx, Name: "main"}, "agent", Args{
			Trust: trust, Policy: pulumi.String(iamdoc.Document(iamdoc.Statement{Action: []string{"s3:ListAllMyBuckets"}, Resource: []string{"*"}})),
			Managed: map[string]pulumi.StringInput{"ssm": pulumi.String("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")},
		})
		return err
	})
}
