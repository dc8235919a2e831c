package baseline

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// run creates a baseline in a fresh account and returns what it registered.
func run(t *testing.T, args *Args, check ...func(*Baseline)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		b, err := New(ctx, "main", args)
		for _, c := range check {
			c(b)
		}
		return err
	})
	require.NoError(t, err)
	return r
}

func named(t *testing.T, r componenttest.Recording, token, name string) componenttest.Resource {
	t.Helper()
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res
}

func text(r componenttest.Resource, key resource.PropertyKey) string {
	return r.Inputs[key].StringValue()
}

// statement returns a statement of a policy document, as JSON.
func statement(t *testing.T, document, sid string) string {
	t.Helper()
	var policy struct{ Statement []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(document), &policy))
	for _, s := range policy.Statement {
		if s["Sid"] == sid {
			found, err := json.Marshal(s)
			require.NoError(t, err)
			return string(found)
		}
	}
	require.Fail(t, "no statement", "%s in %s", sid, document)
	return ""
}

// dependsOn holds that a resource waits for others, as "type::name".
func dependsOn(t *testing.T, res componenttest.Resource, others ...string) {
	t.Helper()
	for _, other := range others {
		assert.True(t, containsEnd(res.Request.GetDependencies(), "$"+other), "%s waits for %s: %v", res.URN, other, res.Request.GetDependencies())
	}
}

func containsEnd(urns []string, end string) bool {
	for _, urn := range urns {
		if strings.HasSuffix(urn, end) {
			return true
		}
	}
	return false
}

const trailARN = "arn:aws:cloudtrail:us-east-1:123456789012:trail/holdfast-test-main-trail"

// The trail's key and bucket are for our trail alone, and are there before it.
func TestTrail(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	policy := text(named(t, r, keyType, "main-audit-key"), "policy")
	assert.JSONEq(t, `{"Sid":"TrailEncrypts","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
		"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":["*"],"Condition":{"StringEquals":{"aws:SourceArn":"`+trailARN+`"},
		"StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:123456789012:trail/*"}}}`, statement(t, policy, "TrailEncrypts"))
	assert.JSONEq(t, `{"Sid":"TrailDescribes","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
		"Action":["kms:DescribeKey"],"Resource":["*"],"Condition":{"StringEquals":{"aws:SourceArn":"`+trailARN+`"}}}`, statement(t, policy, "TrailDescribes"))
	assert.Contains(t, statement(t, policy, "Services"), `"aws:SourceAccount":"123456789012"`)

	bucket := text(named(t, r, "aws:s3/bucketPolicy:BucketPolicy", "main-trail"), "policy")
	assert.JSONEq(t, `{"Sid":"TrailLooks","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":["s3:GetBucketAcl"],
		"Resource":["arn:aws:s3:::holdfast-test-main-trail-123456789012"],
		"Condition":{"StringEquals":{"aws:SourceArn":"`+trailARN+`"}}}`, statement(t, bucket, "TrailLooks"))
	assert.JSONEq(t, `{"Sid":"TrailWrites","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":["s3:PutObject"],
		"Resource":["arn:aws:s3:::holdfast-test-main-trail-123456789012/AWSLogs/123456789012/*"],
		"Condition":{"StringEquals":{"aws:SourceArn":"`+trailARN+`","s3:x-amz-acl":"bucket-owner-full-control"}}}`, statement(t, bucket, "TrailWrites"))

	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],
		"Resource":["arn:aws:logs:us-east-1:123456789012:log-group:/holdfast/test/main/trail:log-stream:123456789012_CloudTrail_us-east-1*"]}]}`,
		text(named(t, r, "aws:iam/rolePolicy:RolePolicy", "main-trail"), "policy"))
	trail := named(t, r, trailType, "main-trail")
	assert.Equal(t, "holdfast-test-main-trail", text(trail, "name"))
	assert.Equal(t, "arn:aws:logs:us-east-1:123456789012:log-group:/holdfast/test/main/trail:*", text(trail, "cloudWatchLogsGroupArn"))
	dependsOn(t, trail, "aws:s3/bucketPolicy:BucketPolicy::main-trail", "aws:iam/rolePolicy:RolePolicy::main-trail", lockType+"::main-trail")
	assert.Len(t, trail.Inputs["advancedEventSelectors"].ArrayValue(), 1)
	assert.NotContains(t, trail.Inputs, resource.PropertyKey("insightSelectors"))
	assert.NotEmpty(t, text(named(t, r, logGroupType, "main-trail"), "kmsKeyId"))

	r = run(t, &Args{Baseline: spec.Baseline{Trail: spec.AuditTrail{DataEvents: true, Insights: true, Erasable: true}}})
	trail = named(t, r, trailType, "main-trail")
	assert.Len(t, trail.Inputs["advancedEventSelectors"].ArrayValue(), 3)
	assert.Len(t, trail.Inputs["insightSelectors"].ArrayValue(), 2)
	assert.True(t, named(t, r, bucketType, "main-trail").Inputs["forceDestroy"].BoolValue())
}

// Security Hub's controls fail with other patterns than these.
func TestAlarms(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	for name, pattern := range map[string]string{
		"root-use":      `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`,
		"key-deletion":  `{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}`,
		"trail-changes": `{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}`,
	} {
		filter, alarm := named(t, r, filterType, "main-"+name), named(t, r, alarmType, "main-"+name)
		assert.Equal(t, pattern, text(filter, "pattern"))
		assert.Equal(t, text(alarm, "metricName"), at(filter, "metricTransformation", "name").StringValue())
		assert.Equal(t, text(alarm, "namespace"), at(filter, "metricTransformation", "namespace").StringValue())
		assert.Equal(t, "holdfast/test/main", text(alarm, "namespace"))
		assert.Len(t, alarm.Inputs["alarmActions"].ArrayValue(), 1)
		assert.Equal(t, "notBreaching", text(alarm, "treatMissingData"))
		dependsOn(t, alarm, "aws:sns/topicPolicy:TopicPolicy::main-topic")
	}
	topic := named(t, r, topicType, "main-topic")
	assert.NotEmpty(t, text(topic, "kmsMasterKeyId"))
	policy := text(named(t, r, "aws:sns/topicPolicy:TopicPolicy", "main-topic"), "policy")
	assert.Contains(t, statement(t, policy, "Alarms"), `"aws:SourceArn":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:*"`)
	assert.Contains(t, statement(t, policy, "Costs"), `"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}`)
	assert.NotContains(t, statement(t, policy, "Rules"), "Condition", "EventBridge could not publish")
	for _, sender := range []string{"Alarms", "Costs", "Rules"} {
		assert.Contains(t, statement(t, text(named(t, r, keyType, "main-audit-key"), "policy"), sender), "kms:GenerateDataKey*", "the topic is encrypted")
	}

	own := "arn:aws:sns:us-east-1:123456789012:ours"
	r = run(t, &Args{TopicARN: pulumi.String(own), Baseline: spec.Baseline{Alarms: spec.Alarms{Except: []string{"vpc-changes"}}}},
		func(b *Baseline) {
			b.TopicARN.ApplyT(func(arn string) string { assert.Equal(t, own, arn); return arn })
		})
	assert.Empty(t, r.OfType(topicType))
	assert.Equal(t, own, named(t, r, alarmType, "main-root-use").Inputs["alarmActions"].ArrayValue()[0].StringValue())
	_, there := r.Named(alarmType, "main-vpc-changes")
	assert.False(t, there)
}

func TestThreatDetection(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{Baseline: spec.Baseline{ThreatDetection: spec.ThreatDetection{Except: []string{"runtime"}}}})
	assert.Equal(t, "ENABLED", text(named(t, r, featureType, "main-detector-s3"), "status"))
	runtime := named(t, r, featureType, "main-detector-runtime")
	assert.Equal(t, "DISABLED", text(runtime, "status"), "off by name, because AWS turns on what nobody mentions")
	var order []string
	for _, option := range runtime.Inputs["additionalConfigurations"].ArrayValue() {
		order = append(order, option.ObjectValue()["name"].StringValue())
	}
	assert.Equal(t, []string{"EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"}, order,
		"as GuardDuty lists them, lest every update replace the feature")
}

// AWS Config starts in an order: recorder and bucket, channel, start, rules; and its bucket has no lock.
func TestRecorder(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	bucket := text(named(t, r, "aws:s3/bucketPolicy:BucketPolicy", "main-recorder"), "policy")
	assert.JSONEq(t, `{"Sid":"RecorderWrites","Effect":"Allow","Principal":{"Service":"config.amazonaws.com"},"Action":["s3:PutObject"],
		"Resource":["arn:aws:s3:::holdfast-test-main-recorder-123456789012/AWSLogs/123456789012/Config/*"],
		"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012","s3:x-amz-acl":"bucket-owner-full-control"}}}`, statement(t, bucket, "RecorderWrites"))
	_, locked := r.Named(lockType, "main-recorder")
	assert.False(t, locked, "AWS Config delivers to no bucket that locks by default")
	recorder := named(t, r, recorderType, "main-recorder")
	assert.Equal(t, "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", text(recorder, "roleArn"))
	assert.True(t, at(recorder, "recordingGroup", "allSupported").BoolValue())
	dependsOn(t, named(t, r, channelType, "main-recorder"), recorderType+"::main-recorder", "aws:s3/bucketPolicy:BucketPolicy::main-recorder")
	dependsOn(t, named(t, r, statusType, "main-recorder"), channelType+"::main-recorder")
	for _, rule := range r.OfType(ruleType) {
		dependsOn(t, rule, statusType+"::main-recorder")
	}
	dependsOn(t, named(t, r, hubType, "main-hub"), statusType+"::main-recorder")
	dependsOn(t, named(t, r, standardType, "main-hub-cis"), hubType+"::main-hub")
	assert.Equal(t, "arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/5.0.0",
		text(named(t, r, standardType, "main-hub-cis"), "standardsArn"))

	r = run(t, &Args{Baseline: spec.Baseline{Passwords: spec.Passwords{MaxAgeDays: 90}}})
	assert.JSONEq(t, `{"MaxPasswordAge":"90","MinimumPasswordLength":"14","PasswordReusePrevention":"24","RequireLowercaseCharacters":"true",
		"RequireNumbers":"true","RequireSymbols":"true","RequireUppercaseCharacters":"true"}`,
		text(named(t, r, ruleType, "main-rule-password-policy"), "inputParameters"))
	assert.Equal(t, 90.0, named(t, r, passwordType, "main-passwords").Inputs["maxPasswordAge"].NumberValue())
}

// An account in which AWS Config was ever on has the service-linked role already.
func TestRecorderRoleThatExists(t *testing.T) {
	t.Parallel()
	off := spec.Baseline{
		Trail: spec.AuditTrail{Disabled: true}, ThreatDetection: spec.ThreatDetection{Mode: spec.Off}, Posture: spec.Posture{Mode: spec.Off},
		AccessAnalysis: spec.AccessAnalysis{Mode: spec.Off},
	}
	try := func(mode spec.Mode) error {
		_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			world, err := componenttest.NewWorld(ctx)
			if err != nil {
				return err
			}
			linked, err := world.Add(linkedType, "linked", pulumi.Map{"awsServiceName": pulumi.String("config.amazonaws.com")})
			if err != nil {
				return err
			}
			made := make(chan struct{})
			linked.ARN.ApplyT(func(string) int { close(made); return 0 })
			<-made
			_, err = New(ctx, "main", &Args{Baseline: off, RecorderRole: mode})
			return err
		})
		return err
	}
	require.ErrorContains(t, try(spec.Create), "Service role name AWSServiceRoleForConfig has been taken in this account")
	require.NoError(t, try(spec.Adopt))
}

func TestPeople(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{BreakGlassPrincipalARNs: map[string]pulumi.StringInput{
		"second": pulumi.String("arn:aws:iam::210987654321:user/b"), "first": pulumi.String("arn:aws:iam::210987654321:user/a"),
	}})
	policy := text(named(t, r, groupPolicy, "main-people"), "policy")
	assert.JSONEq(t, `{"Sid":"NothingWithoutMFA","Effect":"Deny","Resource":["*"],"NotAction":["iam:CreateVirtualMFADevice","iam:EnableMFADevice",
		"iam:GetUser","iam:GetMFADevice","iam:ListMFADevices","iam:ListVirtualMFADevices","iam:ResyncMFADevice","sts:GetSessionToken"],
		"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}`, statement(t, policy, "NothingWithoutMFA"))
	for _, own := range []string{"OwnPassword", "OwnAccessKeys", "OwnDevice", "RemoveDevice"} {
		assert.Contains(t, statement(t, policy, own), "arn:aws:iam::123456789012:user/${aws:username}")
	}
	assert.Contains(t, statement(t, policy, "RemoveDevice"), `{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`)

	role := named(t, r, roleType, "main-break-glass")
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],
		"Principal":{"AWS":["arn:aws:iam::210987654321:user/a","arn:aws:iam::210987654321:user/b"]},
		"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"},"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}}]}`, text(role, "assumeRolePolicy"))
	assert.NotContains(t, role.Inputs, resource.PropertyKey("maxSessionDuration"), "an hour, unless a role asks for more")
	filter := named(t, r, filterType, "main-break-glass-use")
	assert.Equal(t, `{($.eventSource=sts.amazonaws.com) && ($.eventName=AssumeRole) && `+
		`($.requestParameters.roleArn="arn:aws:iam::123456789012:role/`+text(role, "name")+`")}`, text(filter, "pattern"))
	named(t, r, alarmType, "main-break-glass-use")
}

// A role cannot show a second factor: asking it for one would lock it out, and a user among roles would need none.
func TestBreakGlassRoles(t *testing.T) {
	t.Parallel()
	const user, sso = "arn:aws:iam::210987654321:user/a", "arn:aws:iam::210987654321:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_ops"
	const users = `{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"AWS":"` + user + `"},
		"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"},"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}}`
	const roles = `{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"AWS":"` + sso + `"}}`
	one := func(arn string) map[string]pulumi.StringInput {
		return map[string]pulumi.StringInput{"one": pulumi.String(arn).ToStringOutput()}
	}
	for _, test := range []struct {
		args *Args
		want string
	}{
		{&Args{BreakGlassRoleARNs: one(sso)}, roles},
		{&Args{BreakGlassPrincipalARNs: one(user), BreakGlassRoleARNs: one(sso)}, users + "," + roles},
	} {
		role := named(t, run(t, test.args), roleType, "main-break-glass")
		assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[`+test.want+`]}`, text(role, "assumeRolePolicy"))
	}
	for want, args := range map[string]*Args{
		sso + " is a role, which cannot show a second factor": {BreakGlassPrincipalARNs: one(sso)},
		user + " is not a role":                               {BreakGlassRoleARNs: one(user)},
	} {
		_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			_, err := New(ctx, "main", args)
			return err
		})
		assert.ErrorContains(t, err, "who may break the glass: "+want, "known only when it is made")
	}
}

// Only runs of one repository, on branches and environments that are named in full, get the role.
func TestCI(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		ci        spec.CI
		condition string
	}{
		"GitHub": {
			spec.CI{Repository: "holdfast-iac/holdfast", Branches: []string{"main"}, Environments: []string{"prod"}},
			`{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","token.actions.githubusercontent.com:sub":
				["repo:holdfast-iac/holdfast:ref:refs/heads/main","repo:holdfast-iac/holdfast:environment:prod"]}}`,
		},
		"GitLab": {
			spec.CI{Service: spec.GitLab, Repository: "group/sub/project"},
			`{"StringEquals":{"gitlab.com:aud":"https://gitlab.com","gitlab.com:sub":["project_path:group/sub/project:ref_type:branch:ref:main"]}}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := run(t, &Args{
				Baseline:     spec.Baseline{CI: test.ci},
				CIPolicyARNs: map[string]pulumi.StringInput{"read": pulumi.String("arn:aws:iam::aws:policy/ReadOnlyAccess")},
			})
			var trust struct {
				Statement []struct {
					Principal map[string]string
					Action    []string
					Condition json.RawMessage
				}
			}
			require.NoError(t, json.Unmarshal([]byte(text(named(t, r, roleType, "main-ci"), "assumeRolePolicy")), &trust))
			require.Len(t, trust.Statement, 1)
			assert.JSONEq(t, test.condition, string(trust.Statement[0].Condition))
			assert.Equal(t, []string{"sts:AssumeRoleWithWebIdentity"}, trust.Statement[0].Action)
			assert.Contains(t, trust.Statement[0].Principal["Federated"], ":oidc-provider/")
			named(t, r, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "main-ci-read")
		})
	}
}

func TestCosts(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{Baseline: spec.Baseline{
		Trail: spec.AuditTrail{Disabled: true},
		Costs: spec.Costs{MonthlyLimit: 500, Emails: []string{"costs@example.com"}, Anomalies: spec.Off},
	}})
	budget := named(t, r, budgetType, "main-budget")
	assert.Equal(t, "500", text(budget, "limitAmount"))
	assert.Len(t, budget.Inputs["notifications"].ArrayValue(), 3, "forecast, 80 and 100 percent")
	dependsOn(t, budget, "aws:sns/topicPolicy:TopicPolicy::main-topic")
	assert.Empty(t, r.OfType(monitorType))
	assert.Empty(t, r.OfType(alarmType))
}

func TestDiskKey(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{DiskKeyARN: pulumi.String("arn:aws:kms:us-east-1:123456789012:key/1")})
	key := named(t, r, "aws:ebs/defaultKmsKey:DefaultKmsKey", "main-disks")
	assert.Equal(t, "arn:aws:kms:us-east-1:123456789012:key/1", text(key, "keyArn"))
	assert.False(t, key.Request.GetRetainOnDelete(), "the key may be deleted with the stack")
}

// What is to be adopted must be there.
func TestNothingToAdopt(t *testing.T) {
	t.Parallel()
	for want, b := range map[string]spec.Baseline{
		`baseline "main": looking up the GuardDuty detector to adopt: `: {ThreatDetection: spec.ThreatDetection{Mode: spec.Adopt, ID: "0123"}},
		`baseline "main": looking up the OIDC provider to adopt: `:      {CI: spec.CI{Repository: "a/b", Mode: spec.Adopt}},
		`aws:securityhub/account:Account "123456789012" does not exist`: {Posture: spec.Posture{Mode: spec.Adopt}},
		`aws:macie2/account:Account "123456789012" does not exist`:      {DataDiscovery: spec.Adopt},
		`aws:cfg/recorder:Recorder "ours" does not exist`:               {Recording: spec.Recording{Mode: spec.Adopt, ID: "ours"}},
		`aws:accessanalyzer/analyzer:Analyzer "ours" does not exist`:    {AccessAnalysis: spec.AccessAnalysis{Mode: spec.Adopt, ID: "ours"}},
	} {
		_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			_, err := New(ctx, "main", &Args{Baseline: b})
			return err
		})
		assert.ErrorContains(t, err, want)
	}
}

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	everythingOff := &Args{Baseline: spec.Baseline{
		Trail: spec.AuditTrail{Disabled: true}, ThreatDetection: spec.ThreatDetection{Mode: spec.Off}, Posture: spec.Posture{Mode: spec.Off},
		Recording: spec.Recording{Mode: spec.Off}, AccessAnalysis: spec.AccessAnalysis{Mode: spec.Off}, MFA: spec.MFA{Disabled: true},
	}}
	for _, args := range []*Args{nil, everythingOff} {
		run(t, args, func(b *Baseline) {
			componenttest.Outputs(t, b, b.outputs())
			pulumi.All(b.TrailARN, b.TrailBucketName, b.RecorderName, b.AnalyzerARN, b.DetectorID).ApplyT(func(v []any) int {
				if args != nil {
					assert.Equal(t, []any{"", "", "", "", ""}, v)
					return 0
				}
				assert.Equal(t, []any{trailARN, "holdfast-test-main-trail-123456789012", "default",
					"arn:aws:access-analyzer:us-east-1:123456789012:analyzer/holdfast-test-main-access"}, v[:4])
				assert.Len(t, v[4], 32)
				return 0
			})
		})
	}
}
