package simulator_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestPatience: where the provider repeats a deletion, the simulated cloud waits for what is in the way, and no longer
// than it was told to.
func TestPatience(t *testing.T) {
	t.Parallel()
	account, err := simulator.NewAccount(aws.New(aws.Options{}), simulator.Options{})
	require.NoError(t, err)
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(t, problems)
	w := &simulatortest.World{T: t, Account: account, Provider: provider}
	vpc := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	subnet := w.Create(subnetToken, "s", inputs{"vpcId": vpc.ID(), "cidrBlock": "10.0.0.0/24"})
	var waiting sync.WaitGroup
	waiting.Go(func() { assert.NoError(t, w.TryDelete(vpc)) })
	time.Sleep(10 * time.Millisecond)
	require.NoError(t, w.TryDelete(subnet))
	waiting.Wait()
	assert.Empty(t, account.Resources())
}

func TestPatienceEnds(t *testing.T) {
	t.Parallel()
	account, err := simulator.NewAccount(aws.New(aws.Options{}), simulator.Options{Patience: 20 * time.Millisecond})
	require.NoError(t, err)
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(t, problems)
	w := &simulatortest.World{T: t, Account: account, Provider: provider}
	vpc := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	subnet := w.Create(subnetToken, "s", inputs{"vpcId": vpc.ID(), "cidrBlock": "10.0.0.0/24"})
	assert.Equal(t, "DependencyViolation", simulator.Code(w.TryDelete(vpc)))
	w.Delete(subnet, vpc)
}

// TestParallelPrograms: many resources made at once are all there, and the same whatever the order.
func TestParallelPrograms(t *testing.T) {
	t.Parallel()
	run := func() []simulator.Resource {
		w := world(t)
		vpc := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				_, err := w.Try(subnetToken, fmt.Sprint("s", i), inputs{"vpcId": vpc.ID(), "cidrBlock": fmt.Sprintf("10.0.%d.0/24", i)})
				assert.NoError(t, err)
			})
		}
		all.Wait()
		return w.Account.Resources()
	}
	first := run()
	assert.Len(t, first, 51)
	assert.Equal(t, first, run())
}

func TestClock(t *testing.T) {
	t.Parallel()
	trust := `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}}`
	role := world(t).Create("aws:iam/role:Role", "r", inputs{"assumeRolePolicy": trust})
	assert.Equal(t, simulator.DefaultTime.Format(time.RFC3339), role.Text("createDate"))
	account, err := simulator.NewAccount(aws.New(aws.Options{}), simulator.Options{
		Now: func() time.Time { return time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC) },
	})
	require.NoError(t, err)
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(t, problems)
	role = (&simulatortest.World{T: t, Account: account, Provider: provider}).
		Create("aws:iam/role:Role", "r", inputs{"assumeRolePolicy": trust})
	assert.Equal(t, "2030-01-02T03:04:05Z", role.Text("createDate"))
}
