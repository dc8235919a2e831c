package main

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/efs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// storage plants faults of buckets, disks and backups.
func storage(ctx *pulumi.Context, w world) {
	buckets(ctx)
	access(ctx)
	volumes(ctx, w)
	fileSystems(ctx, w)
	vaults(ctx, w)
}

func buckets(ctx *pulumi.Context) {
	good := bucket(ctx, "good")
	must(s3.NewAccessPoint(ctx, "reached-by-all", &s3.AccessPointArgs{
		Bucket: good.ID(), PublicAccessBlockConfiguration: s3.AccessPointPublicAccessBlockConfigurationArgs{
			BlockPublicAcls: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes,
			BlockPublicPolicy: no, // want: aws-s3-access-point-not-public
		},
	}))
	bucket(ctx, "unversioned", versions)   // want: aws-s3-bucket-versioned
	bucket(ctx, "ageless", lifecycle)      // want: aws-s3-bucket-lifecycle
	bucket(ctx, "unblocked", publicAccess) // want: aws-s3-bucket-public-access-block
	bucket(ctx, "plain-http", policy)      // want: aws-s3-bucket-tls-only

	hoarding := bucket(ctx, "hoarding", lifecycle)
	must(s3.NewBucketLifecycleConfigurationV2(ctx, "hoarding", &s3.BucketLifecycleConfigurationV2Args{
		Bucket: hoarding.ID(),
		Rules: s3.BucketLifecycleConfigurationV2RuleArray{s3.BucketLifecycleConfigurationV2RuleArgs{
			Id: pulumi.String("old"), Status: pulumi.String("Enabled"), Filter: s3.BucketLifecycleConfigurationV2RuleFilterArgs{},
			Expiration:                     s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(730)},
			Transitions:                    nil, // want: aws-s3-lifecycle-tiers
			AbortIncompleteMultipartUpload: nil, // want: aws-s3-uploads-end
		}},
	}))

	suspended := bucket(ctx, "suspended", versions) // want: aws-s3-bucket-versioned
	must(s3.NewBucketVersioningV2(ctx, "suspended", &s3.BucketVersioningV2Args{
		Bucket: suspended.ID(),
		VersioningConfiguration: s3.BucketVersioningV2VersioningConfigurationArgs{
			Status: pulumi.String("Suspended"),
		},
	}))
}

// access opens buckets to everybody. S3 takes what does so only where it is not told to block it.
func access(ctx *pulumi.Context) {
	shown := bucket(ctx, "shown", publicAccess, policy)
	unblocked := must(s3.NewBucketPublicAccessBlock(ctx, "shown", &s3.BucketPublicAccessBlockArgs{
		Bucket: shown.ID(), BlockPublicAcls: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes,
		BlockPublicPolicy: no, // want: aws-s3-public-access-block-complete
	}))
	bucketPolicy(ctx, "shown-to-all", shown, []string{onlyTLS,
		`{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "%[1]s/*"}`, // want after up: aws-s3-bucket-policy-not-public
	}, pulumi.DependsOn([]pulumi.Resource{unblocked}))

	listed := bucket(ctx, "listed", publicAccess)
	unblocked = must(s3.NewBucketPublicAccessBlock(ctx, "listed", &s3.BucketPublicAccessBlockArgs{
		Bucket: listed.ID(), BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes,
		BlockPublicAcls: no, // want: aws-s3-public-access-block-complete
	}))
	owned := must(s3.NewBucketOwnershipControls(ctx, "listed", &s3.BucketOwnershipControlsArgs{
		Bucket: listed.ID(),
		Rule: s3.BucketOwnershipControlsRuleArgs{
			ObjectOwnership: pulumi.String("BucketOwnerPreferred"), // want: aws-s3-bucket-acls-disabled
		},
	}))
	must(s3.NewBucketAclV2(ctx, "listed-for-all", &s3.BucketAclV2Args{
		Bucket: listed.ID(), Acl: pulumi.String("public-read"), // want: aws-s3-bucket-acl-not-public
	}, pulumi.DependsOn([]pulumi.Resource{unblocked, owned})))
}

func fileSystems(ctx *pulumi.Context, w world) {
	files := func(ctx *pulumi.Context, name string, change func(*efs.FileSystemArgs)) {
		must(efs.NewFileSystem(ctx, name, w.fileSystem(change), pulumi.Protect(true)))
	}
	must(efs.NewFileSystem(ctx, "files-loose", w.fileSystem(), // want: any-data-protected
		pulumi.DeleteBeforeReplace(true), // want: any-data-kept-until-replaced
	))
	files(ctx, "files-clear", func(f *efs.FileSystemArgs) {
		f.Encrypted, f.KmsKeyId = no, nil // want: aws-efs-file-system-encrypted
	})
	files(ctx, "files-unsaved", func(f *efs.FileSystemArgs) {
		f.Tags = nil // want: aws-efs-in-backup-plan
	})
	files(ctx, "files-one-zone", func(f *efs.FileSystemArgs) {
		f.AvailabilityZoneName = pulumi.String("eu-west-1a") // want: aws-efs-several-zones
	})
	files(ctx, "files-dear", func(f *efs.FileSystemArgs) {
		f.LifecyclePolicies = nil // want: aws-efs-lifecycle
	})
	must(efs.NewAccessPoint(ctx, "whole", &efs.AccessPointArgs{
		FileSystemId: w.files.ID(), PosixUser: efs.AccessPointPosixUserArgs{Uid: pulumi.Int(1000), Gid: pulumi.Int(1000)},
		RootDirectory: nil, // want: aws-efs-access-point-confined
	}))
	must(efs.NewFileSystemPolicy(ctx, "mounted-by-all", &efs.FileSystemPolicyArgs{
		FileSystemId: w.files.ID(),
		Policy:       document(`{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientWrite"}`), // want: aws-efs-policy-not-public
	}))
}

// fileSystem is a good one but for a change.
func (w *world) fileSystem(changes ...func(*efs.FileSystemArgs)) *efs.FileSystemArgs {
	return with(&efs.FileSystemArgs{
		Encrypted: yes, KmsKeyId: w.key.Arn, Tags: backedUp,
		LifecyclePolicies: efs.FileSystemLifecyclePolicyArray{efs.FileSystemLifecyclePolicyArgs{TransitionToIa: pulumi.String("AFTER_30_DAYS")}},
	}, changes)
}

func vaults(ctx *pulumi.Context, w world) {
	vault := func(ctx *pulumi.Context, name string, key pulumi.StringPtrInput) *backup.Vault {
		made := must(backup.NewVault(ctx, name, &backup.VaultArgs{KmsKeyArn: key}))
		must(backup.NewVaultLockConfiguration(ctx, name, &backup.VaultLockConfigurationArgs{
			BackupVaultName: made.Name, MinRetentionDays: pulumi.Int(7),
		}))
		return made
	}
	must(backup.NewVault(ctx, "unlocked", &backup.VaultArgs{KmsKeyArn: w.key.Arn}))                        // want: aws-backup-vault-locked
	vault(ctx, "aws-key", nil)                                                                             // want: aws-backup-vault-own-key
	must(backup.NewPlan(ctx, "for-ever", &backup.PlanArgs{Rules: backup.PlanRuleArray{backup.PlanRuleArgs{ // want: aws-backup-restore-tested
		RuleName: pulumi.String("daily"), TargetVaultName: vault(ctx, "full", w.key.Arn).Name, Schedule: pulumi.String("cron(0 3 * * ? *)"),
		Lifecycle: nil, // want: aws-backup-plan-expires
	}}}))
	must(backup.NewVaultPolicy(ctx, "taken-by-all", &backup.VaultPolicyArgs{
		BackupVaultName: vault(ctx, "taken", w.key.Arn).Name,
		Policy:          document(`{"Effect": "Allow", "Principal": "*", "Action": "backup:CopyFromBackupVault", "Resource": "*"}`), // want: aws-backup-vault-policy-not-public
	}))
}

func volumes(ctx *pulumi.Context, w world) {
	volume := func(ctx *pulumi.Context, name string, change func(*ebs.VolumeArgs)) {
		must(ebs.NewVolume(ctx, name, with(&ebs.VolumeArgs{
			AvailabilityZone: pulumi.String("eu-west-1a"), Size: pulumi.Int(20), Type: pulumi.String("gp3"), Encrypted: yes,
			KmsKeyId: w.key.Arn, Tags: backedUp,
		}, []func(*ebs.VolumeArgs){change})))
	}
	volume(ctx, "volume-good", func(*ebs.VolumeArgs) {})
	volume(ctx, "volume-clear", func(v *ebs.VolumeArgs) {
		v.Encrypted, v.KmsKeyId = nil, nil // want: aws-ebs-volume-encrypted
	})
	volume(ctx, "volume-old", func(v *ebs.VolumeArgs) {
		v.Type = pulumi.String("gp2") // want: aws-ebs-volume-gp3
	})
	volume(ctx, "volume-fallible", func(v *ebs.VolumeArgs) {
		v.Type, v.Iops = pulumi.String("io1"), pulumi.Int(1000) // want: aws-ebs-volume-io2
	})
	volume(ctx, "volume-unsaved", func(v *ebs.VolumeArgs) {
		v.Tags = nil // want: aws-ebs-in-backup-plan
	})
	must(ebs.NewEncryptionByDefault(ctx, "volumes", &ebs.EncryptionByDefaultArgs{
		Enabled: no, // want: aws-ebs-encrypted-by-default
	}))
	must(ebs.NewSnapshotBlockPublicAccess(ctx, "snapshots", &ebs.SnapshotBlockPublicAccessArgs{
		State: pulumi.String("unblocked"), // want: aws-ebs-snapshots-not-public
	}))
}

// part is one of what makes a bucket good.
type part int

const (
	versions part = iota
	lifecycle
	publicAccess
	policy
)

// bucket is a good bucket without some of its parts.
func bucket(ctx *pulumi.Context, name string, without ...part) *s3.BucketV2 {
	return bucketOf(ctx, name, &s3.BucketV2Args{}, without...)
}

func bucketOf(ctx *pulumi.Context, name string, args *s3.BucketV2Args, without ...part) *s3.BucketV2 {
	made := must(s3.NewBucketV2(ctx, name, args))
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
				AbortIncompleteMultipartUpload: s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{
					DaysAfterInitiation: pulumi.Int(7),
				},
			}},
		}))
	}
	if !slices.Contains(without, publicAccess) {
		must(s3.NewBucketPublicAccessBlock(ctx, name, &s3.BucketPublicAccessBlockArgs{
			Bucket: made.ID(), BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes,
		}))
	}
	if !slices.Contains(without, policy) {
		bucketPolicy(ctx, name, made, []string{onlyTLS})
	}
	return made
}

// onlyTLS refuses what is not encrypted on its way.
const onlyTLS = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["%[1]s", "%[1]s/*"],
	"Condition": {"Bool": {"aws:SecureTransport": "false"}}}`

// bucketPolicy is a policy of statements, in which %[1]s stands for the bucket's ARN.
func bucketPolicy(ctx *pulumi.Context, name string, of *s3.BucketV2, statements []string, opts ...pulumi.ResourceOption) *s3.BucketPolicy {
	return must(s3.NewBucketPolicy(ctx, name, &s3.BucketPolicyArgs{
		Bucket: of.ID(), Policy: pulumi.Sprintf(string(document(statements...)), of.Arn),
	}, opts...))
}
