package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// What looks for threats, rules of AWS Config, and budgets.

const (
	detectorToken   = "aws:guardduty/detector:Detector"
	featureToken    = "aws:guardduty/detectorFeature:DetectorFeature"
	hubToken        = "aws:securityhub/account:Account"
	standardToken   = "aws:securityhub/standardsSubscription:StandardsSubscription"
	aggregatorToken = "aws:securityhub/findingAggregator:FindingAggregator"
	analyzerToken   = "aws:accessanalyzer/analyzer:Analyzer"
	inspectorToken  = "aws:inspector2/enabler:Enabler"
	macieToken      = "aws:macie2/account:Account"
	configRuleToken = "aws:cfg/rule:Rule"
	packToken       = "aws:cfg/conformancePack:ConformancePack"
	budgetToken     = "aws:budgets/budget:Budget"

	fsbp = "arn:aws:securityhub:us-west-2::standards/aws-foundational-security-best-practices/v/1.0.0"
	cis  = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"
)

func detector(w *world) thing { return w.Create(detectorToken, "detector", inputs{}) }

func hub(w *world) { w.Create(hubToken, "hub", inputs{}) }

// runtime returns inputs of a feature that watches what runs.
func runtimeFeature(detector, name, status string) inputs {
	return inputs{"detectorId": detector, "name": name, "status": status}
}

func managedRule(w *world) inputs {
	recorder(w)
	return inputs{"source": inputs{"owner": "AWS", "sourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}}
}

func budgetOf(more inputs) inputs {
	return with(inputs{"budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "100", "limitUnit": "USD"}, more)
}

func notify(subscribers inputs) inputs {
	return inputs{"notifications": []any{with(inputs{
		"comparisonOperator": "GREATER_THAN", "notificationType": "FORECASTED", "threshold": 80, "thresholdType": "PERCENTAGE",
	}, subscribers)}}
}

func threatFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: detectorToken, Inputs: func(*world) inputs { return inputs{} },
			Update: changing(inputs{"findingPublishingFrequency": "ONE_HOUR", "tags": inputs{"team": "security"}}),
		},
		{
			Type:    featureToken,
			Inputs:  func(w *world) inputs { return runtimeFeature(detector(w).ID(), "RUNTIME_MONITORING", "ENABLED") },
			Update:  changing(inputs{"status": "DISABLED"}),
			Replace: changing(inputs{"name": "S3_DATA_EVENTS"}),
		},
		{Type: hubToken, Inputs: func(*world) inputs { return inputs{} }, Update: changing(inputs{"controlFindingGenerator": "STANDARD_CONTROL"})},
		{
			Type: standardToken,
			Inputs: func(w *world) inputs {
				hub(w)
				return inputs{"standardsArn": fsbp}
			},
			Replace: changing(inputs{"standardsArn": cis}),
		},
		{
			Type: aggregatorToken,
			Inputs: func(w *world) inputs {
				hub(w)
				return inputs{"linkingMode": "ALL_REGIONS"}
			},
			Update: changing(inputs{"linkingMode": "SPECIFIED_REGIONS", "specifiedRegions": []any{"us-east-1"}}),
		},
		{
			Type: analyzerToken, Inputs: func(*world) inputs { return inputs{"analyzerName": "external"} },
			Update: tagged, Replace: changing(inputs{"analyzerName": "unused", "type": "ACCOUNT_UNUSED_ACCESS"}),
		},
		{
			Type: inspectorToken,
			Inputs: func(*world) inputs {
				return inputs{"accountIds": []any{"123456789012"}, "resourceTypes": []any{"ECR", "EC2"}}
			},
			Update:  changing(inputs{"resourceTypes": []any{"ECR", "EC2", "LAMBDA"}}),
			Replace: changing(inputs{"accountIds": []any{"210987654321"}}), DeleteFirst: true,
		},
		{
			Type: macieToken, Inputs: func(*world) inputs { return inputs{} },
			Update: changing(inputs{"status": "PAUSED", "findingPublishingFrequency": "SIX_HOURS"}),
		},
		{
			Type: configRuleToken, Inputs: managedRule,
			Update:  changing(inputs{"inputParameters": `{"isMfaDeleteEnabled":"true"}`, "maximumExecutionFrequency": "One_Hour"}),
			Replace: changing(inputs{"name": "versions"}),
		},
		{
			Type: packToken, Inputs: func(*world) inputs { return inputs{"templateBody": "Resources: {}"} },
			Update: changing(inputs{
				"templateBody": nil, "templateS3Uri": "s3://templates/pack.yaml",
				"inputParameters": []any{inputs{"parameterName": "Days", "parameterValue": "90"}},
			}),
			Replace: changing(inputs{"name": "baseline"}),
		},
		{
			Type: budgetToken, Inputs: func(*world) inputs { return budgetOf(nil) },
			Update:  changing(notify(inputs{"subscriberEmailAddresses": []any{"money@holdfast.example"}})),
			Replace: changing(inputs{"name": "all"}),
		},
	}
}

func TestThreats(t *testing.T) {
	t.Parallel()
	const token = "aws:guardduty/getDetector:getDetector"
	w := newWorld(t)
	refuses(t, w, token, nil, "empty result")
	d := detector(w)
	assert.Equal(t, "arn:aws:guardduty:us-west-2:123456789012:detector/"+d.ID(), d.Text("arn"))
	w.Create(featureToken, "s3", runtimeFeature(d.ID(), "S3_DATA_EVENTS", "DISABLED"))
	for _, args := range []inputs{nil, {"id": d.ID()}} {
		found := ask(t, w, token, args)
		assert.Equal(t, d.ID(), found["id"])
		assert.Equal(t, "ENABLED", found["status"])
		assert.Equal(t, []any{map[string]any{"name": "S3_DATA_EVENTS", "status": "DISABLED", "additionalConfigurations": []any{}}},
			found["features"])
	}
	refuses(t, w, token, inputs{"id": "none"}, "empty result")
	hub(w)
	assert.Equal(t, "arn:aws:securityhub:us-west-2:123456789012:subscription/cis-aws-foundations-benchmark/v/1.2.0",
		w.Create(standardToken, "cis", inputs{"standardsArn": cis}).ID())
	assert.Equal(t, "123456789012-EC2:ECR",
		w.Create(inspectorToken, "i", inputs{"accountIds": []any{"123456789012"}, "resourceTypes": []any{"ECR", "EC2"}}).ID())
	assert.Equal(t, "arn:aws:budgets::123456789012:budget/all", w.Create(budgetToken, "b", budgetOf(inputs{"name": "all"})).Text("arn"))
	runRefusals(t, []refusal{
		{"feature of no detector", featureToken, given(runtimeFeature("none", "S3_DATA_EVENTS", "ENABLED")), "BadRequestException", "not owned"},
		{"analyzer of a taken name", analyzerToken, func(w *world) inputs {
			in := inputs{"analyzerName": "a", "type": "ACCOUNT_UNUSED_ACCESS"}
			w.Create(analyzerToken, "first", in)
			return in
		}, "ConflictException", "already exists"},
		{"budget of a taken name", budgetToken, func(w *world) inputs {
			in := budgetOf(inputs{"name": "all"})
			w.Create(budgetToken, "first", in)
			return in
		}, "DuplicateRecordException", "all"},
		{"budget of no number", budgetToken, given(budgetOf(inputs{"limitAmount": "much"})), "", "must be a number"},
		{"budget from no time", budgetToken, given(budgetOf(inputs{"timePeriodStart": "2026-01-01"})), "", "2026-01-31_00:00"},
		{"rule of parameters that are no JSON", configRuleToken,
			func(w *world) inputs { return with(managedRule(w), inputs{"inputParameters": "{"}) }, "", "must be JSON"},
	})
}

func threatCases() []simulatortest.Case {
	twice := func(token string) (fails, passes func(*world) error) {
		return func(w *world) error {
				w.Create(token, "first", inputs{})
				return try(w, token, inputs{})
			}, func(w *world) error {
				w.Delete(w.Create(token, "first", inputs{}))
				w.Create(token, "second", inputs{})
				return try(w.As(inputs{"region": "us-east-1"}), token, inputs{})
			}
	}
	detectors, detectorElsewhere := twice(detectorToken)
	hubs, hubElsewhere := twice(hubToken)
	macies, macieElsewhere := twice(macieToken)
	watching := func(status string) func(*world) error {
		return func(w *world) error {
			d := detector(w).ID()
			w.Create(featureToken, "eks", runtimeFeature(d, "EKS_RUNTIME_MONITORING", status))
			return try(w, featureToken, runtimeFeature(d, "RUNTIME_MONITORING", "ENABLED"))
		}
	}
	rule := func(source inputs) func(*world) error {
		return func(w *world) error {
			recorder(w)
			return try(w, configRuleToken, inputs{"source": source})
		}
	}
	budget := func(more inputs) func(*world) error {
		return func(w *world) error { return try(w, budgetToken, budgetOf(more)) }
	}
	notifications := func(n int) inputs {
		var list []any
		for i := range n {
			one := notify(inputs{"subscriberEmailAddresses": []any{"money@holdfast.example"}, "threshold": i + 1})
			list = append(list, one["notifications"].([]any)...)
		}
		return inputs{"notifications": list}
	}
	analyze := func(kind string) func(*world) error {
		return func(w *world) error {
			w.Create(analyzerToken, "first", inputs{"analyzerName": "first"})
			return try(w, analyzerToken, inputs{"analyzerName": "second", "type": kind})
		}
	}
	afterHub := func(token string, in inputs) func(*world) error {
		return func(w *world) error {
			hub(w)
			return try(w, token, in)
		}
	}
	// agents has GuardDuty install agents by an option, and makes machines in a VPC, with an endpoint to a service or none.
	agents := func(option, status, service string, machines func(w *world) (vpc, token string, in inputs)) func(*world) error {
		return func(w *world) error {
			w.Create(featureToken, "runtime", with(runtimeFeature(detector(w).ID(), "RUNTIME_MONITORING", "ENABLED"), inputs{
				"additionalConfigurations": []any{inputs{"name": option, "status": status}},
			}))
			vpc, token, in := machines(w)
			if service != "" {
				w.Create(endpointToken, "endpoint", inputs{
					"vpcId": vpc, "serviceName": "com.amazonaws.us-west-2." + service, "vpcEndpointType": "Interface",
				})
			}
			return try(w, token, in)
		}
	}
	one := func(w *world) (string, string, inputs) {
		v := vpc(w)
		return v.ID(), instanceToken, inputs{
			"ami": imageOf(w, "x86_64"), "instanceType": "t3.micro", "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(),
		}
	}
	many := func(w *world) (string, string, inputs) {
		v := vpc(w)
		return v.ID(), scalingToken, scaledIn(w, v, nil)
	}
	nodes := func(w *world) (string, string, inputs) {
		cluster := eksCluster(w, nil)
		vpc := cluster.Outputs["vpcConfig"].ObjectValue()["vpcId"].StringValue()
		return vpc, nodeGroupToken, nodeInputs(w, cluster, nil)
	}
	held := func(fails, passes func(*world) error) simulatortest.Case {
		return simulatortest.Case{
			ID: "aws-guardduty-agent-endpoint", Text: "will fail with DependencyViolation", Fails: fails, Passes: passes,
		}
	}
	const ec2, eks = "EC2_AGENT_MANAGEMENT", "EKS_ADDON_MANAGEMENT"
	return []simulatortest.Case{
		{
			ID: "aws-guardduty-one-detector", Code: "BadRequestException", Text: "already exists for the current account.",
			Fails: detectors, Passes: detectorElsewhere,
		},
		{
			ID: "aws-guardduty-runtime-monitoring", Code: "BadRequestException", Text: "cannot both be enabled",
			Fails: watching("ENABLED"), Passes: watching("DISABLED"),
		},
		held(agents(ec2, "ENABLED", "", one), agents(ec2, "ENABLED", "guardduty-data", one)),
		held(agents(ec2, "ENABLED", "ssm", many), agents(ec2, "ENABLED", "guardduty-data", many)),
		held(agents(eks, "ENABLED", "", nodes), agents(eks, "ENABLED", "guardduty-data", nodes)),
		held(agents(ec2, "ENABLED", "", one), agents(ec2, "DISABLED", "", one)),
		held(agents(ec2, "ENABLED", "", one), agents(eks, "ENABLED", "", one)),
		{
			ID: "aws-securityhub-one-account", Code: "ResourceConflictException", Text: "already subscribed to Security Hub",
			Fails: hubs, Passes: hubElsewhere,
		},
		{
			ID: "aws-securityhub-account-first", Code: "InvalidAccessException", Text: "Account 123456789012 is not subscribed",
			Fails:  func(w *world) error { return try(w, standardToken, inputs{"standardsArn": fsbp}) },
			Passes: afterHub(standardToken, inputs{"standardsArn": fsbp}),
		},
		{
			ID: "aws-securityhub-account-first", Code: "InvalidAccessException", Text: "Account 123456789012 is not subscribed",
			Fails:  func(w *world) error { return try(w, aggregatorToken, inputs{"linkingMode": "ALL_REGIONS"}) },
			Passes: afterHub(aggregatorToken, inputs{"linkingMode": "ALL_REGIONS"}),
		},
		{
			ID: "aws-macie-one-account", Code: "ConflictException", Text: "Macie has already been enabled",
			Fails: macies, Passes: macieElsewhere,
		},
		{
			ID: "L-2F63646F", Code: "ServiceQuotaExceededException", Text: "for the account: 1",
			Fails: analyze("ACCOUNT"), Passes: analyze("ACCOUNT_UNUSED_ACCESS"),
		},
		{
			ID: "aws-config-rule-after-recorder", Code: "NoAvailableConfigurationRecorderException", Text: "to put config rule",
			Fails: func(w *world) error {
				w.Delete(w.Create(recorderToken, "old", inputs{"name": "old", "roleArn": "arn:aws:iam::123456789012:role/config"}))
				return try(w, configRuleToken, inputs{"source": inputs{"owner": "AWS", "sourceIdentifier": "IAM_PASSWORD_POLICY"}})
			},
			Passes: rule(inputs{"owner": "AWS", "sourceIdentifier": "IAM_PASSWORD_POLICY"}),
		},
		{
			ID: "aws-config-rule-source", Code: "InvalidParameterValueException", Text: "AWS needs a sourceIdentifier",
			Fails: rule(inputs{"owner": "AWS"}), Passes: rule(inputs{"owner": "AWS", "sourceIdentifier": "IAM_PASSWORD_POLICY"}),
		},
		{
			ID: "aws-config-rule-source", Code: "InvalidParameterValueException", Text: "CUSTOM_POLICY needs customPolicyDetails",
			Fails: rule(inputs{"owner": "CUSTOM_POLICY"}),
			Passes: rule(inputs{
				"owner": "CUSTOM_POLICY", "customPolicyDetails": inputs{"policyRuntime": "guard-2.x.x", "policyText": "rule a {}"},
			}),
		},
		{
			ID: "aws-config-rule-source", Code: "InvalidParameterValueException", Text: "needs a function's ARN",
			Fails:  rule(inputs{"owner": "CUSTOM_LAMBDA", "sourceIdentifier": "check"}),
			Passes: rule(inputs{"owner": "CUSTOM_LAMBDA", "sourceIdentifier": "arn:aws:lambda:us-west-2:123456789012:function:check"}),
		},
		{
			ID: "aws-config-pack-template", Text: "one of templateBody, templateS3Uri",
			Fails:  func(w *world) error { return try(w, packToken, inputs{}) },
			Passes: func(w *world) error { return try(w, packToken, inputs{"templateS3Uri": "s3://templates/pack.yaml"}) },
		},
		{
			ID: "aws-budgets-subscribers", Code: "InvalidParameterException", Text: "it has 0 and 0",
			Fails:  budget(notify(nil)),
			Passes: budget(notify(inputs{"subscriberSnsTopicArns": []any{"arn:aws:sns:us-west-2:123456789012:money"}})),
		},
		{
			ID: "aws-budgets-subscribers", Code: "InvalidParameterException", Text: "it has 0 and 2",
			Fails: budget(notify(inputs{"subscriberSnsTopicArns": []any{
				"arn:aws:sns:us-west-2:123456789012:money", "arn:aws:sns:us-west-2:123456789012:team",
			}})),
			Passes: budget(notify(inputs{"subscriberEmailAddresses": []any{"a@holdfast.example", "b@holdfast.example"}})),
		},
		{
			ID: "aws-budgets-notifications", Code: "CreationLimitExceededException", Text: "can have 10 notifications, not 11",
			Fails: budget(notifications(11)), Passes: budget(notifications(10)),
		},
		{
			ID: "aws-budgets-period", Code: "InvalidParameterException", Text: "must be before its end time",
			Fails:  budget(inputs{"timePeriodStart": "2026-02-01_00:00", "timePeriodEnd": "2026-02-01_00:00"}),
			Passes: budget(inputs{"timePeriodStart": "2026-02-01_00:00", "timePeriodEnd": "2026-12-31_00:00"}),
		},
	}
}
