package aws

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/aws/baseline"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// named returns the only resource of a type and name.
func named(t *testing.T, r componenttest.Recording, token, name string) componenttest.Resource {
	t.Helper()
	found, ok := r.Named(token, name)
	require.True(t, ok, "%s %s", token, name)
	return found
}

// from holds that a property of a resource comes from another resource.
func from(t *testing.T, r componenttest.Resource, property string, source componenttest.Resource) {
	t.Helper()
	assert.Contains(t, r.Request.GetPropertyDependencies()[property].GetUrns(), string(source.URN), "%s of %s", property, r.URN)
}

// away holds that a resource lies in the second region.
func away(t *testing.T, r componenttest.Resource) componenttest.Resource {
	t.Helper()
	assert.Contains(t, r.Request.GetProvider(), "::recovery::", r.URN)
	return r
}

// From the machines of the second region to their data, every step of the way is there, and in that region.
func TestStandbyReachesItsData(t *testing.T) {
	t.Parallel()
	r, _ := deploy(t, whole())
	machines := away(t, named(t, r, "aws:ec2/securityGroup:SecurityGroup", "recovery-machines"))
	copied := away(t, named(t, r, "aws:rds/instance:Instance", "main-dr"))
	for data, port := range map[string]float64{"main-dr": 5432, "recovery-cache": 6379} {
		rule := away(t, named(t, r, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", data+"-recovery"))
		group := named(t, r, "aws:ec2/securityGroup:SecurityGroup", data)
		from(t, rule, "referencedSecurityGroupId", machines)
		from(t, rule, "securityGroupId", group)
		assert.Equal(t, port, rule.Inputs["fromPort"].NumberValue())
	}
	from(t, copied, "vpcSecurityGroupIds", named(t, r, "aws:ec2/securityGroup:SecurityGroup", "main-dr"))

	// They find it under the same names as the machines of the first region do, and may.
	role := named(t, r, "aws:iam/role:Role", "recovery-machines").Inputs["name"].StringValue()
	data := named(t, r, "aws:iam/rolePolicy:RolePolicy", "recovery-data")
	assert.Equal(t, role, data.Inputs["role"].StringValue())
	policy := data.Inputs["policy"].StringValue()
	told := func(name string) string { // the SDK takes every value of a parameter for a secret
		return named(t, r, "aws:ssm/parameter:Parameter", "recovery-"+name).Inputs["value"].SecretValue().Element.StringValue()
	}
	for name, holds := range map[string]string{
		"database/endpoint": "holdfast-test-main-dr.", "database/secret-arn": "arn:aws:secretsmanager:us-west-2:",
		"cache/endpoint": ".usw2.cache.amazonaws.com", "cache/user": "",
	} {
		parameter := away(t, named(t, r, "aws:ssm/parameter:Parameter", "recovery-"+name))
		assert.Equal(t, "/holdfast/test/"+name, parameter.Inputs["name"].StringValue())
		assert.Contains(t, told(name), holds)
		assert.Contains(t, policy, "arn:aws:ssm:us-west-2:123456789012:parameter/holdfast/test/"+name)
	}
	assert.Contains(t, policy, told("database/secret-arn"))
	assert.Contains(t, policy, copied.Inputs["kmsKeyId"].StringValue())
	assert.NotContains(t, policy, "us-east-1", "nothing there waits for the region that is lost")
	assert.Contains(t, named(t, r, "aws:iam/rolePolicy:RolePolicy", "recovery-cache").Inputs["policy"].StringValue(), ":us-west-2:")

	// And somebody hears when the copy is behind.
	lag := away(t, named(t, r, "aws:cloudwatch/metricAlarm:MetricAlarm", "recovery-alarm-database-lag-main-dr"))
	assert.Equal(t, copied.Inputs["identifier"], lag.Inputs["dimensions"].ObjectValue()["DBInstanceIdentifier"])
}

// What the second region lacks, nobody there is told of.
func TestStandbyWithoutData(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*platform.Spec)
		want   []string // the parameters there
		caches int
	}{
		"no copy":      {notCopied, []string{"cache/endpoint", "cache/user"}, 2},
		"no cache":     {func(s *platform.Spec) { s.Cache = nil }, []string{"database/endpoint", "database/secret-arn"}, 0},
		"no machines":  {func(s *platform.Spec) { s.Recovery.Standby = 0 }, []string{"database/endpoint", "database/secret-arn"}, 1},
		"neither":      {func(s *platform.Spec) { s.Recovery.Standby = 0; notCopied(s); s.Recovery.FailoverWithoutData = false }, nil, 1},
		"no clusters":  {func(s *platform.Spec) { s.Cluster, s.LoadBalancer, s.Recovery.Standby = nil, nil, 0 }, []string{"database/endpoint", "database/secret-arn"}, 1},
		"no monitors":  {func(s *platform.Spec) { s.Monitoring = nil }, []string{"cache/endpoint", "cache/user", "database/endpoint", "database/secret-arn"}, 2},
		"no second":    {func(s *platform.Spec) { s.Recovery, s.DatabasePassword = nil, "" }, nil, 1},
		"no first one": {func(s *platform.Spec) { s.Database = nil; s.Recovery.DatabaseReplica = false; s.DatabasePassword = "" }, []string{"cache/endpoint", "cache/user"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := whole()
			test.change(&s)
			r, _ := deploy(t, s)
			var told []string
			for _, parameter := range r.OfType("aws:ssm/parameter:Parameter") {
				if name, there := strings.CutPrefix(parameter.Name, "recovery-"); there {
					told = append(told, name)
				}
			}
			assert.ElementsMatch(t, test.want, told)
			assert.Len(t, r.OfType("holdfast:aws:Cache"), test.caches)
			_, granted := r.Named("aws:iam/rolePolicy:RolePolicy", "recovery-data")
			assert.Equal(t, len(told) > 0 && s.Cluster != nil, granted)
		})
	}
}

// The alarm on what Route 53 sees is where its metrics are, and tells people there.
func TestEndpointIsWatched(t *testing.T) {
	t.Parallel()
	const west, home = "us-west-2", "eu-west-1"
	for name, test := range map[string]struct {
		region, recovery, provider string // the provider of the alarm; "" for the stack's own
	}{
		"at home":          {"us-east-1", west, ""},
		"where they go":    {home, "us-east-1", "recovery"},
		"in a third place": {home, west, "health"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := whole()
			s.Network.ZoneNames, s.Recovery.Region = nil, test.recovery
			r, _ := deployIn(t, test.region, s)
			alarm := named(t, r, "aws:cloudwatch/metricAlarm:MetricAlarm", "endpoint-alarm-endpoint")
			if test.provider == "" {
				assert.NotContains(t, alarm.Request.GetProvider(), "::recovery::")
			} else {
				assert.Contains(t, alarm.Request.GetProvider(), "::"+test.provider+"::")
			}
			check := named(t, r, "aws:route53/healthCheck:HealthCheck", "main-health")
			from(t, alarm, "dimensions", check)
			assert.NotEmpty(t, alarm.Inputs["dimensions"].ObjectValue()["HealthCheckId"].StringValue())
			assert.Equal(t, "AWS/Route53 HealthCheckStatus LessThanThreshold breaching", strings.Join([]string{
				alarm.Inputs["namespace"].StringValue(), alarm.Inputs["metricName"].StringValue(),
				alarm.Inputs["comparisonOperator"].StringValue(), alarm.Inputs["treatMissingData"].StringValue(),
			}, " "))
			assert.Contains(t, alarm.Inputs["alarmActions"].ArrayValue()[0].StringValue(), "arn:aws:sns:us-east-1:")
			from(t, named(t, r, "aws:route53/record:Record", "main-a-shop.example.com"), "healthCheckId", check)
		})
	}
	for name, change := range map[string]func(*platform.Spec){
		"no second region": func(s *platform.Spec) { s.Recovery, s.DatabasePassword = nil, "" },
		"not for everyone": func(s *platform.Spec) { s.LoadBalancer.AllowedCIDRs = []string{"198.51.100.0/24"} },
		"no monitoring":    func(s *platform.Spec) { s.Monitoring = nil },
		"no load balancer": func(s *platform.Spec) { s.LoadBalancer = nil },
		"no names":         func(s *platform.Spec) { s.Zone, s.LoadBalancer = "", &spec.LoadBalancer{Unencrypted: true} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := whole()
			change(&s)
			r, _ := deploy(t, s)
			_, found := r.Named("holdfast:aws:Monitoring", "endpoint")
			assert.False(t, found)
		})
	}
}

// The second region is as secure as the first, unless another stack or what the account had before sees to it.
func TestBaselineOfBothRegions(t *testing.T) {
	t.Parallel()
	const detector, hub, recorder = "aws:guardduty/detector:Detector", "aws:securityhub/account:Account", "aws:cfg/recorder:Recorder"
	const analyzer, disks = "aws:accessanalyzer/analyzer:Analyzer", "aws:ebs/encryptionByDefault:EncryptionByDefault"
	types := []string{detector, hub, recorder, analyzer, disks}
	for name, test := range map[string]struct {
		change func(*platform.Spec)
		want   []string // there
	}{
		"default":   {func(*platform.Spec) {}, types},
		"elsewhere": {func(s *platform.Spec) { s.Recovery.BaselineDisabled = true }, nil},
		"none":      {func(s *platform.Spec) { s.Baseline = nil }, nil},
		"off":       {func(s *platform.Spec) { s.Baseline.Posture.Mode = spec.Off }, []string{detector, recorder, analyzer, disks}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := whole()
			test.change(&s)
			r, _ := deploy(t, s)
			var found []string
			for _, token := range types {
				for _, one := range r.OfType(token) {
					if strings.HasPrefix(one.Name, "recovery-") {
						found = append(found, away(t, one).Type)
					}
				}
			}
			assert.ElementsMatch(t, test.want, found)
		})
	}
	s := whole()
	s.Administrators = map[string]string{"ops": "arn:aws:iam::123456789012:role/ops"}
	s.Baseline = &spec.Baseline{
		ThreatDetection: spec.ThreatDetection{Mode: spec.Adopt}, Posture: spec.Posture{Mode: spec.Adopt},
		Recording: spec.Recording{Mode: spec.Adopt}, AccessAnalysis: spec.AccessAnalysis{Mode: spec.Adopt, ID: "ours"},
	}
	s.Administrators["eve"] = "arn:aws:iam::123456789012:user/eve"
	home := newPlan("project", "stack", s).baseline()
	assert.Equal(t, map[string]pulumi.StringInput{"eve": pulumi.String(s.Administrators["eve"])}, home.BreakGlassPrincipalARNs)
	assert.Equal(t, map[string]pulumi.StringInput{"ops": pulumi.String(s.Administrators["ops"])}, home.BreakGlassRoleARNs, "a role shows no MFA")
	args := newPlan("project", "stack", s).recoveryBaseline(&baseline.Baseline{})
	assert.NoError(t, args.Validate())
	assert.Equal(t, []spec.Mode{spec.Off, spec.Off, spec.Off, spec.Off},
		[]spec.Mode{args.ThreatDetection.Mode, args.Posture.Mode, args.Recording.Mode, args.AccessAnalysis.Mode})
}
