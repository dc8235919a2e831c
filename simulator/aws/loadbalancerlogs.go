package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Where load balancers write their logs. Sources: the user guides of Application and Network Load Balancers, "Enable
// access logs".

const (
	albLogs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html"
)

// logsOf calls the function for every bucket that a load balancer is to write to.
func logsOf(c *simulator.Call, do func(path, bucket, prefix string)) {
	for _, path := range []string{"accessLogs", "connectionLogs"} {
		if bucket := c.Text(path + ".bucket"); bucket != "" && c.Flag(path+".enabled") {
			do(path, bucket, strings.Trim(c.Text(path+".prefix"), "/"))
		}
	}
}

func accessLogConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-elb-logs-denied", Source: albLogs},
			Stage:  simulator.AtApply,
			Error:  "InvalidConfigurationRequest: Access Denied for bucket: %s. Please check S3bucket permission",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				logsOf(c, func(path, bucket, prefix string) {
					if bucketLocation(c, bucket) == c.Region && !takesLogs(c, bucket, prefix) {
						broken(path+".bucket", bucket)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-logs-region", Source: "https://github.com/hashicorp/terraform/issues/12010"},
			Stage:  simulator.AtApply,
			Error:  "InvalidConfigurationRequest: S3Bucket: %s is not located in the same region with ELB: it is in %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				logsOf(c, func(path, bucket, _ string) {
					if region := bucketLocation(c, bucket); region != "" && region != c.Region {
						broken(path+".bucket", bucket, region)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-logs-encryption", Source: albLogs},
			Stage:  simulator.AtApply,
			Error: "InvalidConfigurationRequest: Access Denied for bucket: %s. Please check S3bucket permission: its objects are " +
				"encrypted with %s, and an Application Load Balancer writes with Amazon S3's own keys only",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				logsOf(c, func(path, bucket, _ string) {
					if algorithm, _ := defaultEncryption(c, bucket); c.Text("loadBalancerType") == "application" && algorithm != "AES256" {
						broken(path+".bucket", bucket, algorithm)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-logs-prefix", Source: albLogs},
			Stage:  simulator.AtCheck,
			Error:  "InvalidConfigurationRequest: The prefix %s cannot contain AWSLogs",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				logsOf(c, func(path, _, prefix string) {
					if strings.Contains(prefix, "AWSLogs") {
						broken(path+".prefix", prefix)
					}
				})
			},
		},
	}
}

// takesLogs reports whether a bucket lets the load balancer write where its logs go. Application Load Balancers write
// as a service or, in the regions from before August 2022, as an account of Elastic Load Balancing's own.
func takesLogs(c *simulator.Call, bucket, prefix string) bool {
	writers := []string{"delivery.logs.amazonaws.com"}
	if c.Text("loadBalancerType") == "application" {
		writers = []string{"logdelivery.elasticloadbalancing.amazonaws.com"}
		if account, ok := logAccounts[c.Region]; ok {
			writers = append(writers, account)
		}
	}
	key := strings.TrimPrefix(prefix+"/AWSLogs/"+c.Account+"/ELBAccessLogTestFile", "/")
	for _, writer := range writers {
		if bucketAllows(c, bucket, key, access{principal: writer, action: "s3:PutObject"}) {
			return true
		}
	}
	return false
}
