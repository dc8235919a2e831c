package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

func routingFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: "aws:ec2/routeTable:RouteTable",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{"vpcId": v.ID(), "routes": []any{inputs{"cidrBlock": "0.0.0.0/0", "gatewayId": gateway(w, v).ID()}}}
			},
			Update:  changing(inputs{"routes": []any{}}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"vpcId": otherVPC(w).ID(), "routes": nil}) },
		},
		{
			Type: "aws:ec2/defaultRouteTable:DefaultRouteTable", Adopts: true,
			Inputs: func(w *world) inputs { return inputs{"defaultRouteTableId": vpc(w).Text("defaultRouteTableId")} },
			Update: tagged,
			Replace: func(w *world, in inputs) inputs {
				return inputs{"defaultRouteTableId": otherVPC(w).Text("defaultRouteTableId")}
			},
		},
		{
			Type: "aws:ec2/route:Route",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{
					"routeTableId": table(w, v, "a").ID(), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway(w, v).ID(),
				}
			},
			Update: func(w *world, in inputs) inputs {
				s := w.Create("aws:ec2/subnet:Subnet", "s", inputs{"vpcId": vpcOf(w), "cidrBlock": "10.0.7.0/24"})
				nat := w.Create("aws:ec2/natGateway:NatGateway", "nat", inputs{"subnetId": s.ID(), "connectivityType": "private"})
				return with(in, inputs{"gatewayId": nil, "natGatewayId": nat.ID()})
			},
			Replace: changing(inputs{"destinationCidrBlock": "192.0.2.0/24"}),
			ImportID: func(t thing) string {
				return t.Text("routeTableId") + "_" + t.Text("destinationCidrBlock")
			},
		},
		{
			Type: "aws:ec2/routeTableAssociation:RouteTableAssociation", DeleteFirst: true,
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "routeTableId": table(w, v, "a").ID()}
			},
			Update: func(w *world, in inputs) inputs {
				other := w.Create("aws:ec2/routeTable:RouteTable", "other", inputs{"vpcId": vpcOf(w)})
				return with(in, inputs{"routeTableId": other.ID()})
			},
			Replace: func(w *world, in inputs) inputs {
				s := w.Create("aws:ec2/subnet:Subnet", "s", inputs{"vpcId": vpcOf(w), "cidrBlock": "10.0.7.0/24"})
				return with(in, inputs{"subnetId": s.ID()})
			},
		},
		{
			Type: "aws:ec2/networkAcl:NetworkAcl",
			Inputs: func(w *world) inputs {
				return inputs{"vpcId": vpc(w).ID(), "ingress": []any{inputs{
					"action": "allow", "cidrBlock": "10.0.0.0/16", "fromPort": 0, "toPort": 0, "protocol": "-1", "ruleNo": 100,
				}}}
			},
			Update:  changing(inputs{"ingress": nil}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"vpcId": otherVPC(w).ID()}) },
		},
		{
			Type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", Adopts: true,
			Inputs: func(w *world) inputs { return inputs{"defaultNetworkAclId": vpc(w).Text("defaultNetworkAclId")} },
			Update: tagged,
			Replace: func(w *world, in inputs) inputs {
				return inputs{"defaultNetworkAclId": otherVPC(w).Text("defaultNetworkAclId")}
			},
		},
		{
			Type: "aws:ec2/networkAclRule:NetworkAclRule",
			Inputs: func(w *world) inputs {
				return inputs{
					"networkAclId": acl(w, vpc(w), "a").ID(), "ruleNumber": 100, "protocol": "tcp", "ruleAction": "allow",
					"cidrBlock": "0.0.0.0/0", "fromPort": 443, "toPort": 443,
				}
			},
			Replace: changing(inputs{"ruleNumber": 110}),
		},
		{
			Type: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{"networkAclId": acl(w, v, "a").ID(), "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID()}
			},
			Replace: func(w *world, in inputs) inputs {
				other := w.Create("aws:ec2/networkAcl:NetworkAcl", "other", inputs{"vpcId": vpcOf(w)})
				return with(in, inputs{"networkAclId": other.ID()})
			},
		},
	}
}

// vpcOf returns the id of the VPC called vpc.
func vpcOf(w *world) string {
	for _, r := range w.Account.Resources() {
		if r.URN.Name() == "vpc" {
			return r.ID
		}
	}
	w.T.Fatal("there is no VPC")
	return ""
}

func securityFixtures() []simulatortest.Fixture {
	rule := func(w *world) inputs {
		return inputs{
			"securityGroupId": group(w, vpc(w), "web").ID(), "cidrIpv4": "10.0.0.0/8", "ipProtocol": "tcp",
			"fromPort": 443, "toPort": 443,
		}
	}
	return []simulatortest.Fixture{
		{
			Type: "aws:ec2/securityGroup:SecurityGroup",
			Inputs: func(w *world) inputs {
				return inputs{"vpcId": vpc(w).ID(), "ingress": []any{inputs{
					"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []any{"10.0.0.0/8"},
				}}}
			},
			Update:  tagged,
			Replace: changing(inputs{"description": "another"}),
		},
		{
			Type: "aws:ec2/securityGroup:SecurityGroup", Name: "prefix",
			Inputs:  func(w *world) inputs { return inputs{"vpcId": vpc(w).ID(), "namePrefix": "web-"} },
			Replace: changing(inputs{"namePrefix": "app-"}),
		},
		{
			Type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", Adopts: true,
			Inputs:  func(w *world) inputs { return inputs{"vpcId": vpc(w).ID()} },
			Update:  tagged,
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"vpcId": otherVPC(w).ID()}) },
		},
		{
			Type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", Inputs: rule,
			Update:  changing(inputs{"fromPort": 80, "description": "all web"}),
			Replace: changing(inputs{"cidrIpv4": nil, "cidrIpv6": "2001:db8::/32"}),
		},
		{
			Type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", Inputs: rule,
			Update: changing(inputs{"ipProtocol": "-1", "fromPort": nil, "toPort": nil}),
			Replace: func(w *world, in inputs) inputs {
				other := w.Create("aws:ec2/securityGroup:SecurityGroup", "other", inputs{"vpcId": vpcOf(w)})
				return with(in, inputs{"securityGroupId": other.ID()})
			},
		},
		{
			Type: "aws:ec2/securityGroupRule:SecurityGroupRule",
			Inputs: func(w *world) inputs {
				return inputs{
					"securityGroupId": group(w, vpc(w), "web").ID(), "type": "ingress", "protocol": "tcp",
					"fromPort": 443, "toPort": 443, "cidrBlocks": []any{"10.0.0.0/8", "192.0.2.0/24"},
				}
			},
			Update:  changing(inputs{"description": "web"}),
			Replace: changing(inputs{"toPort": 444}),
		},
	}
}

func otherFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: "aws:ec2/flowLog:FlowLog",
			Inputs: func(w *world) inputs {
				return inputs{
					"vpcId": vpc(w).ID(), "trafficType": "ALL", "iamRoleArn": role(w, "logs").Text("arn"),
					"logDestination": logGroup(w, "flows").Text("arn"),
				}
			},
			Update:  tagged,
			Replace: changing(inputs{"trafficType": "REJECT"}),
		},
		{
			Type: "aws:ec2/flowLog:FlowLog", Name: "bucket",
			Inputs: func(w *world) inputs {
				bucket := w.Create("aws:s3/bucketV2:BucketV2", "flows", inputs{})
				return inputs{
					"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(), "trafficType": "ALL",
					"logDestinationType": "s3", "logDestination": bucket.Text("arn") + "/flows",
				}
			},
		},
		{
			Type:    "aws:cloudwatch/logGroup:LogGroup",
			Inputs:  func(*world) inputs { return inputs{"retentionInDays": 30} },
			Update:  changing(inputs{"retentionInDays": 365}),
			Replace: changing(inputs{"name": "/holdfast/flows"}),
		},
		{
			Type: "aws:cloudwatch/logGroup:LogGroup", Name: "prefix",
			Inputs: func(*world) inputs { return inputs{"namePrefix": "flows-"} },
			Update: tagged,
		},
		{
			Type:    "aws:iam/role:Role",
			Inputs:  func(*world) inputs { return inputs{"assumeRolePolicy": trust} },
			Update:  changing(inputs{"description": "delivers flow logs"}),
			Replace: changing(inputs{"path": "/service/"}),
		},
		{
			Type: "aws:iam/role:Role", Name: "with a policy that is an object",
			Inputs: func(*world) inputs {
				return inputs{"namePrefix": "logs-", "assumeRolePolicy": inputs{"Version": "2012-10-17", "Statement": []any{
					inputs{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": inputs{"Service": "ec2.amazonaws.com"}},
				}}}
			},
		},
		{
			Type:    "aws:iam/policy:Policy",
			Inputs:  func(*world) inputs { return inputs{"policy": permit} },
			Update:  tagged,
			Replace: changing(inputs{"description": "another"}),
		},
		{
			Type:    "aws:iam/rolePolicy:RolePolicy",
			Inputs:  func(w *world) inputs { return inputs{"role": role(w, "logs").Text("name"), "policy": permit} },
			Update:  changing(inputs{"policy": `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`}),
			Replace: changing(inputs{"name": "deliver"}),
		},
		{
			Type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
			Inputs: func(w *world) inputs {
				return inputs{"role": role(w, "logs").Text("name"), "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}
			},
			Replace: func(w *world, in inputs) inputs {
				own := w.Create("aws:iam/policy:Policy", "own", inputs{"policy": permit})
				return with(in, inputs{"policyArn": own.Text("arn")})
			},
		},
		{
			Type:    "aws:kms/key:Key",
			Inputs:  func(*world) inputs { return inputs{"enableKeyRotation": true} },
			Update:  changing(inputs{"description": "logs", "deletionWindowInDays": 30}),
			Replace: changing(inputs{"multiRegion": true}),
		},
		{
			Type: "aws:kms/alias:Alias",
			Inputs: func(w *world) inputs {
				return inputs{"targetKeyId": w.Create("aws:kms/key:Key", "one", inputs{}).Text("arn")}
			},
			Update: func(w *world, in inputs) inputs {
				return with(in, inputs{"targetKeyId": w.Create("aws:kms/key:Key", "two", inputs{}).ID()})
			},
			Replace: changing(inputs{"name": "alias/logs"}),
		},
		{
			Type:    "aws:s3/bucketV2:BucketV2",
			Inputs:  func(*world) inputs { return inputs{} },
			Update:  changing(inputs{"forceDestroy": true}),
			Replace: changing(inputs{"bucket": "holdfast-flows"}),
		},
	}
}
