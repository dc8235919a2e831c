package baseline

import (
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/aws/internal/topic"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// createKey creates the key of everything that the baseline keeps. CloudTrail encrypts on behalf of our trail alone, and
// tells its ARN as encryption context. It must be let decrypt, or no trail is made into a bucket with an S3 Bucket Key
// (CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"; the AWS Control Tower User Guide has the
// statement, "Optionally configure AWS KMS keys"). AWS Config needs the same, which the statement for services grants.
func (b *builder) createKey() error {
	b.trailName = naming.AWSTrail.Name(b.FullName("trail")...)
	ours := iamdoc.Equal("aws:SourceArn", b.trailARN())
	encrypting := iamdoc.Equal("aws:SourceArn", b.trailARN())
	encrypting["StringLike"] = map[string]any{
		"kms:EncryptionContext:aws:cloudtrail:arn": "arn:" + b.account.Partition + ":cloudtrail:*:" + b.account.ID + ":trail/*",
	}
	statements := append([]iamdoc.Statement{
		{
			Sid: "TrailEncrypts", Principal: iamdoc.Service("cloudtrail.amazonaws.com"),
			Action: []string{"kms:Decrypt", "kms:GenerateDataKey*"}, Condition: encrypting,
		},
		{
			Sid: "TrailDescribes", Principal: iamdoc.Service("cloudtrail.amazonaws.com"),
			Action: []string{"kms:DescribeKey"}, Condition: ours,
		},
		key.ForLogs(b.account),
		key.ForService(b.account, "config.amazonaws.com"),
	}, topic.KeyUse(b.account, topic.Name(b.Family, "topic"), b.senders()...)...)
	created, err := key.New(b.Family, b.account, "audit-key", "Encrypts the audit trail, the recorder's files and alarms", statements...)
	if err != nil {
		return err
	}
	b.key, b.baseline.KeyARN = created, created.Arn
	return nil
}

// trailARN is known before the trail exists: the policies of its key and bucket name it.
func (b *builder) trailARN() string { return b.account.ARN("cloudtrail", "trail/"+b.trailName) }
