// Command aws-static-site publishes a page: a private bucket that only CloudFront reads, with a certificate that DNS
// validates and a name in the zone.
package main

import (
	"encoding/json"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudfront"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const domain = "www.example.com"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		zone, err := route53.NewZone(ctx, "site", &route53.ZoneArgs{Name: pulumi.String("example.com")})
		if err != nil {
			return err
		}
		validated, err := certificate(ctx, zone)
		if err != nil {
			return err
		}
		bucket, err := content(ctx)
		if err != nil {
			return err
		}
		distribution, err := publish(ctx, bucket, validated.CertificateArn)
		if err != nil {
			return err
		}
		if err := readable(ctx, bucket, distribution); err != nil {
			return err
		}
		if _, err := route53.NewRecord(ctx, "site", &route53.RecordArgs{
			ZoneId: zone.ZoneId, Name: pulumi.String(domain), Type: pulumi.String("A"),
			Aliases: route53.RecordAliasArray{route53.RecordAliasArgs{
				Name: distribution.DomainName, ZoneId: distribution.HostedZoneId, EvaluateTargetHealth: pulumi.Bool(false),
			}},
		}); err != nil {
			return err
		}
		ctx.Export("url", pulumi.String("https://"+domain))
		ctx.Export("distribution", distribution.DomainName)
		return nil
	})
}

// certificate returns a certificate that is validated by a record in the zone. CloudFront takes those of us-east-1 only.
func certificate(ctx *pulumi.Context, zone *route53.Zone) (*acm.CertificateValidation, error) {
	issued, err := acm.NewCertificate(ctx, "site", &acm.CertificateArgs{
		DomainName: pulumi.String(domain), ValidationMethod: pulumi.String("DNS"),
	})
	if err != nil {
		return nil, err
	}
	option := issued.DomainValidationOptions.Index(pulumi.Int(0))
	record, err := route53.NewRecord(ctx, "validation", &route53.RecordArgs{
		ZoneId: zone.ZoneId, Ttl: pulumi.Int(300), Name: option.ResourceRecordName().Elem(),
		Type: option.ResourceRecordType().Elem(), Records: pulumi.StringArray{option.ResourceRecordValue().Elem()},
	})
	if err != nil {
		return nil, err
	}
	return acm.NewCertificateValidation(ctx, "site", &acm.CertificateValidationArgs{
		CertificateArn: issued.Arn, ValidationRecordFqdns: pulumi.StringArray{record.Fqdn},
	})
}

// content returns a bucket that holds the page.
func content(ctx *pulumi.Context) (*s3.BucketV2, error) {
	bucket, err := s3.NewBucketV2(ctx, "site", &s3.BucketV2Args{})
	if err != nil {
		return nil, err
	}
	if _, err := s3.NewBucketPublicAccessBlock(ctx, "site", &s3.BucketPublicAccessBlockArgs{
		Bucket: bucket.ID(), BlockPublicAcls: pulumi.Bool(true), BlockPublicPolicy: pulumi.Bool(true),
		IgnorePublicAcls: pulumi.Bool(true), RestrictPublicBuckets: pulumi.Bool(true),
	}); err != nil {
		return nil, err
	}
	_, err = s3.NewBucketObjectv2(ctx, "index", &s3.BucketObjectv2Args{
		Bucket: bucket.ID(), Key: pulumi.String("index.html"), ContentType: pulumi.String("text/html"),
		Content: pulumi.String("<!doctype html><title>Hello</title><p>Hello"),
	})
	return bucket, err
}

func publish(ctx *pulumi.Context, bucket *s3.BucketV2, certificate pulumi.StringInput) (*cloudfront.Distribution, error) {
	access, err := cloudfront.NewOriginAccessControl(ctx, "site", &cloudfront.OriginAccessControlArgs{
		OriginAccessControlOriginType: pulumi.String("s3"), SigningBehavior: pulumi.String("always"),
		SigningProtocol: pulumi.String("sigv4"),
	})
	if err != nil {
		return nil, err
	}
	return cloudfront.NewDistribution(ctx, "site", &cloudfront.DistributionArgs{
		Enabled: pulumi.Bool(true), DefaultRootObject: pulumi.String("index.html"), Aliases: pulumi.ToStringArray([]string{domain}),
		Origins: cloudfront.DistributionOriginArray{cloudfront.DistributionOriginArgs{
			OriginId: pulumi.String("bucket"), DomainName: bucket.BucketRegionalDomainName, OriginAccessControlId: access.ID(),
		}},
		DefaultCacheBehavior: cloudfront.DistributionDefaultCacheBehaviorArgs{
			TargetOriginId: pulumi.String("bucket"), ViewerProtocolPolicy: pulumi.String("redirect-to-https"),
			AllowedMethods: pulumi.ToStringArray([]string{"GET", "HEAD"}), CachedMethods: pulumi.ToStringArray([]string{"GET", "HEAD"}),
			ForwardedValues: cloudfront.DistributionDefaultCacheBehaviorForwardedValuesArgs{
				QueryString: pulumi.Bool(false),
				Cookies:     cloudfront.DistributionDefaultCacheBehaviorForwardedValuesCookiesArgs{Forward: pulumi.String("none")},
			},
		},
		Restrictions: cloudfront.DistributionRestrictionsArgs{
			GeoRestriction: cloudfront.DistributionRestrictionsGeoRestrictionArgs{RestrictionType: pulumi.String("none")},
		},
		ViewerCertificate: cloudfront.DistributionViewerCertificateArgs{
			AcmCertificateArn: certificate, SslSupportMethod: pulumi.String("sni-only"),
			MinimumProtocolVersion: pulumi.String("TLSv1.2_2021"),
		},
	})
}

// readable lets the distribution, and nobody else, read the bucket.
func readable(ctx *pulumi.Context, bucket *s3.BucketV2, distribution *cloudfront.Distribution) error {
	policy := pulumi.All(bucket.Arn, distribution.Arn).ApplyT(func(arns []any) (string, error) {
		text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
			"Effect": "Allow", "Action": "s3:GetObject", "Resource": arns[0].(string) + "/*",
			"Principal": map[string]any{"Service": "cloudfront.amazonaws.com"},
			"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": arns[1]}},
		}}})
		return string(text), err
	}).(pulumi.StringOutput)
	_, err := s3.NewBucketPolicy(ctx, "site", &s3.BucketPolicyArgs{Bucket: bucket.ID(), Policy: policy})
	return err
}
