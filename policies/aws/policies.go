// Package aws holds the policies on resources of Pulumi's AWS provider (package "aws"): one policy in each file, its
// tests beside it.
//
// Resource types and property names are those of pulumi-aws v6 (sdk/v6/go/aws/ec2 and sdk/v6/go/aws/vpc). The ids of
// controls follow the mappings in prowler's compliance/aws files for CIS 5.0, SOC 2 and ISO 27001:2022.
package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

// All is every policy of this package, in the order of their IDs.
func All() []policy.Policy {
	return []policy.Policy{
		BackupVaultLocked,
		BackupVaultPolicyNotPublic,
		CloudFrontViewersEncrypted,
		CloudTrailEncryptedWithOwnKey,
		CloudTrailLogValidation,
		CloudTrailMultiRegion,
		CloudWatchLogRetention,
		DynamoDBDeletionProtection,
		DynamoDBInBackupPlan,
		DynamoDBPointInTimeRecovery,
		EBSInBackupPlan,
		EBSVolumeEncrypted,
		EBSVolumeGp3,
		EC2DefaultSecurityGroupClosed,
		EC2IMDSv2,
		EC2NoOpenManagementPorts,
		EC2SubnetNoPublicAddresses,
		EC2VPCFlowLogs,
		ECRLifecycle,
		ECRRepositoryPolicyNotPublic,
		ECRScanOnPush,
		ECRTagsImmutable,
		EFSFileSystemEncrypted,
		EFSInBackupPlan,
		EKSControlPlaneLogs,
		EKSEndpointNotOpen,
		EKSSecretsEncrypted,
		ElastiCacheEncryptedAtRest,
		ElastiCacheEncryptedInTransit,
		ElastiCacheFailover,
		ELBAccessLogs,
		ELBAlarm,
		ELBDeletionProtection,
		ELBDropInvalidHeaders,
		ELBFirewall,
		ELBListenerEncrypted,
		ELBTLSPolicy,
		GuardDutyEnabled,
		IAMNoAdminAttachment,
		IAMPassRoleLimited,
		IAMPasswordPolicy,
		IAMPolicyNoAdmin,
		IAMPolicyNoNotAction,
		IAMRoleTrustLimited,
		IAMUserNoPolicies,
		KMSKeyPolicyNotPublic,
		KMSKeyRotates,
		LambdaPermissionNotPublic,
		LambdaURLAuthenticated,
		MSKTLSOnly,
		OpenSearchEncryptedAtRest,
		OpenSearchEncryptedBetweenNodes,
		OpenSearchHTTPS,
		RDSAlarm,
		RDSBackupsKept,
		RDSClusterStandby,
		RDSDeletionProtection,
		RDSFinalSnapshot,
		RDSInBackupPlan,
		RDSMinorUpgrades,
		RDSMultiAZ,
		RDSNotPublic,
		RDSStorageEncrypted,
		RedshiftEncrypted,
		RedshiftNotPublic,
		S3BucketACLNotPublic,
		S3BucketPolicyNotPublic,
		S3BucketPublicAccessBlock,
		S3BucketTLSOnly,
		S3BucketVersioned,
		S3PublicAccessBlockComplete,
		SecretsManagerPolicyNotPublic,
		SecretsManagerRecoveryWindow,
		SecretsManagerRotated,
		SNSAlarmTopicSubscribed,
		SNSTopicEncrypted,
		SNSTopicPolicyNotPublic,
		SQSQueueEncrypted,
		SQSQueuePolicyNotPublic,
		WAFv2Logs,
	}
}

// props are the properties of an example's resource.
type props = map[string]any

// anyVPC is a VPC of which a policy reads no property.
type anyVPC struct{}
