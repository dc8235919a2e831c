package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	vpcToken    = "aws:ec2/vpc:Vpc"
	blockToken  = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
	subnetToken = "aws:ec2/subnet:Subnet"
	eipToken    = "aws:ec2/eip:Eip"
)

func block(w *world, vpc thing, cidr string) thing {
	return w.Create(blockToken, cidr, inputs{"vpcId": vpc.ID(), "cidrBlock": cidr})
}

// making makes one resource and returns the refusal.
func making(token string, in func(*world) inputs) func(*world) error {
	return func(w *world) error {
		_, err := w.Try(token, "subject", in(w))
		return err
	}
}

// upTo is a case of a quota that is made one: the first passes, the second does not. Make makes the nth.
func upTo(code, refusal, text string, quota int, create func(w *world, n int) error) simulatortest.Case {
	fill := func(w *world, count int) error {
		for n := range count {
			if err := create(w, n); err != nil {
				return err
			}
		}
		return nil
	}
	return simulatortest.Case{
		ID: code, Code: refusal, Text: text, Quotas: map[string]int{code: quota},
		Fails:  func(w *world) error { return fill(w, quota+1) },
		Passes: func(w *world) error { return fill(w, quota) },
	}
}

func vpcCases() []simulatortest.Case {
	further := func(first, cidr string) func(*world) error {
		return making(blockToken, func(w *world) inputs {
			v := w.Create(vpcToken, "vpc", inputs{"cidrBlock": first})
			return inputs{"vpcId": v.ID(), "cidrBlock": cidr}
		})
	}
	inVPC := func(in inputs) func(*world) error { return making(subnetToken, inVPC(in)) }
	return []simulatortest.Case{
		{
			ID: "aws-vpc-cidr-overlap", Code: "InvalidVpc.Range", Text: "'10.0.128.0/17' conflicts",
			Fails: further("10.0.0.0/16", "10.0.128.0/17"), Passes: further("10.0.0.0/16", "10.9.0.0/16"),
		},
		{
			ID: "aws-vpc-cidr-restricted", Code: "InvalidVpc.Range", Text: "'172.16.0.0/16' is restricted",
			Fails: further("10.0.0.0/16", "172.16.0.0/16"), Passes: further("10.0.0.0/16", "100.64.0.0/16"),
		},
		{
			ID: "aws-subnet-zone", Code: "InvalidParameterValue", Text: "us-west-2a, us-west-2b, us-west-2c, us-west-2d",
			Fails:  inVPC(inputs{"cidrBlock": "10.0.1.0/24", "availabilityZone": "us-east-1a"}),
			Passes: inVPC(inputs{"cidrBlock": "10.0.1.0/24", "availabilityZoneId": "usw2-az4"}),
		},
		{
			ID: "aws-subnet-in-vpc", Code: "InvalidSubnet.Range", Text: "in the VPC's 10.0.0.0/16",
			Fails: inVPC(inputs{"cidrBlock": "10.1.0.0/24"}), Passes: inVPC(inputs{"cidrBlock": "10.0.255.0/24"}),
		},
		{
			ID: "aws-subnet-in-vpc", Code: "InvalidSubnet.Range", Text: "'2001:db9::/64'",
			Fails: inVPC(inputs{"cidrBlock": "10.0.1.0/24", "ipv6CidrBlock": "2001:db9::/64"}),
			Passes: making(subnetToken, func(w *world) inputs { // in a block that was added
				v := vpc(w)
				block(w, v, "10.9.0.0/16")
				return inputs{"vpcId": v.ID(), "cidrBlock": "10.9.4.0/22"}
			}),
		},
		{
			ID: "aws-subnet-conflict", Code: "InvalidSubnet.Conflict", Text: "'10.0.0.0/20' conflicts with another subnet",
			Fails: making(subnetToken, func(w *world) inputs {
				v := vpc(w)
				subnet(w, v, "10.0.1.0/24", "a")
				return inputs{"vpcId": v.ID(), "cidrBlock": "10.0.0.0/20"}
			}),
			Passes: making(subnetToken, func(w *world) inputs {
				subnet(w, otherVPC(w), "10.1.1.0/24", "a")
				return inputs{"vpcId": vpc(w).ID(), "cidrBlock": "10.0.1.0/24"}
			}),
		},
		{
			// A replacement is made before the old subnet goes, so that it cannot have the same addresses.
			ID: "aws-subnet-conflict", Code: "InvalidSubnet.Conflict", Text: "conflicts with another subnet",
			Fails: func(w *world) error {
				v := vpc(w)
				subnet(w, v, "10.0.1.0/24", "a")
				_, err := w.Try(subnetToken, "10.0.1.0/24",
					inputs{"vpcId": v.ID(), "cidrBlock": "10.0.1.0/24", "availabilityZone": "us-west-2b"})
				return err
			},
			Passes: func(w *world) error {
				v := vpc(w)
				w.Delete(subnet(w, v, "10.0.1.0/24", "a"))
				subnet(w, v, "10.0.1.0/24", "b")
				return nil
			},
		},
		upTo("L-F678F1CE", "VpcLimitExceeded", "maximum number of VPCs", 2, func(w *world, n int) error {
			_, err := w.Try(vpcToken, fmt.Sprint(n), inputs{"cidrBlock": "10.0.0.0/16"})
			return err
		}),
		{
			ID: "L-83CA0A9D", Code: "CidrLimitExceeded", Text: "allowed CIDRs: 2", Quotas: map[string]int{"L-83CA0A9D": 2},
			Fails: making(blockToken, func(w *world) inputs {
				v := vpc(w)
				block(w, v, "10.9.0.0/16")
				return inputs{"vpcId": v.ID(), "cidrBlock": "10.8.0.0/16"}
			}),
			Passes: making(blockToken, func(w *world) inputs { return inputs{"vpcId": vpc(w).ID(), "cidrBlock": "10.8.0.0/16"} }),
		},
		{
			ID: "L-407747CB", Code: "SubnetLimitExceeded", Text: "maximum number of subnets", Quotas: map[string]int{"L-407747CB": 1},
			Fails: making(subnetToken, func(w *world) inputs {
				v := vpc(w)
				subnet(w, v, "10.0.1.0/24", "a")
				return inputs{"vpcId": v.ID(), "cidrBlock": "10.0.2.0/24"}
			}),
			Passes: making(subnetToken, func(w *world) inputs { // each VPC has a quota of its own
				subnet(w, vpc(w), "10.0.1.0/24", "a")
				return inputs{"vpcId": otherVPC(w).ID(), "cidrBlock": "10.1.2.0/24"}
			}),
		},
		upTo("L-0263D0A3", "AddressLimitExceeded", "maximum number of addresses", 1, func(w *world, n int) error {
			_, err := w.Try(eipToken, fmt.Sprint(n), inputs{"domain": "vpc"})
			return err
		}),
	}
}
