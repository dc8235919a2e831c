package cache

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"maps"
	"slices"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
)

// createAccess writes the policies that let roles sign in as the users without a password: connecting is checked on the
// cache and on the user (ElastiCache User Guide, "Authenticating with IAM").
func (b *builder) createAccess() error {
	policies := pulumi.StringMap{}
	for _, name := range slices.Sorted(maps.Keys(b.args.Users)) {
		if b.args.Users[name].Password != nil {
			continue
		}
		policies[name] = pulumi.All(b.cache.ARN, b.users[name].Arn).ApplyT(func(arns []any) string {
			return iamdoc.Document(iamdoc.Statement{
				Action: []string{"elasticache:Connect"}, Resource: []string{arns[0].(string), arns[1].(string)},
			})
		}).(pulumi.StringOutput)
	}
	b.cache.ConnectPolicies = policies.ToStringMapOutput()
	return nil
}
