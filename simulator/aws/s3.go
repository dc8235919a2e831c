package aws

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/s3/bucket.go; S3 guide,
// "General purpose bucket naming rules".

var bucketKind = &simulator.Kind{
	Noun:     "S3 Bucket",
	Global:   true, // names are unique everywhere, and what is in another region can write into it
	ID:       func(c *simulator.Call) string { return bucketName(c) },
	ARN:      "arn:{partition}:s3:::{id}",
	NotFound: "NoSuchBucket: The specified bucket does not exist: %s",
}

func bucketName(c *simulator.Call) string {
	if prefix := c.Text("bucketPrefix"); prefix != "" && !c.Given("bucket") {
		return prefix + c.Hex("bucketPrefix", prefixDigits)
	}
	return c.Text("bucket")
}

func bucketTypes() []*simulator.Type {
	name := simulator.Coded("InvalidBucketName", simulator.All(
		simulator.Length(3, 63),
		simulator.Matches(`^[a-z0-9][a-z0-9.-]*[a-z0-9]$`,
			"lower-case letters, digits, . and - are, with a letter or digit at both ends"),
		simulator.Text(func(name string) string {
			_, err := netip.ParseAddr(name)
			switch {
			case err == nil, strings.Contains(name, ".."):
				return fmt.Sprintf("%q is an IP address or has two periods in a row", name)
			case strings.HasPrefix(name, "xn--"), strings.HasPrefix(name, "sthree-"), strings.HasSuffix(name, "-s3alias"):
				return fmt.Sprintf("%q begins or ends with what is kept for AWS", name)
			}
			return ""
		}),
	))
	return []*simulator.Type{{
		Token:     "aws:s3/bucketV2:BucketV2",
		Kind:      bucketKind,
		Defaults:  map[string]any{"forceDestroy": false},
		AutoName:  &simulator.AutoName{Property: "bucket", MaxLength: 63, Separator: "-", Lower: true},
		Immutable: []string{"bucket", "bucketPrefix", "objectLockEnabled"},
		Rules:     map[string]simulator.Rule{"bucket": name},
		AtMostOne: [][]string{{"bucket", "bucketPrefix"}},
		Unique: []simulator.Unique{{
			Properties: []string{"bucket"}, Everywhere: true,
			Error: "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it: %s",
		}},
		Compute: func(c *simulator.Call) {
			domain, _ := partitionOf(c.Partition)
			c.Set("bucket", c.ID)
			c.SetNew("bucketPrefix", "")
			c.Set("region", c.Region)
			c.Set("bucketDomainName", c.ID+".s3."+domain)
			c.Set("bucketRegionalDomainName", c.ID+".s3."+c.Region+"."+domain)
			for _, name := range []string{"accelerationStatus", "acl", "policy", "websiteDomain", "websiteEndpoint"} {
				c.SetNew(name, "")
			}
			c.SetNew("requestPayer", "BucketOwner")
			c.SetNew("hostedZoneId", "Z"+strings.ToUpper(c.Fixed("hosted zone of S3", 13)))
		},
	}}
}
