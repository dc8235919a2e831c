package loadbalancer

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// defaultStickySeconds is the duration of stickiness that is off, which has to have one: an hour, as in AWS's console.
const defaultStickySeconds = 3600

// createListeners makes the listener that serves clients, its routes, and the one that redirects to it.
func (b *builder) createListeners() error {
	listener, err := lb.NewListener(b.Ctx, b.Child("listener"), b.listenerArgs(), b.Options()...)
	if err != nil {
		return err
	}
	b.out.ListenerARN = listener.Arn
	// Waiting for the URN, which a preview knows, and not for the ARN: a new listener makes nothing unknown that is built on
	// existing target groups.
	b.out.TargetGroupARNs = b.ofGroups(func(group *lb.TargetGroup) pulumi.StringOutput {
		return pulumi.All(group.Arn, listener.URN()).ApplyT(func(known []any) string {
			return known[0].(string)
		}).(pulumi.StringOutput)
	})
	for _, name := range slices.Sorted(maps.Keys(b.args.Routes)) {
		if err := b.createRoute(name, b.args.Routes[name], listener); err != nil {
			return err
		}
	}
	if !b.redirects() {
		return nil
	}
	return b.createRedirect()
}

func (b *builder) listenerArgs() *lb.ListenerArgs {
	args := &lb.ListenerArgs{
		LoadBalancerArn: b.balancer.Arn,
		Port:            pulumi.Int(b.args.Port),
		DefaultActions:  lb.ListenerDefaultActionArray{b.defaultAction()},
		Tags:            b.TagInput("listener"),
	}
	plain, secure := "HTTP", "HTTPS"
	if b.args.TCP {
		plain, secure = "TCP", "TLS"
		args.DefaultActions = lb.ListenerDefaultActionArray{b.soleAction()}
	}
	if b.args.Unencrypted {
		args.Protocol = pulumi.String(plain)
		return args
	}
	args.Protocol = pulumi.String(secure)
	args.SslPolicy = pulumi.String(b.args.TLSPolicy)
	args.CertificateArn = b.out.CertificateARN
	if b.args.StrictTransportSeconds > 0 {
		args.RoutingHttpResponseStrictTransportSecurityHeaderValue = pulumi.Sprintf("max-age=%d", b.args.StrictTransportSeconds)
	}
	return args
}

// soleAction sends all traffic to the one backend that has weight.
func (b *builder) soleAction() *lb.ListenerDefaultActionArgs {
	for name, backend := range b.args.Backends {
		if *backend.Weight > 0 {
			return &lb.ListenerDefaultActionArgs{Type: pulumi.String("forward"), TargetGroupArn: b.groups[name].Arn}
		}
	}
	return nil // cannot be: the arguments are valid
}

// defaultAction shares traffic out among all backends, those with weight 0 included: a release changes weights alone.
func (b *builder) defaultAction() *lb.ListenerDefaultActionArgs {
	var groups lb.ListenerDefaultActionForwardTargetGroupArray
	for _, name := range slices.Sorted(maps.Keys(b.args.Backends)) {
		groups = append(groups, &lb.ListenerDefaultActionForwardTargetGroupArgs{
			Arn: b.groups[name].Arn, Weight: pulumi.Int(*b.args.Backends[name].Weight),
		})
	}
	enabled, seconds := b.stickiness()
	return &lb.ListenerDefaultActionArgs{
		Type: pulumi.String("forward"),
		Forward: &lb.ListenerDefaultActionForwardArgs{
			TargetGroups: groups,
			Stickiness:   &lb.ListenerDefaultActionForwardStickinessArgs{Enabled: enabled, Duration: seconds},
		},
	}
}

// stickiness is always written down: the provider takes a block that is missing for no change, so that stickiness could
// never be turned off (terraform-provider-aws, internal/service/elbv2/listener.go).
func (b *builder) stickiness() (enabled pulumi.Bool, seconds pulumi.Int) {
	if b.args.StickySeconds == 0 {
		return false, defaultStickySeconds
	}
	return true, pulumi.Int(b.args.StickySeconds)
}

func (b *builder) createRoute(name string, route spec.Route, listener *lb.Listener) error {
	var groups lb.ListenerRuleActionForwardTargetGroupArray
	for _, backend := range slices.Sorted(maps.Keys(route.Backends)) {
		groups = append(groups, &lb.ListenerRuleActionForwardTargetGroupArgs{
			Arn: b.groups[backend].Arn, Weight: pulumi.Int(route.Backends[backend]),
		})
	}
	enabled, seconds := b.stickiness()
	var conditions lb.ListenerRuleConditionArray
	if len(route.Hosts) > 0 {
		conditions = append(conditions, &lb.ListenerRuleConditionArgs{
			HostHeader: &lb.ListenerRuleConditionHostHeaderArgs{Values: pulumi.ToStringArray(route.Hosts)},
		})
	}
	if len(route.Paths) > 0 {
		conditions = append(conditions, &lb.ListenerRuleConditionArgs{
			PathPattern: &lb.ListenerRuleConditionPathPatternArgs{Values: pulumi.ToStringArray(route.Paths)},
		})
	}
	rule, err := lb.NewListenerRule(b.Ctx, b.Child("route", name), &lb.ListenerRuleArgs{
		ListenerArn: listener.Arn,
		Priority:    pulumi.Int(route.Priority),
		Conditions:  conditions,
		Actions: lb.ListenerRuleActionArray{&lb.ListenerRuleActionArgs{
			Type: pulumi.String("forward"),
			Forward: &lb.ListenerRuleActionForwardArgs{
				TargetGroups: groups,
				Stickiness:   &lb.ListenerRuleActionForwardStickinessArgs{Enabled: enabled, Duration: seconds},
			},
		}},
		Tags: b.TagInput("route", name),
	}, b.Options()...)
	b.routes[name] = rule
	return err
}

// createRedirect sends clients of plain HTTP to HTTPS, for good.
func (b *builder) createRedirect() error {
	_, err := lb.NewListener(b.Ctx, b.Child("redirect"), &lb.ListenerArgs{
		LoadBalancerArn: b.balancer.Arn,
		Port:            pulumi.Int(portHTTP),
		Protocol:        pulumi.String("HTTP"),
		DefaultActions: lb.ListenerDefaultActionArray{&lb.ListenerDefaultActionArgs{
			Type: pulumi.String("redirect"),
			Redirect: &lb.ListenerDefaultActionRedirectArgs{
				Protocol: pulumi.String("HTTPS"), Port: pulumi.String(fmt.Sprint(b.args.Port)), StatusCode: pulumi.String("HTTP_301"),
			},
		}},
		Tags: b.TagInput("redirect"),
	}, b.Options()...)
	return err
}
