package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// portRange is what a rule lets through, whoever it comes from.
type portRange struct {
	protocol policy.Value[string]
	from, to policy.Value[int]
}

// coversAny reports whether one of the ports is let through.
func (p portRange) coversAny(ports []int) bool {
	switch strings.ToLower(p.protocol.Get()) {
	case "-1", "all":
		return len(ports) > 0 // of all protocols, the range is ignored
	case "tcp", "6", "udp", "17":
	default:
		return false
	}
	covers := make([]func() bool, len(ports))
	for i, port := range ports {
		covers[i] = func() bool { return p.covers(port) }
	}
	return policy.AnyOf(covers...)
}

// covers reports whether the port is in the range. Without bounds, and with -1 for one, a range is all ports.
func (p portRange) covers(port int) bool {
	return policy.AllOf(
		func() bool { return p.from.Or(-1) <= port },
		func() bool { return p.to.Or(-1) >= port || p.to.Or(-1) == -1 },
	)
}

// String names the range, with the protocol.
func (p portRange) String() string {
	switch strings.ToLower(fmt.Sprint(p.protocol)) {
	case "-1", "all":
		return "all ports"
	}
	switch from, to := fmt.Sprint(p.from), fmt.Sprint(p.to); {
	case !p.from.Present() && !p.to.Present(), to == "-1":
		return fmt.Sprintf("all ports/%v", p.protocol)
	case from == to:
		return fmt.Sprintf("port %s/%v", from, p.protocol)
	default:
		return fmt.Sprintf("ports %s-%s/%v", from, to, p.protocol)
	}
}

// within reports whether the range is one of the ports and nothing else.
func (p portRange) within(ports []int) bool {
	for _, port := range ports {
		if p.protocol.Get() == "tcp" && p.from.Or(-1) == port && p.to.Or(-1) == port {
			return true
		}
	}
	return false
}
