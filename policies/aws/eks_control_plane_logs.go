package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EKSControlPlaneLogs wants clusters to keep the logs by which an intrusion can be told.
var EKSControlPlaneLogs = policy.Policy{
	ID:       "aws-eks-control-plane-logs",
	Title:    "Clusters must keep audit logs.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "The audit log is the only record of who did what in a cluster; without it, an intrusion through a " +
		"workload leaves no trace.",
	Remediation: "Set enabledClusterLogTypes to api, audit and authenticator at least.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15 A.8.16"}.List(),
	Tags:        []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_37", "Trivy AWS-0038", "AWS Config EKS_CLUSTER_LOGGING_ENABLED", "Security Hub EKS.8",
	},
	Bad: []policy.Example{
		{Name: "main", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/eks", "vpcConfig": props{"subnetIds": []any{"subnet-a"}},
			"enabledClusterLogTypes": []any{"api"},
		}},
	},
	Good: []policy.Example{
		{Name: "main", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/eks", "vpcConfig": props{"subnetIds": []any{"subnet-a"}},
			"enabledClusterLogTypes": []any{"api", "audit", "authenticator"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(clusterType, func(r *policy.Report, cluster loggedCluster) {
			for _, kind := range clusterLogs {
				if !cluster.Logs.Any(func(on string) bool { return on == kind }) {
					r.Fail("It keeps no log of the kind %s.", kind)
				}
			}
		}),
		policy.OnRemediate(clusterType, func(r *policy.Remediation, cluster loggedCluster) {
			logs := cluster.Logs.Get()
			for _, kind := range clusterLogs {
				if !slices.Contains(logs, kind) {
					logs = append(logs, kind)
				}
			}
			r.Set("enabledClusterLogTypes", logs)
		}),
	},
}

// clusterLogs are the kinds that tell who did what.
var clusterLogs = []string{"api", "audit", "authenticator"}

type loggedCluster struct {
	Logs policy.List[string] `pulumi:"enabledClusterLogTypes"`
}
