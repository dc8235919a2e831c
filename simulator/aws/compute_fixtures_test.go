package aws_test

import "github.com/holdfast-iac/holdfast/simulator/simulatortest"

func computeFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type:   instanceToken,
			Inputs: machine,
			Update: changing(inputs{"instanceType": "t3.small", "monitoring": true}),
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"ami": publicImage(w, "099720109477", "ubuntu/images/hvm-ssd-gp3/*noble*amd64*")})
			},
		},
		{
			Type: instanceToken, Name: "with everything",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{
					"ami": imageOf(w, "arm64"), "instanceType": "m7g.large", "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(),
					"vpcSecurityGroupIds": []any{group(w, v, "web").ID()}, "iamInstanceProfile": profile(w).Text("name"),
					"keyName":   w.Create(keyPairToken, "key", inputs{"publicKey": publicKey}).ID(),
					"privateIp": "10.0.1.20", "associatePublicIpAddress": true, "userData": "#!/bin/sh\n",
					"rootBlockDevice": inputs{"volumeSize": 20, "volumeType": "gp3", "encrypted": true},
					"metadataOptions": inputs{"httpTokens": "required"}, "userDataReplaceOnChange": true,
					"placementGroup": w.Create(placementToken, "near", inputs{"strategy": "cluster"}).ID(),
				}
			},
			Update:      changing(inputs{"disableApiStop": true}),
			Replace:     changing(inputs{"userData": "#!/bin/bash\n"}),
			DeleteFirst: true,
		},
		{
			Type: instanceToken, Name: "with disks and options",
			Inputs: func(w *world) inputs {
				return with(machine(w), inputs{
					"ipv6AddressCount": 1, "creditSpecification": inputs{"cpuCredits": "unlimited"}, "hibernation": false,
					"ebsBlockDevices": []any{inputs{
						"deviceName": "/dev/sdf", "volumeSize": 100, "volumeType": "gp3", "iops": 4000, "throughput": 200, "encrypted": true,
					}},
					"ephemeralBlockDevices": []any{inputs{"deviceName": "/dev/sdb", "virtualName": "ephemeral0"}},
					"volumeTags":            inputs{"team": "web"}, "tenancy": "default", "ebsOptimized": true, "monitoring": true,
					"maintenanceOptions": inputs{"autoRecovery": "disabled"}, "enclaveOptions": inputs{"enabled": false},
					"privateDnsNameOptions": inputs{"hostnameType": "resource-name", "enableResourceNameDnsARecord": true},
					"metadataOptions": inputs{
						"httpTokens": "required", "httpPutResponseHopLimit": 2, "instanceMetadataTags": "enabled", "httpEndpoint": "enabled",
					},
					"instanceInitiatedShutdownBehavior": "terminate", "cpuOptions": inputs{"coreCount": 1, "threadsPerCore": 1},
					"capacityReservationSpecification": inputs{"capacityReservationPreference": "none"},
					"instanceMarketOptions": inputs{
						"marketType": "spot", "spotOptions": inputs{"maxPrice": "0.01", "spotInstanceType": "one-time"},
					},
				})
			},
			Update: changing(inputs{"sourceDestCheck": false, "instanceInitiatedShutdownBehavior": "stop"}),
		},
		{
			Type: instanceToken, Name: "with a launch template and an interface",
			Inputs: func(w *world) inputs {
				card := w.Create(interfaceToken, "card", inputs{"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID()})
				return inputs{
					"launchTemplate":    inputs{"name": template(w, nil).Text("name"), "version": "1"},
					"networkInterfaces": []any{inputs{"deviceIndex": 0, "networkInterfaceId": card.ID()}},
				}
			},
			Update: tagged,
		},
		{
			Type: templateToken,
			Inputs: func(w *world) inputs {
				return inputs{
					"imageId": imageOf(w, "x86_64"), "instanceType": "t3.micro", "namePrefix": "web-",
					"blockDeviceMappings": []any{inputs{"deviceName": "/dev/xvda", "ebs": inputs{"volumeSize": 20, "encrypted": "true"}}},
					"metadataOptions":     inputs{"httpTokens": "required"},
				}
			},
			Update:  changing(inputs{"instanceType": "t3.small"}),
			Replace: changing(inputs{"namePrefix": "app-"}),
		},
		{
			Type: templateToken, Name: "with everything",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				key := w.Create("aws:kms/key:Key", "volumes", inputs{})
				return inputs{
					"imageId": "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", "ebsOptimized": "true",
					"blockDeviceMappings": []any{inputs{"deviceName": "/dev/xvda", "ebs": inputs{
						"volumeSize": 50, "volumeType": "gp3", "iops": 3000, "throughput": 125, "encrypted": "true",
						"kmsKeyId": key.Text("arn"), "deleteOnTermination": "true",
					}}, inputs{"deviceName": "/dev/sdb", "virtualName": "ephemeral0"}},
					"iamInstanceProfile": inputs{"arn": profile(w).Text("arn")}, "monitoring": inputs{"enabled": true},
					"networkInterfaces": []any{inputs{
						"associatePublicIpAddress": "false", "deviceIndex": 0, "securityGroups": []any{group(w, v, "web").ID()},
						"deleteOnTermination": "true", "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(),
					}},
					"tagSpecifications": []any{inputs{"resourceType": "instance", "tags": inputs{"team": "web"}}},
					"instanceRequirements": inputs{
						"memoryMib": inputs{"min": 4096}, "vcpuCount": inputs{"min": 2, "max": 8}, "burstablePerformance": "excluded",
						"cpuManufacturers": []any{"intel", "amd"}, "instanceGenerations": []any{"current"},
					},
					"metadataOptions": inputs{"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
					"placement":       inputs{"tenancy": "default"}, "userData": "IyEvYmluL3NoCg==",
					"privateDnsNameOptions": inputs{"hostnameType": "ip-name"}, "updateDefaultVersion": true,
				}
			},
			Update: tagged,
		},
		{
			Type: templateToken, Name: "named by Pulumi",
			Inputs:  func(*world) inputs { return inputs{"updateDefaultVersion": true} },
			Update:  changing(inputs{"description": "second"}),
			Replace: changing(inputs{"name": "web"}),
		},
		{
			Type:    keyPairToken,
			Inputs:  func(*world) inputs { return inputs{"publicKey": publicKey} },
			Update:  tagged,
			Replace: changing(inputs{"keyName": "admin"}),
		},
		{
			Type:    placementToken,
			Inputs:  func(*world) inputs { return inputs{"strategy": "partition", "partitionCount": 3} },
			Update:  tagged,
			Replace: changing(inputs{"strategy": "spread", "partitionCount": nil, "name": "other"}),
		},
		{
			Type:    profileToken,
			Inputs:  func(w *world) inputs { return inputs{"role": role(w, "machine").Text("name")} },
			Update:  func(w *world, in inputs) inputs { return with(in, inputs{"role": role(w, "other").Text("name")}) },
			Replace: changing(inputs{"path": "/web/", "name": "another"}),
		},
		{
			Type:   interfaceToken,
			Inputs: func(w *world) inputs { return inputs{"subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID()} },
			Update: changing(inputs{"description": "second"}),
			Replace: func(w *world, in inputs) inputs {
				other := w.Create("aws:ec2/subnet:Subnet", "second", inputs{"vpcId": vpcOf(w), "cidrBlock": "10.0.2.0/24"})
				return with(in, inputs{"subnetId": other.ID()})
			},
		},
		{
			Type: "aws:ec2/eipAssociation:EipAssociation",
			Inputs: func(w *world) inputs {
				in := machine(w)
				w.Create("aws:ec2/internetGateway:InternetGateway", "gateway", inputs{"vpcId": vpcOf(w)})
				return inputs{"allocationId": address(w, "one").ID(), "instanceId": w.Create(instanceToken, "host", in).ID()}
			},
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"allocationId": address(w, "two").ID()}) },
		},
	}
}

func storageFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type:    volumeToken,
			Inputs:  func(*world) inputs { return inputs{"availabilityZone": "us-west-2a", "size": 40} },
			Update:  changing(inputs{"size": 80, "type": "gp3", "iops": 4000, "throughput": 500}),
			Replace: changing(inputs{"encrypted": true}),
		},
		{
			Type: volumeToken, Name: "from a snapshot",
			Inputs: func(w *world) inputs {
				w.Create("aws:ebs/encryptionByDefault:EncryptionByDefault", "always", inputs{})
				return inputs{
					"availabilityZone": "us-west-2b",
					"snapshotId":       w.Create("aws:ebs/snapshot:Snapshot", "saved", inputs{"volumeId": disk(w, nil).ID()}).ID(),
				}
			},
			Update: tagged,
		},
		{
			Type:   "aws:ebs/snapshot:Snapshot",
			Inputs: func(w *world) inputs { return inputs{"volumeId": disk(w, nil).ID()} },
			Update: tagged,
			Replace: func(w *world, in inputs) inputs {
				other := w.Create(volumeToken, "other", inputs{"availabilityZone": "us-west-2a", "size": 1})
				return with(in, inputs{"volumeId": other.ID()})
			},
		},
		{
			Type:   "aws:ebs/encryptionByDefault:EncryptionByDefault",
			Inputs: func(*world) inputs { return inputs{} },
			Update: changing(inputs{"enabled": false}),
		},
		{
			Type: volumeAttachmentToken,
			Inputs: func(w *world) inputs {
				host := w.Create(instanceToken, "host", machine(w))
				return inputs{"volumeId": disk(w, nil).ID(), "instanceId": host.ID(), "deviceName": "/dev/sdf"}
			},
			Update:      changing(inputs{"forceDetach": true}),
			Replace:     changing(inputs{"deviceName": "/dev/sdg"}),
			DeleteFirst: true,
			ImportID: func(t thing) string {
				return t.Text("deviceName") + ":" + t.Text("volumeId") + ":" + t.Text("instanceId")
			},
		},
	}
}

func scalingFixtures() []simulatortest.Fixture {
	of := func(w *world) inputs {
		return inputs{"autoscalingGroupName": w.Create(scalingToken, "group", scaled(w, nil)).Text("name")}
	}
	return []simulatortest.Fixture{
		{
			Type:    scalingToken,
			Inputs:  func(w *world) inputs { return scaled(w, nil) },
			Update:  changing(inputs{"minSize": 2, "healthCheckType": "ELB"}),
			Replace: changing(inputs{"name": "web"}),
		},
		{
			Type: scalingToken, Name: "mixed instances",
			Inputs: func(w *world) inputs {
				specification := inputs{"launchTemplateName": template(w, nil).Text("name"), "version": "$Default"}
				return inputs{
					"minSize": 0, "maxSize": 3, "availabilityZones": []any{"us-west-2a"}, "namePrefix": "web-",
					"mixedInstancesPolicy": inputs{"launchTemplate": inputs{
						"launchTemplateSpecification": specification,
						"overrides":                   []any{inputs{"instanceType": "m5.large"}, inputs{"instanceType": "c5.large"}},
					}},
				}
			},
			Update: changing(inputs{"desiredCapacity": 2}),
		},
		{
			Type: scalingToken, Name: "with everything",
			Inputs: func(w *world) inputs {
				specification := inputs{"launchTemplateId": template(w, nil).ID(), "version": "1"}
				return with(scaled(w, nil), inputs{
					"launchTemplate": nil, "desiredCapacity": 2, "healthCheckType": "ELB", "healthCheckGracePeriod": 60,
					"mixedInstancesPolicy": inputs{
						"instancesDistribution": inputs{
							"onDemandBaseCapacity": 1, "onDemandPercentageAboveBaseCapacity": 50,
							"spotAllocationStrategy": "price-capacity-optimized",
						},
						"launchTemplate": inputs{
							"launchTemplateSpecification": specification,
							"overrides":                   []any{inputs{"instanceType": "m5.large", "weightedCapacity": "2"}},
						},
					},
					"instanceRefresh": inputs{"strategy": "Rolling", "triggers": []any{"tag"}, "preferences": inputs{
						"minHealthyPercentage": 50, "instanceWarmup": "60", "autoRollback": true, "checkpointPercentages": []any{50, 100},
					}},
					"tags":                []any{inputs{"key": "Name", "value": "web", "propagateAtLaunch": true}},
					"enabledMetrics":      []any{"GroupDesiredCapacity", "GroupInServiceInstances"},
					"terminationPolicies": []any{"OldestLaunchTemplate", "Default"},
					"suspendedProcesses":  []any{"AZRebalance"}, "maxInstanceLifetime": 604800, "capacityRebalance": true,
					"instanceMaintenancePolicy": inputs{"minHealthyPercentage": 90, "maxHealthyPercentage": 120},
					"defaultInstanceWarmup":     30, "waitForCapacityTimeout": "0",
					"initialLifecycleHooks": []any{inputs{
						"name": "start", "lifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING", "heartbeatTimeout": 60,
					}},
				})
			},
			Update: changing(inputs{"tags": []any{inputs{"key": "Name", "value": "app", "propagateAtLaunch": true}}}),
		},
		{
			Type: "aws:autoscaling/policy:Policy", Name: "step",
			Inputs: func(w *world) inputs {
				return with(of(w), inputs{
					"policyType": "StepScaling", "adjustmentType": "ChangeInCapacity", "metricAggregationType": "Maximum",
					"stepAdjustments": []any{inputs{"scalingAdjustment": 1, "metricIntervalLowerBound": "0"}},
				})
			},
		},
		{
			Type: "aws:autoscaling/policy:Policy", Name: "simple",
			Inputs: func(w *world) inputs {
				return with(of(w), inputs{"scalingAdjustment": -1, "adjustmentType": "ChangeInCapacity", "cooldown": 300})
			},
		},
		{
			Type: "aws:autoscaling/policy:Policy",
			Inputs: func(w *world) inputs {
				return with(of(w), inputs{"policyType": "TargetTrackingScaling", "targetTrackingConfiguration": inputs{
					"targetValue":                   50,
					"predefinedMetricSpecification": inputs{"predefinedMetricType": "ASGAverageCPUUtilization"},
				}})
			},
			Update:  changing(inputs{"estimatedInstanceWarmup": 60}),
			Replace: changing(inputs{"name": "cpu"}),
		},
		{
			Type: "aws:autoscaling/schedule:Schedule",
			Inputs: func(w *world) inputs {
				return with(of(w), inputs{"scheduledActionName": "night", "recurrence": "0 22 * * *", "minSize": 0, "desiredCapacity": 0})
			},
			Update:  changing(inputs{"desiredCapacity": 1}),
			Replace: changing(inputs{"scheduledActionName": "evening"}),
		},
		{
			Type: "aws:autoscaling/lifecycleHook:LifecycleHook",
			Inputs: func(w *world) inputs {
				return with(of(w), inputs{"lifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING"})
			},
			Update:  changing(inputs{"heartbeatTimeout": 300, "defaultResult": "CONTINUE"}),
			Replace: changing(inputs{"name": "drain"}),
		},
		{
			Type:    "aws:autoscaling/attachment:Attachment",
			Inputs:  func(w *world) inputs { return with(of(w), inputs{"elb": "classic"}) },
			Replace: changing(inputs{"elb": "other"}),
		},
	}
}
