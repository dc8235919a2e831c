package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	internetGatewayToken = "aws:ec2/internetGateway:InternetGateway"
	natGatewayToken      = "aws:ec2/natGateway:NatGateway"
)

func gatewayCases() []simulatortest.Case {
	attach := func(w *world, v thing, name string) error {
		_, err := w.Try(internetGatewayToken, name, inputs{"vpcId": v.ID()})
		return err
	}
	translate := func(w *world, v thing) error {
		_, err := w.Try(natGatewayToken, "nat", inputs{
			"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": address(w, "address").ID(),
		})
		return err
	}
	return []simulatortest.Case{
		{
			ID: "aws-vpc-one-internet-gateway", Code: "InvalidParameterValue", Text: "already has an internet gateway",
			Fails: func(w *world) error {
				v := vpc(w)
				gateway(w, v)
				return attach(w, v, "second")
			},
			Passes: func(w *world) error {
				gateway(w, vpc(w))
				return attach(w, otherVPC(w), "second")
			},
		},
		{
			ID: "aws-nat-address-taken", Code: "Resource.AlreadyAssociated", Text: "is already associated",
			Fails: func(w *world) error {
				v, a := vpc(w), address(w, "address")
				gateway(w, v)
				in := inputs{"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "allocationId": a.ID()}
				w.Create(natGatewayToken, "first", in)
				_, err := w.Try(natGatewayToken, "second", in)
				return err
			},
			Passes: func(w *world) error {
				v := vpc(w)
				gateway(w, v)
				for _, zone := range []string{"a", "b"} {
					s := subnet(w, v, map[string]string{"a": "10.0.1.0/24", "b": "10.0.2.0/24"}[zone], zone)
					w.Create(natGatewayToken, zone, inputs{"subnetId": s.ID(), "allocationId": address(w, zone).ID()})
				}
				return nil
			},
		},
		{
			ID: "L-FE5A380F", Code: "NatGatewayLimitExceeded", Text: "exceed the limit of 1 NAT gateways",
			Quotas: map[string]int{"L-FE5A380F": 1},
			Fails:  twoNATs("a", "a"), Passes: twoNATs("a", "b"), // in each zone
		},
		{
			ID: "aws-nat-needs-internet-gateway", Code: "Gateway.NotAttached", Text: "no Internet gateway attached",
			Fails: func(w *world) error { return translate(w, vpc(w)) },
			Passes: func(w *world) error {
				v := vpc(w)
				gateway(w, v)
				return translate(w, v)
			},
		},
		{
			ID: "L-A4707A72", Code: "InternetGatewayLimitExceeded", Text: "maximum number of internet gateways has been reached. [L-A4707A72]",
			Quotas: map[string]int{"L-A4707A72": 1},
			Fails: func(w *world) error {
				gateway(w, vpc(w))
				return attach(w, otherVPC(w), "second")
			},
			Passes: func(w *world) error { return attach(w, vpc(w), "first") },
		},
	}
}

// twoNATs makes two gateways in zones.
func twoNATs(zones ...string) func(*world) error {
	return func(w *world) error {
		v := vpc(w)
		for i, zone := range zones {
			s := subnet(w, v, []string{"10.0.1.0/24", "10.0.2.0/24"}[i], zone)
			if _, err := w.Try(natGatewayToken, s.ID(), inputs{"subnetId": s.ID(), "connectivityType": "private"}); err != nil {
				return err
			}
		}
		return nil
	}
}
