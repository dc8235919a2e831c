package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func azure(m *maker) error {
	group, err := m.make("azure-native:resources:ResourceGroup", "web", pulumi.Map{"resourceGroupName": pulumi.String("web")})
	if err != nil {
		return err
	}
	within := group.ID().ApplyT(func(pulumi.ID) string { return "web" }).(pulumi.StringOutput)
	vnet, err := m.make("azure-native:network:VirtualNetwork", "web", pulumi.Map{
		"resourceGroupName": within, "virtualNetworkName": pulumi.String("web"),
		"addressSpace": pulumi.Map{"addressPrefixes": texts("10.1.0.0/16")},
	})
	if err != nil {
		return err
	}
	filter, err := m.make("azure-native:network:NetworkSecurityGroup", "web", pulumi.Map{
		"resourceGroupName": within,
		"securityRules": pulumi.Array{pulumi.Map{
			"name": pulumi.String("http"), "priority": pulumi.Int(1000), "access": pulumi.String("Allow"),
			"direction": pulumi.String("Inbound"), "protocol": pulumi.String("Tcp"), "sourceAddressPrefix": pulumi.String("*"),
			"sourcePortRange": pulumi.String("*"), "destinationAddressPrefix": pulumi.String("*"),
			"destinationPortRange": pulumi.String("80"),
		}},
	})
	if err != nil {
		return err
	}
	subnet, err := m.make("azure-native:network:Subnet", "web", pulumi.Map{
		"resourceGroupName":    within,
		"virtualNetworkName":   vnet.ID().ApplyT(func(pulumi.ID) string { return "web" }).(pulumi.StringOutput),
		"addressPrefix":        pulumi.String("10.1.1.0/24"),
		"networkSecurityGroup": pulumi.Map{"id": filter.ID()},
	})
	if err != nil {
		return err
	}
	return azureServer(m, within, subnet)
}

func azureServer(m *maker, within pulumi.StringOutput, subnet *pulumi.CustomResourceState) error {
	address, err := m.make("azure-native:network:PublicIPAddress", "web", pulumi.Map{
		"resourceGroupName": within, "publicIPAllocationMethod": pulumi.String("Static"),
		"sku": pulumi.Map{"name": pulumi.String("Standard")},
	})
	if err != nil {
		return err
	}
	card, err := m.make("azure-native:network:NetworkInterface", "web", pulumi.Map{
		"resourceGroupName": within,
		"ipConfigurations": pulumi.Array{pulumi.Map{
			"name": pulumi.String("main"), "privateIPAllocationMethod": pulumi.String("Dynamic"),
			"subnet": pulumi.Map{"id": subnet.ID()}, "publicIPAddress": pulumi.Map{"id": address.ID()},
		}},
	})
	if err != nil {
		return err
	}
	_, err = m.make("azure-native:compute:VirtualMachine", "web", pulumi.Map{
		"resourceGroupName": within,
		"hardwareProfile":   pulumi.Map{"vmSize": pulumi.String("Standard_B2s")},
		"networkProfile":    pulumi.Map{"networkInterfaces": pulumi.Array{pulumi.Map{"id": card.ID(), "primary": pulumi.Bool(true)}}},
		"osProfile": pulumi.Map{
			"computerName": pulumi.String("web"), "adminUsername": pulumi.String("operator"),
			"linuxConfiguration": pulumi.Map{
				"disablePasswordAuthentication": pulumi.Bool(true),
				"ssh": pulumi.Map{"publicKeys": pulumi.Array{pulumi.Map{
					"path": pulumi.String("/home/operator/.ssh/authorized_keys"), "keyData": pulumi.String("ssh-ed25519 AAAA"),
				}}},
			},
		},
		"storageProfile": pulumi.Map{
			"osDisk": pulumi.Map{"createOption": pulumi.String("FromImage"), "name": pulumi.String("web")},
			"imageReference": pulumi.Map{
				"publisher": pulumi.String("Canonical"), "offer": pulumi.String("ubuntu-24_04-lts"),
				"sku": pulumi.String("server"), "version": pulumi.String("latest"),
			},
		},
	})
	return err
}
