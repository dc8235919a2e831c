package simulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/azure"
	"github.com/holdfast-iac/holdfast/simulator/digitalocean"
	"github.com/holdfast-iac/holdfast/simulator/gcp"
)

// BenchmarkLife creates, reads and deletes resources of many types in each cloud. The time for a call must not depend
// on how many resources there are. With -cpu 1 it shows what one core does.
func BenchmarkLife(b *testing.B) {
	for _, m := range mixes {
		for _, total := range []int{100, 1_000, 10_000} {
			b.Run(fmt.Sprint(m.cloud.Name, "/", total), func(b *testing.B) { m.bench(b, total, inProcess) })
		}
	}
}

// BenchmarkLifeOverGRPC is BenchmarkLife as Pulumi's engine calls the clouds.
func BenchmarkLifeOverGRPC(b *testing.B) {
	for _, total := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(mixes[0].cloud.Name, "/", total), func(b *testing.B) { mixes[0].bench(b, total, overGRPC) })
	}
}

// callsEach is how many calls a resource takes: check, create, read, delete.
const callsEach = 4

func (m mix) bench(b *testing.B, total int, connect func(*testing.B, mix) caller) {
	for b.Loop() {
		b.StopTimer()
		c := connect(b, m)
		b.StartTimer()
		m.life(b, c, total)
	}
	calls := float64(b.N) * float64(total) * callsEach
	b.ReportMetric(b.Elapsed().Seconds()*1e6/calls, "µs/call")
	b.ReportMetric(calls/b.Elapsed().Seconds(), "calls/s")
}

// mix is what a program makes in a cloud, ten resources at a time, of which later ones refer to the ones before.
type mix struct {
	cloud  simulator.Cloud
	config map[string]any
	ten    func(n int, make func(token string, in inputs) string)
}

func (m mix) life(b *testing.B, c caller, total int) {
	made := make([]simulator.Request, 0, total)
	for n := range total / 10 {
		m.ten(n, func(token string, in inputs) string {
			request := simulator.Request{URN: resource.URN(fmt.Sprintf("urn:pulumi:s::p::%s::r%d", token, len(made))), Token: token}
			request.ID = c.create(b, request, resource.NewPropertyMapFromMap(in))
			made = append(made, request)
			return request.ID
		})
	}
	require.Len(b, made, total)
	for _, request := range made {
		c.read(b, request)
	}
	for i := range made {
		c.delete(b, made[len(made)-1-i]) // what was made last refers to what was made first
	}
}

// options lift all quotas.
func (m mix) options() simulator.Options {
	quotas := map[string]int{}
	for _, t := range m.cloud.Types {
		for _, quota := range t.Quotas {
			quotas[quota.Code] = 1e6
		}
	}
	return simulator.Options{Clouds: []simulator.Cloud{m.cloud}, Patience: -1, Quotas: quotas}
}

var mixes = []mix{
	{aws.New(aws.Options{}), oregon, func(n int, create func(string, inputs) string) {
		vpc := create(vpcToken, inputs{"cidrBlock": "10.0.0.0/16", "tags": inputs{"Name": "main"}})
		for i := range 3 {
			create(subnetToken, inputs{"vpcId": vpc, "cidrBlock": fmt.Sprintf("10.0.%d.0/24", i), "tags": inputs{"Name": "subnet"}})
		}
		create("aws:ec2/securityGroup:SecurityGroup", inputs{"vpcId": vpc})
		create("aws:ec2/internetGateway:InternetGateway", inputs{"vpcId": vpc})
		create("aws:ec2/routeTable:RouteTable", inputs{"vpcId": vpc})
		create("aws:iam/role:Role", inputs{"assumeRolePolicy": `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}}`})
		create(logsToken, inputs{"name": fmt.Sprint("/logs/", n), "retentionInDays": 30})
		create(queueToken, inputs{"delaySeconds": 5})
	}},
	{azure.New(azure.Options{}), inputs{"location": "westeurope"}, func(n int, create func(string, inputs) string) {
		group := fmt.Sprint("group-", n)
		create("azure-native:resources:ResourceGroup", inputs{"resourceGroupName": group})
		create("azure-native:network:VirtualNetwork", inputs{
			"resourceGroupName": group, "virtualNetworkName": "main", "addressSpace": inputs{"addressPrefixes": []any{"10.0.0.0/16"}},
		})
		for i := range 5 {
			create("azure-native:network:Subnet", inputs{
				"resourceGroupName": group, "virtualNetworkName": "main", "addressPrefix": fmt.Sprintf("10.0.%d.0/24", i),
			})
		}
		create("azure-native:network:NetworkSecurityGroup", inputs{"resourceGroupName": group})
		create("azure-native:network:RouteTable", inputs{"resourceGroupName": group})
		create("azure-native:storage:StorageAccount", inputs{
			"resourceGroupName": group, "kind": "StorageV2", "sku": inputs{"name": "Standard_LRS"}, "accountName": fmt.Sprint("store", n),
		})
	}},
	{gcp.New(gcp.Options{}), inputs{"region": "us-central1"}, func(_ int, create func(string, inputs) string) {
		network := create("gcp:compute/network:Network", inputs{"autoCreateSubnetworks": false})
		for i := range 5 {
			create("gcp:compute/subnetwork:Subnetwork", inputs{"network": network, "ipCidrRange": fmt.Sprintf("10.0.%d.0/24", i)})
		}
		create("gcp:compute/router:Router", inputs{"network": network})
		create("gcp:compute/firewall:Firewall", inputs{"network": network, "allows": []any{inputs{"protocol": "tcp"}}})
		create("gcp:compute/address:Address", inputs{"labels": inputs{"team": "platform"}})
		create("gcp:compute/address:Address", inputs{})
	}},
	{digitalocean.New(digitalocean.Options{}), nil, func(n int, create func(string, inputs) string) {
		vpc := create("digitalocean:index/vpc:Vpc", inputs{"region": "fra1", "ipRange": fmt.Sprintf("10.%d.%d.0/24", n/256, n%256)})
		for range 8 {
			create("digitalocean:index/droplet:Droplet", inputs{
				"image": "ubuntu-24-04-x64", "size": "s-1vcpu-1gb", "region": "fra1", "vpcUuid": vpc,
			})
		}
		create("digitalocean:index/tag:Tag", inputs{})
	}},
}

// caller is a way to call a cloud. Its methods stop the benchmark when the cloud refuses.
type caller interface {
	create(b *testing.B, r simulator.Request, in resource.PropertyMap) (id string)
	read(b *testing.B, r simulator.Request)
	delete(b *testing.B, r simulator.Request)
}

type direct struct{ *simulator.Provider }

func inProcess(b *testing.B, m mix) caller {
	account, err := simulator.NewAccount(m.cloud, m.options())
	require.NoError(b, err)
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(m.config))
	require.Empty(b, problems)
	return direct{provider}
}

func (d direct) create(b *testing.B, r simulator.Request, in resource.PropertyMap) string {
	checked, problems := d.Check(r, nil, in)
	require.Empty(b, problems)
	id, _, err := d.Create(r, checked, false)
	require.NoError(b, err)
	return id
}

func (d direct) read(b *testing.B, r simulator.Request) {
	id, _, _, err := d.Read(r, nil)
	require.NoError(b, err)
	require.Equal(b, r.ID, id)
}

func (d direct) delete(b *testing.B, r simulator.Request) { require.NoError(b, d.Delete(r)) }

type remote struct {
	pulumirpc.ResourceProviderClient
}

func overGRPC(b *testing.B, m mix) caller {
	sim, err := simulator.Start(b.Context(), m.options())
	require.NoError(b, err)
	b.Cleanup(func() { _ = sim.Close() })
	_, port, _ := strings.Cut(sim.Providers(), ":")
	conn, err := grpc.NewClient("127.0.0.1:"+port, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(b, err)
	b.Cleanup(func() { _ = conn.Close() })
	client := pulumirpc.NewResourceProviderClient(conn)
	config, err := plugin.MarshalProperties(resource.NewPropertyMapFromMap(m.config), keep)
	require.NoError(b, err)
	_, err = client.Configure(b.Context(), &pulumirpc.ConfigureRequest{Args: config})
	require.NoError(b, err)
	return remote{client}
}

func (c remote) create(b *testing.B, r simulator.Request, in resource.PropertyMap) string {
	news, err := plugin.MarshalProperties(in, keep)
	require.NoError(b, err)
	urn := string(r.URN)
	checked, err := c.Check(b.Context(), &pulumirpc.CheckRequest{Urn: urn, Type: r.Token, News: news})
	require.NoError(b, err)
	require.Empty(b, checked.GetFailures())
	created, err := c.Create(b.Context(), &pulumirpc.CreateRequest{Urn: urn, Type: r.Token, Properties: checked.GetInputs()})
	require.NoError(b, err)
	return created.GetId()
}

func (c remote) read(b *testing.B, r simulator.Request) {
	found, err := c.Read(b.Context(), &pulumirpc.ReadRequest{Urn: string(r.URN), Type: r.Token, Id: r.ID})
	require.NoError(b, err)
	require.Equal(b, r.ID, found.GetId())
}

func (c remote) delete(b *testing.B, r simulator.Request) {
	_, err := c.Delete(b.Context(), &pulumirpc.DeleteRequest{Urn: string(r.URN), Type: r.Token, Id: r.ID})
	require.NoError(b, err)
}
