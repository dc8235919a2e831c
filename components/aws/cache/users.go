package cache

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// createUsers creates the users and the group of them that the cache lets in.
func (b *builder) createUsers() error {
	ids, names, secrets := pulumi.StringArray{}, pulumi.StringMap{}, pulumi.StringMap{}
	b.users = map[string]*elasticache.User{}
	if b.args.Engine == spec.CacheRedis {
		// A group for Redis has to have a user named default, which all are who give no name. Valkey's may not.
		shut, err := b.createUser("default", "default", "off -@all", &elasticache.UserAuthenticationModeArgs{
			Type: pulumi.String("no-password-required"),
		})
		if err != nil {
			return err
		}
		ids = append(ids, shut.UserId)
	}
	for _, name := range slices.Sorted(maps.Keys(b.args.Users)) {
		user := b.args.Users[name]
		mode := &elasticache.UserAuthenticationModeArgs{Type: pulumi.String("iam")}
		if user.Password != nil {
			mode = &elasticache.UserAuthenticationModeArgs{
				Type: pulumi.String("password"), Passwords: pulumi.StringArray{b.password(user)},
			}
		}
		// Of a user that signs in with IAM, id and name must be the same (ElastiCache User Guide, "Authenticating with IAM",
		// limitations).
		part := "user-" + name
		made, err := b.createUser(part, b.id(part), user.Access, mode)
		if err != nil {
			return err
		}
		ids, names[name], b.users[name] = append(ids, made.UserId), made.UserName, made
		if user.Password == nil {
			continue
		}
		if secrets[name], err = b.keepPassword(part, user); err != nil {
			return err
		}
	}
	group, err := elasticache.NewUserGroup(b.Ctx, b.Child("users"), &elasticache.UserGroupArgs{
		Engine: pulumi.String(b.args.Engine), UserGroupId: pulumi.String(b.id("users")), UserIds: ids, Tags: b.TagInput("users"),
	}, b.Options()...)
	b.userGroup = group
	b.cache.UserNames, b.cache.SecretARNs = names.ToStringMapOutput(), secrets.ToStringMapOutput()
	return err
}

func (b *builder) createUser(
	part, name, access string, mode *elasticache.UserAuthenticationModeArgs,
) (*elasticache.User, error) {
	return elasticache.NewUser(b.Ctx, b.Child(part), &elasticache.UserArgs{
		Engine: pulumi.String(b.args.Engine), UserId: pulumi.String(b.id(part)), UserName: pulumi.String(name),
		AccessString: pulumi.String(access), AuthenticationMode: mode, Tags: b.TagInput(part),
	}, b.Options()...)
}

// password is the password that is given, as a secret.
func (b *builder) password(user User) pulumi.StringOutput {
	return pulumi.ToSecret(user.Password).(pulumi.StringOutput)
}

// keepPassword keeps a password where programs look for it, and returns the secret's ARN.
func (b *builder) keepPassword(part string, user User) (pulumi.StringOutput, error) {
	// A secret that is deleted keeps its name for 30 days, in which it can be brought back (Secrets Manager API, DeleteSecret).
	name := b.birth().ApplyT(func(birth string) string {
		return naming.AWSSecret.Name(b.FullName(part, birth)...)
	}).(pulumi.StringOutput)
	secret, err := secretsmanager.NewSecret(b.Ctx, b.Child(part), &secretsmanager.SecretArgs{
		Name:        name,
		Description: pulumi.String("A user of the cache " + b.Name),
		KmsKeyId:    b.keyARN,
		Tags:        b.TagInput(part),
	}, b.Options()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	signsInAs := b.id(part)
	value := b.password(user).ApplyT(func(password string) (string, error) {
		text, err := json.Marshal(map[string]string{"username": signsInAs, "password": password})
		return string(text), err
	}).(pulumi.StringOutput)
	_, err = secretsmanager.NewSecretVersion(b.Ctx, b.Child(part), &secretsmanager.SecretVersionArgs{
		SecretId: secret.ID(), SecretString: value,
	}, b.Options()...)
	return secret.Arn, err
}
