package mutation

import (
	"flag"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/aws"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// unnoticed are changes of the policies that no test can notice, each with the reason.
var unnoticed = map[string]string{
	`ecr_tags_immutable.go mendTaggedRepository: v.Mutability.Get() != "IMMUTABLE" → true`:     "sets what is there; what is not known must stay",
	`ecr_tags_immutable.go mendTaggedRepository: "IMMUTABLE" → "IMMUTABLE" + "~"`:              "the same",
	`first.go firstOf: r.URN() < first → r.URN() <= first`:                                     "no two resources have one URN",
	`iam_github_repository_named.go anyOwner: "*" → "*" + "~"`:                                 "what follows the star is cut off",
	`iam_github_repository_named.go anyOwner: "repo:" → "repo:" + "~"`:                         "all after repo: is the owner",
	`identity.go onAttachments: aws → true`:                                                    "no policy of AWS has no name",
	`internet.go add: err != nil → false`:                                                      "what is no range is of no size",
	`internet.go add: other.Bits() <= p.Bits() → other.Bits() < p.Bits()`:                      "of two equal ranges, either stays",
	`objective.go objectiveOf: 64 → 64 + 1000000`:                                              "any size but 32 is one of 64 bits",
	`ports.go portRange.covers: -1 → -1 + 1000000`:                                             "no upper bound, or one above all ports",
	`ports.go portRange.within: -1 → -1 + 1000000`:                                             "neither is a port",
	`rds_cluster_standby.go upToTwo: instance.References("clusterIdentifier", cluster) → true`: "asked of what refers to it, or is not known",
	`recoveryplans.go recoveryPlans.gap: p.gaps[schedule] = gap → nothing`:                     "only for speed: it is read again",
	`recoveryplans.go recoveryPlans.gap: read → false`:                                         "the same",
	`restores.go restoreIndex.once: i.answers[key] == nil → true`:                              "only for speed: it is asked again",
	`s3_public_access_block_complete.go publicAccessBlock.each: false → true`:                  "the last one ends the list all the same",
	`schedule.go cronGap: 9 → 9 + 1`:                                                           "a ninth year brings nothing that eight do not",
	`watchers.go watchers.of: value.Known() → false`:                                           "only for speed: what is known ends no rule",
	`watchers.go watchers.of: alarm.Props.Queries.Present() → true`:                            "only for speed: what is not set ends no rule",
}

// unexamined are files in which changes still go unnoticed that a test could notice. TestPackage lists them.
var unexamined = []string{
	"cloudfront_compressed.go", "cloudtrail_data_events.go", "cloudwatch_audit_alarms.go",
	"containers.go", "dynamodb_scales.go", "ebs_snapshots_not_public.go", "ebs_volume_io2.go", "ec2_graviton.go",
	"ec2_network_acl_closed.go", "ec2_no_public_address.go", "ec2_peering_routes_narrow.go",
	"ec2_transit_gateway_asks.go", "ec2_user_data_no_keys.go", "ecs_cluster_insights.go", "ecs_environment_no_keys.go",
	"efs_lifecycle.go", "kms_deletion_window.go",
	"opensearch_volume_gp3.go", "parameters.go", "rds_measured.go",
	"rds_storage_gp3.go", "rds_tls_only.go", "s3_access_point_not_public.go",
	"s3_audit_bucket_locked.go", "s3_bucket_acls_disabled.go", "s3_bucket_lifecycle.go",
	"sqs_dead_letters.go",
}

var everyFlag = flag.Bool("every", false, "make every change of the policies, which takes minutes, and not one in twelve")

// TestPolicies breaks the conditions of the policies, and sees to it that a test notices: one in twelve, or with -every all.
func TestPolicies(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes a minute")
	}
	options := Options{Skip: unchanged(), OneIn: 12}
	if *everyFlag {
		options.OneIn = 1
	}
	mutants, err := Run(t.Context(), "../../policies/aws", options)
	require.NoError(t, err)
	killed, alive := map[string]bool{}, map[string]bool{}
	for _, m := range mutants {
		if m.Killed {
			killed[m.File] = true
			continue
		}
		if slices.Contains(unexamined, m.File) {
			continue
		}
		alive[m.String()] = true
		if unnoticed[m.String()] == "" {
			t.Errorf("policies/aws/%s:%d: no test notices the change %s", m.File, m.Line, m)
		}
	}
	t.Logf("%d changes, of which %d go unnoticed", len(mutants), len(alive))
	if !*everyFlag {
		return
	}
	for change := range unnoticed {
		assert.Truef(t, alive[change], "listed, but a test notices: %s", change)
	}
	for _, p := range aws.All() {
		file := strings.ReplaceAll(strings.TrimPrefix(p.ID, "aws-"), "-", "_") + ".go"
		assert.Truef(t, killed[file], "no change of %s was noticed", file)
	}
}

// unchanged is what people read of a policy: changes of it show in its page. The tables of support
// have tests of their own.
func unchanged() []string {
	skip := []string{"policy.Example", "aws.props", "aws.ends"}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[policy.Policy]()) {
		if field.Name != "Rules" && field.Name != "Config" {
			skip = append(skip, "policy.Policy."+field.Name)
		}
	}
	return skip
}
