package baseline

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/securityhub"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// standards are what Security Hub judges by, in the versions that AWS advises (AWS Security Hub User Guide, "Standards
// reference"; pulumi-aws, securityhub.StandardsSubscription, standardsArn).
var standards = map[string]string{
	"fsbp":    "aws-foundational-security-best-practices/v/1.0.0",
	"cis":     "cis-aws-foundations-benchmark/v/5.0.0",
	"nist":    "nist-800-53/v/5.0.0",
	"pci":     "pci-dss/v/4.0.1",
	"tagging": "aws-resource-tagging-standard/v/1.0.0",
}

// createHub turns Security Hub on with the standards that are asked for, or finds the subscription that the region has.
// Standards judge what the recorder records.
func (b *builder) createHub() error {
	switch b.args.Posture.Mode {
	case spec.Off:
		return nil
	case spec.Adopt:
		hub, err := securityhub.GetAccount(b.Ctx, b.Child("hub"), pulumi.ID(b.account.ID), nil, b.Options()...)
		if err != nil {
			return err
		}
		b.baseline.HubARN = hub.Arn
		return nil
	}
	hub, err := securityhub.NewAccount(b.Ctx, b.Child("hub"), &securityhub.AccountArgs{
		EnableDefaultStandards:  pulumi.Bool(false), // ours are resources of their own
		AutoEnableControls:      pulumi.Bool(true),
		ControlFindingGenerator: pulumi.String("SECURITY_CONTROL"),
	}, b.Options(pulumi.DependsOn(b.recording))...)
	if err != nil {
		return err
	}
	b.baseline.HubARN = hub.Arn
	for _, name := range b.args.Posture.Standards {
		arn := "arn:" + b.account.Partition + ":securityhub:" + b.account.Region + "::standards/" + standards[name]
		_, err := securityhub.NewStandardsSubscription(b.Ctx, b.Child("hub", name), &securityhub.StandardsSubscriptionArgs{
			StandardsArn: pulumi.String(arn),
		}, b.Options(pulumi.DependsOn([]pulumi.Resource{hub}))...)
		if err != nil {
			return err
		}
	}
	return nil
}

// createAnalyzers finds what is open to the outside, and what nobody uses where that is asked for. An account has one
// analyzer of access from outside in a region.
func (b *builder) createAnalyzers() error {
	if err := b.createAnalyzer(); err != nil || b.args.AccessAnalysis.UnusedDays == 0 {
		return err
	}
	_, err := accessanalyzer.NewAnalyzer(b.Ctx, b.Child("unused-access"), &accessanalyzer.AnalyzerArgs{
		AnalyzerName: pulumi.String(naming.AWSAnalyzer.Name(b.FullName("unused-access")...)),
		Type:         pulumi.String("ACCOUNT_UNUSED_ACCESS"),
		Configuration: accessanalyzer.AnalyzerConfigurationArgs{
			UnusedAccess: accessanalyzer.AnalyzerConfigurationUnusedAccessArgs{
				UnusedAccessAge: pulumi.Int(b.args.AccessAnalysis.UnusedDays),
			},
		},
		Tags: b.TagInput("unused-access"),
	}, b.Options()...)
	return err
}

func (b *builder) createAnalyzer() (err error) {
	var analyzer *accessanalyzer.Analyzer
	switch b.args.AccessAnalysis.Mode {
	case spec.Off:
		return nil
	case spec.Adopt:
		analyzer, err = accessanalyzer.GetAnalyzer(b.Ctx, b.Child("access"), pulumi.ID(b.args.AccessAnalysis.ID), nil, b.Options()...)
	default:
		analyzer, err = accessanalyzer.NewAnalyzer(b.Ctx, b.Child("access"), &accessanalyzer.AnalyzerArgs{
			AnalyzerName: pulumi.String(naming.AWSAnalyzer.Name(b.FullName("access")...)),
			Type:         pulumi.String("ACCOUNT"),
			Tags:         b.TagInput("access"),
		}, b.Options()...)
	}
	if err == nil {
		b.baseline.AnalyzerARN = analyzer.Arn
	}
	return err
}
