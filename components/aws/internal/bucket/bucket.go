// Package bucket makes the S3 buckets that the AWS components keep logs and reports in.
package bucket

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// Args describe a bucket.
type Args struct {
	// KeyARN is the KMS key that encrypts the objects; nil for S3's own keys, which is all that some services can write to.
	KeyARN pulumi.StringPtrInput
	// RetentionDays is after how many days objects are deleted, and as long again for their old versions.
	RetentionDays int
	// LockDays keeps every object from deletion for so many days, by everybody (object lock, governance mode); 0 for no lock.
	LockDays int
	// LockForGood makes the lock one that nobody can override or shorten (compliance mode).
	LockForGood bool
	// Erasable lets the deletion of the bucket delete the objects in it, those under an overridable lock included.
	Erasable bool
	// Statements say who may use the bucket, given its ARN. Everybody is already kept from using it without TLS.
	Statements func(arn string) []iamdoc.Statement
	// Before creates what must exist before Statements can be set, given the bucket's name: what brings a service-linked
	// role into being that they name. Nil for nothing.
	Before func(name pulumi.StringInput) ([]pulumi.Resource, error)
}

// Bucket is a bucket that services can write to once Ready exists.
type Bucket struct {
	*s3.BucketV2
	// Ready are the bucket's policy and settings: what writes to the bucket depends on them.
	Ready []pulumi.Resource
}

// New creates a bucket that nobody outside the account sees: private, versioned, encrypted, over TLS only. Its name
// holds the account's id, for bucket names are shared by everybody on AWS.
func New(f family.Family, account family.Account, part string, args Args) (*Bucket, error) {
	name := naming.AWSBucket.Name(f.FullName(part, account.ID)...)
	created, err := s3.NewBucketV2(f.Ctx, f.Child(part), &s3.BucketV2Args{
		Bucket:            pulumi.String(name),
		ObjectLockEnabled: pulumi.Bool(args.LockDays > 0),
		ForceDestroy:      pulumi.Bool(args.Erasable),
		Tags:              f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return nil, err
	}
	b := &Bucket{BucketV2: created}
	for _, setting := range []func(family.Family, family.Account, string, Args) error{
		b.block, b.own, b.encrypt, b.version, b.expire, b.lock, b.allow,
	} {
		if err := setting(f, account, part, args); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *Bucket) block(f family.Family, _ family.Account, part string, _ Args) error {
	block, err := s3.NewBucketPublicAccessBlock(f.Ctx, f.Child(part), &s3.BucketPublicAccessBlockArgs{
		Bucket:                b.ID(),
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, f.Options()...)
	b.Ready = append(b.Ready, block)
	return err
}

// own gives every object to the bucket's owner, whoever writes it, and takes access control lists out of use.
func (b *Bucket) own(f family.Family, _ family.Account, part string, _ Args) error {
	controls, err := s3.NewBucketOwnershipControls(f.Ctx, f.Child(part), &s3.BucketOwnershipControlsArgs{
		Bucket: b.ID(),
		Rule:   &s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")},
	}, f.Options()...)
	b.Ready = append(b.Ready, controls)
	return err
}

func (b *Bucket) encrypt(f family.Family, _ family.Account, part string, args Args) error {
	algorithm, bucketKey := "AES256", pulumi.BoolPtrInput(nil)
	if args.KeyARN != nil {
		algorithm, bucketKey = "aws:kms", pulumi.Bool(true)
	}
	encryption, err := s3.NewBucketServerSideEncryptionConfigurationV2(f.Ctx, f.Child(part), &s3.BucketServerSideEncryptionConfigurationV2Args{
		Bucket: b.ID(),
		Rules: s3.BucketServerSideEncryptionConfigurationV2RuleArray{&s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
			ApplyServerSideEncryptionByDefault: &s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
				SseAlgorithm: pulumi.String(algorithm), KmsMasterKeyId: args.KeyARN,
			},
			BucketKeyEnabled: bucketKey,
		}},
	}, f.Options()...)
	b.Ready = append(b.Ready, encryption)
	return err
}

func (b *Bucket) version(f family.Family, _ family.Account, part string, _ Args) error {
	versioning, err := s3.NewBucketVersioningV2(f.Ctx, f.Child(part), &s3.BucketVersioningV2Args{
		Bucket:                  b.ID(),
		VersioningConfiguration: &s3.BucketVersioningV2VersioningConfigurationArgs{Status: pulumi.String("Enabled")},
	}, f.Options()...)
	b.Ready = append(b.Ready, versioning)
	return err
}

// expire ends objects, their old versions and what was never uploaded to the end. S3 wants versioning settled first.
func (b *Bucket) expire(f family.Family, _ family.Account, part string, args Args) error {
	_, err := s3.NewBucketLifecycleConfigurationV2(f.Ctx, f.Child(part), &s3.BucketLifecycleConfigurationV2Args{
		Bucket: b.ID(),
		Rules: s3.BucketLifecycleConfigurationV2RuleArray{&s3.BucketLifecycleConfigurationV2RuleArgs{
			Id: pulumi.String("expire"), Status: pulumi.String("Enabled"),
			Filter:     &s3.BucketLifecycleConfigurationV2RuleFilterArgs{Prefix: pulumi.String("")},
			Expiration: &s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(args.RetentionDays)},
			NoncurrentVersionExpiration: &s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs{
				NoncurrentDays: pulumi.Int(args.RetentionDays),
			},
			AbortIncompleteMultipartUpload: &s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{
				DaysAfterInitiation: pulumi.Int(7),
			},
			Transitions: cheaper(args.RetentionDays),
		}},
	}, f.Options(pulumi.DependsOn(b.Ready))...)
	return err
}

// cheaper moves what is kept for long to storage for what is seldom read, as early as S3 lets it and where that pays: at 30
// days, and for 30 more at least (S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle").
func cheaper(retentionDays int) s3.BucketLifecycleConfigurationV2RuleTransitionArray {
	if retentionDays <= 60 {
		return nil
	}
	return s3.BucketLifecycleConfigurationV2RuleTransitionArray{&s3.BucketLifecycleConfigurationV2RuleTransitionArgs{
		Days: pulumi.Int(30), StorageClass: pulumi.String("STANDARD_IA"),
	}}
}

func (b *Bucket) lock(f family.Family, _ family.Account, part string, args Args) error {
	if args.LockDays == 0 {
		return nil
	}
	mode := "GOVERNANCE"
	if args.LockForGood {
		mode = "COMPLIANCE"
	}
	lock, err := s3.NewBucketObjectLockConfigurationV2(f.Ctx, f.Child(part), &s3.BucketObjectLockConfigurationV2Args{
		Bucket: b.ID(),
		Rule: &s3.BucketObjectLockConfigurationV2RuleArgs{
			DefaultRetention: &s3.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs{
				Mode: pulumi.String(mode), Days: pulumi.Int(args.LockDays),
			},
		},
	}, f.Options(pulumi.DependsOn(b.Ready))...)
	b.Ready = append(b.Ready, lock)
	return err
}

// allow sets the bucket's policy. S3 refuses to change policy and public-access block at the same time
// (OperationAborted), so one waits for the other.
func (b *Bucket) allow(f family.Family, _ family.Account, part string, args Args) error {
	first := b.Ready
	if args.Before != nil {
		more, err := args.Before(b.Bucket)
		if err != nil {
			return err
		}
		first = append(first, more...)
	}
	policy, err := s3.NewBucketPolicy(f.Ctx, f.Child(part), &s3.BucketPolicyArgs{
		Bucket: b.ID(),
		Policy: b.Arn.ApplyT(func(arn string) string {
			statements := []iamdoc.Statement{{
				Sid: "OnlyTLS", Effect: "Deny", Principal: iamdoc.Anyone, Action: []string{"s3:*"},
				Resource:  []string{arn, arn + "/*"},
				Condition: map[string]map[string]any{"Bool": {"aws:SecureTransport": "false"}},
			}}
			if args.Statements != nil {
				statements = append(statements, args.Statements(arn)...)
			}
			return iamdoc.Document(statements...)
		}).(pulumi.StringOutput),
	}, f.Options(pulumi.DependsOn(first))...)
	b.Ready = append(b.Ready, policy)
	return err
}
