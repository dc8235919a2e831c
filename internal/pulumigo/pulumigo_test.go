package pulumigo

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

func TestProgram(t *testing.T) {
	t.Parallel()
	known, err := schema.AWS()
	require.NoError(t, err)
	got, err := Program(known, []policy.Example{
		{Name: "vpc", Type: "aws:ec2/vpc:Vpc", Properties: map[string]any{"cidrBlock": "10.0.0.0/16", "tags": map[string]any{"a": "b"}}},
		{Name: "group", Type: "aws:ec2/securityGroup:SecurityGroup", Properties: map[string]any{
			"vpcId":   "${vpc.id}",
			"ingress": []any{map[string]any{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"10.0.0.0/8"}}},
		}},
		{Name: "role", Type: "aws:iam/role:Role", Properties: map[string]any{"assumeRolePolicy": `{"a": 1}`, "name": "${vpc.arn}"}},
	})
	require.NoError(t, err)
	assert.Equal(t, "vpc, err := ec2.NewVpc(ctx, \"vpc\", &ec2.VpcArgs{\n"+
		"\tCidrBlock: pulumi.String(\"10.0.0.0/16\"),\n"+
		"\tTags: pulumi.StringMap{\n\t\t\"a\": pulumi.String(\"b\"),\n\t},\n})\n"+
		"if err != nil {\n\treturn err\n}\n\n"+
		"_, err = ec2.NewSecurityGroup(ctx, \"group\", &ec2.SecurityGroupArgs{\n"+
		"\tIngress: ec2.SecurityGroupIngressArray{\n\t\t&ec2.SecurityGroupIngressArgs{\n"+
		"\t\t\tCidrBlocks: pulumi.StringArray{\n\t\t\t\tpulumi.String(\"10.0.0.0/8\"),\n\t\t\t},\n"+
		"\t\t\tFromPort: pulumi.Int(22),\n\t\t\tProtocol: pulumi.String(\"tcp\"),\n\t\t\tToPort:   pulumi.Int(22),\n\t\t},\n\t},\n"+
		"\tVpcId: vpc.ID(),\n})\nif err != nil {\n\treturn err\n}\n\n"+
		"_, err = iam.NewRole(ctx, \"role\", &iam.RoleArgs{\n"+
		"\tAssumeRolePolicy: pulumi.String(`{\"a\": 1}`),\n\tName:             vpc.Arn,\n})\nif err != nil {\n\treturn err\n}\n", got)
}

// TestOptionsAndProviders: what is about the program, and not about a type.
func TestOptionsAndProviders(t *testing.T) {
	t.Parallel()
	known, err := schema.AWS()
	require.NoError(t, err)
	got, err := Program(known, []policy.Example{
		{Name: "here", Type: "pulumi:providers:aws", Properties: map[string]any{"region": "eu-west-1", "insecure": true}},
		{Name: "logs", Type: "aws:s3/bucketV2:BucketV2", Protect: true, IgnoreChanges: []string{"tags", "acl"}, DeleteBeforeReplace: true},
		{Name: "password", Type: "aws:ssm/parameter:Parameter", Properties: map[string]any{"type": "SecureString", "value": "${config.password}"}},
	})
	require.NoError(t, err)
	assert.Equal(t, "_, err := aws.NewProvider(ctx, \"here\", &aws.ProviderArgs{\n"+
		"\tInsecure: pulumi.Bool(true),\n\tRegion:   pulumi.String(\"eu-west-1\"),\n})\nif err != nil {\n\treturn err\n}\n\n"+
		"_, err = s3.NewBucketV2(ctx, \"logs\", &s3.BucketV2Args{}, pulumi.Protect(true), "+
		"pulumi.IgnoreChanges([]string{\"tags\", \"acl\"}), pulumi.DeleteBeforeReplace(true))\nif err != nil {\n\treturn err\n}\n\n"+
		"_, err = ssm.NewParameter(ctx, \"password\", &ssm.ParameterArgs{\n\tType:  pulumi.String(\"SecureString\"),\n"+
		"\tValue: config.New(ctx, \"\").RequireSecret(\"password\"),\n})\nif err != nil {\n\treturn err\n}\n", got)
}

func TestWhatIsNoProgram(t *testing.T) {
	t.Parallel()
	known, err := schema.AWS()
	require.NoError(t, err)
	for want, example := range map[string]policy.Example{
		"there is no type aws:ec2/vpc:Vpcs": {Name: "a", Type: "aws:ec2/vpc:Vpcs"},
		`a.cidrBlok: `:                      {Name: "a", Type: "aws:ec2/vpc:Vpc", Properties: map[string]any{"cidrBlok": "10.0.0.0/16"}},
		"a.vpcId: ":                         {Name: "a", Type: "aws:ec2/subnet:Subnet"},
		"a.enableDnsSupport: ":              {Name: "a", Type: "aws:ec2/vpc:Vpc", Properties: map[string]any{"enableDnsSupport": "perhaps"}},
		"a.routes[0].natGatewayID: ":        {Name: "a", Type: "aws:ec2/routeTable:RouteTable", Properties: map[string]any{"vpcId": "v", "routes": []any{map[string]any{"natGatewayID": "n"}}}},
	} {
		_, err := Program(known, []policy.Example{example})
		assert.ErrorContains(t, err, want)
	}
}
