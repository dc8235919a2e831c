package aws_test

import "github.com/holdfast-iac/holdfast/simulator/simulatortest"

const (
	windows = "Windows_Server-2022-English-Full-Base-*"
)

// launching returns a case of an instance that some inputs break and others do not.
func launching(id, code, text string, fails, passes func(w *world) inputs) simulatortest.Case {
	of := func(changes func(w *world) inputs) func(w *world) error {
		return func(w *world) error { return try(w, instanceToken, with(machine(w), changes(w))) }
	}
	return simulatortest.Case{ID: id, Code: code, Text: text, Fails: of(fails), Passes: of(passes)}
}

// always gives the same inputs in every world.
func always(in inputs) func(w *world) inputs { return func(*world) inputs { return in } }

func instanceCases() []simulatortest.Case {
	return []simulatortest.Case{
		launching("aws-ec2-image-architecture", "InvalidParameterValue", "architecture 'arm64' of the specified instance type",
			always(inputs{"instanceType": "t4g.micro"}),
			func(w *world) inputs { return inputs{"instanceType": "t4g.micro", "ami": imageOf(w, "arm64")} }),
		launching("aws-ec2-root-volume-size", "InvalidBlockDeviceMapping", "Volume of size 8GB is smaller than snapshot",
			func(w *world) inputs {
				return inputs{"ami": publicImage(w, "amazon", windows), "rootBlockDevice": inputs{"volumeSize": 8}}
			},
			func(w *world) inputs {
				return inputs{"ami": publicImage(w, "amazon", windows), "rootBlockDevice": inputs{"volumeSize": 30}}
			}),
		launching("aws-ec2-instance-profile", "InvalidParameterValue", "Invalid IAM Instance Profile name",
			func(w *world) inputs { return inputs{"iamInstanceProfile": role(w, "web").Text("name")} },
			func(w *world) inputs { return inputs{"iamInstanceProfile": profile(w).Text("name")} }),
		launching("aws-ec2-instance-profile-role", "InvalidParameterValue", "has no associated IAM Roles",
			func(w *world) inputs {
				return inputs{"iamInstanceProfile": w.Create(profileToken, "empty", inputs{}).Text("name")}
			},
			func(w *world) inputs { return inputs{"iamInstanceProfile": profile(w).Text("name")} }),
		launching("aws-ec2-instance-type", "InvalidParameterValue", "Invalid value 't3.mikro' for InstanceType",
			always(inputs{"instanceType": "t3.mikro"}), always(inputs{"instanceType": "x9.huge"})),
		launching("aws-ec2-image-region", "InvalidAMIID.NotFound", "does not exist",
			func(w *world) inputs { return inputs{"ami": imageOf(w.As(inputs{"region": "eu-west-1"}), "x86_64")} },
			always(inputs{"ami": "ami-0123456789abcdef0"})),
		launching("aws-ec2-launch-template-version", "InvalidLaunchTemplateId.VersionNotFound", "version 2",
			func(w *world) inputs {
				return inputs{"launchTemplate": inputs{"id": template(w, nil).ID(), "version": "2"}}
			},
			func(w *world) inputs {
				return inputs{"launchTemplate": inputs{"id": template(w, nil).ID(), "version": "1"}}
			}),
		launching("aws-ec2-type-in-zone", "Unsupported", "choosing us-west-2a, us-west-2b, us-west-2c.",
			func(w *world) inputs { return inputs{"instanceType": "t2.micro", "subnetId": inZone(w, "d")} },
			func(w *world) inputs { return inputs{"instanceType": "t3.micro", "subnetId": inZone(w, "d")} }),
		launching("aws-ec2-instance-groups", "InvalidParameter", "belong to different networks",
			func(w *world) inputs { return inputs{"vpcSecurityGroupIds": []any{group(w, otherVPC(w), "web").ID()}} },
			func(w *world) inputs {
				web := w.Create("aws:ec2/securityGroup:SecurityGroup", "web", inputs{"vpcId": vpcOf(w)})
				return inputs{"vpcSecurityGroupIds": []any{web.ID()}}
			}),
		launching("aws-ec2-cluster-placement", "InvalidParameterCombination", "not supported by the 't3.micro'",
			func(w *world) inputs {
				return inputs{"placementGroup": w.Create(placementToken, "near", inputs{"strategy": "cluster"}).ID()}
			},
			func(w *world) inputs {
				return inputs{"placementGroup": w.Create(placementToken, "far", inputs{"strategy": "spread"}).ID()}
			}),
		launching("aws-ec2-address-in-subnet", "InvalidParameterValue", "does not fall within",
			always(inputs{"privateIp": "10.0.2.20"}), always(inputs{"privateIp": "10.0.1.20"})),
		launching("aws-ec2-address-reserved", "InvalidParameterValue", "reserved address range",
			always(inputs{"privateIp": "10.0.1.255"}), always(inputs{"privateIp": "10.0.1.254"})),
		{
			ID: "aws-ec2-address-taken", Code: "InvalidIPAddress.InUse", Text: "Address 10.0.1.20 is in use",
			Fails: func(w *world) error {
				in := with(machine(w), inputs{"privateIp": "10.0.1.20"})
				w.Create(instanceToken, "first", in)
				return try(w, instanceToken, in)
			},
			Passes: func(w *world) error {
				in := with(machine(w), inputs{"privateIp": "10.0.1.20"})
				w.Delete(w.Create(instanceToken, "first", in))
				return try(w, instanceToken, in)
			},
		},
		{
			ID: "aws-ec2-interface-once", Code: "InvalidNetworkInterface.InUse", Text: "in use",
			Fails: func(w *world) error {
				in := carded(w)
				w.Create(instanceToken, "first", in)
				return try(w, instanceToken, in)
			},
			Passes: func(w *world) error { return try(w, instanceToken, carded(w)) },
		},
		{
			ID: "aws-ec2-termination-protection", Code: "OperationNotPermitted", Text: "may not be terminated",
			Fails: func(w *world) error {
				return w.TryDelete(w.Create(instanceToken, "kept", with(machine(w), inputs{"disableApiTermination": true})))
			},
			Passes: func(w *world) error { return w.TryDelete(w.Create(instanceToken, "free", machine(w))) },
		},
	}
}

func inZone(w *world, zone string) string {
	other := w.Create("aws:ec2/subnet:Subnet", "zone", inputs{
		"vpcId": vpcOf(w), "cidrBlock": "10.0.9.0/24", "availabilityZone": "us-west-2" + zone,
	})
	return other.ID()
}

// carded returns the inputs of an instance with a network interface of its own.
func carded(w *world) inputs {
	in := machine(w)
	card := w.Create(interfaceToken, "card", inputs{"subnetId": in["subnetId"]})
	return with(in, inputs{
		"subnetId": nil, "networkInterfaces": []any{inputs{"deviceIndex": 0, "networkInterfaceId": card.ID()}},
	})
}

// namedCases are those of names that can be taken once, and of what cannot be deleted while it is used.
func namedCases() []simulatortest.Case {
	twice := func(token, name string, in inputs) (fails, passes func(w *world) error) {
		fails = func(w *world) error {
			w.Create(token, "first", with(in, inputs{name: "same"}))
			return try(w, token, with(in, inputs{name: "same"}))
		}
		passes = func(w *world) error {
			w.Create(token, "first", with(in, inputs{name: "same"}))
			return try(w, token, with(in, inputs{name: "other"}))
		}
		return fails, passes
	}
	unique := func(id, code, text, token, name string, in inputs) simulatortest.Case {
		fails, passes := twice(token, name, in)
		return simulatortest.Case{ID: id, Code: code, Text: text, Fails: fails, Passes: passes}
	}
	used := func(id, code, text string, make func(w *world) (kept thing, user thing)) simulatortest.Case {
		return simulatortest.Case{
			ID: id, Code: code, Text: text,
			Fails: func(w *world) error {
				kept, _ := make(w)
				return w.TryDelete(kept)
			},
			Passes: func(w *world) error {
				kept, user := make(w)
				w.Delete(user)
				return w.TryDelete(kept)
			},
		}
	}
	return []simulatortest.Case{
		unique("aws-ec2-key-pair-name", "InvalidKeyPair.Duplicate", "already exists", keyPairToken, "keyName",
			inputs{"publicKey": publicKey}),
		unique("aws-ec2-placement-group-name", "InvalidPlacementGroup.Duplicate", "already exists", placementToken, "name",
			inputs{"strategy": "spread"}),
		unique("aws-iam-instance-profile-name", "EntityAlreadyExists", "Instance Profile same", profileToken, "name", inputs{}),
		unique("aws-ec2-launch-template-name", "InvalidLaunchTemplateName.AlreadyExistsException", "already in use",
			templateToken, "name", inputs{}),
		used("aws-ec2-interface-attached", "InvalidParameterValue", "is currently in use", func(w *world) (thing, thing) {
			in := machine(w)
			card := w.Create(interfaceToken, "card", inputs{"subnetId": in["subnetId"]})
			return card, w.Create(instanceToken, "host", with(in, inputs{
				"subnetId": nil, "networkInterfaces": []any{inputs{"deviceIndex": 0, "networkInterfaceId": card.ID()}},
			}))
		}),
		used("aws-ec2-placement-group-used", "InvalidPlacementGroup.InUse", "is in use", func(w *world) (thing, thing) {
			far := w.Create(placementToken, "far", inputs{"strategy": "spread"})
			return far, w.Create(instanceToken, "host", with(machine(w), inputs{"placementGroup": far.ID()}))
		}),
		used("aws-ebs-volume-attached", "VolumeInUse", "is currently attached", func(w *world) (thing, thing) {
			host, data := w.Create(instanceToken, "host", machine(w)), disk(w, nil)
			return data, w.Create(volumeAttachmentToken, "data", inputs{
				"volumeId": data.ID(), "instanceId": host.ID(), "deviceName": "/dev/sdf",
			})
		}),
		{
			ID: "aws-ec2-placement-strategy", Text: "partitionCount must not be set",
			Fails: func(w *world) error {
				return try(w, placementToken, inputs{"strategy": "cluster", "partitionCount": 3})
			},
			Passes: func(w *world) error {
				return try(w, placementToken, inputs{"strategy": "partition", "partitionCount": 3})
			},
		},
		{
			ID: "aws-ec2-interface-groups", Code: "InvalidParameterValue", Text: "belong to different networks",
			Fails: func(w *world) error {
				return try(w, interfaceToken, inputs{
					"subnetId":       subnet(w, vpc(w), "10.0.1.0/24", "a").ID(),
					"securityGroups": []any{group(w, otherVPC(w), "web").ID()},
				})
			},
			Passes: func(w *world) error {
				v := vpc(w)
				return try(w, interfaceToken, inputs{
					"subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(), "securityGroups": []any{group(w, v, "web").ID()},
				})
			},
		},
		{
			ID: "aws-ec2-address-needs-gateway", Code: "Gateway.NotAttached", Text: "not attached to any internet gateway",
			Fails: func(w *world) error {
				host := w.Create(instanceToken, "host", machine(w))
				return try(w, "aws:ec2/eipAssociation:EipAssociation", inputs{
					"allocationId": address(w, "public").ID(), "instanceId": host.ID(),
				})
			},
			Passes: func(w *world) error {
				host := w.Create(instanceToken, "host", machine(w))
				w.Create(internetGatewayToken, "gateway", inputs{"vpcId": vpcOf(w)})
				return try(w, "aws:ec2/eipAssociation:EipAssociation", inputs{
					"allocationId": address(w, "public").ID(), "instanceId": host.ID(),
				})
			},
		},
	}
}
