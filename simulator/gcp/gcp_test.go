package gcp_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/gcp"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

type (
	world  = simulatortest.World
	thing  = simulatortest.Thing
	inputs = map[string]any
)

var (
	with  = simulatortest.With
	iowa  = inputs{"region": "us-central1", "zone": "us-central1-a", "defaultLabels": inputs{"by": "us"}}
	short = "rehearsal-project"
)

const (
	networkToken = "gcp:compute/network:Network"
	subnetToken  = "gcp:compute/subnetwork:Subnetwork"
	sqlToken     = "gcp:sql/databaseInstance:DatabaseInstance"
)

func newWorld(t *testing.T) *world {
	t.Helper()
	return simulatortest.NewWorld(t, gcp.New(gcp.Options{}), iowa)
}

func network(w *world) thing {
	return w.Create(networkToken, "network", inputs{"name": "main", "autoCreateSubnetworks": false})
}

func inNetwork(in inputs) func(*world) inputs {
	return func(w *world) inputs { return with(in, inputs{"network": network(w).ID()}) }
}

func changing(changes inputs) func(*world, inputs) inputs {
	return func(_ *world, in inputs) inputs { return with(in, changes) }
}

func given(in inputs) func(*world) inputs { return func(*world) inputs { return in } }

func fixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: networkToken, Inputs: given(inputs{}), Update: changing(inputs{"autoCreateSubnetworks": false, "routingMode": "GLOBAL"}),
			Replace: changing(inputs{"description": "another"}),
		},
		{
			Type: networkToken, Name: "into auto mode", Inputs: given(inputs{"name": "n", "autoCreateSubnetworks": false}),
			Replace: changing(inputs{"autoCreateSubnetworks": true, "name": "m"}),
		},
		{
			Type: subnetToken, Inputs: inNetwork(inputs{"ipCidrRange": "10.0.16.0/20"}),
			Update:  changing(inputs{"ipCidrRange": "10.0.0.0/16", "privateIpGoogleAccess": true}),
			Replace: changing(inputs{"ipCidrRange": "10.2.0.0/20"}),
		},
		{
			Type: subnetToken, Name: "by name, elsewhere",
			Inputs: func(w *world) inputs {
				network(w)
				return inputs{"network": "main", "ipCidrRange": "10.0.0.0/20", "region": "europe-west1", "name": "s",
					"secondaryIpRanges": []any{inputs{"rangeName": "pods", "ipCidrRange": "10.4.0.0/14"}}}
			},
			Replace: changing(inputs{"region": "europe-west4", "ipCidrRange": "10.0.64.0/20", "secondaryIpRanges": nil}),
		},
		{
			Type: "gcp:compute/firewall:Firewall", Inputs: inNetwork(inputs{"allows": []any{inputs{"protocol": "tcp", "ports": []any{"443"}}}, "sourceRanges": []any{"35.191.0.0/16"}}),
			Update: changing(inputs{"priority": 900}), Replace: changing(inputs{"network": "default"}),
		},
		{Type: "gcp:compute/router:Router", Inputs: inNetwork(inputs{}), Update: changing(inputs{"description": "d"}), Replace: changing(inputs{"region": "us-east1"})},
		{
			Type: sqlToken, Inputs: given(inputs{"databaseVersion": "POSTGRES_16", "settings": inputs{"tier": "db-f1-micro"}, "deletionProtection": false}),
			Update:  changing(inputs{"settings": inputs{"tier": "db-g1-small", "availabilityType": "REGIONAL"}}),
			Replace: changing(inputs{"region": "us-east1"}),
		},
		{
			Type: "gcp:serviceaccount/account:Account", Inputs: given(inputs{"accountId": "workers"}),
			Update: changing(inputs{"displayName": "Workers"}), Replace: changing(inputs{"accountId": "others"}),
		},
	}
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	simulatortest.Lifecycle(t, gcp.New(gcp.Options{}), iowa, fixtures())
}

func TestIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.Create(networkToken, "Main", inputs{"autoCreateSubnetworks": false})
	assert.Regexp(t, `^projects/rehearsal-project/global/networks/main-[0-9a-f]{7}$`, n.ID())
	assert.Equal(t, "https://www.googleapis.com/compute/v1/"+n.ID(), n.Text("selfLink"))
	s := w.Create(subnetToken, "s", inputs{"name": "s", "network": n.Text("selfLink"), "ipCidrRange": "10.0.0.0/24"})
	assert.Equal(t, "projects/rehearsal-project/regions/us-central1/subnetworks/s", s.ID())
	assert.Equal(t, "10.0.0.1", s.Text("gatewayAddress"))
	a := w.Create("gcp:serviceaccount/account:Account", "a", inputs{"accountId": "workers", "project": "other-project"})
	assert.Equal(t, "workers@other-project.iam.gserviceaccount.com", a.Text("email"))
	sql := w.Create(sqlToken, "s", sqlInstance(nil))
	assert.Equal(t, "projects/rehearsal-project/instances/orders", sql.ID())
	assert.Equal(t, "rehearsal-project:us-central1:orders", sql.Text("connectionName"))
	assert.Regexp(t, `^p\d{12}-[0-9a-f]{6}@gcp-sa-cloud-sql.iam.gserviceaccount.com$`, sql.Text("serviceAccountEmailAddress"))
	assert.Equal(t, "203.0.113.20", sql.Text("firstIpAddress"))
	private := w.Create(sqlToken, "private", sqlInstance(inputs{"name": "private", "settings": inputs{
		"tier": "db-f1-micro", "ipConfiguration": inputs{"ipv4Enabled": false, "privateNetwork": n.ID()},
	}}))
	assert.Equal(t, []string{"", "10.100.0.3", "10.100.0.3"},
		[]string{private.Text("publicIpAddress"), private.Text("privateIpAddress"), private.Text("firstIpAddress")})
	address := w.Create("gcp:compute/address:Address", "a", inputs{"labels": inputs{"team": "platform"}})
	assert.Equal(t, map[string]any{"by": "us", "team": "platform"}, address.Outputs["effectiveLabels"].SecretValue().Element.Mappable())
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	many := inputs{}
	for i := range 64 { // and the provider's own
		many["label-"+strconv.Itoa(i)] = "v"
	}
	const addressToken = "gcp:compute/address:Address"
	for _, test := range []struct {
		name, token string
		inputs      func(*world) inputs
		text        string
	}{
		{"capitals", networkToken, given(inputs{"name": "Main"}), "Error 400: Invalid value for field 'resource.name': 'Main'. " +
			"Must be a match of regex '[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?', invalid"},
		{"edge hyphen", "gcp:compute/firewall:Firewall", given(inputs{"name": "main-", "network": "default", "allows": []any{inputs{"protocol": "tcp"}}}),
			"'resource.name': 'main-'. Must be a match"},
		{"too long", "gcp:compute/router:Router", given(inputs{"name": strings.Repeat("n", 64), "network": "default"}), "Must be a match"},
		{"subnet's name", subnetToken, inNetwork(inputs{"name": "S", "ipCidrRange": "10.0.0.0/20"}), "'resource.name': 'S'"},
		{"routing mode", networkToken, given(inputs{"routingMode": "LOCAL"}),
			"'resource.routingConfig.routingMode': 'LOCAL'. Must be one of GLOBAL, REGIONAL, invalid"},
		{"purpose", subnetToken, inNetwork(inputs{"ipCidrRange": "10.0.0.0/20", "purpose": "PUBLIC"}), "'resource.purpose': 'PUBLIC'"},
		{"flow logs", subnetToken, inNetwork(inputs{"ipCidrRange": "10.0.0.0/20", "logConfig": inputs{"metadata": "ALL"}}),
			"'resource.logConfig.metadata': 'ALL'"},
		{"direction", "gcp:compute/firewall:Firewall", given(inputs{"network": "default", "direction": "BOTH", "allows": []any{inputs{"protocol": "tcp"}}}),
			"'resource.direction': 'BOTH'"},
		{"SQL availability", sqlToken, given(sqlInstance(inputs{"settings": inputs{"tier": "db-f1-micro", "availabilityType": "GLOBAL"}})),
			`badRequest: Error 400: Invalid value at 'settings.availability_type' (TYPE_ENUM), "GLOBAL", badRequest`},
		{"SQL disk", sqlToken, given(sqlInstance(inputs{"settings": inputs{"tier": "db-f1-micro", "diskType": "SSD"}})), "'settings.data_disk_type'"},
		{"SQL region", sqlToken, given(sqlInstance(inputs{"region": "us-centrl1"})), "did you mean us-central1?"},
		{"a name of any compute type", "gcp:compute/instanceTemplate:InstanceTemplate",
			given(inputs{"name": "1st", "machineType": "e2-small", "disks": []any{inputs{"sourceImage": "debian-cloud/debian-12"}}}), `"1st" is not allowed`},
		{"mtu", networkToken, given(inputs{"mtu": 9000}), "1300 to 8896"},
		{"project", networkToken, given(inputs{"project": "p"}), "6 to 30"},
		{"no network", subnetToken, given(inputs{"network": "projects/rehearsal-project/global/networks/none", "ipCidrRange": "10.0.0.0/20"}), "Error 404"},
		{"no network of that name", subnetToken, given(inputs{"network": "none", "ipCidrRange": "10.0.0.0/20"}), "'none' was not found"},
		{"too small", subnetToken, inNetwork(inputs{"ipCidrRange": "10.0.0.0/30"}), "/4 to /29"},
		{"off its network", subnetToken, inNetwork(inputs{"ipCidrRange": "10.0.0.1/24"}), `did you mean "10.0.0.0/24"?`},
		{"no block", subnetToken, inNetwork(inputs{"ipCidrRange": "ten"}), "is not an IPv4 CIDR block"},
		{"region", subnetToken, inNetwork(inputs{"ipCidrRange": "10.0.0.0/24", "region": "us-centrl1"}), "did you mean us-central1?"},
		{"account id", "gcp:serviceaccount/account:Account", given(inputs{"accountId": "short"}), "6 to 30"},
		{"label key", addressToken, given(inputs{"labels": inputs{"Team": "a"}}), "Invalid value for field 'resource.labels': ''. Label key 'Team' violates"},
		{"label value", addressToken, given(inputs{"labels": inputs{"team": "The Team"}}), "Label value 'The Team' violates format constraints"},
		{"long label key", addressToken, given(inputs{"labels": inputs{strings.Repeat("é", 64): "a"}}), "violates format constraints"},
		{"long label value", addressToken, given(inputs{"labels": inputs{"team": strings.Repeat("é", 64)}}), "violates format constraints"},
		{"labels", addressToken, given(inputs{"labels": many}), "at most 64 labels"},
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

// TestOtherLabels: as many labels as there may be pass, and so does what is called labels but follows other rules.
func TestOtherLabels(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	most := inputs{}
	for i := range 63 {
		most["label-"+strconv.Itoa(i)] = strings.Repeat("é", 63)
	}
	w.Create("gcp:compute/address:Address", "a", inputs{"name": strings.Repeat("n", 63), "labels": most})
	w.Create("gcp:monitoring/notificationChannel:NotificationChannel", "mail", inputs{
		"type": "email", "labels": inputs{"email_address": "On-Call@example.com"},
	})
}

// TestNetworkInUse: a network stays while a subnet is in it.
func TestNetworkInUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := network(w)
	s := w.Create(subnetToken, "s", inputs{"network": n.ID(), "ipCidrRange": "10.0.0.0/20"})
	assert.ErrorContains(t, w.TryDelete(n), "resourceInUseByAnotherResource: Error 400: The network resource 'projects/rehearsal-project/global/networks/main' is already being used")
	w.Delete(s, n)
	assert.Empty(t, w.Account.Resources())
	w.Create(subnetToken, "d", inputs{"network": "default", "ipCidrRange": "10.0.0.0/20"})
}

func TestLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(token string, args inputs) map[string]any {
		answer, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(args))
		require.NoError(t, err)
		return answer.Mappable()
	}
	who := ask("gcp:organizations/getClientConfig:getClientConfig", nil)
	assert.Equal(t, short, who["project"])
	assert.Equal(t, "us-central1", who["region"])
	assert.Equal(t, "us-central1-a", who["zone"])
	zones := ask("gcp:compute/getZones:getZones", nil)
	assert.Equal(t, []any{"us-central1-a", "us-central1-b", "us-central1-c", "us-central1-f"}, zones["names"])
	assert.Equal(t, []any{"europe-west1-b", "europe-west1-c", "europe-west1-d"},
		ask("gcp:compute/getZones:getZones", inputs{"region": "europe-west1"})["names"])
	assert.Empty(t, ask("gcp:compute/getZones:getZones", inputs{"status": "DOWN"})["names"])
	assert.Contains(t, ask("gcp:compute/getRegions:getRegions", nil)["names"], "me-west1")
	assert.Empty(t, ask("gcp:compute/getRegions:getRegions", inputs{"status": "DOWN"})["names"])
	_, err := w.Provider.Invoke("gcp:compute/getZones:getZones", resource.NewPropertyMapFromMap(inputs{"region": "mars"}))
	assert.ErrorContains(t, err, "there is no region mars")
}

func TestConnect(t *testing.T) {
	t.Parallel()
	account, err := simulator.NewAccount(gcp.New(gcp.Options{Project: "our-project", Region: "us-east1"}), simulator.Options{})
	require.NoError(t, err)
	provider, problems := account.Provider(nil)
	require.Empty(t, problems)
	assert.Equal(t, "our-project", provider.Site().Account)
	assert.Equal(t, "us-east1", provider.Site().Region)
	_, problems = account.Provider(resource.NewPropertyMapFromMap(inputs{"project": "X", "region": "us-cental1", "zone": "us-east1-a"}))
	require.Len(t, problems, 3)
	assert.Contains(t, problems[1].Text, "did you mean us-central1?")
	assert.Contains(t, problems[2].Text, "no zone us-east1-a")
	empty, problems := account.Provider(resource.NewPropertyMapFromMap(inputs{"zone": "nozone"}))
	assert.Nil(t, empty)
	assert.Len(t, problems, 1)
}

// TestNoRegion: a regional resource must have a region from somewhere.
func TestNoRegion(t *testing.T) {
	t.Parallel()
	w := simulatortest.NewWorld(t, gcp.New(gcp.Options{}), nil)
	n := network(w)
	_, err := w.Try(subnetToken, "s", inputs{"network": n.ID(), "ipCidrRange": "10.0.0.0/20"})
	assert.ErrorContains(t, err, "Cannot determine region")
}
