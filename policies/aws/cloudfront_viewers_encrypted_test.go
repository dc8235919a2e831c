package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontViewersEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudFrontViewersEncrypted, []policytest.Case{
		{Name: "in a behaviour of its own", Resources: policytest.One(distributionType, props{"defaultCacheBehavior": props{"viewerProtocolPolicy": "https-only"}, "orderedCacheBehaviors": []any{props{"viewerProtocolPolicy": "allow-all"}}}), Want: policytest.Fail("allow-all")},
		{Name: "not known yet", Resources: policytest.One(distributionType, props{"defaultCacheBehavior": props{"viewerProtocolPolicy": policytest.Unknown}}), Want: policytest.Undetermined(".viewerProtocolPolicy")},
	}...)
	policytest.RunRemediations(t, CloudFrontViewersEncrypted, policytest.Remediation{
		Name: "all other paths", Type: distributionType, Properties: props{"defaultCacheBehavior": props{"viewerProtocolPolicy": "allow-all"}},
		Want: props{"defaultCacheBehavior": props{"viewerProtocolPolicy": "redirect-to-https"}},
	}, policytest.Remediation{
		Name: "a path", Type: distributionType, Properties: props{
			"defaultCacheBehavior":  props{"viewerProtocolPolicy": "https-only"},
			"orderedCacheBehaviors": []any{props{"viewerProtocolPolicy": "https-only"}, props{"viewerProtocolPolicy": "allow-all"}},
		},
		Want: props{"orderedCacheBehaviors": []any{props{"viewerProtocolPolicy": "https-only"}, props{"viewerProtocolPolicy": "redirect-to-https"}}},
	})
}
