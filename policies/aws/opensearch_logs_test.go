package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchLogs(t *testing.T) {
	t.Parallel()
	errors := props{"logType": "ES_APPLICATION_LOGS"}
	secured := func(logs ...any) []policytest.Resource {
		return policytest.One(searchDomainType, props{"logPublishingOptions": logs, "advancedSecurityOptions": props{"enabled": true}})
	}
	policytest.Run(t, OpenSearchLogs, []policytest.Case{
		{Name: "with users, errors only", Resources: secured(errors), Want: policytest.Fail("who did what")},
		{Name: "with users, both", Resources: secured(errors, props{"logType": "AUDIT_LOGS", "enabled": true}), Want: policytest.Pass()},
		{Name: "switched off", Resources: policytest.One(searchDomainType, props{"logPublishingOptions": []any{props{"logType": "ES_APPLICATION_LOGS", "enabled": false}}}), Want: policytest.Fail("log of its errors")},
		{Name: "slow searches only", Resources: policytest.One(searchDomainType, props{"logPublishingOptions": []any{props{"logType": "SEARCH_SLOW_LOGS"}}}), Want: policytest.Fail("log of its errors")},
		{Name: "not known", Resources: policytest.One(searchDomainType, props{"logPublishingOptions": []any{props{"logType": policytest.Unknown}}}), Want: policytest.Undetermined("logType")},
	}...)
}
