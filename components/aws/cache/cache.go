// Package cache builds a production cache on AWS with ElastiCache for Valkey or Redis: copies in other zones that
// take over by themselves, TLS alone, users that sign in with IAM in place of a password, a key of its own for
// everything at rest, daily backups and logs.
//
// With no arguments but its place it can lose a zone and keep its data but for the last moments: copies follow
// asynchronously. Adding a client, a user, a replica or a shard at any place replaces nothing.
//
// # Scaling
//
// With MaxShards or MaxReplicas, Application Auto Scaling adds shards and replicas while they are busy and removes them
// again. How many there are is then no longer the program's to say: it says how few and how many there may be. An update
// leaves the number alone, and alarms on single nodes follow with the update that comes after a refresh of the stack.
//
// # Signing in
//
// A user without a password signs in with a token that its client makes from the credentials of its role, which needs
// the policy that ConnectPolicies has for the user (ElastiCache User Guide, "Authenticating with IAM").
package cache

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Cache"

// Cache is a cache with what it needs.
type Cache struct {
	pulumi.ResourceState

	// ID is what ElastiCache calls the replication group.
	ID pulumi.StringOutput `pulumi:"cacheId"`
	// ARN is its ARN.
	ARN pulumi.StringOutput `pulumi:"arn"`
	// PrimaryEndpoint is the host name to write to; of a cache with shards, the one to ask for the others.
	PrimaryEndpoint pulumi.StringOutput `pulumi:"primaryEndpoint"`
	// ReaderEndpoint is the host name to read from; of a cache with shards, PrimaryEndpoint.
	ReaderEndpoint pulumi.StringOutput `pulumi:"readerEndpoint"`
	// Port is the port of all host names.
	Port pulumi.IntOutput `pulumi:"port"`
	// SecurityGroupID is the security group of the cache.
	SecurityGroupID pulumi.StringOutput `pulumi:"securityGroupId"`
	// KeyARN is the key that encrypts the cache.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`
	// MemberIDs are what ElastiCache calls the nodes: the dimension CacheClusterId of their metrics.
	MemberIDs pulumi.StringArrayOutput `pulumi:"memberIds"`
	// UserNames are what the users sign in as, by their names in Args.
	UserNames pulumi.StringMapOutput `pulumi:"userNames"`
	// ConnectPolicies are the IAM policies, as JSON, that let a role sign in as a user, by the users without a password.
	ConnectPolicies pulumi.StringMapOutput `pulumi:"connectPolicies"`
	// SecretARNs are the secrets in Secrets Manager with the name and password of a user, by the users with a password.
	SecretARNs pulumi.StringMapOutput `pulumi:"secretArns"`
	// LogGroupNames are the log groups, by what they hold: "slow-log" and "engine-log".
	LogGroupNames pulumi.StringMapOutput `pulumi:"logGroupNames"`
}

// New creates a cache. It fails before it registers anything if args are not valid, with every problem in one error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Cache, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("cache %q is not valid:\n%w", name, err)
	}
	cache := &Cache{}
	if err := ctx.RegisterComponentResource(Token, name, cache, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: cache, Name: name, Tags: args.Tags}, args: args.withDefaults(), cache: cache,
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("cache %q: %w", name, err)
	}
	return cache, ctx.RegisterResourceOutputs(cache, cache.outputs())
}

// outputs maps the fields of the cache to the names in their tags.
func (c *Cache) outputs() pulumi.Map {
	return pulumi.Map{
		"cacheId":         c.ID,
		"arn":             c.ARN,
		"primaryEndpoint": c.PrimaryEndpoint,
		"readerEndpoint":  c.ReaderEndpoint,
		"port":            c.Port,
		"securityGroupId": c.SecurityGroupID,
		"keyArn":          c.KeyARN,
		"memberIds":       c.MemberIDs,
		"userNames":       c.UserNames,
		"connectPolicies": c.ConnectPolicies,
		"secretArns":      c.SecretARNs,
		"logGroupNames":   c.LogGroupNames,
	}
}

// builder creates the children of one cache. Each of its steps is one file of this package; a step reads what the steps
// before it have set.
type builder struct {
	family.Family
	args  Args // with defaults
	cache *Cache

	account     family.Account
	keyARN      pulumi.StringOutput
	ownKeyARN   pulumi.StringPtrInput // the same; nil if it was given, and its policy is not ours
	subnetGroup *elasticache.SubnetGroup
	group       *ec2.SecurityGroup
	parameters  *elasticache.ParameterGroup
	logs        elasticache.ReplicationGroupLogDeliveryConfigurationArray
	users       map[string]*elasticache.User
	userGroup   *elasticache.UserGroup
}

func (b *builder) build() error {
	account, err := b.Account()
	if err != nil {
		return err
	}
	b.account = account
	for _, step := range []func() error{
		b.createKey, b.createPlace, b.createParameters, b.createLogs, b.createUsers, b.createNodes, b.createScaling, b.createAccess,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// id is what ElastiCache calls a part of the cache. It takes such names in a region once.
func (b *builder) id(parts ...string) string { return naming.AWSCache.Name(b.FullName(parts...)...) }
