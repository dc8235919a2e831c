package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayThrottled wants the stages of APIs to have a limit of requests of their own.
var APIGatewayThrottled = policy.Policy{
	ID:       "aws-apigateway-throttled",
	Title:    "Stages of APIs must limit the rate of requests.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "All APIs of an account in a region share one limit, 10,000 requests a second by default (Amazon API Gateway " +
		"Developer Guide, \"Amazon API Gateway quotas\"): one API that is flooded takes all others with it.",
	Remediation: "Set defaultRouteSettings.throttlingRateLimit and throttlingBurstLimit of an HTTP API's stage; for a REST " +
		"API, add an aws:apigateway/methodSettings:MethodSettings with methodPath */* that sets them.",
	Controls: frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:     []string{"reliability", "capacity"},
	Bad: []policy.Example{
		{Name: "live", Type: httpStageType, Properties: props{"apiId": "a1b2c3d4e5", "autoDeploy": true}},
	},
	Good: []policy.Example{
		{Name: "live", Type: httpStageType, Properties: props{
			"apiId": "a1b2c3d4e5", "autoDeploy": true,
			"defaultRouteSettings": props{"throttlingRateLimit": 200, "throttlingBurstLimit": 400},
		}},
	},
	Rules: []policy.Rule{
		policy.On(httpStageType, func(r *policy.Report, s struct {
			Routes policy.Value[rateLimit] `pulumi:"defaultRouteSettings"`
		}) {
			if !s.Routes.Get().limits() {
				r.Fail("It takes as many requests as come.")
			}
		}),
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Stages   policy.Resources[struct{}]         `pulumi:"aws:apigateway/stage:Stage"`
			APIs     policy.Resources[struct{}]         `pulumi:"aws:apigateway/restApi:RestApi"`
			Settings policy.Resources[throttledMethods] `pulumi:"aws:apigateway/methodSettings:MethodSettings"`
		}) {
			throttled := func(api policy.Resource[struct{}]) bool {
				return stack.Settings.AnyReferring("restApi", api.Node, func(m policy.Resource[throttledMethods]) bool {
					return m.Props.Settings.Get().limits()
				})
			}
			stack.Stages.Each(func(stage policy.Resource[struct{}]) {
				if policy.AllOf(
					func() bool { return stack.APIs.AnyReferredBy(stage.Node, "restApi", nil) },
					func() bool { return !stack.APIs.AnyReferredBy(stage.Node, "restApi", throttled) },
				) {
					r.Fail(stage.Node, "It takes as many requests as come.")
				}
			})
		}),
	},
}

type throttledMethods struct {
	Settings policy.Value[rateLimit] `pulumi:"settings"`
}

type rateLimit struct {
	Rate policy.Value[float64] `pulumi:"throttlingRateLimit"`
}

// limits reports whether there is a limit: -1, the provider's default, is none.
func (l rateLimit) limits() bool { return l.Rate.Or(-1) >= 0 }
