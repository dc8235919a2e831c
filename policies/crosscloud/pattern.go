package crosscloud

import (
	"regexp"
	"strings"
)

// pattern is a form of secrets that gitleaks has no rule for.
type pattern struct {
	kind   string
	marker string         // every text that holds one holds this
	form   *regexp.Regexp // its first group is the secret
}

var formPatterns = []pattern{
	// The user information of RFC 3986, section 3.2.1, of which it says that passwords in it are deprecated.
	{"password-in-url", "://", regexp.MustCompile(`\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/?#:@"'<>]*:([^\s/?#@"'<>]+)@`)},
	// "Configure Azure Storage connection strings" (learn.microsoft.com, storage/common/storage-configure-connection-string).
	{"azure-storage-key", "AccountKey=", regexp.MustCompile(`\bAccountKey=([A-Za-z0-9+/]{86}==)`)},
}

// mayBeIn reports, at little cost, whether a text may hold what the pattern is about.
func (p pattern) mayBeIn(text string) bool { return strings.Contains(text, p.marker) }

// in reports whether a text holds what the pattern is about, and not a stand-in for it.
func (p pattern) in(text string) bool {
	if !p.mayBeIn(text) {
		return false
	}
	for _, match := range p.form.FindAllStringSubmatch(text, -1) {
		if !isStandIn(match[1]) {
			return true
		}
	}
	return false
}

// standIns are how values begin that something else is put in place of, and references to secrets that are kept elsewhere:
// of shells, templates, CloudFormation, App Service, Pulumi ESC and the stores themselves.
var standIns = []string{
	"$", "<", "{", "%", "*", "[", "xxx", "XXX", "@Microsoft.KeyVault(", "arn:", "projects/", "secret://", "vault:", "ssm:", "op://",
	"sm://", "ref+", "/", "https://", "http://", "file:",
}

// isStandIn reports whether a value is not a secret but stands for one.
func isStandIn(value string) bool {
	for _, start := range standIns {
		if strings.HasPrefix(value, start) {
			return true
		}
	}
	return strings.Contains(value, "${") || strings.Contains(value, "{{") || strings.Contains(value, "$(")
}
