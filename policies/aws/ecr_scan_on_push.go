package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECRScanOnPush wants images to be scanned when they are pushed.
var ECRScanOnPush = policy.Policy{
	ID:          "aws-ecr-scan-on-push",
	Title:       "Image repositories must scan what is pushed.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "Known vulnerabilities in an image are found before it runs, or by those who exploit them.",
	Remediation: "Set imageScanningConfiguration.scanOnPush to true, or turn on enhanced scanning for the registry.",
	Controls:    frameworks.Controls{SOC2: "CC6.8 CC7.1", ISO27001: "A.8.8"}.List(),
	Tags:        []string{"security", "hardening"},
	Peers: []string{
		"Checkov CKV_AWS_163", "Trivy AWS-0030", "AWS Config ECR_PRIVATE_IMAGE_SCANNING_ENABLED",
		"Security Hub ECR.1",
	},
	Bad: []policy.Example{
		{Name: "shop", Type: repositoryType, Properties: props{"name": "shop"}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: repositoryType, Properties: props{
			"imageScanningConfiguration": props{"scanOnPush": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(repositoryType, checkScannedRepository),
		policy.OnRemediate(repositoryType, mendScannedRepository),
	},
}

type scannedRepository struct {
	Scanning policy.Value[imageScanning] `pulumi:"imageScanningConfiguration"`
}

type imageScanning struct {
	OnPush policy.Value[bool] `pulumi:"scanOnPush"`
}

func checkScannedRepository(r *policy.Report, v scannedRepository) {
	if !v.Scanning.Get().OnPush.Or(false) {
		r.Fail("It does not scan what is pushed.")
	}
}

func mendScannedRepository(r *policy.Remediation, v scannedRepository) {
	if !v.Scanning.Get().OnPush.Or(false) {
		r.Set("imageScanningConfiguration.scanOnPush", true)
	}
}
