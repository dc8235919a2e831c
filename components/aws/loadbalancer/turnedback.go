package loadbalancer

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// TurnedBack asks AWS to which backend a rollback has turned the traffic of the load balancer that New makes of the same
// name and args; it returns "" if the weights are those of the program. A program does not notice by itself: what it asks
// for is what it has asked for before. It fails if there is no such load balancer yet.
func TurnedBack(ctx *pulumi.Context, name string, args *Args) (string, error) {
	b := &builder{Family: family.Family{Ctx: ctx, Name: name}, args: args.withDefaults()}
	balancer, err := lb.LookupLoadBalancer(ctx, &lb.LookupLoadBalancerArgs{
		Name: pulumi.StringRef(naming.AWSLoadBalancer.Name(b.identity()...)),
	})
	if err != nil {
		return "", fmt.Errorf("looking up the load balancer: %w", err)
	}
	listener, err := lb.LookupListener(ctx, &lb.LookupListenerArgs{LoadBalancerArn: &balancer.Arn, Port: &b.args.Port})
	if err != nil {
		return "", fmt.Errorf("looking up the listener: %w", err)
	}
	groups := 0
	for _, action := range listener.DefaultActions {
		for _, forward := range action.Forwards {
			for _, group := range forward.TargetGroups {
				if groups++; group.Weight == turnedBackWeight {
					return b.backendOf(group.Arn)
				}
			}
		}
	}
	if groups == 0 {
		return "", errors.New("looking up the listener: there are no weights to see")
	}
	return "", nil
}

// backendOf returns the backend of a target group, whose ARN holds its name.
func (b *builder) backendOf(arn string) (string, error) {
	for name, backend := range b.args.Backends {
		if strings.Contains(arn, "/"+naming.AWSTargetGroup.Name(b.targetIdentity(name, backend)...)+"/") {
			return name, nil
		}
	}
	return "", fmt.Errorf("a rollback has turned the traffic to %s, which is none of the backends; leave them as they were until their weights are", arn)
}
