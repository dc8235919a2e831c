package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestProvidersShortLived(t *testing.T) {
	t.Parallel()
	one := policytest.One
	policytest.Run(t, ProvidersShortLived,
		policytest.Case{Name: "none configured", Resources: one(azureProviderType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "session", Resources: one(awsProviderType, props{"accessKey": "x", "token": policytest.Secret("y")}), Want: policytest.Pass()},
		policytest.Case{Name: "access key", Resources: one(awsProviderType, props{"accessKey": policytest.Secret("x")}), Want: policytest.Fail("access key")},
		policytest.Case{Name: "not known", Resources: one(awsProviderType, props{"accessKey": policytest.Unknown}), Want: policytest.Undetermined(".accessKey")},
		policytest.Case{Name: "application", Resources: one(azureProviderType, props{"clientSecret": policytest.Secret("x")}), Want: policytest.Fail("secret of an application")},
		policytest.Case{Name: "OpenID Connect", Resources: one(azureProviderType, props{"useOidc": true}), Want: policytest.Pass()},
		policytest.Case{Name: "service account", Resources: one(gcpProviderType, props{"credentials": `{"type":"service_account","private_key":"x"}`}),
			Want: policytest.Fail("key of a service account")},
		policytest.Case{Name: "federation", Resources: one(gcpProviderType, props{"credentials": `{"type":"external_account"}`}), Want: policytest.Pass()},
	)
}
