package crosscloud

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ChangesNotIgnored wants the program to decide on what guards a resource: changes of that are not to be ignored.
var ChangesNotIgnored = policy.Policy{
	ID:       "any-changes-not-ignored",
	Title:    "Changes of what guards a resource should not be ignored.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "What ignoreChanges names, stays as somebody has set it by hand: a rule that was opened for an hour stays open, " +
		"and no preview shows it. And what is corrected in the program never gets to the cloud.",
	Remediation: "Take the property out of ignoreChanges, and put into the program what is wanted. Where another program sets " +
		"it on purpose, say so in an exemption.",
	Controls: frameworks.Controls{SOC2: "CC7.1 CC8.1", ISO27001: "A.8.9 A.8.32"}.List(),
	Tags:     []string{"security", "drift"},
	Bad: []policy.Example{
		{Name: "web", Type: "aws:ec2/securityGroup:SecurityGroup", Properties: props{"vpcId": "vpc-0123456789abcdef0"},
			IgnoreChanges: []string{"ingress"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: "aws:autoscaling/group:Group", Properties: props{"minSize": 2, "maxSize": 6},
			IgnoreChanges: []string{"desiredCapacity"}},
	},
	Rules: []policy.Rule{
		policy.OnEvery(func(r *policy.Report, _ struct{}) {
			for _, path := range r.Resource().Options().IgnoreChanges {
				property, _, _ := strings.Cut(path, ".")
				property, _, _ = strings.Cut(property, "[")
				switch {
				case property == "*":
					r.Fail("It ignores changes of all its properties.")
				case slices.Contains(guards, property):
					r.Fail("It ignores changes of %s, which says who gets to it, or how it is protected.", path)
				}
			}
		}),
	},
}

// guards are properties that say who gets to a resource, or how it is protected, whatever its type.
var guards = []string{
	"policy", "assumeRolePolicy", "inlinePolicies", "managedPolicyArns", "policyArns", "members", "acl", "grants",
	"ingress", "egress", "securityGroups", "vpcSecurityGroupIds", "securityGroupIds", "securityRules", "inboundRules",
	"sourceRanges", "authorizedNetworks", "masterAuthorizedNetworksConfig", "networkAcls", "networkRuleSet", "firewallRules",
	"publiclyAccessible", "allowBlobPublicAccess", "publicNetworkAccess", "publicAccessPrevention", "blockPublicAcls",
	"blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets",
	"encrypted", "storageEncrypted", "atRestEncryptionEnabled", "transitEncryptionEnabled", "encryption", "kmsKeyId", "sslPolicy",
	"deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection", "metadataOptions",
}
