package family

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
)

func TestFamily(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		f := Family{Ctx: ctx, Name: "main", Tags: map[string]string{"team": "a", "Name": "mine"}}
		assert.Equal(t, "main-vpc-a", f.Child("vpc", "a"))
		assert.Equal(t, []string{"holdfast", "test", "main", "x"}, f.FullName("x"))
		assert.Equal(t, map[string]string{"team": "a", "Name": "holdfast-test-main-x"}, f.TagMap("x"), "ours tells resources apart")

		account, err := f.Account()
		require.NoError(t, err)
		assert.Equal(t, "eu-west-1", account.Region)
		assert.Equal(t, "arn:aws:iam::"+account.ID+":root", account.Root())
		assert.Equal(t, "arn:aws:logs:eu-west-1:"+account.ID+":log-group:*", account.ARN("logs", "log-group:*"))
		assert.Equal(t, "amazonaws.com", account.DNSSuffix)
		return nil
	})
	require.NoError(t, err)
}

func TestAccountThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	answers := map[string]resource.PropertyMap{}
	for _, step := range []struct{ token, want string }{
		{"aws:index/getCallerIdentity:getCallerIdentity", "looking up the account: "},
		{"aws:index/getRegion:getRegion", "looking up the region: "},
		{"aws:index/getPartition:getPartition", "looking up the partition: "},
	} {
		_, err := componenttest.Run(componenttest.Echo{Answers: answers}, func(ctx *pulumi.Context) error {
			_, err := Family{Ctx: ctx}.Account()
			return err
		})
		require.ErrorContains(t, err, step.want)
		answers[step.token] = resource.PropertyMap{}
	}
}

// Children have the provider that is given, and come after what they are told to come after.
func TestOptions(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), func(ctx *pulumi.Context) error {
		west, first, child := &pulumi.ProviderResourceState{}, &pulumi.CustomResourceState{}, &pulumi.CustomResourceState{}
		if err := ctx.RegisterResource("pulumi:providers:aws", "west", pulumi.Map{"region": pulumi.String("us-west-2")}, west); err != nil {
			return err
		}
		if err := ctx.RegisterResource("aws:s3/bucketV2:BucketV2", "first", pulumi.Map{}, first); err != nil {
			return err
		}
		f := Family{Ctx: ctx, Name: "main", Provider: west, After: []pulumi.Resource{first}, Tags: map[string]string{"team": "a"}}
		account, err := f.Account()
		assert.Equal(t, "us-west-2", account.Region, "that of the children's provider")
		if err != nil {
			return err
		}
		return ctx.RegisterResource("aws:s3/bucketV2:BucketV2", f.Child("logs"), pulumi.Map{"tags": f.TagInput("logs")}, child,
			f.Options(pulumi.Protect(true))...)
	})
	require.NoError(t, err)
	child, ok := r.Named("aws:s3/bucketV2:BucketV2", "main-logs")
	require.True(t, ok)
	assert.Contains(t, child.Request.GetProvider(), "::west::")
	assert.Contains(t, child.Request.GetDependencies(), "urn:pulumi:test::holdfast::aws:s3/bucketV2:BucketV2::first")
	assert.True(t, child.Request.GetProtect(), "its own options count too")
	assert.Equal(t, map[string]string{"team": "a", "Name": "holdfast-test-main-logs"}, componenttest.TagsOf(child))
}
