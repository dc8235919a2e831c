package tests

// unplanted are the policies that no fault is planted for in the bad stacks, by why. They do not look at them.
var unplanted = map[string][]string{
	"AWS refuses what it finds": {"aws-rds-subnet-group-zones"},
	"it is younger than the bad stacks, which are not yet right but for what is planted as it sees them": {
		"aws-account-security-contact", "aws-backup-restore-tested", "aws-cloudwatch-logs-own-key",
		"aws-ec2-no-open-file-shares", "aws-eks-node-ssh-limited", "aws-elasticache-authenticated",
		"aws-iam-support-role", "aws-objectives-recovery-time", "aws-s3-audit-bucket-locked",
	},
}
