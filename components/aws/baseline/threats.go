package baseline

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/guardduty"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/inspector2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/macie2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// protections are GuardDuty's features besides its foundation (GuardDuty API, DetectorFeatureConfiguration, name).
var protections = map[string]string{
	"s3":      "S3_DATA_EVENTS",
	"eks":     "EKS_AUDIT_LOGS",
	"malware": "EBS_MALWARE_PROTECTION",
	"rds":     "RDS_LOGIN_EVENTS",
	"lambda":  "LAMBDA_NETWORK_LOGS",
	"runtime": "RUNTIME_MONITORING",
}

// agents are what GuardDuty installs and updates by itself for runtime monitoring (GuardDuty API,
// DetectorAdditionalConfiguration, name). All of them, in the order in which GetDetector lists them: this version of the
// provider compares list with list, and what is missing or elsewhere is a replacement at every update
// (github.com/hashicorp/terraform-provider-aws issue 36695 has the order; a set since pull request 44627).
var agents = []string{"EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"}

// createDetector turns GuardDuty on, with all of its protections, or finds the detector that the region has.
func (b *builder) createDetector() error {
	switch b.args.ThreatDetection.Mode {
	case spec.Off:
		return nil
	case spec.Adopt:
		return b.adoptDetector()
	}
	detector, err := guardduty.NewDetector(b.Ctx, b.Child("detector"), &guardduty.DetectorArgs{
		Enable:                     pulumi.Bool(true),
		FindingPublishingFrequency: pulumi.String("FIFTEEN_MINUTES"),
		Tags:                       b.TagInput("detector"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.baseline.DetectorID = detector.ID().ToStringOutput()
	for _, name := range keysOf(protections) {
		status := "ENABLED"
		if slices.Contains(b.args.ThreatDetection.Except, name) {
			status = "DISABLED"
		}
		args := &guardduty.DetectorFeatureArgs{
			DetectorId: detector.ID(), Name: pulumi.String(protections[name]), Status: pulumi.String(status),
		}
		if name == "runtime" {
			args.AdditionalConfigurations = managedAgents(status)
		}
		if _, err := guardduty.NewDetectorFeature(b.Ctx, b.Child("detector", name), args, b.Options()...); err != nil {
			return err
		}
	}
	return nil
}

func managedAgents(status string) guardduty.DetectorFeatureAdditionalConfigurationArray {
	var managed guardduty.DetectorFeatureAdditionalConfigurationArray
	for _, agent := range agents {
		managed = append(managed, guardduty.DetectorFeatureAdditionalConfigurationArgs{
			Name: pulumi.String(agent), Status: pulumi.String(status),
		})
	}
	return managed
}

// adoptDetector looks the detector up: a region has one at most.
func (b *builder) adoptDetector() error {
	args := &guardduty.LookupDetectorArgs{}
	if id := b.args.ThreatDetection.ID; id != "" {
		args.Id = &id
	}
	found, err := guardduty.LookupDetector(b.Ctx, args, pulumi.Parent(b.Parent))
	if err != nil {
		return fmt.Errorf("looking up the GuardDuty detector to adopt: %w", err)
	}
	b.baseline.DetectorID = pulumi.String(found.Id).ToStringOutput()
	return nil
}

// createScans turns on what searches for vulnerabilities and for sensitive data, where that is asked for.
func (b *builder) createScans() error {
	if b.args.VulnerabilityScans {
		_, err := inspector2.NewEnabler(b.Ctx, b.Child("inspector"), &inspector2.EnablerArgs{
			AccountIds:    pulumi.ToStringArray([]string{b.account.ID}),
			ResourceTypes: pulumi.ToStringArray([]string{"EC2", "ECR", "LAMBDA"}),
		}, b.Options()...)
		if err != nil {
			return err
		}
	}
	switch b.args.DataDiscovery {
	case spec.Off:
		return nil
	case spec.Adopt: // nothing else needs it; that it is there is all
		_, err := macie2.GetAccount(b.Ctx, b.Child("macie"), pulumi.ID(b.account.ID), nil, b.Options()...)
		return err
	}
	_, err := macie2.NewAccount(b.Ctx, b.Child("macie"), &macie2.AccountArgs{
		Status: pulumi.String("ENABLED"), FindingPublishingFrequency: pulumi.String("FIFTEEN_MINUTES"),
	}, b.Options()...)
	return err
}
