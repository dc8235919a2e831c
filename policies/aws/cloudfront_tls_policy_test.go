package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontTLSPolicy(t *testing.T) {
	t.Parallel()
	with := func(certificate props) []policytest.Resource {
		return policytest.One(distributionType, props{"viewerCertificate": certificate})
	}
	policytest.Run(t, CloudFrontTLSPolicy, []policytest.Case{
		{Name: "the default certificate", Resources: with(props{"cloudfrontDefaultCertificate": true}), Want: policytest.Pass()},
		{Name: "not said", Resources: with(props{"acmCertificateArn": policytest.Unknown}), Want: policytest.Fail("[unset]")},
		{Name: "a certificate in IAM", Resources: with(props{"iamCertificateId": "ASCA1", "minimumProtocolVersion": "TLSv1"}), Want: policytest.Fail("is TLSv1.")},
		{Name: "TLS 1.3", Resources: with(props{"acmCertificateArn": "arn", "minimumProtocolVersion": "TLSv1.3_2025"}), Want: policytest.Pass()},
		{Name: "not known", Resources: with(props{"acmCertificateArn": "arn", "minimumProtocolVersion": policytest.Unknown}), Want: policytest.Undetermined("minimumProtocolVersion")},
	}...)
	policytest.RunRemediations(t, CloudFrontTLSPolicy, policytest.Remediation{
		Name: "mended", Type: distributionType, Properties: props{"viewerCertificate": props{"iamCertificateId": "ASCA1"}},
		Want: props{"viewerCertificate": props{"iamCertificateId": "ASCA1", "minimumProtocolVersion": "TLSv1.2_2021"}},
	}, policytest.Remediation{
		Name: "the default certificate is left alone", Type: distributionType,
		Properties: props{"viewerCertificate": props{"cloudfrontDefaultCertificate": true}},
	})
}
