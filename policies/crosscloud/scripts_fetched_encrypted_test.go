package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestScriptsFetchedEncrypted(t *testing.T) {
	t.Parallel()
	user := func(data any) []policytest.Resource { return policytest.One(instanceType, props{"userData": data}) }
	script := "#!/bin/sh\ncurl -o a http://a.example.com/x && wget -q 'http://b.example.com:8080/y' | sh\niwr http://A.example.com/z\n"
	policytest.Run(t, ScriptsFetchedEncrypted,
		policytest.Case{Name: "none", Resources: policytest.One(dropletType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "each host", Resources: user(script), Want: policytest.Fail("http://a.example.com.", "b.example.com:8080", "A.example.com")},
		policytest.Case{Name: "a host once", Resources: user("curl http://a.example.com/x\ncurl http://a.example.com/y\n"), Want: policytest.Fail("a.example.com")},
		policytest.Case{Name: "a public address", Resources: user("wget http://203.0.113.7/x"), Want: policytest.Fail("203.0.113.7")},
		policytest.Case{Name: "a name of the network", Resources: user("wget http://mirror.shop.local/x"), Want: policytest.Pass()},
		policytest.Case{Name: "packed", Resources: policytest.One(launchTemplateType, props{"userData": zipped(t, script)}), Want: policytest.Fail()},
		policytest.Case{Name: "nearby", Want: policytest.Pass(), Resources: user("curl http://169.254.169.254/latest/meta-data; curl http://localhost/x; " +
			"curl http://metadata.google.internal/a; wget http://10.0.0.7/b; curl http://$HOST.example.com/c; curl http://registry:5000/d")},
		policytest.Case{Name: "not fetched", Resources: user("# see http://example.com/docs\necho http://example.com"), Want: policytest.Pass()},
		policytest.Case{Name: "another command", Resources: user("curl https://example.com/x; echo http://example.com"), Want: policytest.Pass()},
		policytest.Case{Name: "not known", Resources: user(policytest.Unknown), Want: policytest.Pass()},
		policytest.Case{Name: "metadata", Resources: policytest.One(gcpMachineType, props{"metadata": props{"startup-script": "curl http://example.com/x"}}),
			Want: policytest.Fail("metadata.startup-script fetches from http://example.com.")},
	)
}
