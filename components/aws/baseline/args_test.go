package baseline

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestProblems(t *testing.T) {
	t.Parallel()
	arns := map[string]pulumi.StringInput{"a": pulumi.String("arn:aws:iam::123456789012:user/a")}
	roles := map[string]pulumi.StringInput{"a": pulumi.String("arn:aws:iam::123456789012:role/a")}
	tests := map[string]struct {
		args Args
		want string
	}{
		"nothing": {Args{}, ""},
		"retention": {Args{Baseline: spec.Baseline{Trail: spec.AuditTrail{RetentionDays: 100}}},
			`trail.retentionDays: 100 is not a period that CloudWatch Logs offers; the next longer one is 120 days`},
		"alarm":      {Args{Baseline: spec.Baseline{Alarms: spec.Alarms{Except: []string{"root-usage"}}}}, `alarms.except[0]: "root-usage" is not known; did you mean root-use? (use`},
		"twice":      {Args{Baseline: spec.Baseline{Recording: spec.Recording{Except: []string{"trail", "trail"}}}}, `recording.except[1]: "trail" is listed twice; list each once`},
		"protection": {Args{Baseline: spec.Baseline{ThreatDetection: spec.ThreatDetection{Except: []string{"ec2"}}}}, `threatDetection.except[0]: "ec2" is not known; `},
		"standard":   {Args{Baseline: spec.Baseline{Posture: spec.Posture{Standards: []string{"iso"}}}}, `posture.standards[0]: "iso" is not known; did you mean cis? (use cis, fsbp, nist, pci or tagging)`},
		"role mode":  {Args{RecorderRole: spec.Off}, `recorderRole: "off" is not a mode; use adopt or create`},
		"role of nobody": {Args{RecorderRole: spec.Adopt, Baseline: spec.Baseline{Recording: spec.Recording{Mode: spec.Off}}},
			`recorderRole: "adopt" has no effect without a recorder of the baseline's own; remove it`},
		"unseen": {Args{BreakGlassPrincipalARNs: arns, Baseline: spec.Baseline{Alarms: spec.Alarms{Disabled: true}}},
			`breakGlassPrincipalArns: need the trail and its alarms: nobody breaks the glass unseen`},
		"unseen, no trail": {Args{BreakGlassPrincipalARNs: arns, Baseline: spec.Baseline{Trail: spec.AuditTrail{Disabled: true}}}, `nobody breaks the glass unseen`},
		"role that cannot show MFA": {Args{BreakGlassPrincipalARNs: roles},
			`breakGlassPrincipalArns.a: "arn:aws:iam::123456789012:role/a" is a role, which cannot show a second factor; ` +
				`name IAM users, or list it under breakGlassRoleArns`},
		"user without MFA": {Args{BreakGlassRoleARNs: arns}, `breakGlassRoleArns.a: "arn:aws:iam::123456789012:user/a" is not a role; ` +
			`list users under breakGlassPrincipalArns, which asks them for a second factor`},
		"role": {Args{BreakGlassRoleARNs: roles}, ""},
		"roles unseen": {Args{BreakGlassRoleARNs: roles, Baseline: spec.Baseline{Alarms: spec.Alarms{Disabled: true}}},
			`breakGlassRoleArns: need the trail and its alarms: nobody breaks the glass unseen`},
		"no pipeline": {Args{CIPolicyARNs: arns}, `ciPolicyArns: have no effect without ci.repository`},
		"disks": {Args{DiskKeyARN: pulumi.String("arn:aws:kms:us-east-1:123456789012:key/1"),
			Baseline: spec.Baseline{Settings: spec.AccountSettings{UnencryptedDisks: true}}},
			`diskKeyArn: contradicts settings.unencryptedDisks; remove one of the two`},
		"tag": {Args{Baseline: spec.Baseline{Tags: map[string]string{"aws:x": "y"}}}, `tags.aws:x: "aws:x" is reserved; `},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.want == "" {
				require.NoError(t, test.args.Validate())
				return
			}
			require.ErrorContains(t, test.args.Validate(), test.want)
		})
	}
}
