package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayCacheEncrypted(t *testing.T) {
	t.Parallel()
	settings := func(settings props) []policytest.Resource {
		return policytest.One(methodSettingsType, props{"settings": settings})
	}
	policytest.Run(t, APIGatewayCacheEncrypted, []policytest.Case{
		{Name: "nothing is cached", Resources: settings(props{"loggingLevel": "ERROR"}), Want: policytest.Pass()},
		{Name: "said to be in the clear", Resources: settings(props{"cachingEnabled": true, "cacheDataEncrypted": false}), Want: policytest.Fail("in the clear")},
		{Name: "not known", Resources: settings(props{"cachingEnabled": true, "cacheDataEncrypted": policytest.Unknown}), Want: policytest.Undetermined("cacheDataEncrypted")},
	}...)
}
