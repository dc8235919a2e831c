package crosscloud

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ScriptsFetchedEncrypted wants the first start of a machine to fetch nothing over HTTP without TLS.
var ScriptsFetchedEncrypted = policy.Policy{
	ID:       "any-scripts-fetched-encrypted",
	Title:    "Machines should fetch what they install over TLS.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "User data runs as root. What it fetches over plain HTTP, anyone on the way can replace, on every machine that " +
		"starts from then on.",
	Remediation: "Fetch by https, and compare what was fetched with a checksum before it runs; or build an image that has it.",
	Controls:    frameworks.Controls{SOC2: "CC6.7 CC6.8", ISO27001: "A.5.14 A.8.19"}.List(),
	Tags:        []string{"security", "encryption", "supply-chain"},
	Bad: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{
			"ami": "ami-0abcdef1234567890", "instanceType": "t4g.small",
			"userData": "#!/bin/sh\ncurl -fsS http://downloads.example.com/agent.sh | sh\n",
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{
			"ami": "ami-0abcdef1234567890", "instanceType": "t4g.small",
			"userData": "#!/bin/sh\nset -e\ncurl -fsS https://downloads.example.com/agent-2.1.sh -o agent.sh\n" +
				"echo '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8  agent.sh' | sha256sum -c\nsh agent.sh\n",
		}},
	},
	Rules: rulesAt(setup, func(r *policy.Report, paths []string) {
		for text := range textsAt(r.Resource(), paths) {
			script := text.Value
			if inner, ok := decoded(script); ok {
				script = inner
			}
			for _, host := range fetchedInTheClear(script) {
				r.Fail("Its property %s fetches from http://%s.", strings.Join(text.Path, "."), host)
			}
		}
	}),
}

// fetched finds programs that fetch, in one command with an address that begins with http.
var fetched = regexp.MustCompile(`(?i)\b(?:curl|wget|iwr|invoke-webrequest|invoke-restmethod|start-bitstransfer)\b[^\n|;&]*?\bhttp://([^\s/"'?#)]+)`)

// fetchedInTheClear are the hosts from which a script fetches without TLS, each once; but for those that are near.
func fetchedInTheClear(script string) []string {
	var hosts []string
	for _, match := range fetched.FindAllStringSubmatch(script, -1) {
		if host := match[1]; !isNear(host) && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// isNear reports whether a host is the machine itself, the cloud's metadata service, on a private network, or not known.
func isNear(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	if addr, err := netip.ParseAddr(name); err == nil {
		return addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast()
	}
	return !strings.Contains(name, ".") || strings.ContainsAny(host, "$@[{") || strings.HasSuffix(name, ".internal") ||
		strings.HasSuffix(name, ".local")
}
