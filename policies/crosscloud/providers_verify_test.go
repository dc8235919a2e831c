package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestProvidersVerify(t *testing.T) {
	t.Parallel()
	one := policytest.One
	policytest.Run(t, ProvidersVerify,
		policytest.Case{Name: "Google Cloud", Resources: one(gcpProviderType, props{"project": "shop"}), Want: policytest.Pass()},
		// Settings that are no strings reach providers as JSON.
		policytest.Case{Name: "insecure as text", Resources: one(awsProviderType, props{"insecure": "true"}), Want: policytest.Fail("sets insecure")},
		policytest.Case{Name: "not known", Resources: one(awsProviderType, props{"insecure": policytest.Unknown}), Want: policytest.Undetermined(".insecure")},
		policytest.Case{Name: "endpoints", Resources: one(awsProviderType, props{"endpoints": `[{"s3":"http://storage.example.com"}]`}), Want: policytest.Fail("setting endpoints")},
		policytest.Case{Name: "over TLS", Resources: one(awsProviderType, props{"endpoints": `[{"s3":"https://storage.example.com"}]`}), Want: policytest.Pass()},
		policytest.Case{Name: "simulated nearby", Resources: one(awsProviderType, props{"endpoints": `[{"s3":"http://localhost:4566","iam":"http://127.0.0.1:1"}]`}), Want: policytest.Pass()},
		policytest.Case{Name: "a proxy is no endpoint", Resources: one(awsProviderType, props{"httpProxy": "http://proxy.example.com"}), Want: policytest.Pass()},
		policytest.Case{Name: "Azure", Resources: one(azureProviderType, props{"msiEndpoint": "http://identity.example.com"}), Want: policytest.Fail("msiEndpoint")},
		policytest.Case{Name: "DigitalOcean", Resources: one(doProviderType, props{"apiEndpoint": "http://api.example.com"}), Want: policytest.Fail("apiEndpoint")},
		policytest.Case{Name: "insecure, and in the clear", Want: policytest.Fail("endpoints", "insecure"), Resources: one(awsProviderType, props{
			"insecure": true, "endpoints": []any{props{"s3": "http://storage.example.com"}},
		})},
	)
}
