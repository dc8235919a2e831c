package aws_test

import (
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

type (
	world  = simulatortest.World
	thing  = simulatortest.Thing
	inputs = map[string]any
)

var with = simulatortest.With

var oregon = inputs{"region": "us-west-2"}

func newWorld(t *testing.T) *world {
	t.Helper()
	return simulatortest.NewWorld(t, aws.New(aws.Options{}), oregon)
}

func vpc(w *world) thing {
	return w.Create("aws:ec2/vpc:Vpc", "vpc", inputs{
		"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": true, "assignGeneratedIpv6CidrBlock": true,
	})
}

func otherVPC(w *world) thing {
	return w.Create("aws:ec2/vpc:Vpc", "other", inputs{"cidrBlock": "10.1.0.0/16"})
}

func subnet(w *world, vpc thing, block, zone string) thing {
	return w.Create("aws:ec2/subnet:Subnet", block, inputs{
		"vpcId": vpc.ID(), "cidrBlock": block, "availabilityZone": "us-west-2" + zone,
	})
}

func gateway(w *world, vpc thing) thing {
	return w.Create("aws:ec2/internetGateway:InternetGateway", "gateway", inputs{"vpcId": vpc.ID()})
}

func address(w *world, name string) thing {
	return w.Create("aws:ec2/eip:Eip", name, inputs{"domain": "vpc"})
}

func table(w *world, vpc thing, name string) thing {
	return w.Create("aws:ec2/routeTable:RouteTable", name, inputs{"vpcId": vpc.ID()})
}

func group(w *world, vpc thing, name string) thing {
	return w.Create("aws:ec2/securityGroup:SecurityGroup", name, inputs{"vpcId": vpc.ID(), "name": name})
}

func acl(w *world, vpc thing, name string) thing {
	return w.Create("aws:ec2/networkAcl:NetworkAcl", name, inputs{"vpcId": vpc.ID()})
}

const (
	trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",` +
		`"Principal":{"Service":"vpc-flow-logs.amazonaws.com"}}]}`
	permit = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]}`
)

func role(w *world, name string) thing {
	return w.Create("aws:iam/role:Role", name, inputs{"name": name, "assumeRolePolicy": trust})
}

func logGroup(w *world, name string) thing {
	return w.Create("aws:cloudwatch/logGroup:LogGroup", name, inputs{"name": name})
}

func tagged(_ *world, in inputs) inputs { return with(in, inputs{"tags": inputs{"team": "platform"}}) }

func changing(changes inputs) func(*world, inputs) inputs {
	return func(_ *world, in inputs) inputs { return with(in, changes) }
}

func fixtures() []simulatortest.Fixture {
	list := networkFixtures()
	list = append(list, routingFixtures()...)
	list = append(list, securityFixtures()...)
	list = append(list, eksFixtures()...)
	list = append(list, registryFixtures()...)
	list = append(list, ecsFixtures()...)
	list = append(list, lambdaFixtures()...)
	list = append(list, restFixtures()...)
	list = append(list, httpAPIFixtures()...)
	list = append(list, eventFixtures()...)
	list = append(list, cognitoFixtures()...)
	list = append(list, messageFixtures()...)
	list = append(list, loadBalancerFixtures()...)
	list = append(list, certificateFixtures()...)
	list = append(list, hostedZoneFixtures()...)
	list = append(list, webACLFixtures()...)
	list = append(list, distributionFixtures()...)
	list = append(list, defaultVPCFixtures()...)
	list = append(list, peeringFixtures()...)
	list = append(list, networkOptionFixtures()...)
	list = append(list, prefixListFixtures()...)
	list = append(list, transitFixtures()...)
	list = append(list, bucketPolicyFixtures()...)
	list = append(list, bucketFixtures()...)
	list = append(list, notificationFixtures()...)
	list = append(list, auditFixtures()...)
	list = append(list, threatFixtures()...)
	list = append(list, accountSettingFixtures()...)
	list = append(list, iamFixtures()...)
	list = append(list, kmsFixtures()...)
	list = append(list, computeFixtures()...)
	list = append(list, storageFixtures()...)
	list = append(list, scalingFixtures()...)
	list = append(list, lifecyclePolicyFixtures()...)
	list = append(list, rdsFixtures()...)
	list = append(list, rdsCopyFixtures()...)
	list = append(list, cacheFixtures()...)
	list = append(list, appScalingFixtures()...)
	list = append(list, dynamoFixtures()...)
	list = append(list, secretFixtures()...)
	list = append(list, efsFixtures()...)
	list = append(list, backupFixtures()...)
	list = append(list, cloudWatchFixtures()...)
	list = append(list, logFilterFixtures()...)
	list = append(list, ssmFixtures()...)
	list = append(list, canaryFixtures()...)
	list = append(list, chatFixtures()...)
	return append(list, otherFixtures()...)
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	simulatortest.Lifecycle(t, aws.New(aws.Options{}), oregon, fixtures())
}

func networkFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type:    "aws:ec2/vpc:Vpc",
			Inputs:  func(*world) inputs { return inputs{"cidrBlock": "10.0.0.0/16", "tags": inputs{"Name": "main"}} },
			Update:  changing(inputs{"assignGeneratedIpv6CidrBlock": true, "enableDnsHostnames": true}),
			Replace: changing(inputs{"cidrBlock": "10.2.0.0/16"}),
		},
		{
			Type: "aws:ec2/vpc:Vpc", Name: "tenancy",
			Inputs:  func(*world) inputs { return inputs{"cidrBlock": "10.0.0.0/16", "assignGeneratedIpv6CidrBlock": true} },
			Update:  changing(inputs{"assignGeneratedIpv6CidrBlock": false}),
			Replace: changing(inputs{"instanceTenancy": "dedicated"}),
		},
		{
			Type:    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
			Inputs:  func(w *world) inputs { return inputs{"vpcId": vpc(w).ID(), "cidrBlock": "10.9.0.0/16"} },
			Replace: changing(inputs{"cidrBlock": "10.8.0.0/16"}),
		},
		{
			Type: "aws:ec2/subnet:Subnet",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				block := v.Text("ipv6CidrBlock")
				return inputs{
					"vpcId": v.ID(), "cidrBlock": "10.0.1.0/24", "availabilityZone": "us-west-2b",
					"ipv6CidrBlock": block[:len(block)-len("56")] + "64", "assignIpv6AddressOnCreation": true,
				}
			},
			Update:  changing(inputs{"mapPublicIpOnLaunch": true}),
			Replace: changing(inputs{"cidrBlock": "10.0.2.0/24", "ipv6CidrBlock": nil, "assignIpv6AddressOnCreation": nil}),
		},
		{
			Type: "aws:ec2/subnet:Subnet", Name: "anywhere",
			Inputs:  func(w *world) inputs { return inputs{"vpcId": vpc(w).ID(), "cidrBlock": "10.0.1.0/24"} },
			Update:  tagged,
			Replace: changing(inputs{"availabilityZoneId": "usw2-az3", "cidrBlock": "10.0.3.0/24"}),
		},
		{
			Type:   "aws:ec2/internetGateway:InternetGateway",
			Inputs: func(w *world) inputs { return inputs{"vpcId": vpc(w).ID()} },
			Update: func(w *world, in inputs) inputs { return with(in, inputs{"vpcId": otherVPC(w).ID()}) },
		},
		{
			Type:    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
			Inputs:  func(w *world) inputs { return inputs{"vpcId": vpc(w).ID()} },
			Update:  tagged,
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"vpcId": otherVPC(w).ID()}) },
		},
		{
			Type:    "aws:ec2/eip:Eip",
			Inputs:  func(*world) inputs { return inputs{"domain": "vpc"} },
			Update:  tagged,
			Replace: changing(inputs{"networkBorderGroup": "us-west-2-lax-1"}),
		},
		{
			Type: "aws:ec2/natGateway:NatGateway",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				gateway(w, v)
				return inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": address(w, "one").ID()}
			},
			Update: func(w *world, in inputs) inputs {
				return with(in, inputs{"secondaryAllocationIds": []any{address(w, "two").ID()}})
			},
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"allocationId": address(w, "three").ID()}) },
		},
		{
			Type: "aws:ec2/natGateway:NatGateway", Name: "private",
			Inputs: func(w *world) inputs {
				return inputs{"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(), "connectivityType": "private"}
			},
			Replace: changing(inputs{"privateIp": "10.0.1.9"}),
		},
		{
			Type: "aws:ec2/vpcEndpoint:VpcEndpoint", Name: "gateway",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{
					"vpcId": v.ID(), "serviceName": "com.amazonaws.us-west-2.s3",
					"routeTableIds": []any{table(w, v, "a").ID()},
				}
			},
			Update:  changing(inputs{"policy": permit}),
			Replace: changing(inputs{"serviceName": "com.amazonaws.us-west-2.dynamodb"}),
		},
		{
			Type: "aws:ec2/vpcEndpoint:VpcEndpoint", Name: "interface",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{
					"vpcId": v.ID(), "serviceName": "com.amazonaws.us-west-2.sts", "vpcEndpointType": "Interface",
					"subnetIds":         []any{subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID()},
					"privateDnsEnabled": true,
				}
			},
			Update:      tagged,
			Replace:     changing(inputs{"serviceName": "com.amazonaws.us-west-2.ssm"}),
			DeleteFirst: false,
		},
	}
}
