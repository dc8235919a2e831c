package main

import (
	"fmt"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func digitalOcean(m *maker) error {
	vpc, err := m.make("digitalocean:index/vpc:Vpc", "web", pulumi.Map{
		"region": pulumi.String("fra1"), "ipRange": pulumi.String("10.3.0.0/20"),
	})
	if err != nil {
		return err
	}
	var servers pulumi.Array
	for i := range 2 {
		server, err := m.make("digitalocean:index/droplet:Droplet", fmt.Sprint("web-", i), pulumi.Map{
			"region": pulumi.String("fra1"), "size": pulumi.String("s-1vcpu-1gb"), "image": pulumi.String("ubuntu-24-04-x64"),
			"vpcUuid": vpc.ID(), "userData": pulumi.String(install), "monitoring": pulumi.Bool(true),
		})
		if err != nil {
			return err
		}
		servers = append(servers, server.ID().ApplyT(func(id pulumi.ID) (int, error) { return strconv.Atoi(string(id)) }).(pulumi.IntOutput))
	}
	if _, err := m.make("digitalocean:index/loadBalancer:LoadBalancer", "web", pulumi.Map{
		"region": pulumi.String("fra1"), "vpcUuid": vpc.ID(), "dropletIds": servers,
		"forwardingRules": pulumi.Array{pulumi.Map{
			"entryPort": pulumi.Int(80), "entryProtocol": pulumi.String("http"),
			"targetPort": pulumi.Int(80), "targetProtocol": pulumi.String("http"),
		}},
	}); err != nil {
		return err
	}
	_, err = m.make("digitalocean:index/firewall:Firewall", "web", pulumi.Map{
		"dropletIds": servers,
		"inboundRules": pulumi.Array{pulumi.Map{
			"protocol": pulumi.String("tcp"), "portRange": pulumi.String("80"), "sourceAddresses": texts("0.0.0.0/0", "::/0"),
		}},
		"outboundRules": pulumi.Array{pulumi.Map{
			"protocol": pulumi.String("tcp"), "portRange": pulumi.String("1-65535"), "destinationAddresses": texts("0.0.0.0/0", "::/0"),
		}},
	})
	return err
}
