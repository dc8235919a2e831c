// Package aws deploys a platform to Amazon Web Services: it composes the components for AWS from the platform's
// description.
package aws

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// regionKey is the configuration key of the AWS provider's region.
const regionKey = "aws:region"

// Cloud is AWS for platform.Run.
func Cloud() platform.Cloud { return platform.Cloud{Check: Check, Deploy: Deploy} }

// Check reports what AWS cannot do of what the description asks, and a region that is missing, as spec.Problems under
// configuration keys.
func Check(s platform.Spec, config map[string]string) error {
	var ps spec.Problems
	region := config[regionKey]
	if region == "" {
		ps.Add(regionKey, nil, "is missing; run: pulumi config set aws:region eu-west-1 (or the region you want)")
	}
	ps.Collect("", naming.AWSTags.Check("holdfast:tags", naming.Merge(standardTags("project", "stack"), s.Tags)))
	err := (&network.Args{Network: s.Network}).Validate()
	ps.Collect("holdfast:network", err)
	if err != nil || region == "" {
		return ps.Err()
	}
	for i, zone := range s.Network.ZoneNames {
		if zone[:len(zone)-1] != region {
			ps.Add(fmt.Sprintf("holdfast:network.zoneNames[%d]", i), zone, "is not in the region of aws:region, %s", region)
		}
	}
	return ps.Err()
}

// Deploy creates the platform and exports what its users need to know of it. It expects a description that Check
// accepts.
func Deploy(ctx *pulumi.Context, s platform.Spec) error {
	// The network's own tags win over the platform's, and those over the standard ones.
	args := &network.Args{Network: s.Network}
	args.Tags = naming.Merge(standardTags(ctx.Project(), ctx.Stack()), s.Tags, s.Network.Tags)
	n, err := network.New(ctx, "main", args)
	if err != nil {
		return err
	}
	ctx.Export("zones", pulumi.ToStringArray(n.Zones))
	ctx.Export("vpcId", n.VpcID)
	ctx.Export("vpcCidr", n.CIDR)
	ctx.Export("publicSubnetIds", n.PublicSubnetIDs)
	ctx.Export("privateSubnetIds", n.PrivateSubnetIDs)
	ctx.Export("dataSubnetIds", n.DataSubnetIDs)
	ctx.Export("natPublicIps", n.NATPublicIPs)
	ctx.Export("flowLogGroupName", n.FlowLogGroupName)
	return nil
}

// standardTags say where a resource comes from.
func standardTags(project, stack string) map[string]string {
	return map[string]string{"Project": project, "Stack": stack, "ManagedBy": "pulumi"}
}
