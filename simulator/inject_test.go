package simulator_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const roleToken = "aws:iam/role:Role"

var trust = inputs{"assumeRolePolicy": `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}}`}

// faulty returns a world in which calls go wrong.
func faulty(t *testing.T, texts ...string) *simulatortest.World {
	t.Helper()
	var faults []simulator.Fault
	for _, text := range texts {
		fault, err := simulator.ParseFault(text)
		require.NoError(t, err)
		faults = append(faults, fault)
	}
	account, err := simulator.NewAccount(aws.New(aws.Options{}), simulator.Options{
		Patience: -1, Faults: faults, Quotas: map[string]int{"L-F678F1CE": 6}, // VPCs
	})
	require.NoError(t, err)
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(t, problems)
	return &simulatortest.World{T: t, Account: account, Provider: provider}
}

func TestWhichCallsFail(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]bool{ // whether each of six creations succeeds
		"create * 1 fail":                       {false, true, true, true, true, true},
		"create * 3 fail":                       {true, true, false, true, true, true},
		"create * every-2 fail":                 {true, false, true, false, true, false},
		"create * all fail":                     {false, false, false, false, false, false},
		"* aws:ec2/*:Vpc::v1 2 fail":            {true, false, true, true, true, true}, // its check came first
		"create aws:*::*2 all fail":             {true, true, false, true, true, true},
		"create aws:ec2/subnet:Subnet all fail": {true, true, true, true, true, true},
		"create *::*v all fail":                 {true, true, true, true, true, true},
		"read * all fail":                       {true, true, true, true, true, true},
	} {
		w := faulty(t, text)
		var got []bool
		for _, name := range []string{"v0", "v1", "v2", "v3", "v4", "v5"} {
			_, err := w.Try(vpcToken, name, inputs{"cidrBlock": "10.0.0.0/16"})
			if err != nil {
				assert.Equal(t, "ThrottlingException", simulator.Code(err))
				assert.EqualError(t, err, "creating EC2 VPC: ThrottlingException: Rate exceeded")
			}
			got = append(got, err == nil)
		}
		assert.Equal(t, want, got, text)
		made := 0
		for _, ok := range want {
			if ok {
				made++
			}
		}
		assert.Len(t, w.Account.Resources(), made, "%s: a call that fails makes nothing", text)
	}
}

// TestFailedOperations: what fails changes nothing, whatever the operation.
func TestFailedOperations(t *testing.T) {
	t.Parallel()
	w := faulty(t, "update * 1 fail InternalError: later", "delete * 1 fail", "read * 1 fail", "invoke * 1 fail broken: or not",
		"check * 1 fail ValidationError: no")
	request := simulatortest.Request(roleToken, "r")
	_, problems := w.Provider.Check(request, nil, resource.NewPropertyMapFromMap(trust))
	assert.Equal(t, []simulator.Problem{{Code: "ValidationError", Text: "no"}}, problems)
	role := w.Create(roleToken, "r", trust)
	_, err := w.TryUpdate(role, simulatortest.With(trust, inputs{"description": "b"}))
	assert.EqualError(t, err, "updating IAM Role ("+role.ID()+"): InternalError: later")
	id, _, outputs, err := w.Provider.Read(role.Request, role.Inputs)
	assert.EqualError(t, err, "reading IAM Role ("+role.ID()+"): ThrottlingException: Rate exceeded")
	assert.Empty(t, id)
	assert.Nil(t, outputs)
	_, _, outputs, err = w.Provider.Read(role.Request, role.Inputs)
	require.NoError(t, err)
	assert.Equal(t, role.Outputs, outputs, "the update that failed changed nothing")
	require.ErrorContains(t, w.TryDelete(role), "deleting IAM Role")
	assert.Len(t, w.Account.Resources(), 1)
	w.Delete(role)
	const zones = "aws:index/getAvailabilityZones:getAvailabilityZones"
	result, err := w.Provider.Invoke(zones, nil)
	assert.EqualError(t, err, "calling "+zones+": broken: or not", "what is no error name is text")
	assert.Nil(t, result)
	_, err = w.Provider.Invoke(zones, nil)
	require.NoError(t, err)
	for _, outcome := range w.Account.Faults() {
		assert.Len(t, outcome.Fired, 1, "%s", outcome.Fault)
	}
}

// TestLostAnswers: what took effect stays, although the caller is told that it failed.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	w := faulty(t, "create * 1 lose-answer", "update * 1 lose-answer", "delete * 1 lose-answer")
	_, err := w.Try(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	assert.EqualError(t, err, "creating EC2 VPC: the connection was lost before the answer came: "+
		"whether the request took effect is not known")
	require.Len(t, w.Account.Resources(), 1, "it exists all the same")
	orphan := w.Account.Resources()[0]
	vpc := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	assert.NotEqual(t, orphan.ID, vpc.ID(), "the cloud takes a second request for a second VPC")
	assert.Equal(t, orphan.URN, vpc.Request.URN)

	_, err = w.TryUpdate(vpc, inputs{"cidrBlock": "10.0.0.0/16", "enableDnsSupport": false})
	require.Error(t, err)
	_, _, outputs, err := w.Provider.Read(vpc.Request, vpc.Inputs)
	require.NoError(t, err)
	assert.False(t, outputs["enableDnsSupport"].BoolValue(), "the update took effect")

	require.Error(t, w.TryDelete(vpc))
	assert.Equal(t, []simulator.Resource{orphan}, w.Account.Resources(), "the deletion took effect")
	w.Delete(vpc) // again is no error
}

// TestLostAnswerOfWhatHasAName: the name is taken, so the second attempt is refused.
func TestLostAnswerOfWhatHasAName(t *testing.T) {
	t.Parallel()
	w := faulty(t, "create * 1 lose-answer")
	named := simulatortest.With(trust, inputs{"name": "web"})
	_, err := w.Try(roleToken, "r", named)
	require.ErrorContains(t, err, "the connection was lost")
	_, err = w.Try(roleToken, "r", named)
	assert.Equal(t, "EntityAlreadyExists", simulator.Code(err))
	assert.Len(t, w.Account.Resources(), 1)
}

// TestRefusalsComeFirst: an answer that is a refusal is not lost, and no resource is unseen that was not made.
func TestRefusalsComeFirst(t *testing.T) {
	t.Parallel()
	w := faulty(t, "create * 1 lose-answer", "create * 2 unseen")
	for range 2 {
		_, err := w.Try(subnetToken, "s", inputs{"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24"})
		assert.ErrorContains(t, err, "InvalidVpcID.NotFound")
	}
}

func TestUnseen(t *testing.T) {
	t.Parallel()
	w := faulty(t, "create aws:ec2/vpc:Vpc all unseen 2")
	vpc := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	subnet := inputs{"vpcId": vpc.ID(), "cidrBlock": "10.0.0.0/24"}
	_, err := w.Try(subnetToken, "s", subnet)
	assert.ErrorContains(t, err, "InvalidVpcID.NotFound")
	id, _, _, err := w.Provider.Read(vpc.Request, vpc.Inputs)
	require.NoError(t, err)
	assert.Empty(t, id, "the second call that looks does not find it either")
	id, _, _, err = w.Provider.Read(vpc.Request, vpc.Inputs)
	require.NoError(t, err)
	assert.Equal(t, vpc.ID(), id)
	w.Create(subnetToken, "s", subnet)

	once := faulty(t, "create * 1 unseen")
	role := once.Create(roleToken, "r", trust)
	for _, want := range []string{"", role.ID()} {
		id, _, _, err := once.Provider.Read(role.Request, nil)
		require.NoError(t, err)
		assert.Equal(t, want, id)
	}
}

func TestDelays(t *testing.T) {
	t.Parallel()
	create := func(texts ...string) time.Duration {
		w := faulty(t, texts...)
		start := time.Now()
		w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
		return time.Since(start)
	}
	assert.GreaterOrEqual(t, create("create * 1 slow 30ms"), 30*time.Millisecond)
	assert.GreaterOrEqual(t, create("create * 1 slow-answer 30ms"), 30*time.Millisecond)
	assert.GreaterOrEqual(t, create("create * 1 slow 20ms", "create * 1 slow 20ms"), 40*time.Millisecond, "they add up")
	assert.GreaterOrEqual(t, create("create * 1 throttle 1"), 100*time.Millisecond)
	assert.GreaterOrEqual(t, create("create * 1 throttle"), 700*time.Millisecond, "each wait is longer")
}

// TestDelaysEndWithTheSimulation: nothing waits for a cloud that is gone, and a slow call that was under way takes no
// effect.
func TestDelaysEndWithTheSimulation(t *testing.T) {
	t.Parallel()
	for effect, want := range map[simulator.Effect]int{simulator.Slow: 0, simulator.SlowAnswer: 1} {
		sim, err := simulator.Start(t.Context(), simulator.Options{
			Clouds: []simulator.Cloud{aws.New(aws.Options{})},
			Faults: []simulator.Fault{{Operation: simulator.OpCreate, Effect: effect, Delay: time.Hour}},
		})
		require.NoError(t, err)
		account := sim.Account("aws")
		provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
		require.Empty(t, problems)
		w := &simulatortest.World{T: t, Account: account, Provider: provider}
		var waiting sync.WaitGroup
		waiting.Go(func() {
			_, err := w.Try(roleToken, "r", trust)
			assert.EqualError(t, err, "the simulated cloud was closed during the call")
		})
		require.Eventually(t, func() bool { return len(sim.Faults()[0].Fired) == 1 && len(account.Resources()) == want },
			10*time.Second, time.Millisecond, "a fault fires when the call begins")
		require.NoError(t, sim.Close())
		waiting.Wait()
		assert.Len(t, account.Resources(), want)
	}
}

// TestFaultsInTurn: a fault that keeps a call from being carried out hides it from those that follow; and it is told
// which calls they were.
func TestFaultsInTurn(t *testing.T) {
	t.Parallel()
	w := faulty(t, "create * 1 fail First: x", "create * 1 fail Second: x", "delete * 1 fail")
	for _, want := range []string{"First", "Second", ""} {
		_, err := w.Try(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
		assert.Equal(t, want, simulator.Code(err))
	}
	firing := []simulator.Firing{{
		Operation: simulator.OpCreate, Type: vpcToken, URN: simulatortest.Request(vpcToken, "v").URN,
	}}
	outcomes := w.Account.Faults()
	require.Len(t, outcomes, 3)
	assert.Equal(t, firing, outcomes[0].Fired)
	assert.Equal(t, 3, outcomes[0].Matched)
	assert.Equal(t, firing, outcomes[1].Fired)
	assert.Equal(t, 2, outcomes[1].Matched)
	assert.Empty(t, outcomes[2].Fired)
	assert.Zero(t, outcomes[2].Matched)
	outcomes[0].Fired[0].Type = "changed"
	assert.Equal(t, vpcToken, w.Account.Faults()[0].Fired[0].Type, "a report is nobody's but the caller's")
}

// TestPreviewsReachNoCloud: creations and updates of a preview are no calls.
func TestPreviewsReachNoCloud(t *testing.T) {
	t.Parallel()
	w := faulty(t, "create * 1 fail", "update * 1 fail")
	request := simulatortest.Request(roleToken, "r")
	_, _, err := w.Provider.Create(request, resource.NewPropertyMapFromMap(trust), true)
	require.NoError(t, err)
	_, err = w.Provider.Update(request, nil, resource.NewPropertyMapFromMap(trust), true)
	require.NoError(t, err)
	for _, outcome := range w.Account.Faults() {
		assert.Zero(t, outcome.Matched)
	}
}

func TestFaultsOverTheProtocol(t *testing.T) {
	t.Parallel()
	sim, err := simulator.Start(t.Context(), simulator.Options{
		Clouds: []simulator.Cloud{aws.New(aws.Options{})},
		Faults: []simulator.Fault{{Operation: simulator.OpRead, Nth: 1, Effect: simulator.Fail, Error: "Unavailable: later"}},
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sim.Close()) })
	client := configured(t, sim, oregon)
	id, _, _ := make1(t, client, vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	request := &pulumirpc.ReadRequest{Urn: urnOf(vpcToken, "v"), Type: vpcToken, Id: id}
	_, err = client.Read(t.Context(), request)
	assert.ErrorContains(t, err, "reading EC2 VPC ("+id+"): Unavailable: later")
	read, err := client.Read(t.Context(), request)
	require.NoError(t, err)
	assert.Equal(t, id, read.GetId())
	assert.Equal(t, sim.Faults(), sim.Account("aws").Faults())
}
