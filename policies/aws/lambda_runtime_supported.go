package aws

import (
	"time"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// LambdaRuntimeSupported refuses runtimes after the date on which AWS deprecates them.
var LambdaRuntimeSupported = policy.Policy{
	ID:       "aws-lambda-runtime-supported",
	Title:    "Functions must use a runtime that AWS supports.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A deprecated runtime gets no security updates, and soon functions that use it can neither be " +
		"created nor updated.",
	Remediation: "Set runtime to a current version of the language.",
	Controls:    frameworks.Controls{SOC2: "CC7.1", ISO27001: "A.8.8"}.List(),
	Tags:        []string{"reliability", "versions"},
	Peers:       []string{"Security Hub Lambda.2"},
	Bad: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/resize", "runtime": "python3.9", "handler": "main.handle",
		}},
	},
	Good: []policy.Example{
		{Name: "resize", Type: functionType, Properties: props{
			"role": "arn:aws:iam::123456789012:role/resize", "runtime": "python3.14", "handler": "main.handle",
		}},
	},
	Rules: []policy.Rule{
		policy.On(functionType, func(r *policy.Report, f runningFunction) {
			end, listed := runtimeEnds[f.Runtime.Get()]
			if listed && today(r.Deployment()) >= end {
				r.Fail("%v is deprecated since %s.", f.Runtime, end)
			}
		}),
	},
}

type runningFunction struct {
	Runtime policy.Value[string] `pulumi:"runtime"`
}

// runtimeEnds are the dates of deprecation before 2028 in the AWS Lambda Developer Guide ("Lambda runtimes"), as
// endoflife.date read them there on 2026-08-22 (products/aws-lambda.md). AWS postpones some: those of Java on Amazon
// Linux 2 and of Python 3.11 by a year.
var runtimeEnds = map[string]string{
	"dotnet6":        "2024-12-20",
	"dotnet8":        "2026-11-10",
	"dotnetcore1.0":  "2019-06-27",
	"dotnetcore2.0":  "2019-05-30",
	"dotnetcore2.1":  "2022-01-05",
	"dotnetcore3.1":  "2023-04-03",
	"go1.x":          "2024-01-08",
	"java11":         "2027-06-30",
	"java17":         "2027-06-30",
	"java8":          "2024-01-08",
	"java8.al2":      "2027-06-30",
	"nodejs":         "2016-08-30",
	"nodejs10.x":     "2021-07-30",
	"nodejs12.x":     "2023-03-31",
	"nodejs14.x":     "2023-12-04",
	"nodejs16.x":     "2024-06-12",
	"nodejs18.x":     "2025-09-01",
	"nodejs20.x":     "2026-04-30",
	"nodejs22.x":     "2027-04-30",
	"nodejs4.3":      "2020-03-05",
	"nodejs4.3-edge": "2020-03-05",
	"nodejs6.10":     "2019-08-12",
	"nodejs8.10":     "2020-03-06",
	"provided":       "2024-01-08",
	"provided.al2":   "2026-07-31",
	"python2.7":      "2021-07-15",
	"python3.10":     "2026-10-31",
	"python3.11":     "2027-06-30",
	"python3.6":      "2022-07-18",
	"python3.7":      "2023-12-04",
	"python3.8":      "2024-10-14",
	"python3.9":      "2025-12-15",
	"ruby2.5":        "2021-07-30",
	"ruby2.7":        "2023-12-07",
	"ruby3.2":        "2026-03-31",
	"ruby3.3":        "2027-03-31",
}

// today is the day of the deployment, for comparison with dates such as "2026-12-31".
func today(d policy.Deployment) string { return d.Time.UTC().Format(time.DateOnly) }
