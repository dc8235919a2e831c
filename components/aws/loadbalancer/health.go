package loadbalancer

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Checked reports whether Route 53 looks at the load balancer from outside: the primary of two that the internet may
// reach. What only some may reach, its health checkers cannot, and targets alone decide.
func (a *Args) Checked() bool {
	return a.Failover == "primary" && !a.Internal && len(a.AllowedCIDRs) == 0
}

// createHealthCheck has Route 53 look from outside whether the way to the primary is open, every 30 seconds from many
// places, until three looks in a row fail. The records ask for it besides the health of the targets, of which a region
// that is cut off says nothing.
func (b *builder) createHealthCheck() error {
	b.out.HealthCheckID = pulumi.String("").ToStringOutput()
	if !b.args.Checked() {
		return nil
	}
	args := &route53.HealthCheckArgs{
		// By the name that AWS gives: the domain may already lead to the other region.
		Fqdn: b.balancer.DnsName, Port: pulumi.Int(b.args.Port), Type: pulumi.String("TCP"),
		RequestInterval: pulumi.Int(30), FailureThreshold: pulumi.Int(3), Tags: b.TagInput("health"),
	}
	if path := b.args.askedFromOutside(); path != "" {
		args.Type, args.ResourcePath = pulumi.String("HTTPS"), pulumi.String(path)
		if b.args.Unencrypted {
			args.Type = pulumi.String("HTTP")
		}
	}
	check, err := route53.NewHealthCheck(b.Ctx, b.Child("health"), args, b.Options()...)
	if err != nil {
		return err
	}
	b.out.HealthCheckID = check.ID().ToStringOutput()
	return nil
}

// askedFromOutside is the path that Route 53 asks for: that of the backends' own health checks, where it takes their
// answers. It takes 200 to 399 alone, and TLS up to 1.2 (Route 53 API, HealthCheckConfig, Type); else it only connects.
func (a *Args) askedFromOutside() string {
	backend := a.Backends[slices.Min(slices.Collect(maps.Keys(a.Backends)))]
	oldTLS := a.Unencrypted || strings.HasPrefix(a.TLSPolicy, "ELBSecurityPolicy-TLS13-1-2-")
	if a.TCP || backend.Protocol == spec.BackendGRPC || !oldTLS {
		return ""
	}
	for _, code := range strings.FieldsFunc(backend.HealthCheck.Codes, func(c rune) bool { return c == ',' || c == '-' }) {
		if code >= "400" {
			return ""
		}
	}
	return backend.HealthCheck.Path
}
