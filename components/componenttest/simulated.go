package componenttest

import (
	"fmt"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// SimulatedAWS returns an empty AWS account that is used from region. It refuses what AWS would refuse: misspelt
// properties, addresses outside of their network, references to what does not exist.
func SimulatedAWS(t require.TestingT, region string) pulumi.MockResourceMonitor {
	mocks, err := simulatortest.Mocks(nil, aws.New(aws.Options{Region: region}))
	require.NoError(t, err)
	return mocks
}

// ExampleAWS is SimulatedAWS for examples, which have no test to fail: it panics where that would fail.
func ExampleAWS(region string) pulumi.MockResourceMonitor { return SimulatedAWS(panicking{}, region) }

// AWSAnswers are what Echo answers to who asks for the account, 123456789012, for the region or for its zones. Without any
// zones that look-up fails.
func AWSAnswers(region string, zones ...string) map[string]resource.PropertyMap {
	answers := map[string]resource.PropertyMap{
		"aws:index/getCallerIdentity:getCallerIdentity": {"accountId": resource.NewProperty("123456789012")},
		"aws:index/getRegion:getRegion":                 {"name": resource.NewProperty(region)},
		"aws:index/getPartition:getPartition": {
			"partition": resource.NewProperty("aws"), "dnsSuffix": resource.NewProperty("amazonaws.com"),
		},
	}
	if len(zones) > 0 {
		answers["aws:index/getAvailabilityZones:getAvailabilityZones"] = resource.PropertyMap{"names": resource.NewPropertyValue(zones)}
	}
	return answers
}

// AWSReplaced returns the inputs whose change, from one registration of a resource to another, replaces it on AWS. What
// the later one ignores does not change.
func AWSReplaced(t require.TestingT, before, after Resource) []string {
	provider, err := comparing()
	require.NoError(t, err)
	news := after.Inputs.Copy()
	for _, ignored := range after.Request.GetIgnoreChanges() {
		path, err := resource.ParsePropertyPath(ignored)
		require.NoError(t, err)
		all := resource.NewProperty(news)
		if old, ok := path.Get(resource.NewProperty(before.Inputs)); ok {
			path.Set(all, old)
		} else {
			path.Delete(all)
		}
	}
	diff, err := provider.Diff(simulator.Request{URN: after.URN, Token: after.Type}, before.Inputs, news)
	require.NoError(t, err)
	return diff.Replaces
}

// comparing returns a provider that compares resources: one will do, for it keeps none.
var comparing = sync.OnceValues(func() (*simulator.Provider, error) {
	account, err := simulator.NewAccount(aws.New(aws.Options{Region: "us-east-1"}), simulator.Options{})
	if err != nil {
		return nil, err
	}
	provider, _ := account.Provider(nil) // no configuration, so nothing wrong with it
	return provider, nil
})

// AWS returns the driver of a component for AWS, which is tried on the simulated AWS in us-east-1, a region of six
// zones. Untaggable are the types of its children that AWS does not let carry tags.
func AWS[S any](
	concept, token string, create func(*pulumi.Context, string, S, ...pulumi.ResourceOption) error, untaggable ...string,
) Driver[S] {
	return Driver[S]{
		Concept: concept, New: create, Package: "aws", Token: token, Tags: TagsOf, Untaggable: untaggable,
		Encrypted: map[string]resource.PropertyKey{"aws:cloudwatch/logGroup:LogGroup": "kmsKeyId"},
		Cloud:     func(t require.TestingT) pulumi.MockResourceMonitor { return SimulatedAWS(t, "us-east-1") },
	}
}

// TagsOf returns the tags in the input that most clouds call so: a map, or a list of keys and values as that of an Auto
// Scaling group.
func TagsOf(r Resource) map[string]string {
	tags := map[string]string{}
	switch input := r.Inputs["tags"]; {
	case input.IsObject():
		for key, value := range input.ObjectValue() {
			tags[string(key)] = value.StringValue()
		}
	case input.IsArray():
		for _, tag := range input.ArrayValue() {
			tags[tag.ObjectValue()["key"].StringValue()] = tag.ObjectValue()["value"].StringValue()
		}
	}
	return tags
}

type panicking struct{}

func (panicking) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (panicking) FailNow()                          { panic("failed") }
