// Package sla holds the availability that the clouds commit to in their service level agreements, and composes it.
//
// The figures are commitments that are paid for with credits when they are missed, not measurements; they are the best
// public basis for a promise of one's own. Every figure says where and when it was read.
package sla

import (
	"fmt"
	"math"
	"strings"
)

// Entry is one commitment.
type Entry struct {
	// Service is the service and the form of it that the commitment covers.
	Service string
	// Percent is the monthly uptime percentage committed to.
	Percent float64
	// Source is the agreement, and AsOf the date of the version that was read.
	Source, AsOf string
}

// The commitments of AWS. Those of Route 53 and NAT gateways were read in collections of the agreements: cloudonaut.io,
// "AWS SLA", and github.com/mikaelvesavuori/cloud-sla, of the dates given; that of DynamoDB in dynobase.dev, "DynamoDB
// SLA", and the second of these. That of EC2 has been replaced since by one of the same two figures; that of EKS is for the
// standard control plane, not for the provisioned one.
var (
	AWSInstances       = Entry{"EC2, instances in two or more zones", 99.99, "aws.amazon.com/compute/sla", "2022-05-05"}
	AWSInstance        = Entry{"EC2, one instance", 99.5, "aws.amazon.com/compute/sla", "2022-05-05"}
	AWSLoadBalancer    = Entry{"Elastic Load Balancing, two or more zones", 99.99, "aws.amazon.com/elasticloadbalancing/sla", "2022-07-25"}
	AWSDatabase        = Entry{"RDS, Multi-AZ", 99.95, "aws.amazon.com/rds/sla", "2024-01-22"}
	AWSDatabaseOneZone = Entry{"RDS, one instance", 99.5, "aws.amazon.com/rds/sla", "2024-01-22"}
	AWSAurora          = Entry{"Aurora, two or more zones", 99.99, "aws.amazon.com/rds/aurora/sla", "2022-05-19"}
	AWSAuroraOneZone   = Entry{"Aurora, one zone", 99.9, "aws.amazon.com/rds/aurora/sla", "2022-05-19"}
	AWSTable           = Entry{"DynamoDB, one region", 99.99, "aws.amazon.com/dynamodb/sla", "2022-03-10"}
	AWSCache           = Entry{"ElastiCache, Multi-AZ", 99.99, "aws.amazon.com/elasticache/sla", "2023-01-09"}
	AWSCacheOneZone    = Entry{"ElastiCache, one zone", 99.5, "aws.amazon.com/elasticache/sla", "2023-01-09"}
	AWSCDN             = Entry{"CloudFront", 99.9, "aws.amazon.com/cloudfront/sla", "2022-05-05"}
	AWSDNS             = Entry{"Route 53", 100, "aws.amazon.com/route53/sla", "2019-01-31"}
	AWSKubernetes      = Entry{"EKS, control plane", 99.95, "aws.amazon.com/eks/sla", "2022-05-04"}
	AWSNAT             = Entry{"VPC, NAT gateway", 99.9, "aws.amazon.com/vpc/nat-gateway/sla", "2023-01-08"}
)

// InSeries is the availability, in percent, of something that needs all of the parts.
func InSeries(parts ...Entry) float64 {
	up := 1.0
	for _, part := range parts {
		up *= part.Percent / 100
	}
	return up * 100
}

// Meets reports whether something that needs all of the parts is up for the percentage of the time.
func Meets(percent float64, parts ...Entry) bool { return InSeries(parts...) > percent-1e-9 }

// Downtime is how long, in minutes of a month of 30 days, something of that availability may be down.
func Downtime(percent float64) float64 { return (1 - percent/100) * 30 * 24 * 60 }

// Arithmetic shows how InSeries comes to its result: "99.99 % (EC2, …) × 99.95 % (RDS, …) = 99.940 %, 26 minutes a month".
func Arithmetic(parts ...Entry) string {
	factors := make([]string, len(parts))
	for i, part := range parts {
		factors[i] = fmt.Sprintf("%g %% (%s)", part.Percent, part.Service)
	}
	up := InSeries(parts...)
	return fmt.Sprintf("%s = %.3f %%, %.0f minutes a month", strings.Join(factors, " × "), floor3(up), max(math.Ceil(Downtime(up)-1e-6), 0))
}

// floor3 cuts after three decimals: a promise is never rounded up.
func floor3(percent float64) float64 { return math.Floor(percent*1000+1e-6) / 1000 }
