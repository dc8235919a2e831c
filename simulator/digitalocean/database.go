package digitalocean

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Database clusters: trap 42. Sources: terraform-provider-digitalocean, digitalocean/database/
// resource_database_cluster.go; the API's specification of databases (which sizes take standby nodes, how many nodes);
// the error of a wrong number of nodes: digitalocean/do-operator pull request 3.

const databaseSource = "terraform-provider-digitalocean, digitalocean/database/resource_database_cluster.go"

// engines are the engines of which a cluster has one to three nodes, and how one connects to them.
var engines = map[string]struct {
	scheme string
	port   int
}{
	"pg":      {"postgresql", 25060},
	"mysql":   {"mysql", 25060},
	"redis":   {"rediss", 25061},
	"valkey":  {"rediss", 25061},
	"mongodb": {"mongodb+srv", 27017},
}

const (
	mostNodes     = 3    // a primary and two standby nodes
	standbyMemory = 2048 // the least MB of a node that has a standby
)

func databaseTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "digitalocean:index/databaseCluster:DatabaseCluster",
		Kind:      &simulator.Kind{Noun: "Database cluster", ID: uuidOf("database"), Global: true},
		AutoName:  named(),
		Immutable: []string{"engine", "name", "privateNetworkUuid", "projectId"},
		Sets:      []string{"tags"},
		Rules: map[string]simulator.Rule{
			"region": regionSlug,
			"engine": simulator.OneOf("pg", "mysql", "redis", "valkey", "mongodb", "kafka", "opensearch", "advanced_pg", "advanced_mysql"),
		},
		References: []simulator.Reference{inVPC("privateNetworkUuid")},
		Constraints: []simulator.Constraint{
			{
				Origin: simulator.Origin{ID: "digitalocean-database-nodes", Source: "https://github.com/digitalocean/openapi"},
				Error:  "unprocessable_entity: invalid node count",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if n, ok := c.Number("nodeCount"); ok && !takesNodes(c.Text("engine"), c.Text("size"), int(n)) {
						broken("nodeCount")
					}
				},
			},
			onlyFor("digitalocean-database-sql-mode", "sqlMode",
				"sql_mode is only supported for MySQL Database Clusters", "mysql"),
			onlyFor("digitalocean-database-eviction-policy", "evictionPolicy",
				"eviction_policy is only supported for Redis or Valkey Database Clusters", "redis", "valkey"),
			{
				Origin: simulator.Origin{ID: "digitalocean-database-version", Source: databaseSource},
				Error:  `The argument "version" is required, but no definition was found.`,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if !c.Given("version") {
						broken("version")
					}
				},
			},
		},
		Compute: computeDatabase,
	}}
}

// takesNodes reports whether a cluster of that size can have so many nodes. Engines and sizes that are not known can.
func takesNodes(engine, size string, nodes int) bool {
	if _, known := engines[engine]; !known || nodes < 1 {
		return !known
	}
	memory := sizeOf(size).memory
	return nodes == 1 || nodes <= mostNodes && (engine == "mongodb" || memory == 0 || memory >= standbyMemory)
}

// onlyFor refuses an input that only some engines take.
func onlyFor(id, input, text string, takers ...string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: databaseSource},
		Error:  text,
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			if c.Given(input) && c.Known("engine") && !slices.Contains(takers, c.Text("engine")) {
				broken(input)
			}
		},
	}
}

func computeDatabase(c *simulator.Call) {
	engine, ok := engines[c.Text("engine")]
	if !ok {
		engine = engines["pg"]
	}
	const user, database = "doadmin", "defaultdb"
	host := c.Text("name") + "-do-user-" + numberOf("database user")(c) + "-0.db.ondigitalocean.com"
	password := "AVNS_" + c.Hex("password", 19)
	uri := func(host string) resource.PropertyValue {
		text := engine.scheme + "://" + user + ":" + password + "@" + host + ":" + decimal(engine.port) + "/" + database + "?sslmode=require"
		return resource.MakeSecret(resource.NewStringProperty(text))
	}
	c.Set("clusterUrn", "do:dbaas:"+c.ID)
	c.Set("database", database)
	c.Set("user", user)
	c.Set("port", engine.port)
	c.Set("host", host)
	c.Set("privateHost", "private-"+host)
	c.Outputs["password"] = resource.MakeSecret(resource.NewStringProperty(password))
	c.Outputs["uri"] = uri(host)
	c.Outputs["privateUri"] = uri("private-" + host)
	c.SetNew("privateNetworkUuid", defaultVPC(c, c.Text("region")))
	c.SetNew("projectId", uuid(c.Fixed("default project", uuidDigits)))
	c.SetNew("storageSizeMib", "")
	for _, name := range []string{"uiDatabase", "uiHost", "uiPassword", "uiUri", "uiUser"} { // OpenSearch has them
		c.SetNew(name, "")
	}
}
