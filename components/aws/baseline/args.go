package baseline

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe the baseline of an account on AWS. The zero value is a strong one; see spec.Baseline for the
// cloud-neutral part, whose lists take these names:
//
//   - alarms.except: root-use, denied-calls, sign-in-without-mfa, sign-in-failures, iam-changes, trail-changes,
//     key-deletion, bucket-policy-changes, recorder-changes, security-group-changes, acl-changes, gateway-changes,
//     route-changes, vpc-changes, organization-changes
//   - threatDetection.except: s3, eks, malware, rds, lambda, runtime. For the agents of the last, GuardDuty makes an
//     endpoint and a security group, outside every stack, in each VPC with machines and no endpoint to guardduty-data;
//     the VPC then cannot be deleted. Networks made here have that endpoint; others want one before they get machines
//   - posture.standards: fsbp and cis, the default; nist, pci, tagging
//   - recording.except: the keys of the rules in rules.go, such as root-mfa
type Args struct {
	spec.Baseline

	// Home is the account's baseline in another region. This one then leaves to it what counts for the whole account,
	// whatever Baseline says: the trail and its alarms, people, the pipeline, costs, the contact, the block of public
	// storage, permissions that nobody uses, and the record of IAM with its rules. Default: there is none.
	Home *Baseline
	// TopicARN is the SNS topic that alarms, findings and costs are told to. Its policy, and that of its key, must let
	// cloudwatch.amazonaws.com and events.amazonaws.com publish, the latter without a condition on what for;
	// budgets.amazonaws.com and costalerts.amazonaws.com too if costs are watched.
	// Default: a topic of the baseline's own.
	TopicARN pulumi.StringPtrInput `pulumi:"topicArn"`
	// BreakGlassPrincipalARNs are the IAM users that may become administrators in an emergency, by a short name that stays
	// when others come and go: with MFA, for an hour, and with an alarm. A role is refused here, for it could never: the
	// credentials of a role do not tell of MFA (IAM User Guide, "Secure API access with MFA"). Default none; without these
	// and BreakGlassRoleARNs there is no such role.
	BreakGlassPrincipalARNs map[string]pulumi.StringInput `pulumi:"breakGlassPrincipalArns"`
	// BreakGlassRoleARNs are the roles that may do the same, by a short name: those that people get from single sign-on.
	// AWS cannot see whether somebody with a role has shown a second factor, so let the sign-on ask for one. Default none.
	BreakGlassRoleARNs map[string]pulumi.StringInput `pulumi:"breakGlassRoleArns"`
	// CIPolicyARNs are the managed policies that say what the pipeline may do, by a short name that stays when others come
	// and go. Default none: attach policies to CIRoleARN otherwise.
	CIPolicyARNs map[string]pulumi.StringInput `pulumi:"ciPolicyArns"`
	// RecorderRole says how the account comes by AWSServiceRoleForConfig, the service-linked role that the recorder
	// works as (Security Hub's control Config.1 accepts no other). Default spec.Create; an account in which AWS Config
	// was ever on has it already and needs spec.Adopt.
	RecorderRole spec.Mode `pulumi:"recorderRole"`
	// DiskKeyARN is the key that new disks are encrypted with. Default: the account's own for EBS.
	DiskKeyARN pulumi.StringPtrInput `pulumi:"diskKeyArn"`
}

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Baseline.Validate())
	d := a.withDefaults()
	logs.CheckRetention(&ps, "trail.retentionDays", d.Trail.RetentionDays)
	a.checkHome(&ps)
	checkNames(&ps, "alarms.except", a.Alarms.Except, keysOf(alarms))
	checkNames(&ps, "threatDetection.except", a.ThreatDetection.Except, keysOf(protections))
	checkNames(&ps, "posture.standards", a.Posture.Standards, keysOf(standards))
	checkNames(&ps, "recording.except", a.Recording.Except, keysOf(rules))
	d.RecorderRole.Check(&ps, "recorderRole", spec.Create, spec.Adopt)
	if d.Recording.Mode != spec.Create && a.RecorderRole != "" {
		ps.Add("recorderRole", string(a.RecorderRole), "has no effect without a recorder of the baseline's own; remove it")
	}
	a.checkBreakGlass(&ps, d.Alarms.Disabled && a.Home == nil)
	if len(a.CIPolicyARNs) > 0 && a.CI.Repository == "" {
		ps.Add("ciPolicyArns", nil, "have no effect without ci.repository")
	}
	if a.DiskKeyARN != nil && a.Settings.UnencryptedDisks {
		ps.Add("diskKeyArn", nil, "contradicts settings.unencryptedDisks; remove one of the two")
	}
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	return ps.Err()
}

// checkBreakGlass reports who could never become an administrator, or could without MFA or an alarm. What is not known
// yet is looked at once it is, see breakGlassTrust.
func (a *Args) checkBreakGlass(ps *spec.Problems, unseen bool) {
	for _, list := range []struct {
		field      string
		principals map[string]pulumi.StringInput
		wrong      func(arn string) string
	}{
		{"breakGlassPrincipalArns", a.BreakGlassPrincipalARNs, notUser},
		{"breakGlassRoleArns", a.BreakGlassRoleARNs, notRole},
	} {
		if unseen && len(list.principals) > 0 {
			ps.Add(list.field, nil, "need the trail and its alarms: nobody breaks the glass unseen")
		}
		for _, name := range keysOf(list.principals) {
			arn, plain := list.principals[name].(pulumi.String)
			if why := list.wrong(string(arn)); plain && why != "" {
				ps.Add(list.field+"."+name, string(arn), "%s", why)
			}
		}
	}
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	if a.Home != nil {
		d.leaveHome()
	}
	d.Baseline = d.Baseline.WithDefaults()
	d.RecorderRole = a.RecorderRole.OrDefault()
	if len(d.Posture.Standards) == 0 {
		d.Posture.Standards = []string{"cis", "fsbp"}
	}
	return d
}

// leaveHome leaves to the baseline of another region what counts for the whole account.
func (a *Args) leaveHome() {
	a.Trail.Disabled, a.Alarms.Disabled = true, true
	a.Passwords.Disabled, a.MFA.Disabled, a.Settings.PublicStorage = true, true, true
	a.CI, a.Costs, a.SecurityContact = spec.CI{}, spec.Costs{}, spec.Contact{}
	a.AccessAnalysis.UnusedDays = 0
}

// checkHome reports what only the baseline of the other region can do.
func (a *Args) checkHome(ps *spec.Problems) {
	if a.Home == nil {
		return
	}
	for _, given := range []struct {
		field string
		is    bool
	}{
		{"breakGlassPrincipalArns", len(a.BreakGlassPrincipalARNs) > 0},
		{"breakGlassRoleArns", len(a.BreakGlassRoleARNs) > 0},
		{"ciPolicyArns", len(a.CIPolicyARNs) > 0},
		{"recorderRole", a.RecorderRole != ""},
	} {
		if given.is {
			ps.Add(given.field, nil, "counts for the whole account; give it to home")
		}
	}
}

// checkNames records at path those of names that are not known, or listed twice.
func checkNames(ps *spec.Problems, path string, names, known []string) {
	for i, name := range names {
		field := pathAt(path, i)
		if !slices.Contains(known, name) {
			ps.Add(field, name, "is not known; %s", spec.DidYouMean(name, known))
		} else if slices.Index(names, name) < i {
			ps.Add(field, name, "is listed twice; list each once")
		}
	}
}

// keysOf returns the keys of a table, in alphabetical order.
func keysOf[V any](table map[string]V) []string { return slices.Sorted(maps.Keys(table)) }
