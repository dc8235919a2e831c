// Package baseline secures an AWS account: an audit trail of all regions in a locked bucket, alarms on what should
// rarely happen, threat detection, security standards, word of what they find, a recorder of configuration with rules,
// analysis of access from outside, account-wide settings, rules for people's passwords and second factors, a role for
// emergencies and one for a pipeline, budgets.
//
// The trail, IAM, budgets and the block of public storage count for the whole account, everything else for the
// provider's region: deploy a baseline to each further region that is used, with the first as its Args.Home (the CIS AWS
// Foundations Benchmark 5.0 asks for all regions in 1.19, 3.3 and 5.1.1). An account, or a region of it, has one of most
// of these services; spec.Mode says what to do where they exist already.
package baseline

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/topic"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Baseline"

// Baseline is what secures an account. Outputs of what is off are empty.
type Baseline struct {
	pulumi.ResourceState

	// TrailARN is the audit trail.
	TrailARN pulumi.StringOutput `pulumi:"trailArn"`
	// TrailBucketName is the bucket that holds its records.
	TrailBucketName pulumi.StringOutput `pulumi:"trailBucketName"`
	// TrailLogGroupName is the CloudWatch log group that has its records within minutes.
	TrailLogGroupName pulumi.StringOutput `pulumi:"trailLogGroupName"`
	// KeyARN is the key that encrypts the records, their log group, the recorder's files and the topic.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`
	// TopicARN is the SNS topic that tells of alarms, findings and costs.
	TopicARN pulumi.StringOutput `pulumi:"topicArn"`
	// DetectorID is the GuardDuty detector.
	DetectorID pulumi.StringOutput `pulumi:"detectorId"`
	// HubARN is the account's subscription to Security Hub.
	HubARN pulumi.StringOutput `pulumi:"hubArn"`
	// RecorderName is AWS Config's recorder.
	RecorderName pulumi.StringOutput `pulumi:"recorderName"`
	// RecorderRoleARN is the service-linked role of the recorder; empty for one that is adopted. An account has one.
	RecorderRoleARN pulumi.StringOutput `pulumi:"recorderRoleArn"`
	// RecorderBucketName is the bucket that holds the recorder's files; empty for a recorder that is adopted.
	RecorderBucketName pulumi.StringOutput `pulumi:"recorderBucketName"`
	// AnalyzerARN is the analyzer of access from outside.
	AnalyzerARN pulumi.StringOutput `pulumi:"analyzerArn"`
	// PeopleGroupName is the IAM group whose members can do nothing without MFA.
	PeopleGroupName pulumi.StringOutput `pulumi:"peopleGroupName"`
	// BreakGlassRoleARN is the role for emergencies.
	BreakGlassRoleARN pulumi.StringOutput `pulumi:"breakGlassRoleArn"`
	// CIRoleARN is the role that the pipeline takes.
	CIRoleARN pulumi.StringOutput `pulumi:"ciRoleArn"`
}

// New creates a baseline. A nil args means the defaults. It fails before it registers anything if args are not valid,
// with every problem in one error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Baseline, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("baseline %q is not valid:\n%w", name, err)
	}
	baseline := &Baseline{}
	if err := ctx.RegisterComponentResource(Token, name, baseline, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: baseline, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), baseline: baseline,
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("baseline %q: %w", name, err)
	}
	return baseline, ctx.RegisterResourceOutputs(baseline, baseline.outputs())
}

// outputs maps the fields of the baseline to the names in their tags.
func (b *Baseline) outputs() pulumi.Map {
	return pulumi.Map{
		"trailArn":           b.TrailARN,
		"trailBucketName":    b.TrailBucketName,
		"trailLogGroupName":  b.TrailLogGroupName,
		"keyArn":             b.KeyARN,
		"topicArn":           b.TopicARN,
		"detectorId":         b.DetectorID,
		"hubArn":             b.HubARN,
		"recorderName":       b.RecorderName,
		"recorderRoleArn":    b.RecorderRoleARN,
		"recorderBucketName": b.RecorderBucketName,
		"analyzerArn":        b.AnalyzerARN,
		"peopleGroupName":    b.PeopleGroupName,
		"breakGlassRoleArn":  b.BreakGlassRoleARN,
		"ciRoleArn":          b.CIRoleARN,
	}
}

// builder creates the children of one baseline. Each of its steps is one file of this package; a step reads what the
// steps before it have set.
type builder struct {
	family.Family
	args     Args // with defaults
	baseline *Baseline

	account   family.Account
	trailName string
	key       *kms.Key
	topic     topic.Topic
	logGroup  *cloudwatch.LogGroup // the trail's; nil without it
	recording []pulumi.Resource    // what rules and standards wait for
}

func (b *builder) build() error {
	b.setEmpty()
	for _, step := range []func() error{
		b.findAccount, b.createKey, b.createTopic, b.createTrail, b.createAlarms,
		b.createDetector, b.createScans, b.createRecorder, b.createHub, b.createAnalyzers, b.createFindings,
		b.createSettings, b.createPeople, b.createBreakGlass, b.createCI, b.createCosts, b.createContact,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// setEmpty gives every output a value, for the services that are off.
func (b *builder) setEmpty() {
	none := pulumi.String("").ToStringOutput()
	for _, output := range []*pulumi.StringOutput{
		&b.baseline.TrailARN, &b.baseline.TrailBucketName, &b.baseline.TrailLogGroupName, &b.baseline.TopicARN,
		&b.baseline.DetectorID, &b.baseline.HubARN, &b.baseline.RecorderName,
		&b.baseline.RecorderRoleARN, &b.baseline.RecorderBucketName,
		&b.baseline.AnalyzerARN, &b.baseline.PeopleGroupName, &b.baseline.BreakGlassRoleARN, &b.baseline.CIRoleARN,
	} {
		*output = none
	}
}

func (b *builder) findAccount() (err error) {
	b.account, err = b.Account()
	return err
}

// kept are the options of a setting that stays when the component is deleted.
func (b *builder) kept(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return b.Options(append(more, pulumi.RetainOnDelete(true))...)
}

// pathAt names an element of a list in problems.
func pathAt(path string, index int) string { return fmt.Sprintf("%s[%d]", path, index) }
