package tests

// unplanted are the policies that no fault is planted for in the bad stacks, by why. They do not look at them.
var unplanted = map[string][]string{
	"nothing else here needs API Gateway's package of the SDK, which takes its time to compile": {
		"aws-apigateway-access-logs", "aws-apigateway-authorized", "aws-apigateway-cache-encrypted",
		"aws-apigateway-firewall", "aws-apigateway-no-data-trace", "aws-apigateway-throttled",
		"aws-apigateway-tls-policy", "aws-apigateway-traced",
	},
	"AWS refuses what it finds": {"aws-rds-subnet-group-zones"},
	"its own examples and cases have to do": {
		"aws-cloudfront-default-root-object", "aws-cloudfront-origin-access", "aws-cloudfront-origin-encrypted",
		"aws-cloudfront-tls-policy", "aws-config-recorder-on", "aws-config-records-all",
		"aws-elasticache-version-supported", "aws-guardduty-s3-watched", "aws-rds-version-supported",
		"aws-ssm-document-not-public", "aws-ssm-session-logs",
	},
	"it is younger than the bad stacks, which are not yet right but for what is planted as it sees them": {
		"any-changes-not-ignored", "any-data-kept-until-replaced", "any-data-protected",
		"any-images-from-registries", "any-images-pinned", "any-keys-short-lived", "any-providers-short-lived",
		"any-providers-verify", "any-regions-allowed", "any-scripts-fetched-encrypted", "any-secrets-from-a-store",
		"any-secrets-marked", "any-tags-one-environment", "any-tags-required", "any-types-allowed",
		"aws-backup-plan-expires", "aws-backup-restore-tested", "aws-cloudfront-compressed", "aws-cloudtrail-bucket-logged",
		"aws-cloudtrail-data-events", "aws-cloudtrail-logging-on", "aws-cloudtrail-to-cloudwatch",
		"aws-cloudwatch-audit-alarms", "aws-docdb-cluster-encrypted", "aws-dynamodb-scales",
		"aws-ebs-encrypted-by-default", "aws-ebs-snapshots-not-public", "aws-ebs-volume-io2",
		"aws-ec2-default-vpc-unused", "aws-ec2-endpoint-service-asks", "aws-ec2-graviton",
		"aws-ec2-image-not-public", "aws-ec2-instance-profile", "aws-ec2-network-acl-closed",
		"aws-ec2-no-public-address", "aws-ec2-peering-routes-narrow", "aws-ec2-s3-endpoint",
		"aws-ec2-transit-gateway-asks", "aws-ec2-user-data-no-keys", "aws-ecs-cluster-insights",
		"aws-ecs-containers-logged", "aws-ecs-containers-read-only", "aws-ecs-environment-no-keys",
		"aws-ecs-graviton", "aws-ecs-task-own-processes", "aws-ecs-volume-in-transit",
		"aws-efs-access-point-confined", "aws-efs-lifecycle", "aws-efs-policy-not-public",
		"aws-kinesis-stream-encrypted", "aws-lambda-environment-no-keys", "aws-msk-authenticated", "aws-msk-logs",
		"aws-msk-not-public", "aws-neptune-cluster-encrypted", "aws-objectives-availability",
		"aws-objectives-recovery-point", "aws-objectives-recovery-time",
		"aws-opensearch-access-controlled", "aws-opensearch-in-vpc",
		"aws-opensearch-logs", "aws-opensearch-policy-not-public", "aws-opensearch-volume-gp3", "aws-rds-logs",
		"aws-rds-measured", "aws-rds-snapshot-not-public", "aws-rds-storage-gp3", "aws-rds-tls-only",
		"aws-redshift-enhanced-routing", "aws-redshift-logs", "aws-redshift-tls-only",
		"aws-s3-access-point-not-public", "aws-s3-audit-bucket-locked", "aws-s3-bucket-acls-disabled",
		"aws-s3-lifecycle-tiers", "aws-s3-uploads-end", "aws-sfn-logs", "aws-wafv2-acl-has-rules",
	},
}
