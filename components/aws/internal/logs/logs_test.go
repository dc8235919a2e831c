package logs

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestCheckRetention(t *testing.T) {
	t.Parallel()
	assert.IsIncreasing(t, retentions, "the search is binary")
	for days, want := range map[int]string{
		0: "", 1: "", 14: "", 365: "", 3653: "", 4000: "", -1: "",
		2: "at: 2 is not a period that CloudWatch Logs offers; the next longer one is 3 days", 100: "longer one is 120 days",
	} {
		var ps spec.Problems
		CheckRetention(&ps, "at", days)
		if want == "" {
			assert.Empty(t, ps, days)
			continue
		}
		assert.ErrorContains(t, ps.Err(), want)
	}
}

// The first key that there is encrypts the logs; else there is a new one, which lets CloudWatch Logs in.
func TestKey(t *testing.T) {
	t.Parallel()
	var chosen []pulumi.StringPtrInput
	given, own := pulumi.String("given"), pulumi.String("own")
	account := family.Account{ID: "123456789012", Region: "eu-west-1", Partition: "aws", DNSSuffix: "amazonaws.com"}
	create := func(ctx *pulumi.Context) error {
		chosen = nil
		for _, candidates := range [][]pulumi.StringPtrInput{{given, own}, {nil, own}, {nil, nil}} {
			chose, err := Key(family.Family{Ctx: ctx, Name: "main"}, account, "logs-key", candidates...)
			if err != nil {
				return err
			}
			chosen = append(chosen, chose)
		}
		return nil
	}
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "eu-west-1"), create)
	require.NoError(t, err)
	assert.Equal(t, []pulumi.StringPtrInput{given, own}, chosen[:2])
	require.Len(t, r.OfType("aws:kms/key:Key"), 1)
	made, _ := r.Named("aws:kms/key:Key", "main-logs-key")
	assert.Equal(t, "Encrypts the logs of main", made.Inputs["description"].StringValue())
	assert.Contains(t, made.Inputs["policy"].StringValue(), `"Service":"logs.eu-west-1.amazonaws.com"`)
	componenttest.EveryResourceCanFail(t, func(t require.TestingT) pulumi.MockResourceMonitor {
		return componenttest.SimulatedAWS(t, "eu-west-1")
	}, create)
}

// A group has a name of its own, or the one that a service wants.
func TestNew(t *testing.T) {
	t.Parallel()
	const key = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
	r, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		f := family.Family{Ctx: ctx, Name: "main", Tags: map[string]string{"team": "a"}}
		if _, err := New(f, "flow", "", 30, pulumi.String(key)); err != nil {
			return err
		}
		_, err := New(f, "upgrade", "/aws/rds/instance/main/upgrade", 365, nil)
		return err
	})
	require.NoError(t, err)
	own, _ := r.Named("aws:cloudwatch/logGroup:LogGroup", "main-flow")
	assert.Equal(t, "/holdfast/test/main/flow", own.Inputs["name"].StringValue())
	assert.Equal(t, 30.0, own.Inputs["retentionInDays"].NumberValue())
	assert.Equal(t, key, own.Inputs["kmsKeyId"].StringValue())
	assert.Equal(t, "a", componenttest.TagsOf(own)["team"])
	given, _ := r.Named("aws:cloudwatch/logGroup:LogGroup", "main-upgrade")
	assert.Equal(t, "/aws/rds/instance/main/upgrade", given.Inputs["name"].StringValue())
	assert.NotContains(t, given.Inputs, resource.PropertyKey("kmsKeyId"))
}
