// Package family holds what the children of every AWS component have in common: their names, tags and options, and the
// account and region that they lie in.
package family

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// Family makes what the children of one component share.
type Family struct {
	// Ctx is the program that the component belongs to.
	Ctx *pulumi.Context
	// Parent is the component.
	Parent pulumi.Resource
	// Name is the component's name in the program.
	Name string
	// Tags are the user's tags.
	Tags map[string]string
	// Provider is that of another region for the children; nil for the component's own.
	Provider pulumi.ProviderResource
	// After are resources that the children are created after, besides those that they refer to. Default none.
	After []pulumi.Resource
}

// Child names a child in the program: the component's name, then what the child is.
func (f Family) Child(parts ...string) string {
	name := f.Name
	for _, part := range parts {
		name += "-" + part
	}
	return name
}

// FullName returns the parts of a name that is unique among all stacks of an account: give them to a naming.Rule.
func (f Family) FullName(parts ...string) []string {
	return append([]string{f.Ctx.Project(), f.Ctx.Stack(), f.Name}, parts...)
}

// TagMap returns the user's tags, and a Name that tells the resource apart from those of other stacks in the account.
func (f Family) TagMap(parts ...string) map[string]string {
	return naming.Merge(f.Tags, map[string]string{"Name": naming.AWSNameTag.Name(f.FullName(parts...)...)})
}

// TagInput is TagMap as most resources take it.
func (f Family) TagInput(parts ...string) pulumi.StringMap {
	return pulumi.ToStringMap(f.TagMap(parts...))
}

// Options are the options of a child, with more of its own.
func (f Family) Options(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	options := []pulumi.ResourceOption{pulumi.Parent(f.Parent)}
	if f.Provider != nil {
		options = append(options, pulumi.Provider(f.Provider))
	}
	if len(f.After) > 0 {
		options = append(options, pulumi.DependsOn(f.After))
	}
	return append(options, more...)
}

// Account is where the component's resources lie.
type Account struct {
	ID        string // 123456789012
	Region    string // eu-west-1
	Partition string // aws, aws-cn or aws-us-gov
	DNSSuffix string // amazonaws.com, or amazonaws.com.cn
}

// Root is the ARN that stands for the whole account in policies.
func (a Account) Root() string { return fmt.Sprintf("arn:%s:iam::%s:root", a.Partition, a.ID) }

// ARN returns the ARN of something in the account and region.
func (a Account) ARN(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", a.Partition, service, a.Region, a.ID, resource)
}

// Account looks up the account and region of the children's provider.
func (f Family) Account() (Account, error) {
	options := []pulumi.InvokeOption{pulumi.Parent(f.Parent)}
	if f.Provider != nil {
		options = append(options, pulumi.Provider(f.Provider))
	}
	identity, err := aws.GetCallerIdentity(f.Ctx, nil, options...)
	if err != nil {
		return Account{}, fmt.Errorf("looking up the account: %w", err)
	}
	region, err := aws.GetRegion(f.Ctx, nil, options...)
	if err != nil {
		return Account{}, fmt.Errorf("looking up the region: %w", err)
	}
	partition, err := aws.GetPartition(f.Ctx, nil, options...)
	if err != nil {
		return Account{}, fmt.Errorf("looking up the partition: %w", err)
	}
	return Account{ID: identity.AccountId, Region: region.Name, Partition: partition.Partition, DNSSuffix: partition.DnsSuffix}, nil
}
