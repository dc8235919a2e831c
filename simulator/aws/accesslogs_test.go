package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Who may write the logs of Application Load Balancers, by region: the service everywhere; an account of Elastic Load
// Balancing's own in the regions from before August 2022, and no account in those since (user guide of Application Load
// Balancers, "Enable access logs").
func TestAccessLogWriters(t *testing.T) {
	t.Parallel()
	for region, test := range map[string]struct{ partition, account string }{
		"us-east-1":      {"aws", "127311923021"},
		"eu-west-1":      {"aws", "156460612806"},
		"me-south-1":     {"aws", "076674570225"},
		"ap-southeast-3": {"aws", "589379963580"},
		"me-central-1":   {"aws", ""},
		"eu-central-2":   {"aws", ""},
		"il-central-1":   {"aws", ""},
		"mx-central-1":   {"aws", ""},
		"us-gov-west-1":  {"aws-us-gov", "048591011584"},
		"us-gov-east-1":  {"aws-us-gov", "190560391635"},
		"cn-north-1":     {"aws-cn", "638102146993"},
		"cn-northwest-1": {"aws-cn", "037604701340"},
	} {
		write := func(t *testing.T, principal, partition string) error {
			w := newWorld(t).As(inputs{"region": region})
			bucket(w, "logs")
			if _, err := w.Try(bucketPolicyToken, "logs", inputs{"bucket": "logs", "policy": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` +
				`"Principal":` + principal + `,"Action":"s3:PutObject","Resource":"arn:` + partition + `:s3:::logs/AWSLogs/123456789012/*"}]}`}); err != nil {
				return err
			}
			return try(w, balancerToken, inputs{
				"subnets": regionalSubnets(w, region), "loadBalancerType": "application", "accessLogs": inputs{"bucket": "logs", "enabled": true},
			})
		}
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			const service, denied = `{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"}`, "Access Denied for bucket: logs"
			assert.NoError(t, write(t, service, test.partition))
			if test.account != "" {
				assert.NoError(t, write(t, `{"AWS":"arn:`+test.partition+`:iam::`+test.account+`:root"}`, test.partition))
			}
			assert.ErrorContains(t, write(t, `{"AWS":"arn:`+test.partition+`:iam::797873946194:root"}`, test.partition), denied, "that of us-west-2")
			if test.partition != "aws" {
				assert.ErrorContains(t, write(t, service, "aws"), "Policy has invalid resource", "the bucket's ARN is another")
			}
		})
	}
}

// regionalSubnets are two subnets of a region that the internet reaches.
func regionalSubnets(w *world, region string) []any {
	v := vpc(w)
	gateway(w, v)
	var ids []any
	for i, zone := range []string{"a", "b"} {
		block := []string{"10.0.1.0/24", "10.0.2.0/24"}[i]
		ids = append(ids, w.Create("aws:ec2/subnet:Subnet", zone, inputs{
			"vpcId": v.ID(), "cidrBlock": block, "availabilityZone": region + zone,
		}).ID())
	}
	return ids
}
