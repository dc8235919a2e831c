package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func google(m *maker) error {
	network, err := m.make("gcp:compute/network:Network", "web", pulumi.Map{"autoCreateSubnetworks": pulumi.Bool(false)})
	if err != nil {
		return err
	}
	subnet, err := m.make("gcp:compute/subnetwork:Subnetwork", "web", pulumi.Map{
		"network": network.ID(), "ipCidrRange": pulumi.String("10.2.0.0/20"),
	})
	if err != nil {
		return err
	}
	if _, err := m.make("gcp:compute/firewall:Firewall", "web", pulumi.Map{
		"network": network.ID(), "sourceRanges": texts("0.0.0.0/0"), "targetTags": texts("web"),
		"allows": pulumi.Array{pulumi.Map{"protocol": pulumi.String("tcp"), "ports": texts("80")}},
	}); err != nil {
		return err
	}
	_, err = m.make("gcp:compute/instance:Instance", "web", pulumi.Map{
		"machineType": pulumi.String("e2-small"), "zone": pulumi.String("europe-west1-b"), "tags": texts("web"),
		"bootDisk":              pulumi.Map{"initializeParams": pulumi.Map{"image": pulumi.String("debian-cloud/debian-12")}},
		"networkInterfaces":     pulumi.Array{pulumi.Map{"subnetwork": subnet.ID(), "accessConfigs": pulumi.Array{pulumi.Map{}}}},
		"metadataStartupScript": pulumi.String(install),
	})
	return err
}
