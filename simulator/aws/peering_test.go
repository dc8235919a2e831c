package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	peeringToken  = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"
	accepterToken = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter"
)

// peer joins two networks.
func peer(w *world, a, b thing) thing {
	return w.Create(peeringToken, "peering", inputs{"vpcId": a.ID(), "peerVpcId": b.ID(), "autoAccept": true})
}

func peeringCases() []simulatortest.Case {
	between := func(peer func(*world) thing, change inputs) func(*world) error {
		return making(peeringToken, func(w *world) inputs {
			return with(inputs{"vpcId": vpc(w).ID(), "peerVpcId": peer(w).ID(), "autoAccept": true}, change)
		})
	}
	other := func(cidr string, names bool) func(*world) thing {
		return func(w *world) thing {
			return w.Create(vpcToken, "peer", inputs{"cidrBlock": cidr, "enableDnsHostnames": names})
		}
	}
	resolve := inputs{"requester": inputs{"allowRemoteVpcDnsResolution": true}}
	return []simulatortest.Case{
		{
			ID: "aws-peering-overlap", Text: "overlapping CIDR range: 10.0.0.0/16 and 10.0.0.0/20",
			Fails: between(other("10.0.0.0/20", false), nil), Passes: between(other("10.1.0.0/20", false), nil),
		},
		{
			ID: "aws-peering-dns-hostnames", Code: "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled",
			Text:  "DNS hostname support must be enabled for the VPCs: vpc-",
			Fails: between(other("10.1.0.0/16", false), resolve), Passes: between(other("10.1.0.0/16", true), resolve),
		},
		{
			ID: "aws-peering-options-need-active", Text: "is not active (current status: pending-acceptance)",
			Fails: making(peeringToken, func(w *world) inputs {
				return inputs{"vpcId": vpc(w).ID(), "peerVpcId": otherVPC(w).ID(), "accepter": resolve["requester"]}
			}),
			Passes: between(other("10.1.0.0/16", true), inputs{"accepter": resolve["requester"]}),
		},
		{
			ID: "L-7E9ECCDB", Code: "ActiveVpcPeeringConnectionPerVpcLimitExceeded", Text: "maximum number of active peering",
			Quotas: map[string]int{"L-7E9ECCDB": 1},
			Fails: func(w *world) error {
				v := vpc(w)
				peer(w, v, otherVPC(w))
				_, err := w.Try(peeringToken, "second", inputs{"vpcId": v.ID(), "peerVpcId": other("10.7.0.0/16", true)(w).ID()})
				return err
			},
			Passes: between(otherVPC, nil),
		},
	}
}

func peeringFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type:   peeringToken,
			Inputs: func(w *world) inputs { return inputs{"vpcId": vpc(w).ID(), "peerVpcId": otherVPC(w).ID()} },
			Update: changing(inputs{"autoAccept": true}),
			Replace: func(w *world, in inputs) inputs {
				third := w.Create(vpcToken, "third", inputs{"cidrBlock": "10.2.0.0/16"})
				return with(in, inputs{"peerVpcId": third.ID()})
			},
		},
		{
			Type: peeringToken, Name: "to another region",
			Inputs: func(w *world) inputs {
				there := otherVPC(w.As(inputs{"region": "eu-west-1"}))
				return inputs{"vpcId": vpc(w).ID(), "peerVpcId": there.ID(), "peerRegion": "eu-west-1"}
			},
			Update: tagged,
		},
		{
			Type: accepterToken,
			Inputs: func(w *world) inputs {
				there := w.As(inputs{"region": "eu-west-1"})
				pcx := there.Create(peeringToken, "pcx",
					inputs{"vpcId": otherVPC(there).ID(), "peerVpcId": vpc(w).ID(), "peerRegion": "us-west-2"})
				return inputs{"vpcPeeringConnectionId": pcx.ID()}
			},
			Update: changing(inputs{"autoAccept": true}),
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"vpcPeeringConnectionId": peer(w, thingCalled(w, vpcToken, "vpc"), otherVPC(w)).ID()})
			},
		},
	}
}
