package digitalocean_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/digitalocean"
	"github.com/holdfast-iac/holdfast/simulator/schema"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

type (
	world  = simulatortest.World
	thing  = simulatortest.Thing
	inputs = map[string]any
)

var with = simulatortest.With

const (
	vpcToken       = "digitalocean:index/vpc:Vpc"
	dropletToken   = "digitalocean:index/droplet:Droplet"
	autoscaleToken = "digitalocean:index/dropletAutoscale:DropletAutoscale"
	balancerToken  = "digitalocean:index/loadBalancer:LoadBalancer"
	tagToken       = "digitalocean:index/tag:Tag"
	databaseToken  = "digitalocean:index/databaseCluster:DatabaseCluster"
	clusterToken   = "digitalocean:index/kubernetesCluster:KubernetesCluster"
)

func newWorld(t *testing.T) *world {
	t.Helper()
	return simulatortest.NewWorld(t, digitalocean.New(digitalocean.Options{}), nil)
}

func given(in inputs) func(*world) inputs { return func(*world) inputs { return in } }

func changing(changes inputs) func(*world, inputs) inputs {
	return func(_ *world, in inputs) inputs { return with(in, changes) }
}

func vpc(w *world) thing {
	return w.Create(vpcToken, "vpc", inputs{"name": "main", "region": "fra1", "ipRange": "10.10.0.0/20"})
}

var (
	droplet  = inputs{"image": "ubuntu-24-04-x64", "size": "s-2vcpu-4gb", "region": "fra1"}
	template = inputs{"image": "ubuntu-24-04-x64", "size": "s-2vcpu-4gb", "region": "fra1", "sshKeys": []any{"1"}, "withDropletAgent": true}
	scaling  = inputs{"minInstances": 2, "maxInstances": 6, "targetCpuUtilization": 0.6, "cooldownMinutes": 5}
	pool     = inputs{"name": "web", "config": scaling, "dropletTemplate": template}
	rules    = []any{inputs{"entryPort": 80, "entryProtocol": "http", "targetPort": 80, "targetProtocol": "http"}}
	database = inputs{"engine": "pg", "version": "17", "nodeCount": 2, "size": "db-s-1vcpu-2gb", "region": "fra1"}
	nodes    = inputs{"name": "workers", "size": "s-2vcpu-4gb", "nodeCount": 2}
	cluster  = inputs{"version": "1.33.1-do.3", "region": "fra1", "nodePool": nodes}
	balancer = inputs{"region": "fra1", "dropletTag": "web", "forwardingRules": rules}
)

func inVPC(in inputs) func(*world) inputs {
	return func(w *world) inputs { return with(in, inputs{"vpcUuid": vpc(w).ID()}) }
}

func fixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: vpcToken, Inputs: given(inputs{"region": "fra1", "ipRange": "10.10.0.0/20"}),
			Update: changing(inputs{"description": "the platform's"}), Replace: changing(inputs{"ipRange": "10.20.0.0/20"}),
		},
		{Type: vpcToken, Name: "anywhere", Inputs: given(inputs{"region": "nyc3"}), Replace: changing(inputs{"region": "sfo3"})},
		{
			Type: dropletToken, Inputs: inVPC(droplet), Update: changing(inputs{"size": "s-4vcpu-8gb", "tags": []any{"web"}}),
			Replace: changing(inputs{"image": "debian-12-x64"}),
		},
		{Type: dropletToken, Name: "with IPv6", Inputs: given(inputs{"image": "debian-12-x64", "size": "s-1vcpu-1gb", "ipv6": true})},
		{
			Type: autoscaleToken, Inputs: given(pool),
			Update: changing(inputs{"config": with(scaling, inputs{"maxInstances": 8})}),
		},
		{Type: autoscaleToken, Name: "of a fixed number", Inputs: given(with(pool, inputs{"config": inputs{"targetNumberInstances": 3}}))},
		{
			Type: balancerToken, Inputs: inVPC(balancer), Update: changing(inputs{"redirectHttpToHttps": true}),
			Replace: changing(inputs{"network": "INTERNAL"}),
		},
		{
			Type: databaseToken, Update: changing(inputs{"nodeCount": 3, "size": "db-s-2vcpu-4gb"}), Replace: changing(inputs{"engine": "mysql"}),
			Inputs: func(w *world) inputs { return with(database, inputs{"privateNetworkUuid": vpc(w).ID()}) },
		},
		{Type: databaseToken, Name: "anywhere", Inputs: given(with(database, inputs{"name": "orders"})), Replace: changing(inputs{"name": "sales"})},
		{
			Type: clusterToken, Inputs: inVPC(cluster), Update: changing(inputs{"version": "1.33.1-do.4", "autoUpgrade": true}),
			Replace: changing(inputs{"clusterSubnet": "10.96.0.0/16"}),
		},
		{Type: clusterToken, Name: "older", Inputs: given(cluster), Replace: changing(inputs{"version": "1.32.5-do.0"})},
		{Type: tagToken, Inputs: given(inputs{"name": "env:prod"}), Replace: changing(inputs{"name": "env:dev"})},
	}
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	simulatortest.Lifecycle(t, digitalocean.New(digitalocean.Options{}), nil, fixtures())
}

func TestIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := vpc(w)
	assert.Regexp(t, `^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`, v.ID())
	assert.Equal(t, "do:vpc:"+v.ID(), v.Text("vpcUrn"))
	d := w.Create(dropletToken, "web", with(droplet, inputs{"vpcUuid": v.ID()}))
	assert.Regexp(t, `^4\d{8}$`, d.ID())
	assert.Equal(t, 4096.0, d.Outputs["memory"].NumberValue())
	alone := w.Create(dropletToken, "alone", with(droplet, inputs{"size": "c-4vcpu-8gb"}))
	assert.NotEqual(t, v.ID(), alone.Text("vpcUuid"), "the region's default VPC")
	assert.Equal(t, 8192.0, alone.Outputs["memory"].NumberValue())
	chosen := w.Create(vpcToken, "chosen", inputs{"region": "fra1"})
	assert.Regexp(t, `^10\.1\d\d\.\d+\.0/20$`, chosen.Text("ipRange"))
	db := w.Create(databaseToken, "orders", with(database, inputs{"name": "orders", "privateNetworkUuid": v.ID()}))
	assert.Equal(t, "do:dbaas:"+db.ID(), db.Text("clusterUrn"))
	assert.Regexp(t, `^orders-do-user-\d{9}-0\.db\.ondigitalocean\.com$`, db.Text("host"))
	assert.Equal(t, "private-"+db.Text("host"), db.Text("privateHost"))
	assert.Equal(t, 25060.0, db.Outputs["port"].NumberValue())
	assert.Regexp(t, `^postgresql://doadmin:AVNS_\w+@private-orders-.*:25060/defaultdb\?sslmode=require$`,
		db.Outputs["privateUri"].SecretValue().Element.StringValue())
	k8s := w.Create(clusterToken, "k8s", with(cluster, inputs{"vpcUuid": v.ID()}))
	assert.Equal(t, "https://"+k8s.ID()+".k8s.ondigitalocean.com", k8s.Text("endpoint"))
	assert.Equal(t, v.ID(), k8s.Text("vpcUuid"))
	tag := w.Create(tagToken, "t", inputs{"name": "env:prod"})
	assert.Equal(t, "env:prod", tag.ID())
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	config := func(changes inputs) func(*world) inputs {
		return given(with(pool, inputs{"config": with(scaling, changes)}))
	}
	for _, test := range []struct {
		name, token string
		inputs      func(*world) inputs
		text        string
	}{
		{"VPC name", vpcToken, given(inputs{"region": "fra1", "name": "my vpc"}), "letters, digits, hyphens and periods"},
		{"VPC region", vpcToken, given(inputs{"region": "fra9"}), "expected one of ams3"},
		{"VPC too large", vpcToken, given(inputs{"region": "fra1", "ipRange": "10.0.0.0/15"}), "/16 to /28"},
		{"VPC too small", vpcToken, given(inputs{"region": "fra1", "ipRange": "10.0.0.0/29"}), "/16 to /28"},
		{"VPC of public addresses", vpcToken, given(inputs{"region": "fra1", "ipRange": "8.8.0.0/16"}), "is not private"},
		{"VPC off its network", vpcToken, given(inputs{"region": "fra1", "ipRange": "10.0.1.0/16"}), `did you mean "10.0.0.0/16"?`},
		{"VPC of no block", vpcToken, given(inputs{"region": "fra1", "ipRange": "ten"}), "is not an IPv4 CIDR block"},
		{"Droplet in no VPC", dropletToken, given(with(droplet, inputs{"vpcUuid": "506f78a4-e098-11e5-ad9f-000f53306ae1"})), "was not found"},
		{"Droplet name", dropletToken, given(with(droplet, inputs{"name": "my_web"})), "unprocessable_entity: Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)"},
		{"long Droplet name", dropletToken, given(with(droplet, inputs{"name": strings.Repeat("d", 256)})), "at most 255"},
		{"tag", dropletToken, given(with(droplet, inputs{"tags": []any{"web", "the web"}})), `tags[1]: tags may contain lowercase letters`},
		{"tag of any type", "digitalocean:index/volume:Volume", given(inputs{"region": "fra1", "size": 10, "tags": []any{"a.b"}}), `got "a.b"`},
		{"tag of a load balancer", balancerToken, given(with(balancer, inputs{"dropletTag": "a b"})), `got "a b"`},
		{"tag's name", tagToken, given(inputs{"name": strings.Repeat("t", 256)}), "1 to 255"},
		{"CPU target", autoscaleToken, config(inputs{"targetCpuUtilization": 60}), "from 0.05 to 1, got 60"},
		{"memory target", autoscaleToken, config(inputs{"targetMemoryUtilization": 0.01}), "from 0.05 to 1, got 0.01"},
		{"cooldown", autoscaleToken, config(inputs{"cooldownMinutes": 60}), "from 5 to 20"},
		{"members", autoscaleToken, config(inputs{"maxInstances": 1001}), "from 1 to 1000"},
		{"least and most", autoscaleToken, config(inputs{"minInstances": 7}), "at most maxInstances, 6, got 7"},
		{"fixed and scaled", autoscaleToken, config(inputs{"targetNumberInstances": 3}), "takes no minInstances"},
		{"no number", autoscaleToken, given(with(pool, inputs{"config": inputs{"targetCpuUtilization": 0.5}})), "give minInstances and maxInstances"},
		{"database region", databaseToken, given(with(database, inputs{"region": "mars1"})), "expected one of ams3"},
		{"engine", databaseToken, given(with(database, inputs{"engine": "oracle"})), "expected one of pg"},
		{"range of Pods", clusterToken, given(with(cluster, inputs{"clusterSubnet": "10.96.0.0"})), "expected a valid IPv4 CIDR block"},
		{"Droplets twice", balancerToken, given(with(balancer, inputs{"dropletIds": []any{1}})), "at most one of dropletIds, dropletTag"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			in := test.inputs(w)
			before := w.Account.Resources()
			_, err := w.Try(test.token, "refused", in)
			require.ErrorContains(t, err, test.text)
			assert.Equal(t, before, w.Account.Resources(), "nothing was created")
		})
	}
}

// TestPassing: what is just within the rules.
func TestPassing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Create(vpcToken, "small", inputs{"region": "FRA1", "ipRange": "192.168.0.0/28"})
	w.Create(vpcToken, "large", inputs{"region": "fra1", "ipRange": "172.16.0.0/16"})
	w.Create(autoscaleToken, "p", with(pool, inputs{"config": with(scaling, inputs{"targetCpuUtilization": 0.05, "cooldownMinutes": 20, "maxInstances": 1000})}))
	w.Create(balancerToken, "b", with(balancer, inputs{"dropletTag": nil, "dropletIds": []any{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}))
	w.Create(tagToken, "t", inputs{"name": strings.Repeat("t", 255)})
}

func TestLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pkg, err := schema.DigitalOcean()
	require.NoError(t, err)
	ask := func(name string, args inputs) map[string]any {
		token := "digitalocean:index/" + name + ":" + name
		answer, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(args))
		require.NoError(t, err)
		known, _ := pkg.Function(token)
		assert.Empty(t, pkg.Validate(known.Outputs, answer), name)
		return answer.Mappable()
	}
	refused := func(name string, args inputs, want string) {
		_, err := w.Provider.Invoke("digitalocean:index/"+name+":"+name, resource.NewPropertyMapFromMap(args))
		assert.ErrorContains(t, err, want)
	}
	v := vpc(w)
	assert.Len(t, ask("getRegions", nil)["regions"], 14)
	assert.Equal(t, "Frankfurt 1", ask("getRegion", inputs{"slug": "fra1"})["name"])
	sizes := ask("getSizes", nil)["sizes"].([]any)
	for i, want := range []inputs{{"slug": "s-1vcpu-512mb-10gb", "transfer": 0.5}, {"slug": "s-1vcpu-1gb", "transfer": 1.0}} {
		got := sizes[i].(map[string]any)
		assert.Equal(t, want, inputs{"slug": got["slug"], "transfer": got["transfer"]})
	}
	assert.Equal(t, "rehearsal@example.com", ask("getAccount", nil)["email"])
	assert.Equal(t, v.ID(), ask("getVpc", inputs{"name": "main"})["id"])
	assert.Equal(t, "default-fra1", ask("getVpc", inputs{"region": "fra1"})["name"])
	refused("getVpc", inputs{"name": "none"}, "no VPC matches")
	refused("getRegion", inputs{"slug": "mars1"}, "there is no region")
	sorted := inputs{"sorts": []any{inputs{"key": "slug"}}}
	refused("getSizes", sorted, "does not filter or sort")
	refused("getRegions", sorted, "does not filter or sort")
}
