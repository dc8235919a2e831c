// Command bench-policyx is bench-pack, written with the experimental policyx of Pulumi's Go SDK.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/policyx"
)

func check(args policyx.ResourceValidationArgs) {
	ingress := property.Array{}
	if value := args.Resource.Properties.Get("ingress"); value.IsArray() {
		ingress = value.AsArray()
	}
	for _, item := range ingress.All {
		rule := item.AsMap()
		if rule.Get("fromPort").AsNumber() <= 22 && rule.Get("toPort").AsNumber() >= 22 && holds(rule.Get("cidrBlocks").AsArray(), "0.0.0.0/0") {
			args.Manager.ReportViolation("It is open.", "")
		}
	}
	tags := property.Map{}
	if value := args.Resource.Properties.Get("tags"); value.IsMap() {
		tags = value.AsMap()
	}
	if _, owned := tags.GetOk("owner"); !owned {
		args.Manager.ReportViolation("It has no owner.", "")
	}
}

func holds(list property.Array, text string) bool {
	for _, item := range list.All {
		if item.AsString() == text {
			return true
		}
	}
	return false
}

func pack(*pulumi.Context) (policyx.PolicyPack, error) {
	count, _ := strconv.Atoi(os.Getenv("BENCH_POLICIES"))
	types := strings.Split(os.Getenv("BENCH_TYPES"), ",")
	var policies []policyx.Policy
	for i := range count {
		token := fmt.Sprintf("test:index:T%d", i)
		if i%10 == 0 && types[0] != "" {
			token = types[i/10%len(types)]
		}
		policies = append(policies, policyx.NewResourceValidationPolicy(fmt.Sprint("p", i), policyx.ResourceValidationPolicyArgs{
			Description: "Groups must be closed and owned.",
			ValidateResource: func(_ context.Context, args policyx.ResourceValidationArgs) error {
				if args.Resource.Type == token {
					check(args)
				}
				return nil
			},
		}))
	}
	return policyx.NewPolicyPack("bench", semver.MustParse("1.2.3"), policyx.EnforcementLevelAdvisory, policies)
}

func main() {
	if err := policyx.Main(pack); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
