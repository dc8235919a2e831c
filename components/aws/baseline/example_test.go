package baseline_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/baseline"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// With no arguments, a baseline records, detects, judges and alarms. WithMocks lets the examples run on a simulated AWS;
// in a program of your own, pulumi.Run takes its place.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		b, err := baseline.New(ctx, "main", nil)
		if err != nil {
			return err
		}
		b.TrailBucketName.ApplyT(func(name string) string { fmt.Println(name); return name })
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("eu-west-1")))
	if err != nil {
		panic(err)
	}
	// Output: shop-dev-main-trail-123456789012
}

// In a second region: what counts for the whole account is left out.
func ExampleNew_options() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		b, err := baseline.New(ctx, "frankfurt", &baseline.Args{
			Baseline: spec.Baseline{
				Trail:           spec.AuditTrail{Disabled: true},
				ThreatDetection: spec.ThreatDetection{Except: []string{"eks"}},
				Passwords:       spec.Passwords{Disabled: true},
				MFA:             spec.MFA{Disabled: true},
				Tags:            map[string]string{"team": "security"},
			},
		})
		if err != nil {
			return err
		}
		b.RecorderName.ApplyT(func(name string) string { fmt.Println(name); return name })
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("eu-central-1")))
	if err != nil {
		panic(err)
	}
	// Output: default
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := baseline.Args{Baseline: spec.Baseline{
		Trail: spec.AuditTrail{RetentionDays: 10},
		CI:    spec.CI{Repository: "shop/*"},
	}}
	fmt.Println(args.Validate())
	// Output:
	// ci.repository: "shop/*" is not the full name of one repository; use owner/name, without wildcards
	// trail.retentionDays: 10 is not a period that CloudWatch Logs offers; the next longer one is 14 days
}
