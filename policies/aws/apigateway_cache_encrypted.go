package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayCacheEncrypted wants answers that an API caches to be encrypted.
var APIGatewayCacheEncrypted = policy.Policy{
	ID:          "aws-apigateway-cache-encrypted",
	Title:       "Caches of APIs must be encrypted.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "A cache holds answers as the callers got them, and keeps them in the clear unless it is told not to.",
	Remediation: "Set settings.cacheDataEncrypted to true.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption"},
	Peers:       []string{"Checkov CKV_AWS_308", "AWS Config API_GW_CACHE_ENABLED_AND_ENCRYPTED", "Security Hub APIGateway.5"},
	Bad: []policy.Example{
		{Name: "all", Type: methodSettingsType, Properties: props{
			"restApi": "a1b2c3d4e5", "stageName": "live", "methodPath": "*/*", "settings": props{"cachingEnabled": true},
		}},
	},
	Good: []policy.Example{
		{Name: "all", Type: methodSettingsType, Properties: props{
			"restApi": "a1b2c3d4e5", "stageName": "live", "methodPath": "*/*",
			"settings": props{"cachingEnabled": true, "cacheDataEncrypted": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(methodSettingsType, func(r *policy.Report, m cachedMethods) {
			if m.clear() {
				r.Fail("It caches answers in the clear.")
			}
		}),
		policy.OnRemediate(methodSettingsType, func(r *policy.Remediation, m cachedMethods) {
			if m.clear() {
				r.Set("settings.cacheDataEncrypted", true)
			}
		}),
	},
}

type cachedMethods struct {
	Settings policy.Value[cacheSettings] `pulumi:"settings"`
}

type cacheSettings struct {
	Caching   policy.Value[bool] `pulumi:"cachingEnabled"`
	Encrypted policy.Value[bool] `pulumi:"cacheDataEncrypted"`
}

// clear reports whether answers are cached and not encrypted.
func (m cachedMethods) clear() bool {
	return policy.AllOf(
		func() bool { return m.Settings.Get().Caching.Or(false) },
		func() bool { return !m.Settings.Get().Encrypted.Or(false) },
	)
}
