package loadbalancer

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// defaultCookieSeconds is the lifetime of the cookie of stickiness that is off, as AWS has it.
const defaultCookieSeconds = 86400

// algorithms are the load balancer's names of spec's.
var algorithms = map[spec.Algorithm]string{
	spec.LeastRequests: "least_outstanding_requests", spec.RoundRobin: "round_robin", spec.AvoidAnomalies: "weighted_random",
}

// createTargetGroups makes a target group per backend.
func (b *builder) createTargetGroups() error {
	for _, name := range slices.Sorted(maps.Keys(b.args.Backends)) {
		backend := b.args.Backends[name]
		args := &lb.TargetGroupArgs{
			Name:                pulumi.String(naming.AWSTargetGroup.Name(b.targetIdentity(name, backend)...)),
			VpcId:               b.args.VpcID,
			TargetType:          pulumi.String(b.args.TargetType),
			Port:                pulumi.Int(backend.Port),
			Protocol:            pulumi.String(protocolOf(backend)),
			DeregistrationDelay: pulumi.Int(backend.DrainSeconds),
			HealthCheck:         healthCheckOf(backend),
			Stickiness:          stickinessOf(backend),
			Tags:                b.TagInput("backend", name),
		}
		if !b.args.TCP {
			args.ProtocolVersion = pulumi.String(versionOf(backend))
			args.SlowStart = pulumi.Int(backend.SlowStartSeconds)
			args.LoadBalancingAlgorithmType = pulumi.String(algorithms[backend.Algorithm])
			args.LoadBalancingAnomalyMitigation = pulumi.String(mitigationOf(backend))
		}
		group, err := lb.NewTargetGroup(b.Ctx, b.Child("backend", name), args, b.Options()...)
		if err != nil {
			return err
		}
		b.groups[name] = group
	}
	b.out.TargetGroupMetricNames = b.ofGroups(func(group *lb.TargetGroup) pulumi.StringOutput { return group.ArnSuffix })
	return nil
}

// targetIdentity returns the parts of a target group's name. It holds all that AWS can only change by replacing the
// group: a new group can then be made, and put in the listener, before the old one goes, which AWS does not let go while
// it is in use. And as a group serves one load balancer alone, it holds the load balancer's name: the groups of a load
// balancer that is replaced are replaced with it.
func (b *builder) targetIdentity(name string, backend spec.Backend) []string {
	kind := ""
	if b.args.TargetType != "instance" {
		kind = b.args.TargetType
	}
	return append(b.identity(), name, string(backend.Protocol), fmt.Sprint(backend.Port), kind)
}

func protocolOf(backend spec.Backend) string {
	switch backend.Protocol {
	case spec.BackendHTTPS:
		return "HTTPS"
	case spec.BackendTCP:
		return "TCP"
	default:
		return "HTTP"
	}
}

func versionOf(backend spec.Backend) string {
	if backend.Protocol == spec.BackendGRPC {
		return "GRPC"
	}
	return "HTTP1"
}

func mitigationOf(backend spec.Backend) string {
	if backend.Algorithm == spec.AvoidAnomalies {
		return "on"
	}
	return "off"
}

func healthCheckOf(backend spec.Backend) *lb.TargetGroupHealthCheckArgs {
	check := backend.HealthCheck
	args := &lb.TargetGroupHealthCheckArgs{
		Enabled:            pulumi.Bool(true),
		Protocol:           pulumi.String(protocolOf(backend)),
		Port:               pulumi.String("traffic-port"),
		Interval:           pulumi.Int(check.IntervalSeconds),
		Timeout:            pulumi.Int(check.TimeoutSeconds),
		HealthyThreshold:   pulumi.Int(check.HealthyThreshold),
		UnhealthyThreshold: pulumi.Int(check.UnhealthyThreshold),
	}
	if check.Port != backend.Port {
		args.Port = pulumi.String(fmt.Sprint(check.Port))
	}
	if check.Path == "" {
		return args // connecting is all there is to check
	}
	args.Path, args.Matcher = pulumi.String(check.Path), pulumi.String(check.Codes)
	if backend.Protocol == spec.BackendTCP {
		args.Protocol = pulumi.String("HTTP")
	}
	return args
}

// stickinessOf is always written down, for what is missing is no change to the provider. Network Load Balancers know
// clients by their addresses, and for as long as their connections last.
func stickinessOf(backend spec.Backend) *lb.TargetGroupStickinessArgs {
	args := &lb.TargetGroupStickinessArgs{Type: pulumi.String("source_ip"), Enabled: pulumi.Bool(backend.StickySeconds > 0)}
	if backend.Protocol == spec.BackendTCP {
		return args
	}
	seconds := backend.StickySeconds
	if seconds == 0 {
		seconds = defaultCookieSeconds
	}
	args.Type, args.CookieDuration = pulumi.String("lb_cookie"), pulumi.Int(seconds)
	return args
}

// ofGroups returns something of every target group, by backend.
func (b *builder) ofGroups(of func(*lb.TargetGroup) pulumi.StringOutput) pulumi.StringMapOutput {
	values := pulumi.StringMap{}
	for name, group := range b.groups {
		values[name] = of(group)
	}
	return values.ToStringMapOutput()
}
