package simulator_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// BenchmarkLife creates, reads and deletes subnets, a hundred to a VPC. The time
// for one must not depend on how many there are.
func BenchmarkLife(b *testing.B) {
	for _, total := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(total), func(b *testing.B) {
			for b.Loop() {
				life(b, total)
			}
			calls := float64(b.N) * float64(total) * callsEach
			b.ReportMetric(b.Elapsed().Seconds()*1e6/calls, "µs/call")
			b.ReportMetric(calls/b.Elapsed().Seconds(), "calls/s")
		})
	}
}

// callsEach is how many calls a subnet takes: check, create, read, delete.
const callsEach = 4

const eachVPC = 100

func life(b *testing.B, total int) {
	b.Helper()
	const vpcs = "L-F678F1CE" // the quota
	account, err := simulator.NewAccount(aws.New(aws.Options{}),
		simulator.Options{Patience: -1, Quotas: map[string]int{vpcs: total}})
	require.NoError(b, err)
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(b, problems)
	made := make([]simulator.Request, 0, total)
	vpc := ""
	for i := range total {
		if i%eachVPC == 0 {
			vpc = benchCreate(b, provider, vpcToken, i, inputs{"cidrBlock": "10.0.0.0/16"}).ID
		}
		made = append(made, benchCreate(b, provider, subnetToken, i, inputs{
			"vpcId": vpc, "cidrBlock": fmt.Sprintf("10.0.%d.0/24", i%eachVPC), "tags": inputs{"Name": "subnet"},
		}))
	}
	for _, request := range made {
		id, _, _, err := provider.Read(request, nil)
		require.NoError(b, err)
		require.Equal(b, request.ID, id)
	}
	for _, request := range made {
		require.NoError(b, provider.Delete(request))
	}
}

func benchCreate(b *testing.B, provider *simulator.Provider, token string, i int, in inputs) simulator.Request {
	b.Helper()
	request := simulator.Request{URN: resource.URN(fmt.Sprintf("urn:pulumi:s::p::%s::%d", token, i)), Token: token}
	checked, problems := provider.Check(request, nil, resource.NewPropertyMapFromMap(in))
	require.Empty(b, problems)
	id, _, err := provider.Create(request, checked, false)
	require.NoError(b, err)
	request.ID = id
	return request
}
