package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	mainTableToken      = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"
	dhcpToken           = "aws:ec2/vpcDhcpOptions:VpcDhcpOptions"
	dhcpForToken        = "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation"
	endpointTableToken  = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
	endpointSubnetToken = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation"
	prefixListToken     = "aws:ec2/managedPrefixList:ManagedPrefixList"
	listEntryToken      = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"
)

func dhcp(w *world, name string) thing { return w.Create(dhcpToken, name, inputs{"domainName": name}) }

// endpointIn makes an endpoint called by its service.
func endpointIn(w *world, v thing, service, kind string, more inputs) thing {
	return w.Create(endpointToken, service, with(inputs{"vpcId": v.ID(), "serviceName": service, "vpcEndpointType": kind}, more))
}

func networkOptionFixtures() []simulatortest.Fixture {
	importID := func(with string) func(thing) string {
		return func(t thing) string { return t.Text("vpcEndpointId") + "/" + t.Text(with) }
	}
	return []simulatortest.Fixture{
		{
			Type: mainTableToken,
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{"vpcId": v.ID(), "routeTableId": table(w, v, "main").ID()}
			},
			Update: func(w *world, in inputs) inputs {
				return with(in, inputs{"routeTableId": table(w, thingCalled(w, vpcToken, "vpc"), "another").ID()})
			},
			Replace: func(w *world, in inputs) inputs {
				v := otherVPC(w)
				return inputs{"vpcId": v.ID(), "routeTableId": table(w, v, "third").ID()}
			},
		},
		{
			Type: dhcpToken,
			Inputs: func(*world) inputs {
				return inputs{"domainName": "internal.example", "domainNameServers": []any{"AmazonProvidedDNS"}}
			},
			Update: tagged, Replace: changing(inputs{"domainName": "another.example"}),
		},
		{
			Type: dhcpForToken,
			Inputs: func(w *world) inputs {
				return inputs{"vpcId": vpc(w).ID(), "dhcpOptionsId": dhcp(w, "one.example").ID()}
			},
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"dhcpOptionsId": dhcp(w, "two.example").ID()})
			},
		},
		{
			Type: endpointTableToken, ImportID: importID("routeTableId"),
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{"vpcEndpointId": endpointIn(w, v, s3, "Gateway", nil).ID(), "routeTableId": table(w, v, "t").ID()}
			},
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"routeTableId": table(w, thingCalled(w, vpcToken, "vpc"), "another").ID()})
			},
		},
		{
			Type: endpointSubnetToken, ImportID: importID("subnetId"),
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{"vpcEndpointId": endpointIn(w, v, sts, "Interface", nil).ID(), "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID()}
			},
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"subnetId": subnet(w, thingCalled(w, vpcToken, "vpc"), "10.0.2.0/24", "b").ID()})
			},
		},
	}
}

func networkOptionCases() []simulatortest.Case {
	mainOf := func(other func(*world, thing) thing) func(*world) error {
		return making(mainTableToken, func(w *world) inputs {
			v := vpc(w)
			return inputs{"vpcId": v.ID(), "routeTableId": table(w, other(w, v), "t").ID()}
		})
	}
	tableFor := func(service, kind string) func(*world) error {
		return making(endpointTableToken, func(w *world) inputs {
			v := vpc(w)
			return inputs{"vpcEndpointId": endpointIn(w, v, service, kind, nil).ID(), "routeTableId": table(w, v, "t").ID()}
		})
	}
	subnetIn := func(zone string) func(*world) error {
		return making(endpointSubnetToken, func(w *world) inputs {
			v := vpc(w)
			e := endpointIn(w, v, sts, "Interface", inputs{"subnetIds": []any{subnet(w, v, "10.0.1.0/24", "a").ID()}})
			return inputs{"vpcEndpointId": e.ID(), "subnetId": subnet(w, v, "10.0.2.0/24", zone).ID()}
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-main-route-table-same-network", Code: "InvalidParameterValue", Text: "belong to different networks",
			Fails:  mainOf(func(w *world, _ thing) thing { return otherVPC(w) }),
			Passes: mainOf(func(_ *world, v thing) thing { return v }),
		},
		holds("aws-route-table-in-use", "DependencyViolation", "The routeTable 'rtb-", func(w *world) (kept, user thing) {
			v := vpc(w)
			r := table(w, v, "main")
			return r, w.Create(mainTableToken, "m", inputs{"vpcId": v.ID(), "routeTableId": r.ID()})
		}),
		{
			ID: "aws-endpoint-table-gateway-only", Text: "of the type Interface, which has no route tables",
			Fails: tableFor(sts, "Interface"), Passes: tableFor(s3, "Gateway"),
		},
		{
			ID: "aws-endpoint-associated-subnet-zone", Code: "DuplicateSubnetsInSameZone", Text: "Found another VPC endpoint subnet",
			Fails: subnetIn("a"), Passes: subnetIn("b"),
		},
	}
}

func prefixListFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: prefixListToken,
			Inputs: func(*world) inputs {
				return inputs{"addressFamily": "IPv4", "maxEntries": 2, "entries": []any{inputs{"cidr": "10.0.0.0/8"}}}
			},
			Update:  changing(inputs{"maxEntries": 3}),
			Replace: changing(inputs{"addressFamily": "IPv6", "entries": nil}),
		},
		{
			Type: listEntryToken,
			Inputs: func(w *world) inputs {
				list := w.Create(prefixListToken, "l", inputs{"addressFamily": "IPv4", "maxEntries": 2})
				return inputs{"prefixListId": list.ID(), "cidr": "10.0.0.0/8"}
			},
			Replace: changing(inputs{"cidr": "192.0.2.0/24"}),
		},
	}
}

func prefixListCases() []simulatortest.Case {
	list := func(most int, blocks ...string) inputs {
		var entries []any
		for _, cidr := range blocks {
			entries = append(entries, inputs{"cidr": cidr})
		}
		return inputs{"addressFamily": "IPv4", "maxEntries": most, "entries": entries}
	}
	entries := func(w *world, n int) error {
		l := w.Create(prefixListToken, "l", inputs{"addressFamily": "IPv4", "maxEntries": 2})
		for i := range n {
			cidr := fmt.Sprintf("10.%d.0.0/16", i)
			if _, err := w.Try(listEntryToken, cidr, inputs{"prefixListId": l.ID(), "cidr": cidr}); err != nil {
				return err
			}
		}
		return nil
	}
	return []simulatortest.Case{
		{
			ID: "aws-prefix-list-full", Code: "PrefixListMaxEntriesExceeded", Text: "maximum number of entries",
			Fails:  making(prefixListToken, given(list(1, "10.0.0.0/8", "192.0.2.0/24"))),
			Passes: making(prefixListToken, given(list(2, "10.0.0.0/8", "192.0.2.0/24"))),
		},
		{
			ID: "aws-prefix-list-full", Code: "PrefixListMaxEntriesExceeded", Text: "maximum number of entries",
			Fails:  func(w *world) error { return entries(w, 3) },
			Passes: func(w *world) error { return entries(w, 2) },
		},
		{
			ID: "aws-prefix-list-family", Text: "2001:db8::/32 is not of the address family IPv4",
			Fails: making(prefixListToken, given(list(1, "2001:db8::/32"))), Passes: making(prefixListToken, given(list(1, "10.0.0.0/8"))),
		},
	}
}
