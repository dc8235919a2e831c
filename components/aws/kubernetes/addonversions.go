package kubernetes

// pinnedAddons are the versions of add-ons by minor version of Kubernetes, so that two runs of a program that did not
// change make the same cluster. To raise them, run for each add-on and version of Kubernetes:
//
//	aws eks describe-addon-versions --addon-name coredns --kubernetes-version 1.35 \
//		--query 'addons[0].addonVersions[?compatibilities[0].defaultVersion].addonVersion'
//
// As of October 2026. For 1.35: what EKS installs by default, as that command said on 2 October 2026, for the first four;
// for the others what was in public use with 1.35 then. For 1.34 and 1.36: what was in public use with it then, or, of
// metrics-server and amazon-cloudwatch-observability with 1.36, the default that was written down in public. What was not to
// be found, the node monitoring agent with 1.34, is looked up. EKS drops versions after a while: creating a cluster with
// one fails, and nothing happens to a cluster that runs one.
var pinnedAddons = map[string]map[string]string{
	"1.34": {
		"eks-pod-identity-agent": "v1.3.10-eksbuild.3", "vpc-cni": "v1.22.4-eksbuild.3", "kube-proxy": "v1.34.6-eksbuild.18",
		"coredns": "v1.13.2-eksbuild.11", "aws-ebs-csi-driver": "v1.63.0-eksbuild.1", "metrics-server": "v0.9.0-eksbuild.5",
		observability: "v6.4.0-eksbuild.1",
	},
	"1.35": {
		"eks-pod-identity-agent": "v1.3.10-eksbuild.3", "vpc-cni": "v1.22.4-eksbuild.3", "kube-proxy": "v1.35.3-eksbuild.29",
		"coredns": "v1.13.2-eksbuild.31", "aws-ebs-csi-driver": "v1.64.0-eksbuild.1", "metrics-server": "v0.9.0-eksbuild.6",
		observability: "v6.4.0-eksbuild.1", monitoringAgent: "v1.6.6-eksbuild.1",
	},
	"1.36": {
		"eks-pod-identity-agent": "v1.3.10-eksbuild.3", "vpc-cni": "v1.22.4-eksbuild.3", "kube-proxy": "v1.36.0-eksbuild.21",
		"coredns": "v1.14.3-eksbuild.16", "aws-ebs-csi-driver": "v1.63.1-eksbuild.1", "metrics-server": "v0.9.0-eksbuild.11",
		observability: "v6.6.0-eksbuild.1", monitoringAgent: "v1.6.7-eksbuild.1",
	},
}
