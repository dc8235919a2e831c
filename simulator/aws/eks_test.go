package aws_test

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	eksClusterToken = "aws:eks/cluster:Cluster"
	nodeGroupToken  = "aws:eks/nodeGroup:NodeGroup"
	fargateToken    = "aws:eks/fargateProfile:FargateProfile"
	addonToken      = "aws:eks/addon:Addon"
	entryToken      = "aws:eks/accessEntry:AccessEntry"
	associateToken  = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
	podToken        = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
	viewPolicy      = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
)

// appRole makes a role that services may assume.
func appRole(w *world, name string, services ...string) thing {
	return w.Create("aws:iam/role:Role", name, inputs{"name": name, "assumeRolePolicy": `{"Version":"2012-10-17",` +
		`"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["` +
		strings.Join(services, `.amazonaws.com","`) + `.amazonaws.com"]}}]}`})
}

// clusterInputs is a cluster in two zones, changed.
func clusterInputs(w *world, changes inputs) inputs {
	v := vpc(w)
	return with(inputs{
		"name": "main", "roleArn": appRole(w, "cluster", "eks").Text("arn"), "version": "1.33",
		"vpcConfig": inputs{"subnetIds": []any{
			subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID(),
		}},
	}, changes)
}

func eksCluster(w *world, changes inputs) thing {
	return w.Create(eksClusterToken, "cluster", clusterInputs(w, changes))
}

// network returns the ids of a cluster's subnets.
func clusterSubnets(cluster thing) any {
	return cluster.Inputs["vpcConfig"].ObjectValue()["subnetIds"].Mappable()
}

var apiMode = inputs{"accessConfig": inputs{"authenticationMode": "API"}}

func nodeInputs(w *world, cluster thing, changes inputs) inputs {
	return with(inputs{
		"clusterName": cluster.ID(), "nodeGroupName": "workers", "subnetIds": clusterSubnets(cluster),
		"nodeRoleArn":   appRole(w, "nodes", "ec2").Text("arn"),
		"scalingConfig": inputs{"minSize": 1, "desiredSize": 2, "maxSize": 3},
	}, changes)
}

func eksFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: eksClusterToken,
			Inputs: func(w *world) inputs {
				return clusterInputs(w, inputs{"enabledClusterLogTypes": []any{"audit", "api"}})
			},
			Update: func(_ *world, in inputs) inputs {
				return with(in, inputs{"version": "1.34", "vpcConfig": with(in["vpcConfig"].(inputs),
					inputs{"endpointPrivateAccess": true})})
			},
			Replace: changing(inputs{"name": "other"}),
		},
		{
			Type: nodeGroupToken,
			Inputs: func(w *world) inputs {
				return nodeInputs(w, eksCluster(w, nil), inputs{"instanceTypes": []any{"m7g.large"}})
			},
			Update:  changing(inputs{"scalingConfig": inputs{"minSize": 2, "desiredSize": 2, "maxSize": 4}}),
			Replace: changing(inputs{"nodeGroupName": "more"}),
		},
		{
			Type: fargateToken,
			Inputs: func(w *world) inputs {
				cluster := eksCluster(w, nil)
				return inputs{
					"clusterName": cluster.ID(), "fargateProfileName": "pods", "subnetIds": clusterSubnets(cluster),
					"podExecutionRoleArn": appRole(w, "pods", "eks-fargate-pods").Text("arn"),
					"selectors":           []any{inputs{"namespace": "default"}},
				}
			},
			Update:  tagged,
			Replace: changing(inputs{"fargateProfileName": "others"}),
		},
		{
			Type:    addonToken,
			Inputs:  func(w *world) inputs { return inputs{"clusterName": eksCluster(w, nil).ID(), "addonName": "coredns"} },
			Update:  changing(inputs{"addonVersion": "v1.12.1-eksbuild.2"}),
			Replace: changing(inputs{"addonName": "vpc-cni"}),
		},
		{
			Type: entryToken,
			Inputs: func(w *world) inputs {
				return inputs{"clusterName": eksCluster(w, apiMode).ID(), "principalArn": role(w, "admin").Text("arn")}
			},
			Update:  changing(inputs{"kubernetesGroups": []any{"viewers"}}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"principalArn": role(w, "dev").Text("arn")}) },
		},
		{
			Type: associateToken,
			Inputs: func(w *world) inputs {
				entry := inputs{"clusterName": eksCluster(w, apiMode).ID(), "principalArn": role(w, "admin").Text("arn")}
				w.Create(entryToken, "entry", entry)
				return with(entry, inputs{"policyArn": viewPolicy, "accessScope": inputs{"type": "cluster"}})
			},
			Replace: changing(inputs{"policyArn": strings.Replace(viewPolicy, "View", "Admin", 1)}),
		},
		{
			Type: podToken,
			Inputs: func(w *world) inputs {
				return inputs{
					"clusterName": eksCluster(w, nil).ID(), "namespace": "default", "serviceAccount": "app",
					"roleArn": role(w, "app").Text("arn"),
				}
			},
			Update:   func(w *world, in inputs) inputs { return with(in, inputs{"roleArn": role(w, "more").Text("arn")}) },
			Replace:  changing(inputs{"serviceAccount": "other"}),
			ImportID: func(t thing) string { return t.Text("clusterName") + "," + t.Text("associationId") },
		},
	}
}

func TestEKSClusterOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cluster := eksCluster(w, nil)
	endpoint := cluster.Text("endpoint")
	assert.Regexp(t, `^https://[0-9A-F]{32}\.gr7\.us-west-2\.eks\.amazonaws\.com$`, endpoint)
	issuer := cluster.Outputs.Mappable()["identities"].([]any)[0].(map[string]any)["oidcs"].([]any)[0].(map[string]any)["issuer"]
	assert.Equal(t, "https://oidc.eks.us-west-2.amazonaws.com/id/"+endpoint[8:40], issuer)
	assert.Equal(t, "arn:aws:eks:us-west-2:123456789012:cluster/main", cluster.Text("arn"))
	network := cluster.Outputs["vpcConfig"].ObjectValue()
	assert.Regexp(t, `^sg-[0-9a-f]{17}$`, network["clusterSecurityGroupId"].StringValue())
	assert.Equal(t, vpcOf(w), network["vpcId"].StringValue())
	data, err := base64.StdEncoding.DecodeString(cluster.Outputs["certificateAuthority"].ObjectValue()["data"].StringValue())
	require.NoError(t, err)
	block, _ := pem.Decode(data)
	require.NotNil(t, block)
	authority, err := x509.ParseCertificate(block.Bytes)
	require.NoError(t, err)
	assert.True(t, authority.IsCA)

	found := ask(t, w, "aws:eks/getCluster:getCluster", inputs{"name": "main"})
	assert.Equal(t, endpoint, found["endpoint"])
	assert.Equal(t, "CONFIG_MAP", found["accessConfigs"].([]any)[0].(map[string]any)["authenticationMode"])
	refuses(t, w, "aws:eks/getCluster:getCluster", inputs{"name": "none"}, "No cluster found for name: none")
	answer, err := w.Provider.Invoke("aws:eks/getClusterAuth:getClusterAuth", map1("name", "main"))
	require.NoError(t, err)
	require.True(t, answer["token"].IsSecret())
	assert.True(t, strings.HasPrefix(answer["token"].SecretValue().Element.StringValue(), "k8s-aws-v1."))
}

// TestEKSClusterAgain: a cluster that is made again under its name has another security group.
func TestEKSClusterAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := clusterInputs(w, nil)
	group := func(cluster thing) string {
		return cluster.Outputs["vpcConfig"].ObjectValue()["clusterSecurityGroupId"].StringValue()
	}
	first := w.Create(eksClusterToken, "cluster", in)
	updated, err := w.TryUpdate(first, with(in, inputs{"tags": inputs{"team": "shop"}}))
	require.NoError(t, err)
	assert.Equal(t, group(first), group(updated))
	w.Delete(updated)
	assert.NotEqual(t, group(first), group(w.Create(eksClusterToken, "cluster", in)))
}

// TestEKSClusterPreview: what the cloud adds to the network settings is unknown in a preview, and stays in an update.
func TestEKSClusterPreview(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := clusterInputs(w, nil)
	request := simulatortest.Request(eksClusterToken, "cluster")
	checked, problems := w.Provider.Check(request, nil, mapped(in))
	require.Empty(t, problems)
	_, outputs, err := w.Provider.Create(request, checked, true)
	require.NoError(t, err)
	assert.True(t, outputs["vpcConfig"].ObjectValue()["clusterSecurityGroupId"].IsComputed())
	assert.True(t, outputs["vpcConfig"].ObjectValue()["subnetIds"].IsArray())
}

func TestEKSVersions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const token = "aws:eks/getClusterVersions:getClusterVersions"
	all := ask(t, w, token, nil)["clusterVersions"].([]any)
	assert.Len(t, all, 7)
	newest := ask(t, w, token, inputs{"defaultOnly": true})["clusterVersions"].([]any)
	require.Len(t, newest, 1)
	assert.Equal(t, "1.35", newest[0].(map[string]any)["clusterVersion"])
	some := ask(t, w, token, inputs{"clusterVersionsOnlies": []any{"1.31", "1.32"}})["clusterVersions"].([]any)
	assert.Len(t, some, 2)
	proxy := ask(t, w, "aws:eks/getAddonVersion:getAddonVersion", inputs{"addonName": "kube-proxy", "kubernetesVersion": "1.33"})
	assert.Equal(t, "v1.33.0-eksbuild.2", proxy["version"])
}
