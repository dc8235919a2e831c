package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestChangesNotIgnored(t *testing.T) {
	t.Parallel()
	ignoring := func(paths ...string) []policytest.Resource {
		return []policytest.Resource{{Type: "some:module:Thing", IgnoreChanges: paths}}
	}
	policytest.Run(t, ChangesNotIgnored,
		policytest.Case{Name: "nothing", Resources: ignoring(), Want: policytest.Pass()},
		policytest.Case{Name: "what varies by itself", Resources: ignoring("desiredCapacity", "scalingConfig.desiredSize", "tags"), Want: policytest.Pass()},
		policytest.Case{Name: "all", Resources: ignoring("*"), Want: policytest.Fail("all its properties")},
		policytest.Case{Name: "a guard", Resources: ignoring("name", "policy"), Want: policytest.Fail("changes of policy,")},
		policytest.Case{Name: "a part of a guard", Resources: ignoring("ingress[0].cidrBlocks", "metadataOptions.httpTokens"),
			Want: policytest.Fail("ingress[0].cidrBlocks", "metadataOptions.httpTokens")},
		policytest.Case{Name: "a name that begins like one", Resources: ignoring("policyName", "spec.policy"), Want: policytest.Pass()},
	)
}

// TestGuards: whatever is guarded by them, changes of a part of these are not to be ignored.
func TestGuards(t *testing.T) {
	t.Parallel()
	var cases []policytest.Case
	for kind, properties := range map[string][]string{
		"aws:sqs/queue:Queue": {"policy"},
		"aws:iam/role:Role":   {"assumeRolePolicy", "inlinePolicies", "managedPolicyArns"},
		"aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": {"policyArns"},
		"gcp:projects/iAMBinding:IAMBinding":                                    {"members"},
		"aws:s3/bucket:Bucket":                                                  {"acl", "grants"},
		"aws:ec2/securityGroup:SecurityGroup":                                   {"ingress", "egress"},
		"aws:lb/loadBalancer:LoadBalancer":                                      {"securityGroups", "enableDeletionProtection"},
		"aws:rds/cluster:Cluster":                                               {"vpcSecurityGroupIds", "storageEncrypted", "kmsKeyId", "deletionProtection"},
		"aws:ec2/vpcEndpoint:VpcEndpoint":                                       {"securityGroupIds"},
		"azure-native:network:NetworkSecurityGroup":                             {"securityRules"},
		"digitalocean:index/firewall:Firewall":                                  {"inboundRules"},
		"gcp:compute/firewall:Firewall":                                         {"sourceRanges"},
		"gcp:activedirectory/domain:Domain":                                     {"authorizedNetworks"},
		"gcp:container/cluster:Cluster":                                         {"masterAuthorizedNetworksConfig"},
		"azure-native:insights:DataCollectionEndpoint":                          {"networkAcls"},
		"azure-native:storage:StorageAccount":                                   {"networkRuleSet", "allowBlobPublicAccess", "publicNetworkAccess", "encryption"},
		"azure-native:datalakestore:Account":                                    {"firewallRules"},
		"aws:rds/instance:Instance":                                             {"publiclyAccessible"},
		"gcp:storage/bucket:Bucket":                                             {"publicAccessPrevention"},
		"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":                {"blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"},
		"aws:ebs/volume:Volume":                                                 {"encrypted"},
		"aws:elasticache/replicationGroup:ReplicationGroup":                     {"atRestEncryptionEnabled", "transitEncryptionEnabled"},
		"aws:lb/listener:Listener":                                              {"sslPolicy"},
		"aws:dynamodb/table:Table":                                              {"deletionProtectionEnabled"},
		"aws:ec2/instance:Instance":                                             {"metadataOptions"},
	} {
		for _, property := range properties {
			cases = append(cases, policytest.Case{Name: property, Want: policytest.Fail("changes of " + property + ","),
				Resources: []policytest.Resource{{Type: kind, IgnoreChanges: []string{property}}}})
		}
	}
	policytest.Run(t, ChangesNotIgnored, cases...)
}
