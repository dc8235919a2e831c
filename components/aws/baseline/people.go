package baseline

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// createPeople sets what is asked of passwords, and makes the group of people, who can do nothing without MFA.
func (b *builder) createPeople() error {
	if !b.args.Passwords.Disabled {
		args := &iam.AccountPasswordPolicyArgs{
			AllowUsersToChangePassword: pulumi.Bool(true),
			MinimumPasswordLength:      pulumi.Int(b.args.Passwords.MinLength),
			PasswordReusePrevention:    pulumi.Int(b.args.Passwords.History),
			// Security Hub's control IAM.7 asks for all four.
			RequireLowercaseCharacters: pulumi.Bool(true),
			RequireUppercaseCharacters: pulumi.Bool(true),
			RequireNumbers:             pulumi.Bool(true),
			RequireSymbols:             pulumi.Bool(true),
		}
		if days := b.args.Passwords.MaxAgeDays; days > 0 {
			args.MaxPasswordAge = pulumi.Int(days)
		}
		if _, err := iam.NewAccountPasswordPolicy(b.Ctx, b.Child("passwords"), args, b.kept()...); err != nil {
			return err
		}
	}
	if b.args.MFA.Disabled {
		return nil
	}
	group, err := iam.NewGroup(b.Ctx, b.Child("people"), &iam.GroupArgs{
		Name: pulumi.String(naming.AWSGroup.Name(b.FullName("people")...)),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.baseline.PeopleGroupName = group.Name
	_, err = iam.NewGroupPolicy(b.Ctx, b.Child("people"), &iam.GroupPolicyArgs{
		Name: pulumi.String("mfa"), Group: group.Name, Policy: pulumi.String(b.onlyWithMFA()),
	}, b.Options()...)
	return err
}

// withMFA holds for whoever has shown a second factor.
func withMFA() map[string]map[string]any {
	return map[string]map[string]any{"Bool": {"aws:MultiFactorAuthPresent": "true"}}
}

// onlyWithMFA lets people look after their own password, keys and MFA device, and denies everything but setting a device
// up to those who have shown none (IAM User Guide, "Allows MFA-authenticated IAM users to manage their own credentials").
// BoolIfExists catches long-lived keys too, which tell nothing of MFA. Removing a device takes that device.
func (b *builder) onlyWithMFA() string {
	iamARN := "arn:" + b.account.Partition + ":iam::" + b.account.ID + ":"
	self := []string{iamARN + "user/${aws:username}"}
	return iamdoc.Document(
		iamdoc.Statement{
			Sid: "SeeRules", Action: []string{"iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"}, Resource: []string{"*"},
		},
		iamdoc.Statement{Sid: "OwnPassword", Action: []string{"iam:ChangePassword", "iam:GetUser"}, Resource: self},
		iamdoc.Statement{
			Sid: "OwnAccessKeys", Resource: self,
			Action: []string{
				"iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:GetAccessKeyLastUsed", "iam:ListAccessKeys", "iam:UpdateAccessKey",
			},
		},
		iamdoc.Statement{Sid: "NewDevice", Action: []string{"iam:CreateVirtualMFADevice"}, Resource: []string{iamARN + "mfa/*"}},
		iamdoc.Statement{
			Sid: "OwnDevice", Resource: self,
			Action: []string{"iam:EnableMFADevice", "iam:GetMFADevice", "iam:ListMFADevices", "iam:ResyncMFADevice"},
		},
		iamdoc.Statement{
			Sid: "RemoveDevice", Action: []string{"iam:DeactivateMFADevice"}, Resource: self, Condition: withMFA(),
		},
		iamdoc.Statement{
			Sid: "NothingWithoutMFA", Effect: "Deny", Resource: []string{"*"},
			NotAction: []string{
				"iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:GetMFADevice", "iam:ListMFADevices",
				"iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken",
			},
			Condition: map[string]map[string]any{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
		})
}

// createBreakGlass makes the role of an administrator for those who may be one in an emergency. Its sessions last an hour,
// as those of every role that asks for nothing else (IAM API, CreateRole, MaxSessionDuration).
func (b *builder) createBreakGlass() error {
	users, roles := valuesOf(b.args.BreakGlassPrincipalARNs), valuesOf(b.args.BreakGlassRoleARNs)
	if len(users)+len(roles) == 0 {
		return nil
	}
	created, err := role.New(b.Family, "break-glass", role.Args{
		Description: "Administrator in an emergency; every use raises an alarm",
		Trust: pulumi.All(users, roles).ApplyT(func(known []any) (string, error) {
			return breakGlassTrust(known[0].([]string), known[1].([]string))
		}).(pulumi.StringOutput),
		Managed: map[string]pulumi.StringInput{
			"administrator": pulumi.String("arn:" + b.account.Partition + ":iam::aws:policy/AdministratorAccess"),
		},
	})
	if err != nil {
		return err
	}
	b.baseline.BreakGlassRoleARN = created.Arn
	arn := "arn:" + b.account.Partition + ":iam::" + b.account.ID + ":role/" + naming.AWSRole.Name(b.FullName("break-glass")...)
	return b.createAlarm("break-glass-use", alarm{
		`{($.eventSource=sts.amazonaws.com) && ($.eventName=AssumeRole) && ($.requestParameters.roleArn="` + arn + `")}`,
		"Somebody became administrator by the role for emergencies, or tried to.",
	})
}

// breakGlassTrust lets users in with a second factor that they have shown within the hour, and roles without, for the
// credentials of a role do not tell of one.
func breakGlassTrust(users, roles []string) (string, error) {
	var statements []iamdoc.Statement
	for _, list := range []struct {
		principals []string
		wrong      func(arn string) string
		condition  map[string]map[string]any
	}{
		{users, notUser, map[string]map[string]any{
			"Bool": {"aws:MultiFactorAuthPresent": "true"}, "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
		}},
		{roles, notRole, nil},
	} {
		for _, arn := range list.principals {
			if why := list.wrong(arn); why != "" {
				return "", fmt.Errorf("who may break the glass: %s %s", arn, why)
			}
		}
		if len(list.principals) > 0 {
			statements = append(statements, iamdoc.Statement{
				Principal: iamdoc.AWS(list.principals...), Action: []string{"sts:AssumeRole"}, Condition: list.condition,
			})
		}
	}
	return iamdoc.Document(statements...), nil
}

// notUser says what is wrong with an ARN in a list of users, or "".
func notUser(arn string) string {
	if isRole(arn) {
		return "is a role, which cannot show a second factor; name IAM users, or list it under breakGlassRoleArns"
	}
	return ""
}

// notRole says what is wrong with an ARN in a list of roles, or "".
func notRole(arn string) string {
	if !isRole(arn) {
		return "is not a role; list users under breakGlassPrincipalArns, which asks them for a second factor"
	}
	return ""
}

func isRole(arn string) bool {
	return strings.Contains(arn, ":role/") || strings.Contains(arn, ":assumed-role/")
}

// valuesOf returns the values of a map in the order of their names.
func valuesOf(named map[string]pulumi.StringInput) pulumi.StringArray {
	values := pulumi.StringArray{}
	for _, name := range keysOf(named) {
		values = append(values, named[name])
	}
	return values
}
