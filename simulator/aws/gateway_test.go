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
			ID: "aws-vpc-gateway-before-addresses", Code: "DependencyViolation", Text: "mapped public address",
			Fails: func(w *world) error {
				v := vpc(w)
				first := gateway(w, v)
				if err := translate(w, v); err != nil {
					return err
				}
				return w.TryDelete(first)
			},
			Passes: func(w *world) error { return w.TryDelete(gateway(w, vpc(w))) },
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
