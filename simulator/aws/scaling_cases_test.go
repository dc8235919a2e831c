package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const serviceRole = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"

// scalingKey makes a key whose policy has statements beside that for the account.
func scalingKey(w *world, more string) thing {
	policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*",` +
		`"Principal":{"AWS":"arn:aws:iam::123456789012:root"}}` + more + `]}`
	return w.Create("aws:kms/key:Key", "volumes", inputs{"policy": policy})
}

func encrypted(key thing) inputs {
	return inputs{"blockDeviceMappings": []any{inputs{
		"deviceName": "/dev/xvda", "ebs": inputs{"encrypted": "true", "kmsKeyId": key.Text("arn")},
	}}}
}

func groupCases() []simulatortest.Case {
	// sized is a case of a group with other inputs, templated one of a group with another launch template.
	sized := func(id, text string, fails, passes inputs) simulatortest.Case {
		make := func(in inputs) func(w *world) error {
			return func(w *world) error { return try(w, scalingToken, with(scaled(w, nil), in)) }
		}
		return simulatortest.Case{ID: id, Code: "ValidationError", Text: text, Fails: make(fails), Passes: make(passes)}
	}
	templated := func(id, code, text string, fails, passes func(w *world) inputs) simulatortest.Case {
		make := func(changes func(w *world) inputs) func(w *world) error {
			return func(w *world) error {
				v := vpc(w)
				return try(w, scalingToken, scaledIn(w, v, changes(w)))
			}
		}
		return simulatortest.Case{ID: id, Code: code, Text: text, Fails: make(fails), Passes: make(passes)}
	}
	instanceProfile := func(profile thing) inputs { return inputs{"iamInstanceProfile": inputs{"arn": profile.Text("arn")}} }
	return []simulatortest.Case{
		sized("aws-autoscaling-max-below-min", "Max bound, 0, must be greater than or equal to min bound, 1",
			inputs{"maxSize": 0}, inputs{"maxSize": 1}),
		sized("aws-autoscaling-desired-out-of-bounds", "Desired capacity:5 must be between the specified min size:1 and max size:3",
			inputs{"desiredCapacity": 5}, inputs{"desiredCapacity": 3}),
		sized("aws-autoscaling-needs-zone", "At least one Availability Zone or VPC Subnet",
			inputs{"vpcZoneIdentifiers": nil}, inputs{"vpcZoneIdentifiers": nil, "availabilityZones": []any{"us-west-2a"}}),
		sized("aws-autoscaling-instance-lifetime", "Maximum instance lifetime",
			inputs{"maxInstanceLifetime": 3600}, inputs{"maxInstanceLifetime": 86400}),
		templated("aws-autoscaling-image-architecture", "ValidationError", "valid fully-formed launch template. The architecture 'arm64'",
			always(inputs{"instanceType": "m7g.large"}), always(inputs{"instanceType": "m7i.large"})),
		templated("aws-autoscaling-root-volume-size", "ValidationError", "Volume of size 4GB is smaller",
			always(inputs{"blockDeviceMappings": []any{inputs{"deviceName": "/dev/xvda", "ebs": inputs{"volumeSize": 4}}}}),
			always(inputs{"blockDeviceMappings": []any{inputs{"deviceName": "/dev/xvdb", "ebs": inputs{"volumeSize": 4}}}})),
		templated("aws-autoscaling-instance-profile", "ValidationError", "Invalid IAM Instance Profile name",
			func(w *world) inputs {
				return inputs{"iamInstanceProfile": inputs{"name": role(w, "web").Text("name")}}
			},
			func(w *world) inputs { return instanceProfile(profile(w)) }),
		templated("aws-autoscaling-instance-profile-role", "ValidationError", "has no associated IAM Roles",
			func(w *world) inputs { return instanceProfile(w.Create(profileToken, "empty", inputs{})) },
			func(w *world) inputs { return instanceProfile(profile(w)) }),
		templated("aws-autoscaling-template-image", "ValidationError", "must contain the parameter ImageId",
			always(inputs{"imageId": nil}), always(nil)),
		templated("aws-autoscaling-template-interface-groups", "InvalidQueryParameter", "security groups must be a part of it",
			func(w *world) inputs {
				return inputs{
					"vpcSecurityGroupIds": []any{groupOfVPC(w)}, "networkInterfaces": []any{inputs{"associatePublicIpAddress": "true"}},
				}
			},
			func(w *world) inputs {
				return inputs{"networkInterfaces": []any{inputs{"securityGroups": []any{groupOfVPC(w)}}}}
			}),
		templated("aws-autoscaling-template-groups", "", "Launching EC2 instance failed",
			func(w *world) inputs { return inputs{"vpcSecurityGroupIds": []any{group(w, otherVPC(w), "web").ID()}} },
			func(w *world) inputs { return inputs{"vpcSecurityGroupIds": []any{groupOfVPC(w)}} }),
		templated("aws-autoscaling-key-grant", "Client.InternalError", "Client error on launch",
			func(w *world) inputs { return encrypted(scalingKey(w, "")) },
			func(w *world) inputs { return encrypted(scalingKey(w, grantsToScaling())) }),
		{
			ID: "L-1216C47A", Code: "VcpuLimitExceeded", Text: "your current vCPU limit of 5 allows",
			Quotas: map[string]int{"L-1216C47A": 5},
			Fails: func(w *world) error {
				in := scaled(w, nil)
				w.Create(instanceToken, "host", inputs{"ami": imageOf(w, "x86_64"), "instanceType": "t3.micro"})
				return try(w, scalingToken, with(in, inputs{"desiredCapacity": 2}))
			},
			Passes: func(w *world) error {
				in := scaled(w, inputs{"instanceMarketOptions": inputs{"marketType": "spot"}})
				w.Create(instanceToken, "host", inputs{"ami": imageOf(w, "x86_64"), "instanceType": "t3.micro"})
				return try(w, scalingToken, with(in, inputs{"desiredCapacity": 2}))
			},
		},
		spotCase(), rollbackCase(), floatingCase("$Latest"), floatingCase(""), mixedFloatingCase(), unusableKeyCase(), warmPoolCase("Stopped"), warmPoolCase(""), warmHookCase(),
		{
			ID: "aws-autoscaling-group-name", Code: "AlreadyExists", Text: "A group with the name same already exists",
			Fails: func(w *world) error {
				in := with(scaled(w, nil), inputs{"name": "same"})
				w.Create(scalingToken, "first", in)
				return try(w, scalingToken, in)
			},
			Passes: func(w *world) error {
				in := scaled(w, nil)
				w.Create(scalingToken, "first", with(in, inputs{"name": "same"}))
				return try(w, scalingToken, with(in, inputs{"name": "other"}))
			},
		},
	}
}

// groupOfVPC returns the id of a security group in the world's VPC, which it makes when there is none.
func groupOfVPC(w *world) string {
	for _, r := range w.Account.Resources() {
		if r.URN.Name() == "web" {
			return r.ID
		}
	}
	return w.Create("aws:ec2/securityGroup:SecurityGroup", "web", inputs{"vpcId": vpcOf(w)}).ID()
}

func spotCase() simulatortest.Case {
	mixed := func(w *world, changes inputs) error {
		specification := inputs{"launchTemplateId": template(w, changes).ID(), "version": "$Latest"}
		return try(w, scalingToken, inputs{
			"minSize": 0, "maxSize": 1, "availabilityZones": []any{"us-west-2a"},
			"mixedInstancesPolicy": inputs{"launchTemplate": inputs{"launchTemplateSpecification": specification}},
		})
	}
	return simulatortest.Case{
		ID: "aws-autoscaling-template-spot", Code: "ValidationError", Text: "set to request Spot Instances",
		Fails: func(w *world) error {
			return mixed(w, inputs{"instanceMarketOptions": inputs{"marketType": "spot"}})
		},
		Passes: func(w *world) error { return mixed(w, nil) },
	}
}

func floatingCase(version string) simulatortest.Case {
	refreshed := func(template, more inputs) func(w *world) error {
		return func(w *world) error {
			in := scaled(w, nil)
			in["launchTemplate"] = with(in["launchTemplate"].(inputs), template)
			return try(w, scalingToken, with(in, inputs{"instanceRefresh": with(inputs{"strategy": "Rolling"}, more)}))
		}
	}
	return simulatortest.Case{
		ID: "aws-autoscaling-refresh-never-starts", Text: "the group stays at $",
		Fails:  refreshed(inputs{"version": version}, nil),
		Passes: refreshed(inputs{"version": "1"}, nil),
	}
}

// mixedFloatingCase is floatingCase for a mixed group; what else starts a refresh makes the version one's own affair.
func mixedFloatingCase() simulatortest.Case {
	refreshed := func(more inputs) func(w *world) error {
		return func(w *world) error {
			specification := inputs{"launchTemplateId": template(w, nil).ID(), "version": "$Latest"}
			return try(w, scalingToken, inputs{
				"minSize": 0, "maxSize": 1, "availabilityZones": []any{"us-west-2a"},
				"mixedInstancesPolicy": inputs{"launchTemplate": inputs{"launchTemplateSpecification": specification}},
				"instanceRefresh":      with(inputs{"strategy": "Rolling"}, more),
			})
		}
	}
	return simulatortest.Case{
		ID: "aws-autoscaling-refresh-never-starts", Text: "the group stays at $Latest",
		Fails: refreshed(nil), Passes: refreshed(inputs{"triggers": []any{"tag"}}),
	}
}

// unusableKeyCase is of a group that nobody waits for: its creation passes, and no instance starts.
func unusableKeyCase() simulatortest.Case {
	hasty := func(grants string) func(w *world) error {
		return func(w *world) error {
			in := scaledIn(w, vpc(w), encrypted(scalingKey(w, grants)))
			return try(w, scalingToken, with(in, inputs{"waitForCapacityTimeout": "0"}))
		}
	}
	return simulatortest.Case{
		ID: "aws-autoscaling-key-unusable", Text: "no instance will start",
		Fails: hasty(""), Passes: hasty(grantsToScaling()),
	}
}

// warmPoolCase is of a pool that stops machines while they set themselves up.
func warmPoolCase(state string) simulatortest.Case {
	warm := func(state string) func(w *world) error {
		return func(w *world) error {
			pool := inputs{"minSize": 1}
			if state != "" {
				pool["poolState"] = state
			}
			return try(w, scalingToken, with(scaled(w, inputs{"userData": "IyEvYmluL3NoCg=="}), inputs{"warmPool": pool}))
		}
	}
	return simulatortest.Case{
		ID: "aws-autoscaling-warm-pool-cuts-start", Text: "they are stopped as soon as they run",
		Fails: warm(state), Passes: warm("Running"),
	}
}

// warmHookCase is of hooks of both kinds: that which holds machines that start lets them finish.
func warmHookCase() simulatortest.Case {
	const launching, terminating = "autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"
	held := func(initial, own string) func(w *world) error {
		return func(w *world) error {
			in := with(scaled(w, inputs{"userData": "IyEvYmluL3NoCg=="}), inputs{
				"warmPool":              inputs{"poolState": "Stopped"},
				"initialLifecycleHooks": []any{inputs{"name": "first", "lifecycleTransition": initial}},
			})
			group := w.Create(scalingToken, "held", in)
			return try(w, "aws:autoscaling/lifecycleHook:LifecycleHook", inputs{
				"name": "own", "autoscalingGroupName": group.ID(), "lifecycleTransition": own,
			})
		}
	}
	return simulatortest.Case{
		ID: "aws-autoscaling-warm-pool-cuts-start", Text: "until they have finished",
		Fails: held(terminating, terminating), Passes: held(terminating, launching),
	}
}

func grantsToScaling() string {
	return fmt.Sprintf(`,{"Effect":"Allow","Action":"kms:CreateGrant","Resource":"*",`+
		`"Principal":{"AWS":%q},"Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}}}`, serviceRole)
}

func rollbackCase() simulatortest.Case {
	update := func(w *world, rollback bool) error {
		in := inputs{
			"minSize": 0, "maxSize": 1, "availabilityZones": []any{"us-west-2a"}, "launchConfiguration": "old",
			"instanceRefresh": inputs{"strategy": "Rolling", "preferences": inputs{"autoRollback": rollback}},
		}
		_, err := w.TryUpdate(w.Create(scalingToken, "subject", in), with(in, inputs{"launchConfiguration": "new"}))
		return err
	}
	return simulatortest.Case{
		ID: "aws-autoscaling-rollback-configuration", Code: "ValidationError", Text: "DesiredConfiguration parameter is empty",
		Fails:  func(w *world) error { return update(w, true) },
		Passes: func(w *world) error { return update(w, false) },
	}
}

func scalingCases() []simulatortest.Case {
	of := func(token, id, code, text string, fails, passes inputs) simulatortest.Case {
		make := func(in inputs) func(w *world) error {
			return func(w *world) error {
				group := w.Create(scalingToken, "group", scaled(w, nil))
				return try(w, token, with(in, inputs{"autoscalingGroupName": group.ID()}))
			}
		}
		return simulatortest.Case{ID: id, Code: code, Text: text, Fails: make(fails), Passes: make(passes)}
	}
	const policy = "aws:autoscaling/policy:Policy"
	tracking := func(metric inputs) inputs {
		return inputs{"policyType": "TargetTrackingScaling", "targetTrackingConfiguration": inputs{
			"targetValue": 50, "predefinedMetricSpecification": metric,
		}}
	}
	cpu := inputs{"predefinedMetricType": "ASGAverageCPUUtilization"}
	requests := inputs{"predefinedMetricType": "ALBRequestCountPerTarget"}
	return []simulatortest.Case{
		of(policy, "aws-autoscaling-policy-needs", "", "target_tracking_configuration is required for policy type",
			inputs{"policyType": "TargetTrackingScaling"}, tracking(cpu)),
		of(policy, "aws-autoscaling-policy-input-of-other-type", "", "cooldown is only supported for policy type SimpleScaling",
			with(tracking(cpu), inputs{"cooldown": 60}), with(tracking(cpu), inputs{"cooldown": 0})),
		of(policy, "aws-autoscaling-request-count-label", "ValidationError", "A resource label is required",
			tracking(requests), tracking(with(requests, inputs{"resourceLabel": "app/web/0123456789abcdef/targetgroup/web/0123456789abcdef"}))),
		of(policy, "aws-autoscaling-request-count-label-form", "ValidationError", "The resource label net/web/0123456789abcdef/targetgroup/web/0123456789abcdef is not of the form",
			tracking(with(requests, inputs{"resourceLabel": "net/web/0123456789abcdef/targetgroup/web/0123456789abcdef"})),
			tracking(with(requests, inputs{"resourceLabel": "app/web/0123456789abcdef/targetgroup/web/0123456789abcdef"}))),
		of("aws:autoscaling/schedule:Schedule", "aws-autoscaling-start-in-past", "ValidationError", "in the past",
			inputs{"scheduledActionName": "once", "startTime": "2001-01-01T00:00:00Z", "minSize": 1},
			inputs{"scheduledActionName": "once", "startTime": "2999-01-01T00:00:00Z", "minSize": 1}),
	}
}
