package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EKSNodeSSHLimited refuses node groups whose nodes take SSH from everywhere.
var EKSNodeSSHLimited = policy.Policy{
	ID:       "aws-eks-node-ssh-limited",
	Title:    "Node groups must say from where their nodes take SSH.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "With a key for SSH and no security groups to take it from, EKS opens port 22 of the nodes to 0.0.0.0/0: a security " +
		"group that no program shows.",
	Remediation: "Drop remoteAccess and administer nodes through AWS Systems Manager Session Manager, or set " +
		"remoteAccess.sourceSecurityGroupIds to the group of your bastion.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20"}.List(),
	Tags:     []string{"security", "network"},
	Peers:    []string{"Checkov CKV_AWS_100"},
	Bad:      []policy.Example{{Name: "nodes", Type: nodeGroupType, Properties: nodes(props{"ec2SshKey": "ops"})}},
	Good: []policy.Example{{Name: "nodes", Type: nodeGroupType, Properties: nodes(props{
		"ec2SshKey": "ops", "sourceSecurityGroupIds": []any{"sg-0a1b2c3d"},
	})}},
	Rules: []policy.Rule{
		policy.On(nodeGroupType, func(r *policy.Report, g reachableNodes) {
			if g.Access.Get().open() {
				r.Fail("Its nodes take SSH from everywhere: remoteAccess has ec2SshKey, and no sourceSecurityGroupIds.")
			}
		}),
	},
}

// nodes are an example's node group with a way in by SSH.
func nodes(access props) props {
	return props{
		"clusterName": "shop", "nodeRoleArn": "arn:aws:iam::123456789012:role/nodes", "subnetIds": []any{"subnet-0a1b2c3d"},
		"scalingConfig": props{"desiredSize": 2, "minSize": 2, "maxSize": 4}, "remoteAccess": access,
	}
}

type reachableNodes struct {
	Access policy.Value[remoteAccess] `pulumi:"remoteAccess"`
}

type remoteAccess struct {
	Key    policy.Value[string] `pulumi:"ec2SshKey"`
	Groups policy.List[string]  `pulumi:"sourceSecurityGroupIds"`
}

// open reports whether there is a key and nothing says for whom: then it is for all (Amazon EKS API Reference,
// "RemoteAccessConfig").
func (a remoteAccess) open() bool { return a.Key.Present() && a.Groups.Len() == 0 }
