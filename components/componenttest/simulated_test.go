package componenttest

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const bucketToken = "aws:s3/bucketV2:BucketV2"

// bucketed makes a network of a world and a bucket outside of it.
func bucketed(t *testing.T, cloud pulumi.MockResourceMonitor, region string, props pulumi.Map, opts ...pulumi.ResourceOption) (Recording, error) {
	t.Helper()
	return Run(cloud, func(ctx *pulumi.Context) error {
		if _, _, err := AWSWorldIn(ctx, region); err != nil {
			return err
		}
		var bucket pulumi.CustomResourceState
		return ctx.RegisterResource(bucketToken, "logs", props, &bucket, opts...)
	})
}

// A world stands in its region, whose simulated AWS refuses another's zones, and belongs to no component.
func TestAWSWorld(t *testing.T) {
	t.Parallel()
	r, err := bucketed(t, SimulatedAWS(t, "eu-west-1"), "eu-west-1", pulumi.Map{"bucket": pulumi.String("logs")})
	require.NoError(t, err)
	subnets := r.OfType("aws:ec2/subnet:Subnet")
	require.Len(t, subnets, 9, "of three tiers in three zones")
	assert.Equal(t, "eu-west-1a", subnets[0].Inputs["availabilityZone"].StringValue())
	assert.Equal(t, []string{"logs"}, namesOf(r.outsideWorld()))
	_, err = bucketed(t, SimulatedAWS(t, "eu-west-1"), "us-east-1", pulumi.Map{})
	assert.ErrorContains(t, err, "Value (us-east-1") // of whichever subnet comes first
	r, err = Run(SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error { _, _, err := AWSWorld(ctx); return err })
	require.NoError(t, err)
	assert.Empty(t, r.outsideWorld())
}

func namesOf(resources []Resource) (names []string) {
	for _, res := range resources {
		names = append(names, res.Name)
	}
	return names
}

// What cannot be made in a world is an error of it, whichever part it is; who hides it is found.
func TestWorldFails(t *testing.T) {
	t.Parallel()
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return SimulatedAWS(t, "us-east-1") }
	create := func(ctx *pulumi.Context) error { _, _, err := AWSWorld(ctx); return err }
	EveryResourceCanFail(t, cloud, create)
	v := &verdict{}
	assert.Panics(t, func() {
		EveryResourceCanFail(v, cloud, func(ctx *pulumi.Context) error { _ = create(ctx); return nil })
	})
	assert.True(t, v.failed)
}

// A change replaces what AWS would replace, unless it is ignored.
func TestAWSReplaced(t *testing.T) {
	t.Parallel()
	bucket := func(name string, opts ...pulumi.ResourceOption) Resource {
		r, err := bucketed(t, SimulatedAWS(t, "us-east-1"), "us-east-1", pulumi.Map{"bucket": pulumi.String(name)}, opts...)
		require.NoError(t, err)
		res, _ := r.Named(bucketToken, "logs")
		return res
	}
	assert.Empty(t, AWSReplaced(t, bucket("a-logs"), bucket("a-logs")))
	assert.Equal(t, []string{"bucket"}, AWSReplaced(t, bucket("a-logs"), bucket("b-logs")))
	assert.Empty(t, AWSReplaced(t, bucket("a-logs"), bucket("b-logs", pulumi.IgnoreChanges([]string{"bucket", "tags"}))))
}

func TestTagsOf(t *testing.T) {
	t.Parallel()
	want := map[string]string{"team": "platform"}
	for _, tags := range []any{map[string]any{"team": "platform"}, []any{map[string]any{"key": "team", "value": "platform"}}} {
		assert.Equal(t, want, TagsOf(Resource{Inputs: resource.NewPropertyMapFromMap(map[string]any{"tags": tags})}))
	}
	assert.Empty(t, TagsOf(Resource{}))
}

// Examples have no test to fail: they panic.
func TestExampleAWS(t *testing.T) {
	t.Parallel()
	assert.NotNil(t, ExampleAWS("us-east-1"))
	assert.PanicsWithValue(t, "no 1", func() { panicking{}.Errorf("no %d", 1) })
	assert.Panics(t, panicking{}.FailNow)
	driver := AWS("bucket", bucketToken, func(*pulumi.Context, string, int, ...pulumi.ResourceOption) error { return nil }, "a")
	assert.Equal(t, []string{"a"}, driver.Untaggable)
	assert.NotNil(t, driver.Cloud(t))
}

// Inputs that may grow are told from the others by type and property.
func TestAssertGrowing(t *testing.T) {
	t.Parallel()
	recording := func(ports ...any) Recording {
		res := Resource{URN: "urn:pulumi:a::b::toy:index:Rule::r", Type: "toy:index:Rule", Inputs: resource.NewPropertyMapFromMap(
			map[string]any{"ports": ports, "name": "r"})}
		return Recording{Resources: []Resource{res}}
	}
	for growing, fails := range map[string]bool{"toy:index:Rule.ports": false, "toy:index:Rule.name": true, "toy:index:Other.ports": true} {
		v := &verdict{}
		BaselineDriver{Growing: []string{growing}}.assertGrowing(v, recording(1.0), recording(1.0, 2.0))
		assert.Equal(t, fails, v.failed, growing)
	}
}
