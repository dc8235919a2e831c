package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontAccessLogs(t *testing.T) {
	t.Parallel()
	site := policytest.Resource{Name: "site", Type: distributionType}
	policytest.Run(t, CloudFrontAccessLogs, []policytest.Case{
		{Name: "in real time", Resources: policytest.One(distributionType, props{"defaultCacheBehavior": props{"realtimeLogConfigArn": policytest.Unknown}}), Want: policytest.Pass()},
		{Name: "by CloudWatch", Resources: []policytest.Resource{site, {Name: "log", Type: logDeliverySourceType, Properties: props{"resourceArn": policytest.Ref("site")}}}, Want: policytest.Pass()},
		{Name: "by CloudWatch, of another", Resources: []policytest.Resource{site, {Name: "log", Type: logDeliverySourceType, Properties: props{"resourceArn": "arn:aws:cloudfront::123456789012:distribution/E2"}}}, Want: policytest.Fail("no log")},
	}...)
}
