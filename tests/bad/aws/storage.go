package main

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// storage plants faults of buckets and volumes.
func storage(ctx *pulumi.Context, w world) {
	buckets(ctx)
	volumes(ctx, w)
}

func buckets(ctx *pulumi.Context) {
	bucket(ctx, "good")
	bucket(ctx, "unversioned", versions)   // want: aws-s3-bucket-versioned
	bucket(ctx, "ageless", lifecycle)      // want: aws-s3-bucket-lifecycle
	bucket(ctx, "unblocked", publicAccess) // want: aws-s3-bucket-public-access-block
	bucket(ctx, "plain-http", encryption)  // want: aws-s3-bucket-tls-only

	suspended := bucket(ctx, "suspended", versions) // want: aws-s3-bucket-versioned
	must(s3.NewBucketVersioningV2(ctx, "suspended", &s3.BucketVersioningV2Args{
		Bucket: suspended.ID(),
		VersioningConfiguration: s3.BucketVersioningV2VersioningConfigurationArgs{
			Status: pulumi.String("Suspended"),
		},
	}))
	half := bucket(ctx, "half-blocked", publicAccess)
	must(s3.NewBucketPublicAccessBlock(ctx, "half-blocked", &s3.BucketPublicAccessBlockArgs{
		Bucket: half.ID(), BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes,
		RestrictPublicBuckets: no, // want: aws-s3-public-access-block-complete
	}))
}

func volumes(ctx *pulumi.Context, w world) {
	volume(ctx, "good", w, func(*ebs.VolumeArgs) {})
	volume(ctx, "clear", w, func(v *ebs.VolumeArgs) { v.Encrypted, v.KmsKeyId = nil, nil }) // want: aws-ebs-volume-encrypted
	volume(ctx, "old", w, func(v *ebs.VolumeArgs) { v.Type = pulumi.String("gp2") })        // want: aws-ebs-volume-gp3
	volume(ctx, "lost", w, func(v *ebs.VolumeArgs) { v.Tags = nil })                        // want: aws-ebs-in-backup-plan
}

// part is one of what makes a bucket good.
type part int

const (
	versions part = iota
	lifecycle
	publicAccess
	encryption
)

// bucket is a good bucket without some of its parts.
func bucket(ctx *pulumi.Context, name string, without ...part) *s3.BucketV2 {
	made := must(s3.NewBucketV2(ctx, name, &s3.BucketV2Args{}))
	if !slices.Contains(without, versions) {
		must(s3.NewBucketVersioningV2(ctx, name, &s3.BucketVersioningV2Args{
			Bucket:                  made.ID(),
			VersioningConfiguration: s3.BucketVersioningV2VersioningConfigurationArgs{Status: pulumi.String("Enabled")},
		}))
	}
	if !slices.Contains(without, lifecycle) {
		must(s3.NewBucketLifecycleConfigurationV2(ctx, name, &s3.BucketLifecycleConfigurationV2Args{
			Bucket: made.ID(),
			Rules: s3.BucketLifecycleConfigurationV2RuleArray{s3.BucketLifecycleConfigurationV2RuleArgs{
				Id: pulumi.String("old"), Status: pulumi.String("Enabled"), Filter: s3.BucketLifecycleConfigurationV2RuleFilterArgs{},
				NoncurrentVersionExpiration: s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs{
					NoncurrentDays: pulumi.Int(90),
				},
			}},
		}))
	}
	if !slices.Contains(without, publicAccess) {
		must(s3.NewBucketPublicAccessBlock(ctx, name, &s3.BucketPublicAccessBlockArgs{
			Bucket: made.ID(), BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes,
		}))
	}
	if !slices.Contains(without, encryption) {
		bucketPolicy(ctx, name, made, onlyTLS)
	}
	return made
}

// onlyTLS refuses what is not encrypted on its way.
const onlyTLS = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["%[1]s", "%[1]s/*"],
	"Condition": {"Bool": {"aws:SecureTransport": "false"}}}`

// bucketPolicy is a policy of statements, in which %[1]s stands for the bucket's ARN.
func bucketPolicy(ctx *pulumi.Context, name string, of *s3.BucketV2, statements ...string) {
	document := `{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ", ") + "]}"
	must(s3.NewBucketPolicy(ctx, name, &s3.BucketPolicyArgs{
		Bucket: of.ID(), Policy: pulumi.Sprintf(document, of.Arn),
	}))
}

// volume is a good volume but for a change.
func volume(ctx *pulumi.Context, name string, w world, change func(*ebs.VolumeArgs)) {
	args := &ebs.VolumeArgs{
		AvailabilityZone: pulumi.String("eu-west-1a"), Size: pulumi.Int(20), Type: pulumi.String("gp3"), Encrypted: yes,
		KmsKeyId: w.key.Arn, Tags: backedUp,
	}
	change(args)
	must(ebs.NewVolume(ctx, name, args))
}
