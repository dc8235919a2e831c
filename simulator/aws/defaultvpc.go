package aws

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// The default VPC that an account has in every region, and what lies in it. Sources: the VPC guide, "Default VPCs";
// terraform-provider-aws, internal/service/ec2/{vpc_default_vpc,vpc_default_subnet}.go.

// defaultName names what the account has one of in each region.
const defaultName = "default"

// begin makes what an account has in a region from the start.
func (o Options) begin(c *simulator.Call) {
	if c.Region != "" && !o.NoDefaultVPC {
		provideDefaultVPC(c)
	}
}

// defaultVPC returns the region's default VPC, or nil when it has none.
func defaultVPC(c *simulator.Call) *simulator.Object { return c.Provided(vpcKind, defaultName) }

// defaultSubnet returns the default subnet of a zone, or nil when there is none.
func defaultSubnet(c *simulator.Call, zone string) *simulator.Object {
	return c.Provided(subnetKind, zone)
}

func provideDefaultVPC(c *simulator.Call) *simulator.Object {
	return c.Provide(nil, vpcKind, defaultName, func(vpc *simulator.Object) resource.PropertyMap {
		belongs := func(kind *simulator.Kind, name string, more map[string]any) *simulator.Object {
			return c.Provide(vpc, kind, name, func(*simulator.Object) resource.PropertyMap {
				more["vpcId"], more["ownerId"] = vpc.ID, c.Account
				return resource.NewPropertyMapFromMap(more)
			})
		}
		gateway := belongs(internetGatewayKind, defaultName, map[string]any{})
		outputs := furnish(c, vpc.ID, func(kind *simulator.Kind, more map[string]any) *simulator.Object {
			if kind == routeTableKind {
				more["routes"] = []any{map[string]any{"cidrBlock": "0.0.0.0/0", "gatewayId": gateway.ID}}
			}
			return belongs(kind, defaultName, more)
		})
		for i, z := range zones[c.Region] {
			belongs(subnetKind, z.name, map[string]any{
				"cidrBlock": fmt.Sprintf("172.31.%d.0/20", i*16), "availabilityZone": z.name, "availabilityZoneId": z.id,
				"mapPublicIpOnLaunch": true, "privateDnsHostnameTypeOnLaunch": "ip-name", "ipv6CidrBlockAssociationId": "",
				"assignIpv6AddressOnCreation": false, "ipv6CidrBlock": "", "enableLniAtDeviceIndex": 0, "outpostArn": "",
			})
		}
		for name, value := range map[string]any{
			"cidrBlock": "172.31.0.0/16", "enableDnsHostnames": true, "enableDnsSupport": true, "instanceTenancy": "default",
			"enableNetworkAddressUsageMetrics": false, "dhcpOptionsId": dhcpOptions(c), "ownerId": c.Account,
			"ipv6CidrBlock": "", "ipv6AssociationId": "", "ipv6CidrBlockNetworkBorderGroup": "",
		} {
			outputs[name] = value
		}
		return resource.NewPropertyMapFromMap(outputs)
	})
}

func defaultVPCTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:    "aws:ec2/defaultVpc:DefaultVpc",
			Kind:     vpcKind,
			Defaults: map[string]any{"enableDnsHostnames": true, "enableDnsSupport": true},
			// When the region has none, the provider has AWS make one.
			Adopt: func(c *simulator.Call) *simulator.Object {
				existing := defaultVPC(c)
				if existing == nil {
					return provideDefaultVPC(c)
				}
				return existing
			},
			API: []string{"ec2:CreateDefaultVpc", "ec2:ModifyVpcAttribute"},
			Compute: func(c *simulator.Call) {
				c.Set("existingDefaultVpc", true)
				computeVPCIPv6(c)
			},
		},
		{
			Token: "aws:ec2/defaultSubnet:DefaultSubnet",
			Kind:  subnetKind,
			Defaults: map[string]any{
				"assignIpv6AddressOnCreation":             false,
				"enableDns64":                             false,
				"enableResourceNameDnsARecordOnLaunch":    false,
				"enableResourceNameDnsAaaaRecordOnLaunch": false,
				"ipv6Native":                              false,
				"mapPublicIpOnLaunch":                     true,
			},
			Immutable: []string{"availabilityZone", "ipv6Native"},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-default-subnet-zone", Source: ec2Errors},
				Error:  "InvalidZone.NotFound: The zone '%s' does not exist in %s",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					c.Each("availabilityZone", func(path, zone string) {
						if _, ok := zoneNamed(c.Region, zone); !ok && c.Region != "" {
							broken(path, zone, c.Region)
						}
					})
				},
			}},
			Adopt: func(c *simulator.Call) *simulator.Object {
				subnet := defaultSubnet(c, c.Text("availabilityZone"))
				if subnet == nil {
					c.Fail("availabilityZone", "DefaultVpcDoesNotExist: No default VPC exists for this account in this region.")
				}
				return subnet
			},
			API:     []string{"ec2:CreateDefaultSubnet", "ec2:ModifySubnetAttribute"},
			Compute: func(c *simulator.Call) { c.Set("existingDefaultSubnet", true) },
		},
	}
}
