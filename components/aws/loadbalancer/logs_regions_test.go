package loadbalancer

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
)

// One policy serves every region: those that once had an account that wrote logs, those that never had, and the other
// partitions, whose ARNs are others. AWS would refuse the load balancer otherwise, and so does the simulated one.
func TestLogsInEveryRegion(t *testing.T) {
	t.Parallel()
	for region, partition := range map[string]string{
		"us-east-1": "aws", "eu-west-1": "aws", "ap-southeast-3": "aws", "me-south-1": "aws", // before August 2022
		"eu-central-2": "aws", "il-central-1": "aws", "mx-central-1": "aws", "ap-southeast-7": "aws", // since
		"us-gov-west-1": "aws-us-gov", "us-gov-east-1": "aws-us-gov", "cn-northwest-1": "aws-cn",
	} {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			r, err := componenttest.Run(componenttest.SimulatedAWS(t, region), func(ctx *pulumi.Context) error {
				_, network, err := componenttest.AWSWorldIn(ctx, region)
				if err != nil {
					return err
				}
				_, err = New(ctx, "main", &Args{
					VpcID: network.VpcID, SubnetIDs: network.Public,
					CertificateARN: pulumi.String("arn:" + partition + ":iam::123456789012:server-certificate/main"),
				})
				return err
			})
			require.NoError(t, err)
			policy := text(named(t, r, policyType, "main-balancer-logs"), "policy")
			assert.Contains(t, policy, `"Principal":{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"},"Action":["s3:PutObject"]`)
			assert.Contains(t, policy, `"arn:`+partition+`:s3:::holdfast-test-main-balancer-logs-123456789012/access/AWSLogs/123456789012/*"`)
			assert.NotContains(t, policy, `"AWS":`, "no region needs its account any more")
		})
	}
}
