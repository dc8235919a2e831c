package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudfront"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// distributions plants faults of CloudFront: of what viewers get, and of the ways there.
func distributions(ctx *pulumi.Context) {
	must(cloudfront.NewDistribution(ctx, "site", &cloudfront.DistributionArgs{ // want: aws-cloudfront-access-logs, aws-cloudfront-firewall
		Enabled:           yes,
		DefaultRootObject: nil, // want after up: aws-cloudfront-default-root-object
		Origins: cloudfront.DistributionOriginArray{
			cloudfront.DistributionOriginArgs{
				OriginId: pulumi.String("bucket"), DomainName: bucket(ctx, "site").BucketRegionalDomainName,
				OriginAccessControlId: nil, // want after up: aws-cloudfront-origin-access
			},
			cloudfront.DistributionOriginArgs{
				OriginId: pulumi.String("server"), DomainName: pulumi.String("origin.example.com"),
				CustomOriginConfig: cloudfront.DistributionOriginCustomOriginConfigArgs{
					HttpPort: pulumi.Int(80), HttpsPort: pulumi.Int(443), OriginSslProtocols: list("TLSv1.2"),
					OriginProtocolPolicy: pulumi.String("http-only"), // want: aws-cloudfront-origin-encrypted
				},
			},
		},
		DefaultCacheBehavior: cloudfront.DistributionDefaultCacheBehaviorArgs{
			ViewerProtocolPolicy: pulumi.String("allow-all"), // want: aws-cloudfront-viewers-encrypted
			Compress:             no,                         // want: aws-cloudfront-compressed
			TargetOriginId:       pulumi.String("bucket"), AllowedMethods: list("GET", "HEAD"), CachedMethods: list("GET", "HEAD"),
			CachePolicyId: pulumi.String("658327ea-f89d-4fab-a63d-7e88639e58f6"), // Managed-CachingOptimized
		},
		Restrictions: cloudfront.DistributionRestrictionsArgs{
			GeoRestriction: cloudfront.DistributionRestrictionsGeoRestrictionArgs{RestrictionType: pulumi.String("none")},
		},
		ViewerCertificate: cloudfront.DistributionViewerCertificateArgs{
			IamCertificateId: pulumi.String("ASCAEXAMPLE1234567890"), SslSupportMethod: pulumi.String("sni-only"),
			MinimumProtocolVersion: pulumi.String("TLSv1.1_2016"), // want: aws-cloudfront-tls-policy
		},
	}))
}
