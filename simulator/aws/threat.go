package aws

import (
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What looks for threats; a region has one of most. Sources: terraform-provider-aws, internal/service/
// {guardduty/{detector,detector_feature},securityhub/{account,standards_subscription,finding_aggregator},accessanalyzer/analyzer,
// inspector2/enabler,macie2/account}.go; the API references of these services.

const (
	createDetector  = "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html"
	enableHub       = "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html"
	enableStandards = "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchEnableStandards.html"
)

// accountItself is the id of what an account has one of in a region.
func accountItself(c *simulator.Call) string { return c.Account }

var (
	detectorKind = &simulator.Kind{
		Noun:     "GuardDuty Detector",
		ID:       func(c *simulator.Call) string { return c.Hex("detector", 32) },
		ARN:      "arn:{partition}:guardduty:{region}:{account}:detector/{id}",
		NotFound: "BadRequestException: The request is rejected because the input detectorId is not owned by the current account: %s",
	}
	detectorFeatureKind = &simulator.Kind{
		Noun: "GuardDuty Detector Feature",
		ID:   func(c *simulator.Call) string { return c.Text("detectorId") + "/" + c.Text("name") },
	}
	hubKind = &simulator.Kind{
		Noun: "Security Hub Account", ID: accountItself, ARN: "arn:{partition}:securityhub:{region}:{account}:hub/default",
	}
	standardKind = &simulator.Kind{
		Noun: "Security Hub Standards Subscription",
		ID: func(c *simulator.Call) string {
			standard := c.Text("standardsArn")
			for _, begin := range []string{":standards/", "::ruleset/"} {
				if _, name, ok := strings.Cut(standard, begin); ok {
					standard = "arn:" + c.Partition + ":securityhub:" + c.Region + ":" + c.Account + ":subscription/" + name
				}
			}
			return standard
		},
	}
	aggregatorKind = &simulator.Kind{
		Noun: "Security Hub Finding Aggregator",
		ID: func(c *simulator.Call) string {
			return "arn:" + c.Partition + ":securityhub:" + c.Region + ":" + c.Account + ":finding-aggregator/" + c.Hex("aggregator", 32)
		},
	}
	analyzerKind = &simulator.Kind{
		Noun:     "IAM Access Analyzer Analyzer",
		ID:       func(c *simulator.Call) string { return c.Text("analyzerName") },
		ARN:      "arn:{partition}:access-analyzer:{region}:{account}:analyzer/{id}",
		NotFound: "ResourceNotFoundException: Analyzer with name %s not found",
	}
	inspectorKind = &simulator.Kind{
		Noun: "Inspector2 Enabler",
		ID: func(c *simulator.Call) string {
			accounts, types := c.Texts("accountIds[*]"), c.Texts("resourceTypes[*]")
			slices.Sort(accounts)
			slices.Sort(types)
			return strings.Join(accounts, ":") + "-" + strings.Join(types, ":")
		},
	}
	macieKind = &simulator.Kind{Noun: "Macie Account", ID: accountItself}
)

func threatTypes() []*simulator.Type {
	onlyOne := func(id, source, refusal string) []simulator.Unique {
		return []simulator.Unique{{
			Origin: simulator.Origin{ID: id, Source: source}, Keys: one, Error: refusal + "%.0s", // the key says nothing
		}}
	}
	return []*simulator.Type{
		{
			Token:    "aws:guardduty/detector:Detector",
			Kind:     detectorKind,
			Defaults: map[string]any{"enable": true},
			Unique: onlyOne("aws-guardduty-one-detector", createDetector,
				"BadRequestException: The request is rejected because a detector already exists for the current account."),
			API: []string{"guardduty:CreateDetector"},
			Compute: func(c *simulator.Call) {
				on := func() map[string]any { return map[string]any{"enable": true} }
				c.Set("accountId", c.Account)
				c.SetNew("findingPublishingFrequency", "SIX_HOURS")
				c.SetNew("datasources", map[string]any{
					"s3Logs": on(), "kubernetes": map[string]any{"auditLogs": on()},
					"malwareProtection": map[string]any{"scanEc2InstanceWithFindings": map[string]any{"ebsVolumes": on()}},
				})
			},
		},
		{
			Token:      "aws:guardduty/detectorFeature:DetectorFeature",
			Kind:       detectorFeatureKind,
			Immutable:  []string{"detectorId", "name"},
			References: []simulator.Reference{{Property: "detectorId", To: kinds(detectorKind), OnDelete: simulator.Follow}},
			Rules: map[string]simulator.Rule{"name": simulator.OneOf("EBS_MALWARE_PROTECTION", "EKS_AUDIT_LOGS",
				"EKS_RUNTIME_MONITORING", "LAMBDA_NETWORK_LOGS", "RDS_LOGIN_EVENTS", "RUNTIME_MONITORING", "S3_DATA_EVENTS")},
			Constraints: []simulator.Constraint{runtimeTwice},
			API:         []string{"guardduty:UpdateDetector"},
		},
		{
			Token: "aws:securityhub/account:Account",
			Kind:  hubKind,
			Defaults: map[string]any{
				"autoEnableControls": true, "controlFindingGenerator": "SECURITY_CONTROL", "enableDefaultStandards": true,
			},
			Immutable: []string{"enableDefaultStandards"},
			Unique: onlyOne("aws-securityhub-one-account", enableHub,
				"ResourceConflictException: Account is already subscribed to Security Hub"),
			API: []string{"securityhub:EnableSecurityHub"},
		},
		{
			Token:       "aws:securityhub/standardsSubscription:StandardsSubscription",
			Kind:        standardKind,
			Immutable:   []string{"standardsArn"},
			Rules:       map[string]simulator.Rule{"standardsArn": validARN},
			Constraints: []simulator.Constraint{hubFirst},
			API:         []string{"securityhub:BatchEnableStandards"},
		},
		{
			Token:       "aws:securityhub/findingAggregator:FindingAggregator",
			Kind:        aggregatorKind,
			Sets:        []string{"specifiedRegions"},
			Constraints: []simulator.Constraint{hubFirst},
			Rules: map[string]simulator.Rule{
				"linkingMode": simulator.OneOf("ALL_REGIONS", "ALL_REGIONS_EXCEPT_SPECIFIED", "NO_REGIONS", "SPECIFIED_REGIONS"),
			},
			API: []string{"securityhub:CreateFindingAggregator"},
		},
		{
			Token:     "aws:accessanalyzer/analyzer:Analyzer",
			Kind:      analyzerKind,
			Defaults:  map[string]any{"type": "ACCOUNT"},
			Immutable: []string{"analyzerName", "type"},
			Unique: []simulator.Unique{{
				Properties: []string{"analyzerName"},
				Error:      "ConflictException: An analyzer called %s already exists",
			}},
			Quotas: []simulator.Quota{{
				Code: "L-2F63646F", Limit: 1,
				Source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-access-analyzer",
				Error:  "ServiceQuotaExceededException: You have reached the maximum number of analyzers for the account: %d",
				Per: func(c *simulator.Call) string {
					if c.Text("type") == "ACCOUNT" {
						return "ACCOUNT"
					}
					return ""
				},
			}},
			API:        []string{"accessanalyzer:CreateAnalyzer"},
			Parameters: map[string]string{"type": ""}, // the model is older than the analyzers of internal access
		},
		{
			Token: "aws:inspector2/enabler:Enabler",
			Kind:  inspectorKind,
			// The provider enables and disables what differs, and keeps the id that the resource was made with.
			Immutable:   []string{"accountIds"},
			Sets:        []string{"accountIds", "resourceTypes"},
			DeleteFirst: true,
			Rules: map[string]simulator.Rule{
				"accountIds[*]":    simulator.Matches(`^\d{12}$`, "12 digits are"),
				"resourceTypes[*]": simulator.OneOf("CODE_REPOSITORY", "EC2", "ECR", "LAMBDA", "LAMBDA_CODE"),
			},
			API:        []string{"inspector2:Enable"},
			Parameters: map[string]string{"resourceTypes": ""}, // the model lacks some
		},
		{
			Token:  "aws:macie2/account:Account",
			Kind:   macieKind,
			Unique: onlyOne("aws-macie-one-account", "https://docs.aws.amazon.com/macie/latest/APIReference/macie.html", "ConflictException: Macie has already been enabled"),
			API:    []string{"macie2:EnableMacie"},
			Compute: func(c *simulator.Call) {
				c.SetNew("findingPublishingFrequency", "FIFTEEN_MINUTES")
				c.SetNew("status", "ENABLED")
				c.SetNew("createdAt", c.Now().UTC().Format(time.RFC3339))
				c.Set("updatedAt", c.Now().UTC().Format(time.RFC3339))
				c.Set("serviceRole", "arn:"+c.Partition+":iam::"+c.Account+
					":role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie")
			},
		},
	}
}

// runtimeTwice: the older feature is a part of the newer one, and the two exclude one another.
var runtimeTwice = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-guardduty-runtime-monitoring",
		Source: "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html"},
	Stage: simulator.AtApply,
	Error: "BadRequestException: The request is rejected because %s and %s cannot both be enabled",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		other := map[string]string{
			"EKS_RUNTIME_MONITORING": "RUNTIME_MONITORING", "RUNTIME_MONITORING": "EKS_RUNTIME_MONITORING",
		}[c.Text("name")]
		there := c.Find(detectorFeatureKind, c.Text("detectorId")+"/"+other)
		if there != nil && there.Text("status") == "ENABLED" && c.Text("status") == "ENABLED" {
			broken("name", c.Text("name"), other)
		}
	},
}

// hubFirst: nothing in the resource leads to the account's subscription, so that only dependsOn orders the two.
var hubFirst = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-securityhub-account-first", Source: enableStandards},
	Stage:  simulator.AtApply,
	Error:  "InvalidAccessException: Account %s is not subscribed to AWS Security Hub",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Find(hubKind, c.Account) == nil {
			broken("", c.Account)
		}
	},
}

func threatLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:guardduty/getDetector:getDetector", Answer: getDetector}}
}

func getDetector(c *simulator.Call) resource.PropertyMap {
	detector := c.Find(detectorKind, c.Text("id"))
	if all := c.All(detectorKind); !c.Given("id") && len(all) > 0 {
		detector = all[0]
	}
	if detector == nil {
		c.Fail("id", "reading GuardDuty Detector: empty result")
		return nil
	}
	status := "DISABLED"
	if detector.Flag("enable") {
		status = "ENABLED"
	}
	c.Set("id", detector.ID)
	c.Set("arn", detector.ARN)
	c.Set("findingPublishingFrequency", detector.Text("findingPublishingFrequency"))
	c.Set("serviceRoleArn", "arn:"+c.Partition+":iam::"+c.Account+
		":role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty")
	c.Set("status", status)
	c.Set("tags", detector.Tags())
	var features []any
	for _, feature := range detector.Users(detectorFeatureKind) {
		features = append(features, map[string]any{
			"name": feature.Text("name"), "status": feature.Text("status"), "additionalConfigurations": []any{},
		})
	}
	c.Set("features", features)
	return c.Outputs
}
