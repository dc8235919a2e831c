package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3BucketVersioned wants buckets to keep what is overwritten and deleted.
var S3BucketVersioned = policy.Policy{
	ID:       "aws-s3-bucket-versioned",
	Title:    "Buckets must keep versions.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "What is overwritten or deleted by mistake, or by somebody who asks for a ransom, is gone; with " +
		"versions it is still there.",
	Remediation: "Add an aws:s3/bucketVersioningV2:BucketVersioningV2 with bucket set to this bucket and " +
		"versioningConfiguration.status Enabled, and a lifecycle rule that expires old versions.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC7.5 PI1.5", ISO27001: "A.8.13 A.5.33"}.List(),
	Tags:     []string{"reliability", "backup", "immutability"},
	Peers: []string{
		"Checkov CKV_AWS_21", "Trivy AWS-0090", "AWS Config S3_BUCKET_VERSIONING_ENABLED", "Security Hub S3.14",
	},
	Bad: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
	},
	Good: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
		{Name: "versions", Type: bucketVersioningType, Properties: props{
			"bucket": "${invoices.id}", "versioningConfiguration": props{"status": "Enabled"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Buckets     policy.Resources[versionedBucketV2] `pulumi:"aws:s3/bucketV2:BucketV2"`
			Classic     policy.Resources[versionedBucket]   `pulumi:"aws:s3/bucket:Bucket"`
			Versionings policy.Resources[bucketVersioning]  `pulumi:"aws:s3/bucketVersioningV2:BucketVersioningV2,aws:s3/bucketVersioning:BucketVersioning"`
		}) {
			check := func(bucket *policy.Node, own func() bool) {
				if !policy.AnyOf(func() bool { return stack.Versionings.AnyReferring("bucket", bucket, versioningEnabled) }, own) {
					r.Fail(bucket, "It keeps no versions.")
				}
			}
			policy.EachOf( // the others are checked, too, where something of one is not known yet
				func() {
					stack.Buckets.Each(func(b policy.Resource[versionedBucketV2]) {
						check(b.Node, func() bool { return b.Props.Versionings.Any(ownVersioning.on) })
					})
				},
				func() {
					stack.Classic.Each(func(b policy.Resource[versionedBucket]) {
						check(b.Node, func() bool { return b.Props.Versioning.Get().on() })
					})
				},
			)
		}),
	},
}

// versionedBucketV2 and versionedBucket are buckets that may keep versions by a setting of their own.
type versionedBucketV2 struct {
	Versionings policy.List[ownVersioning] `pulumi:"versionings"`
}

type versionedBucket struct {
	Versioning policy.Value[ownVersioning] `pulumi:"versioning"`
}

type ownVersioning struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}

func (o ownVersioning) on() bool { return o.Enabled.Or(false) }

type bucketVersioning struct {
	Configuration policy.Value[versioningConfiguration] `pulumi:"versioningConfiguration"`
}

type versioningConfiguration struct {
	Status policy.Value[string] `pulumi:"status"`
}

func versioningEnabled(v policy.Resource[bucketVersioning]) bool {
	return v.Props.Configuration.Get().Status.Get() == "Enabled"
}
