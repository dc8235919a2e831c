// Package role makes the IAM roles of the AWS components.
package role

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// Args describe a role.
type Args struct {
	// Description says what the role is for.
	Description string
	// Trust is the document that says who may take the role.
	Trust pulumi.StringInput
	// Policy is the document that says what the role may do; nil for nothing besides Managed.
	Policy pulumi.StringInput
	// Managed are the ARNs of managed policies, by a short name that stays when others come and go.
	Managed map[string]pulumi.StringInput
}

// Role is a role that can be used: whoever needs its permissions depends on Ready.
type Role struct {
	*iam.Role
	// Ready are the resources that give the role its permissions.
	Ready []pulumi.Resource
}

// New creates a role with its permissions.
func New(f family.Family, part string, args Args) (*Role, error) {
	created, err := iam.NewRole(f.Ctx, f.Child(part), &iam.RoleArgs{
		Name:             pulumi.String(naming.AWSRole.Name(f.FullName(part)...)),
		Description:      pulumi.String(args.Description),
		AssumeRolePolicy: args.Trust,
		Tags:             f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return nil, err
	}
	role := &Role{Role: created}
	if args.Policy != nil {
		policy, err := iam.NewRolePolicy(f.Ctx, f.Child(part), &iam.RolePolicyArgs{
			Name: pulumi.String(part), Role: created.Name, Policy: args.Policy,
		}, f.Options()...)
		if err != nil {
			return nil, err
		}
		role.Ready = append(role.Ready, policy)
	}
	for name, arn := range args.Managed {
		attached, err := iam.NewRolePolicyAttachment(f.Ctx, f.Child(part, name), &iam.RolePolicyAttachmentArgs{
			Role: created.Name, PolicyArn: arn,
		}, f.Options()...)
		if err != nil {
			return nil, err
		}
		role.Ready = append(role.Ready, attached)
	}
	return role, nil
}
