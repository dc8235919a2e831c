package digitalocean_test

import (
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/digitalocean"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestConstraints shows every constraint of the tables both ways.
func TestConstraints(t *testing.T) {
	t.Parallel()
	simulatortest.Constraints(t, digitalocean.New(digitalocean.Options{}), nil, slices.Concat(vpcCases(), poolCases(), clusterCases()))
}

// making tries to make something.
func making(token string, in, changes inputs) func(*world) error {
	return func(w *world) error {
		_, err := w.Try(token, "subject", with(in, changes))
		return err
	}
}

func vpcCases() []simulatortest.Case {
	second := func(in inputs) func(*world) error {
		return func(w *world) error {
			vpc(w)
			_, err := w.Try(vpcToken, "second", with(inputs{"region": "nyc3"}, in))
			return err
		}
	}
	remove := func(token string, member func(w *world, v thing) inputs, away bool) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			made := w.Create(token, "member", member(w, v))
			if away {
				w.Delete(made)
			}
			return w.TryDelete(v)
		}
	}
	cases := []simulatortest.Case{
		{
			ID: "digitalocean-vpc-overlap", Code: "unprocessable_entity", Text: "another VPC in the account: main has 10.10.0.0/20",
			Fails: second(inputs{"ipRange": "10.10.8.0/24"}), Passes: second(inputs{"ipRange": "10.10.16.0/24"}),
		},
		{
			ID: "digitalocean-vpc-name-taken", Code: "unprocessable_entity", Text: `a VPC with the name "main" exists already`,
			Fails: second(inputs{"name": "main"}), Passes: second(inputs{"name": "other"}),
		},
	}
	for token, member := range map[string]func(w *world, v thing) inputs{
		dropletToken:  func(_ *world, v thing) inputs { return with(droplet, inputs{"vpcUuid": v.ID()}) },
		databaseToken: func(_ *world, v thing) inputs { return with(database, inputs{"privateNetworkUuid": v.ID()}) },
		clusterToken:  func(_ *world, v thing) inputs { return with(cluster, inputs{"vpcUuid": v.ID()}) },
		balancerToken: func(_ *world, v thing) inputs { return with(balancer, inputs{"vpcUuid": v.ID()}) },
		autoscaleToken: func(_ *world, v thing) inputs {
			return with(pool, inputs{"dropletTemplate": with(template, inputs{"vpcUuid": v.ID()})})
		},
	} {
		cases = append(cases, simulatortest.Case{
			ID: "digitalocean-vpc-members", Code: "conflict", Text: "Can not delete VPC with members",
			Fails: remove(token, member, false), Passes: remove(token, member, true),
		})
	}
	return cases
}

func poolCases() []simulatortest.Case {
	numbered := func(n int) inputs {
		ids := []any{}
		for i := range n {
			ids = append(ids, i+1)
		}
		return inputs{"dropletTag": nil, "dropletIds": ids}
	}
	renamed := func(name string) func(*world) error {
		return func(w *world) error {
			_, err := w.TryUpdate(w.Create(autoscaleToken, "p", pool), with(pool, inputs{"name": name}))
			return err
		}
	}
	agent := func(has any) inputs {
		return inputs{"dropletTemplate": with(template, inputs{"withDropletAgent": has})}
	}
	static := inputs{"config": inputs{"targetNumberInstances": 3}}
	return []simulatortest.Case{
		{
			ID: "digitalocean-lb-droplets", Code: "unprocessable_entity", Text: "at most 10 Droplets by id",
			Fails: making(balancerToken, balancer, numbered(11)), Passes: making(balancerToken, balancer, numbered(10)),
		},
		{
			ID: "digitalocean-autoscale-rename", Code: "unprocessable_entity", Text: `cannot be renamed: keep "web"`,
			Fails: renamed("other"), Passes: renamed("web"),
		},
		{
			ID: "digitalocean-autoscale-agent", Text: "needs the agent in its Droplets",
			Fails: making(autoscaleToken, pool, agent(nil)), Passes: making(autoscaleToken, with(pool, agent(nil)), static),
		},
	}
}

func clusterCases() []simulatortest.Case {
	nodesOf := func(fails, passes inputs) simulatortest.Case {
		return simulatortest.Case{
			ID: "digitalocean-database-nodes", Code: "unprocessable_entity", Text: "invalid node count",
			Fails: making(databaseToken, database, fails), Passes: making(databaseToken, database, passes),
		}
	}
	small := inputs{"size": "db-s-1vcpu-1gb"}
	scaled := func(least any) inputs {
		return inputs{"nodePool": with(nodes, inputs{"autoScale": true, "minNodes": least, "maxNodes": 3})}
	}
	return []simulatortest.Case{
		nodesOf(small, with(small, inputs{"nodeCount": 1})),
		nodesOf(small, with(small, inputs{"engine": "mongodb"})), // has standby nodes of any size
		nodesOf(inputs{"nodeCount": 4}, inputs{"nodeCount": 3}),
		nodesOf(inputs{"nodeCount": 4}, inputs{"engine": "kafka", "nodeCount": 6}),
		nodesOf(inputs{"nodeCount": 0}, inputs{"nodeCount": 1}),
		{
			ID: "digitalocean-database-sql-mode", Text: "sql_mode is only supported for MySQL",
			Fails: making(databaseToken, database, inputs{"sqlMode": "ANSI"}), Passes: making(databaseToken, database, inputs{"sqlMode": "ANSI", "engine": "mysql"}),
		},
		{
			ID: "digitalocean-database-eviction-policy", Text: "eviction_policy is only supported for Redis or Valkey",
			Fails:  making(databaseToken, database, inputs{"evictionPolicy": "allkeys_lru"}),
			Passes: making(databaseToken, database, inputs{"evictionPolicy": "allkeys_lru", "engine": "valkey"}),
		},
		{
			ID: "digitalocean-database-version", Text: `The argument "version" is required`,
			Fails: making(databaseToken, database, inputs{"version": nil}), Passes: making(databaseToken, database, nil),
		},
		{
			ID: "digitalocean-kubernetes-least-nodes", Code: "unprocessable_entity", Text: "min nodes must be greater than or equal to 1",
			Fails: making(clusterToken, cluster, scaled(0)), Passes: making(clusterToken, cluster, scaled(1)),
		},
		{
			ID: "digitalocean-kubernetes-least-nodes", Code: "unprocessable_entity", Text: "min nodes must be greater than or equal to 1",
			Fails: making(clusterToken, cluster, scaled(nil)), Passes: making(clusterToken, cluster, nil),
		},
	}
}
