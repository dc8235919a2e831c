package mutation

import (
	"flag"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/aws"
	"github.com/holdfast-iac/holdfast/policies/crosscloud"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// folders are those of the policies, with what they hold.
var folders = map[string][]policy.Policy{"aws": aws.All(), "crosscloud": crosscloud.All()}

// unnoticed are changes of the policies that no test can notice, each with the reason.
var unnoticed = map[string]string{
	// In policies/aws.
	`cloudfront_compressed.go CloudFrontCompressed: b.plain() → true`:                                               "sets what is there; what is not known must stay",
	`condition.go limits: own → own + "~"`:                                                                          "any text without wildcards will do",
	`ecr_tags_immutable.go mendTaggedRepository: v.Mutability.Get() != "IMMUTABLE" → true`:                          "sets what is there; what is not known must stay",
	`ecr_tags_immutable.go mendTaggedRepository: "IMMUTABLE" → "IMMUTABLE" + "~"`:                                   "the same",
	`first.go firstOf: r.URN() < first → r.URN() <= first`:                                                          "no two resources have one URN",
	`iam_github_repository_named.go anyOwner: "*" → "*" + "~"`:                                                      "what follows the star is cut off",
	`iam_github_repository_named.go anyOwner: "repo:" → "repo:" + "~"`:                                              "all after repo: is the owner",
	`iam_role_trust_limited.go texts.open: "*?" → "*?" + "~"`:                                                       "nothing is called by tildes alone",
	`identity.go onAttachments: aws → true`:                                                                         "no policy of AWS has no name",
	`internet.go add: err != nil → false`:                                                                           "what is no range is of no size",
	`internet.go add: other.Bits() <= p.Bits() → other.Bits() < p.Bits()`:                                           "of two equal ranges, either stays",
	`objective.go objectiveOf: 64 → 64 + 1000000`:                                                                   "any size but 32 is one of 64 bits",
	`ports.go portRange.covers: -1 → -1 + 1000000`:                                                                  "no upper bound, or one above all ports",
	`ports.go portRange.within: -1 → -1 + 1000000`:                                                                  "neither is a port",
	`rds_cluster_standby.go upToTwo: instance.References("clusterIdentifier", cluster) → true`:                      "asked of what refers to it, or is not known",
	`recoveryplans.go recoveryPlans.gap: p.gaps[schedule] = gap → nothing`:                                          "only for speed: it is read again",
	`recoveryplans.go recoveryPlans.gap: read → false`:                                                              "the same",
	`restores.go restoreIndex.once: i.answers[key] == nil → true`:                                                   "only for speed: it is asked again",
	`s3_bucket_acls_disabled.go S3BucketACLsDisabled: o.Rule.Get().Ownership.Get() != "BucketOwnerEnforced" → true`: "sets what is there; what is not known must stay",
	`s3_bucket_acls_disabled.go S3BucketACLsDisabled: "BucketOwnerEnforced" → "BucketOwnerEnforced" + "~"`:          "the same",
	`s3_public_access_block_complete.go publicAccessBlock.each: false → true`:                                       "the last one ends the list all the same",
	`schedule.go cronGap: 9 → 9 + 1`:                                                                                "a ninth year brings nothing that eight do not",
	`watchers.go watchers.of: value.Known() → false`:                                                                "only for speed: what is known ends no rule",
	`watchers.go watchers.of: alarm.Props.Queries.Present() → true`:                                                 "only for speed: what is not set ends no rule",

	// In policies/crosscloud.
	`detector.go detector.kinds: known → false`:                                                                           "only for speed: what is seen again is the same",
	`detector.go must: err != nil → false`:                                                                                "what gitleaks brings along is right",
	`images.go image.full: ".:" → ".:" + "~"`:                                                                             "no registry has a tilde in its name",
	`images.go image.open: "<$" → "<$" + "~"`:                                                                             "nor has an image",
	`named.go inJSON: strings.HasPrefix(text, "[") → true`:                                                                "only for speed: other JSON holds no names",
	`named.go inJSON: strings.HasPrefix(text, "{") → true`:                                                                "the same",
	`named.go secretByName: hasToken(value, shortestName) → true`:                                                         "only for speed: the detector finds no shorter ones",
	`pattern.go pattern.in: -1 → -1 + 1000000`:                                                                            "all matches, or more than there are",
	`pattern.go pattern.in: p.mayBeIn(text) → true`:                                                                       "only for speed: the expression finds nothing without the marker",
	`pattern.go pattern.mayBeIn: strings.Contains(text, p.marker) → true`:                                                 "the same",
	`providers_verify.go checkEndpoints: -1 → -1 + 1000000`:                                                               "all matches, or more than there are",
	`scripts_fetched_encrypted.go fetchedInTheClear: -1 → -1 + 1000000`:                                                   "the same",
	`scripts_fetched_encrypted.go isNear: "$@[{" → "$@[{" + "~"`:                                                          "no host has a tilde in its name",
	`secrets.go secretsByForm: hasToken(text, shortestForm) → true`:                                                       "only for speed: the detector finds no shorter ones",
	`secrets.go secretsByForm: p.mayBeIn(text) → true`:                                                                    "the same, of patterns without their marker",
	`secrets.go secretsByForm: slices.ContainsFunc(formPatterns, func(p pattern) bool { return p.mayBeIn(text) }) → true`: "the same",
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
	killed, alive := map[string]bool{}, map[string]bool{}
	for folder, policies := range folders {
		mutants, err := Run(t.Context(), "../../policies/"+folder, options)
		require.NoError(t, err)
		before := len(alive)
		for _, m := range mutants {
			if m.Killed {
				killed[m.File] = true
				continue
			}
			alive[m.String()] = true
			if unnoticed[m.String()] == "" {
				t.Errorf("policies/%s/%s:%d: no test notices the change %s", folder, m.File, m.Line, m)
			}
		}
		t.Logf("%s: %d changes, of which %d go unnoticed", folder, len(mutants), len(alive)-before)
		for _, p := range policies {
			_, name, _ := strings.Cut(p.ID, "-")
			file := strings.ReplaceAll(name, "-", "_") + ".go"
			assert.Truef(t, killed[file] || !*everyFlag, "no change of %s was noticed", file)
		}
	}
	if !*everyFlag {
		return
	}
	for change := range unnoticed {
		assert.Truef(t, alive[change], "listed, but a test notices: %s", change)
	}
}

// unchanged is what people read of a policy: changes of it show in its page. The tables of support
// have tests of their own.
func unchanged() []string {
	skip := []string{"policy.Example", "aws.props", "aws.ends", "crosscloud.props"}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[policy.Policy]()) {
		if field.Name != "Rules" && field.Name != "Config" {
			skip = append(skip, "policy.Policy."+field.Name)
		}
	}
	return skip
}
