package gcp

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Types of which Google Cloud's names and paths are known, and little else: what their properties say is checked
// against the schema and echoed. Sources: the patterns in the APIs' discovery documents (compute v1, iam v1, sqladmin
// v1), the naming rules of Cloud Storage; trap 28.

func namedTypes() []*simulator.Type {
	return []*simulator.Type{
		firewall(),
		regional("compute/router:Router", "routers", "network"),
		serviceAccount(),
	}
}

// global is a type of Compute Engine whose resources belong to the project, and the input that names its network, if it
// has one.
func global(token, collection string, network ...string) *simulator.Type {
	t := &simulator.Type{
		Token:     "gcp:" + token,
		Kind:      kindOf(collection, globalID(collection)),
		AutoName:  autoName(),
		Immutable: append([]string{"name", "project"}, network...),
		API:       []string{"compute/v1:" + collection + ".insert", "compute/v1:" + collection + ".patch"},
		Check:     checkProject,
		Compute:   computeNamed,
	}
	for _, input := range network {
		t.References = refers(input, networkKind)
	}
	return t
}

// regional is a type of Compute Engine whose resources belong to a region.
func regional(token, collection string, network ...string) *simulator.Type {
	t := global(token, collection, network...)
	t.Kind = kindOf(collection, regionalID(collection))
	t.Immutable = append(t.Immutable, "region")
	t.Check = func(c *simulator.Call) {
		checkProject(c)
		checkRegion(c)
	}
	return t
}

func computeNamed(c *simulator.Call) {
	c.SetNew("project", project(c))
	c.Set("selfLink", links+c.ID)
	if _, ok := c.Schema.Outputs["region"]; ok {
		c.SetNew("region", region(c))
	}
}

// firewall: rules are about incoming traffic unless they say otherwise.
func firewall() *simulator.Type {
	t := global("compute/firewall:Firewall", "firewalls", "network")
	t.Compute = func(c *simulator.Call) {
		computeNamed(c)
		c.SetNew("direction", "INGRESS")
	}
	return t
}

func serviceAccount() *simulator.Type {
	email := func(c *simulator.Call) string {
		return c.Text("accountId") + "@" + project(c) + ".iam.gserviceaccount.com"
	}
	return &simulator.Type{
		Token: "gcp:serviceaccount/account:Account",
		Kind: kindOf("Service account", func(c *simulator.Call) string {
			return "projects/" + project(c) + "/serviceAccounts/" + email(c)
		}),
		Immutable: []string{"accountId", "project"},
		Rules: map[string]simulator.Rule{
			"accountId": simulator.Matches(`^[a-z]([-a-z0-9]{4,28}[a-z0-9])$`,
				"an account id has 6 to 30 small letters, digits and hyphens, begins with a letter and does not end in a hyphen"),
		},
		API: []string{"iam/v1:projects.serviceAccounts.create", "iam/v1:projects.serviceAccounts.patch"},
		Parameters: map[string]string{
			"description": "serviceAccount.description",
			"displayName": "serviceAccount.displayName",
		},
		Check: checkProject,
		Compute: func(c *simulator.Call) {
			c.SetNew("project", project(c))
			c.Set("email", email(c))
			c.Set("member", "serviceAccount:"+email(c))
			c.Set("name", c.ID)
			c.Set("uniqueId", "1"+number(c)+"0")
		},
	}
}
