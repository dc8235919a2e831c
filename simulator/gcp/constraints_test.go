package gcp_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/gcp"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestConstraints shows every constraint of the tables both ways.
func TestConstraints(t *testing.T) {
	t.Parallel()
	simulatortest.Constraints(t, gcp.New(gcp.Options{}), iowa, slices.Concat(subnetCases(), sqlCases()))
}

func try(w *world, token string, in inputs) error {
	_, err := w.Try(token, "subject", in)
	return err
}

// proxySubnet are the inputs of a subnet for load balancers' proxies, with changes.
func proxySubnet(changes inputs) func(*world) error {
	return func(w *world) error {
		in := inputs{"ipCidrRange": "10.0.0.0/26", "purpose": "REGIONAL_MANAGED_PROXY", "role": "ACTIVE"}
		return try(w, subnetToken, with(inNetwork(in)(w), changes))
	}
}

// beside makes one subnet and tries another in the same network.
func beside(first, second inputs) func(*world) error {
	return func(w *world) error {
		in := inputs{"network": network(w).ID()}
		w.Create(subnetToken, "first", with(in, with(inputs{"name": "first"}, first)))
		return try(w, subnetToken, with(in, second))
	}
}

func subnetCases() []simulatortest.Case {
	const overlap = "Error 400: Invalid value for field 'resource.ipCidrRange': '10.4.0.0/20'. Invalid IPCidrRange: 10.4.0.0/20 " +
		"conflicts with existing subnetwork 'first' in region 'us-east1'., invalid"
	active := inputs{"ipCidrRange": "10.0.0.0/24", "purpose": "REGIONAL_MANAGED_PROXY", "role": "ACTIVE"}
	other := with(active, inputs{"ipCidrRange": "10.0.1.0/24"})
	wide := inputs{"ipCidrRange": "10.4.0.0/14", "region": "us-east1"}
	pods := inputs{"ipCidrRange": "10.0.0.0/20", "region": "us-east1",
		"secondaryIpRanges": []any{inputs{"rangeName": "pods", "ipCidrRange": "10.4.0.0/14"}}}
	return []simulatortest.Case{
		{
			ID: "gcp-subnet-overlap", Code: "invalid", Text: overlap,
			Fails:  beside(wide, inputs{"ipCidrRange": "10.4.0.0/20"}),
			Passes: beside(wide, inputs{"ipCidrRange": "10.8.0.0/20"}),
		},
		{
			ID: "gcp-subnet-overlap", Code: "invalid", Text: overlap, // with a secondary range
			Fails:  beside(pods, inputs{"ipCidrRange": "10.4.0.0/20"}),
			Passes: beside(pods, inputs{"ipCidrRange": "10.0.16.0/20"}),
		},
		{
			ID: "gcp-proxy-subnet-size", Code: "invalid", Text: "'10.0.0.0/27'. A proxy-only subnet needs /26 or larger",
			Fails: proxySubnet(inputs{"ipCidrRange": "10.0.0.0/27"}), Passes: proxySubnet(nil),
		},
		{
			ID: "gcp-proxy-subnet-logs", Code: "invalid", Text: "Invalid field set in subnetwork with purpose REGIONAL_MANAGED_PROXY.",
			Fails:  proxySubnet(inputs{"logConfig": inputs{"flowSampling": 1}}),
			Passes: proxySubnet(inputs{"logConfig": inputs{"flowSampling": 1}, "purpose": "PRIVATE", "role": nil}),
		},
		{
			ID: "gcp-proxy-subnet-role", Code: "invalid", Text: "role must be specified when purpose set to REGIONAL_MANAGED_PROXY.",
			Fails: proxySubnet(inputs{"role": nil}), Passes: proxySubnet(inputs{"role": "BACKUP"}),
		},
		{
			ID: "gcp-proxy-subnet-one-active", Code: "invalid", Text: "already an active proxy-only subnet 'first'",
			Fails: beside(active, other), Passes: beside(active, with(other, inputs{"region": "us-east1"})),
		},
		{
			ID: "gcp-proxy-subnet-one-active", Code: "invalid", Text: "already an active proxy-only subnet 'first'", // the older purpose
			Fails:  beside(with(active, inputs{"purpose": "INTERNAL_HTTPS_LOAD_BALANCER"}), other),
			Passes: beside(with(active, inputs{"purpose": "GLOBAL_MANAGED_PROXY"}), other),
		},
		{
			ID: "gcp-proxy-subnet-one-active", Code: "invalid", Text: "already an active proxy-only subnet 'first'", // a backup is none
			Fails: beside(active, other), Passes: beside(active, with(other, inputs{"role": "BACKUP"})),
		},
	}
}

// sqlInstance are the inputs of a database instance that may be deleted, with changes.
func sqlInstance(changes inputs) inputs {
	return with(inputs{
		"name": "orders", "databaseVersion": "POSTGRES_16", "settings": inputs{"tier": "db-f1-micro"}, "deletionProtection": false,
	}, changes)
}

func sqlCases() []simulatortest.Case {
	named := func(name string) func(*world) error {
		return func(w *world) error { return try(w, sqlToken, sqlInstance(inputs{"name": name})) }
	}
	longest := strings.Repeat("n", 98-len("rehearsal-project:"))
	second := func(changes inputs) func(*world) error {
		return func(w *world) error {
			w.Create(sqlToken, "first", sqlInstance(nil))
			return try(w, sqlToken, sqlInstance(changes))
		}
	}
	remove := func(changes inputs) func(*world) error {
		return func(w *world) error { return w.TryDelete(w.Create(sqlToken, "first", sqlInstance(changes))) }
	}
	const invalid = "Error 400: Invalid request: Invalid full instance name (rehearsal-project:"
	return []simulatortest.Case{
		{ID: "gcp-sql-instance-name", Code: "invalid", Text: invalid, Fails: named("Orders"), Passes: named("o")},
		{ID: "gcp-sql-instance-name", Code: "invalid", Text: invalid, Fails: named("orders-"), Passes: named("orders-1")},
		{ID: "gcp-sql-instance-name", Code: "invalid", Text: invalid, Fails: named(longest + "n"), Passes: named(longest)},
		{
			ID: "gcp-sql-instance-taken", Code: "instanceAlreadyExists", Text: "Error 409: The Cloud SQL instance already exists",
			Fails: second(inputs{"region": "us-east1"}), Passes: second(inputs{"project": "other-project"}),
		},
		{
			ID: "gcp-sql-deletion-protection", Text: "deletion_protection is set to true",
			Fails: remove(inputs{"deletionProtection": nil}), Passes: remove(nil),
		},
	}
}
