package platform

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// zonePattern matches the name of a DNS zone (RFC 1123, 2.1).
var zonePattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// checkZone reports a zone that cannot be made, and domains that its records cannot be for: their certificate would never be
// issued.
func (s Spec) checkZone(ps *spec.Problems) {
	switch {
	case s.Zone == "":
		return
	case !zonePattern.MatchString(s.Zone) || len(s.Zone) > 253:
		ps.Add(namespace+"zone", s.Zone, "is not a DNS zone; use lower case and no period at the end, for example shop.example.com")
		return
	case s.LoadBalancer == nil:
		return
	}
	for i, domain := range s.LoadBalancer.Domains() {
		field := "domain"
		if i > 0 {
			field = fmt.Sprintf("alternateDomains[%d]", i-1)
		}
		if domain != s.Zone && !strings.HasSuffix(domain, "."+s.Zone) {
			ps.Add(namespace+"loadBalancer."+field, domain, "does not lie in %szone, %s; use that name, or one that ends in .%s",
				namespace, s.Zone, s.Zone)
		}
	}
}
