package aws_test

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

func mapped(in inputs) resource.PropertyMap { return resource.NewPropertyMapFromMap(in) }

func map1(key, value string) resource.PropertyMap { return mapped(inputs{key: value}) }

// tries creates something of a token, and returns the refusal.
func tries(token string, in func(*world) inputs) func(*world) error {
	return func(w *world) error {
		_, err := w.Try(token, "subject", in(w))
		return err
	}
}

// triesClusterUpdate creates a cluster and changes it.
func triesClusterUpdate(first, second inputs) func(*world) error {
	return func(w *world) error {
		in := clusterInputs(w, first)
		_, err := w.TryUpdate(w.Create(eksClusterToken, "cluster", in), with(in, second))
		return err
	}
}

func triesCluster(changes inputs) func(*world) error {
	return tries(eksClusterToken, func(w *world) inputs { return clusterInputs(w, changes) })
}

// triesNetwork creates a cluster whose network settings are changed.
func triesNetwork(changes inputs) func(*world) error {
	return tries(eksClusterToken, func(w *world) inputs {
		in := clusterInputs(w, nil)
		in["vpcConfig"] = with(in["vpcConfig"].(inputs), changes)
		return in
	})
}

func triesNodes(changes inputs) func(*world) error {
	return tries(nodeGroupToken, func(w *world) inputs { return nodeInputs(w, eksCluster(w, nil), changes) })
}

func eksCases() []simulatortest.Case {
	return append(eksClusterCases(), append(eksNodeCases(), eksAccessCases()...)...)
}

func eksClusterCases() []simulatortest.Case {
	const invalid = "InvalidParameterException"
	zonesIn := func(region string, zones ...string) func(*world) error {
		return func(w *world) error {
			w = w.As(inputs{"region": region})
			v := w.Create("aws:ec2/vpc:Vpc", "vpc", inputs{"cidrBlock": "10.0.0.0/16"})
			ids := []any{}
			for i, zone := range zones {
				ids = append(ids, w.Create("aws:ec2/subnet:Subnet", zone+string(rune('0'+i)), inputs{
					"vpcId": v.ID(), "cidrBlock": "10.0." + string(rune('1'+i)) + ".0/24", "availabilityZone": region + zone,
				}).ID())
			}
			_, err := w.Try(eksClusterToken, "cluster", inputs{
				"name": "main", "roleArn": appRole(w, "cluster", "eks").Text("arn"), "vpcConfig": inputs{"subnetIds": ids},
			})
			return err
		}
	}
	growsTo := func(zone string) func(*world) error {
		return func(w *world) error {
			in := clusterInputs(w, nil)
			cluster := w.Create(eksClusterToken, "cluster", in)
			v := thing{}
			v.Request.ID = vpcOf(w)
			ids := append(clusterSubnets(cluster).([]any), subnet(w, v, "10.0.9.0/24", zone).ID())
			_, err := w.TryUpdate(cluster, with(in, inputs{"vpcConfig": inputs{"subnetIds": ids}}))
			return err
		}
	}
	groupIn := func(network func(*world) thing) func(*world) error {
		return func(w *world) error {
			in := clusterInputs(w, nil)
			v := thing{}
			v.Request.ID = vpcOf(w)
			if network != nil {
				v = network(w)
			}
			in["vpcConfig"] = with(in["vpcConfig"].(inputs), inputs{"securityGroupIds": []any{group(w, v, "extra").ID()}})
			_, err := w.Try(eksClusterToken, "cluster", in)
			return err
		}
	}
	mode := func(name string) inputs { return inputs{"accessConfig": inputs{"authenticationMode": name}} }
	creator := func(mode string) inputs {
		return inputs{"accessConfig": inputs{"authenticationMode": mode, "bootstrapClusterCreatorAdminPermissions": false}}
	}
	deleted := func(token string, nodesFirst bool, make func(*world, thing) inputs) func(*world) error {
		return func(w *world) error {
			cluster := eksCluster(w, nil)
			nodes := w.Create(token, "nodes", make(w, cluster))
			if nodesFirst {
				w.Delete(nodes)
			}
			return w.TryDelete(cluster)
		}
	}
	nodes := func(w *world, cluster thing) inputs { return nodeInputs(w, cluster, nil) }
	return []simulatortest.Case{
		{ID: "aws-eks-two-zones", Code: invalid, Text: "at least two different AZs",
			Fails: zonesIn("us-west-2", "a", "a"), Passes: zonesIn("us-west-2", "a", "b")},
		{ID: "aws-eks-zone-without-control-planes", Code: "UnsupportedAvailabilityZoneException", Text: "us-east-1e",
			Fails: zonesIn("us-east-1", "a", "e"), Passes: zonesIn("us-east-1", "a", "f")},
		{ID: "aws-eks-zones-of-creation", Code: invalid, Text: "same set of AZs", Fails: growsTo("c"), Passes: growsTo("a")},
		{ID: "aws-eks-cluster-role-trust", Code: invalid, Text: "trusted entity is not correct",
			Fails: tries(eksClusterToken, func(w *world) inputs {
				return clusterInputs(w, inputs{"roleArn": appRole(w, "wrong", "ec2").Text("arn")})
			}),
			Passes: triesCluster(nil)},
		{ID: "aws-eks-security-group-vpc", Code: invalid, Text: "not in the same VPC", Fails: groupIn(otherVPC), Passes: groupIn(nil)},
		{ID: "aws-eks-version-unsupported", Code: invalid, Text: "unsupported Kubernetes version 1.24",
			Fails: triesCluster(inputs{"version": "1.24"}), Passes: triesCluster(inputs{"version": "1.36"})},
		{ID: "aws-eks-version-one-step", Code: invalid, Text: "minor version update from 1.33 to 1.32",
			Fails:  triesClusterUpdate(nil, inputs{"version": "1.32"}),
			Passes: triesClusterUpdate(nil, inputs{"version": "1.34"})},
		{ID: "aws-eks-authentication-mode-change", Code: invalid, Text: "mode update from API to API_AND_CONFIG_MAP",
			Fails:  triesClusterUpdate(mode("API"), mode("API_AND_CONFIG_MAP")),
			Passes: triesClusterUpdate(mode("CONFIG_MAP"), mode("API_AND_CONFIG_MAP"))},
		{ID: "aws-eks-config-map-creator", Code: invalid, Text: "must be true if cluster authentication mode",
			Fails: triesCluster(creator("CONFIG_MAP")), Passes: triesCluster(creator("API"))},
		{ID: "aws-eks-endpoint-needs-access", Code: invalid, Text: "Private and public endpoint access",
			Fails:  triesNetwork(inputs{"endpointPublicAccess": false}),
			Passes: triesNetwork(inputs{"endpointPublicAccess": false, "endpointPrivateAccess": true})},
		{ID: "aws-eks-public-cidrs", Code: invalid, Text: "not allowed in publicAccessCidrs: [10.0.0.0/8]",
			Fails:  triesNetwork(inputs{"publicAccessCidrs": []any{"10.0.0.0/8"}}),
			Passes: triesNetwork(inputs{"publicAccessCidrs": []any{"192.0.2.0/24"}})},
		{ID: "aws-eks-node-groups-before-cluster", Code: "ResourceInUseException", Text: "nodegroups attached",
			Fails: deleted(nodeGroupToken, false, nodes), Passes: deleted(nodeGroupToken, true, nodes)},
		{ID: "aws-eks-fargate-profiles-before-cluster", Code: "ResourceInUseException", Text: "fargate profiles attached",
			Fails: deleted(fargateToken, false, fargateInputs), Passes: deleted(fargateToken, true, fargateInputs)},
		{ID: "L-1194D53C", Code: "ResourceLimitExceededException", Text: "cluster limit", Quotas: map[string]int{"L-1194D53C": 1},
			Fails: func(w *world) error {
				in := clusterInputs(w, nil)
				w.Create(eksClusterToken, "first", in)
				_, err := w.Try(eksClusterToken, "second", with(in, inputs{"name": "second"}))
				return err
			},
			Passes: triesCluster(nil)},
	}
}

func fargateInputs(w *world, cluster thing) inputs {
	return inputs{
		"clusterName": cluster.ID(), "fargateProfileName": "pods", "subnetIds": clusterSubnets(cluster),
		"podExecutionRoleArn": appRole(w, "pods", "eks-fargate-pods").Text("arn"),
		"selectors":           []any{inputs{"namespace": "default"}},
	}
}

func eksNodeCases() []simulatortest.Case {
	const invalid = "InvalidParameterException"
	sizes := func(low, desired, high int) func(*world) error {
		return triesNodes(inputs{"scalingConfig": inputs{"minSize": low, "desiredSize": desired, "maxSize": high}})
	}
	fargate := func(change func(*world, thing) inputs) func(*world) error {
		return tries(fargateToken, func(w *world) inputs {
			cluster := eksCluster(w, nil)
			return with(fargateInputs(w, cluster), change(w, cluster))
		})
	}
	asIs := func(*world, thing) inputs { return nil }
	return []simulatortest.Case{
		{ID: "aws-eks-node-role-trust", Code: invalid, Text: "[ec2.amazonaws.com] were not found",
			Fails: tries(nodeGroupToken, func(w *world) inputs {
				return nodeInputs(w, eksCluster(w, nil), inputs{"nodeRoleArn": appRole(w, "wrong", "eks").Text("arn")})
			}),
			Passes: triesNodes(nil)},
		{ID: "aws-eks-nodes-minimum", Code: invalid, Text: "Minimum capacity 3", Fails: sizes(3, 2, 4), Passes: sizes(2, 2, 4)},
		{ID: "aws-eks-nodes-maximum", Code: invalid, Text: "Desired capacity 5", Fails: sizes(1, 5, 4), Passes: sizes(1, 4, 4)},
		{ID: "aws-eks-disk-in-template", Code: invalid, Text: "within the launch template",
			Fails:  triesNodes(inputs{"diskSize": 50, "launchTemplate": inputs{"name": "nodes", "version": "1"}}),
			Passes: triesNodes(inputs{"diskSize": 50})},
		{ID: "aws-eks-nodes-newer-than-cluster", Code: invalid, Text: "newer than the cluster's version 1.33",
			Fails: triesNodes(inputs{"version": "1.34"}), Passes: triesNodes(inputs{"version": "1.32"})},
		{ID: "aws-eks-nodes-in-cluster-vpc", Code: invalid, Text: "not in the VPC of the cluster",
			Fails: tries(nodeGroupToken, func(w *world) inputs {
				cluster := eksCluster(w, nil)
				elsewhere := subnet(w, otherVPC(w), "10.1.1.0/24", "a").ID()
				return nodeInputs(w, cluster, inputs{"subnetIds": []any{elsewhere}})
			}),
			Passes: triesNodes(nil)},
		{ID: "aws-eks-pod-execution-role-trust", Code: invalid, Text: "Misconfigured PodExecutionRole Trust Policy",
			Fails: fargate(func(w *world, _ thing) inputs {
				return inputs{"podExecutionRoleArn": appRole(w, "wrong", "eks").Text("arn")}
			}),
			Passes: fargate(asIs)},
		{ID: "aws-eks-fargate-private-subnets", Code: invalid, Text: "is not a private subnet",
			Fails: fargate(func(w *world, cluster thing) inputs {
				v := thing{}
				v.Request.ID = vpcOf(w)
				public := w.Create("aws:ec2/routeTable:RouteTable", "public", inputs{"vpcId": v.ID(),
					"routes": []any{inputs{"cidrBlock": "0.0.0.0/0", "gatewayId": gateway(w, v).ID()}}})
				w.Create("aws:ec2/routeTableAssociation:RouteTableAssociation", "public", inputs{
					"routeTableId": public.ID(), "subnetId": clusterSubnets(cluster).([]any)[0],
				})
				return nil
			}),
			Passes: fargate(asIs)},
	}
}

func eksAccessCases() []simulatortest.Case {
	addon := func(name, version string) func(*world) error {
		return tries(addonToken, func(w *world) inputs {
			return inputs{"clusterName": eksCluster(w, nil).ID(), "addonName": name, "addonVersion": version}
		})
	}
	observability := func(version string) func(*world) error {
		return tries(addonToken, func(w *world) inputs {
			return inputs{
				"clusterName": eksCluster(w, nil).ID(), "addonName": "amazon-cloudwatch-observability", "addonVersion": version,
				"configurationValues": `{"applicationSignals":{"enabled":false}}`,
			}
		})
	}
	entry := func(mode, changes inputs) func(*world) error {
		return tries(entryToken, func(w *world) inputs {
			return with(inputs{"clusterName": eksCluster(w, mode).ID(), "principalArn": role(w, "admin").Text("arn")}, changes)
		})
	}
	twice := func(token string, in func(*world) inputs, change inputs) func(*world) error {
		return func(w *world) error {
			first := in(w)
			w.Create(token, "first", first)
			_, err := w.Try(token, "second", with(first, change))
			return err
		}
	}
	admin := func(w *world) inputs {
		return inputs{"clusterName": eksCluster(w, apiMode).ID(), "principalArn": role(w, "admin").Text("arn")}
	}
	other := inputs{"principalArn": "arn:aws:iam::999999999999:role/other"}
	ofNodes := func(same bool) func(*world) error {
		return func(w *world) error {
			cluster := eksCluster(w, apiMode)
			nodes := w.Create(nodeGroupToken, "nodes", nodeInputs(w, cluster, nil))
			principal := nodes.Text("nodeRoleArn")
			if !same {
				principal = role(w, "admin").Text("arn")
			}
			_, err := w.Try(entryToken, "entry", inputs{"clusterName": cluster.ID(), "principalArn": principal, "type": "EC2_LINUX"})
			return err
		}
	}
	associate := func(withEntry bool, policy string) func(*world) error {
		return func(w *world) error {
			in := admin(w)
			if withEntry {
				w.Create(entryToken, "entry", in)
			}
			_, err := w.Try(associateToken, "view", with(in, inputs{"policyArn": policy, "accessScope": inputs{"type": "cluster"}}))
			return err
		}
	}
	pods := func(w *world) inputs {
		return inputs{"clusterName": eksCluster(w, nil).ID(), "namespace": "default", "serviceAccount": "app",
			"roleArn": role(w, "app").Text("arn")}
	}
	const inUse = "ResourceInUseException"
	return []simulatortest.Case{
		{ID: "aws-eks-addon-version", Code: "InvalidParameterException", Text: "Addon version specified is not supported",
			Fails: addon("kube-proxy", "v1.34.0-eksbuild.2"), Passes: addon("kube-proxy", "v1.33.3-eksbuild.4")},
		{ID: "aws-eks-addon-configuration", Code: "InvalidParameterException", Text: "[$.applicationSignals: is not defined",
			Fails: observability("v5.4.0-eksbuild.1"), Passes: observability("v6.4.0-eksbuild.1")},
		{ID: "aws-eks-one-access-entry", Code: inUse, Text: "already in use on this cluster",
			Fails: twice(entryToken, admin, inputs{"type": "EC2_LINUX"}), Passes: twice(entryToken, admin, other)},
		{ID: "aws-eks-access-entries-need-api-mode", Code: "InvalidRequestException", Text: "must be set to one of",
			Fails: entry(nil, nil), Passes: entry(apiMode, nil)},
		{ID: "aws-eks-access-entry-of-nodes", Code: inUse, Text: "already in use", Fails: ofNodes(true), Passes: ofNodes(false)},
		{ID: "aws-eks-access-entry-groups", Code: "InvalidParameterException", Text: "cannot start with system:",
			Fails:  entry(apiMode, inputs{"kubernetesGroups": []any{"system:masters"}}),
			Passes: entry(apiMode, inputs{"kubernetesGroups": []any{"masters"}})},
		{ID: "aws-eks-access-policy-needs-entry", Code: "ResourceNotFoundException", Text: "principalArn could not be found",
			Fails: associate(false, viewPolicy), Passes: associate(true, viewPolicy)},
		{ID: "aws-eks-access-policy-is-no-iam-policy", Code: "InvalidParameterException", Text: "format is not valid",
			Fails: associate(true, "arn:aws:iam::aws:policy/ReadOnlyAccess"), Passes: associate(true, viewPolicy)},
		{ID: "aws-eks-one-pod-identity", Code: inUse, Text: "Association already exists",
			Fails: twice(podToken, pods, nil), Passes: twice(podToken, pods, inputs{"serviceAccount": "other"})},
	}
}
