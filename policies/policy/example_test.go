package policy_test

import (
	"fmt"
	"time"

	"github.com/holdfast-iac/holdfast/policies/policy"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

// session is a pack of one policy, ready to check resources. In a pack, policy.Main does this.
func session(p policy.Policy) *policy.Session {
	pack, err := policy.NewPack(policy.PackSpec{Name: "example", Version: "1.0.0", Policies: []policy.Policy{p}})
	if err != nil {
		panic(err)
	}
	s, err := pack.NewSession(policy.Deployment{DryRun: true}, nil)
	if err != nil {
		panic(err)
	}
	return s
}

func properties(values map[string]any) *structpb.Struct {
	s, err := structpb.NewStruct(values)
	if err != nil {
		panic(err)
	}
	return s
}

// unknown is how the engine sends a string that is not known yet.
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

// A policy on the resources of one type, and its answers.
func ExampleOn() {
	type database struct {
		Encrypted policy.Value[bool] `pulumi:"storageEncrypted"`
	}
	s := session(policy.Policy{
		ID:          "aws-rds-encrypted",
		Title:       "Databases must be encrypted at rest.",
		Severity:    policy.High,
		Level:       policy.Mandatory,
		Remediation: "Set storageEncrypted. This replaces the database.",
		Rules: []policy.Rule{
			policy.On("aws:rds/instance:Instance", func(r *policy.Report, db database) {
				if !db.Encrypted.Or(false) {
					r.Fail("It stores its data in the clear.")
				}
			}),
		},
	})
	for _, encrypted := range []any{true, nil, unknown} {
		result := s.Analyze(&pulumirpc.AnalyzeRequest{
			Type: "aws:rds/instance:Instance", Properties: properties(map[string]any{"storageEncrypted": encrypted}),
		})[0]
		fmt.Println(result.Outcome, result.Violations, result.Unknowns)
	}
	// Output:
	// passed [] []
	// failed [{ It stores its data in the clear.}] []
	// undetermined [] [string value at .storageEncrypted can't be known during preview]
}

// A policy on what belongs together: here, every bucket needs a block of public access. It works in a preview, where the
// bucket's id is not known yet: the engine says where the value of the property comes from.
func ExampleOnStack() {
	type anyProperties struct{}
	type buckets struct {
		Buckets policy.Resources[anyProperties] `pulumi:"aws:s3/bucketV2:BucketV2"`
		Blocks  policy.Resources[anyProperties] `pulumi:"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"`
	}
	s := session(policy.Policy{
		ID:    "aws-s3-public-access-block",
		Title: "Every bucket must block public access.",
		Rules: []policy.Rule{
			policy.OnStack(func(r *policy.StackReport, s buckets) {
				s.Buckets.Each(func(bucket policy.Resource[anyProperties]) {
					if !s.Blocks.AnyReferring("bucket", bucket.Node, nil) {
						r.Fail(bucket.Node, "%s has no public access block.", bucket.Name())
					}
				})
			}),
		},
	})
	fmt.Println(s.AnalyzeStack([]*pulumirpc.AnalyzerResource{
		{Type: "aws:s3/bucketV2:BucketV2", Urn: "urn:logs", Name: "logs"},
		{Type: "aws:s3/bucketV2:BucketV2", Urn: "urn:data", Name: "data"},
		{
			Type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", Urn: "urn:block",
			Properties: properties(map[string]any{"bucket": unknown}),
			PropertyDependencies: map[string]*pulumirpc.AnalyzerPropertyDependencies{
				"bucket": {Urns: []string{"urn:logs"}},
			},
		},
	})[0].Violations)
	// Output: [{urn:data data has no public access block.}]
}

// A policy that mends what it finds, when its level is remediate.
func ExampleOnRemediate() {
	type volume struct {
		Tags policy.Map[string] `pulumi:"tags"`
	}
	s := session(policy.Policy{
		ID:    "aws-ec2-volume-owner",
		Title: "Volumes must have an owner.",
		Level: policy.Remediate,
		Rules: []policy.Rule{
			policy.OnRemediate("aws:ebs/volume:Volume", func(r *policy.Remediation, v volume) {
				if !v.Tags.At("owner").Present() {
					r.Set("tags.owner", "platform")
				}
			}),
		},
	})
	remedy := s.Remediate(&pulumirpc.AnalyzeRequest{
		Type: "aws:ebs/volume:Volume", Properties: properties(map[string]any{"size": 20}),
	})[0]
	fmt.Println(remedy.Properties.AsMap())
	// Output: map[size:20 tags:map[owner:platform]]
}

// AllOf and AnyOf ask all checks, although one needs what is not known yet.
func ExampleAllOf() {
	type rule struct {
		Port   policy.Value[int]    `pulumi:"port"`
		Source policy.Value[string] `pulumi:"source"`
	}
	s := session(policy.Policy{
		ID:    "ssh-not-open",
		Title: "SSH must not be open to everyone.",
		Rules: []policy.Rule{
			policy.On("example:index:Rule", func(r *policy.Report, rule rule) {
				if policy.AllOf(
					func() bool { return rule.Source.Get() == "0.0.0.0/0" },
					func() bool { return rule.Port.Get() == 22 },
				) {
					r.Fail("It opens SSH.")
				}
			}),
		},
	})
	for _, port := range []int{22, 443} {
		result := s.Analyze(&pulumirpc.AnalyzeRequest{
			Type: "example:index:Rule", Properties: properties(map[string]any{"source": unknown, "port": port}),
		})[0]
		fmt.Println(port, result.Outcome)
	}
	// Output:
	// 22 undetermined
	// 443 passed
}

// NewPack lists everything that is wrong with a pack.
func ExampleNewPack() {
	type wrong struct {
		Name string `pulumi:"name"`
		Size policy.Value[int]
	}
	_, err := policy.NewPack(policy.PackSpec{Name: "example", Version: "1.0.0", Policies: []policy.Policy{{
		ID:    "example",
		Title: "Anything goes.",
		Rules: []policy.Rule{policy.On("example:index:Thing", func(*policy.Report, wrong) {})},
	}}})
	fmt.Println(err)
	// Output:
	// the policy pack cannot be used:
	//   - policy "example".Rules[0].policy_test.wrong.Name: has the type string; a property must be a policy.Value, policy.List or policy.Map
	//   - policy "example".Rules[0].policy_test.wrong.Size: needs a tag that names the property, like `pulumi:"cidrBlocks"`
}

// A policy with a setting, and what a pack's configuration makes of it.
func ExampleSettings() {
	type settings struct {
		Days int `pulumi:"days" min:"1" description:"How long backups are kept at least."`
	}
	type database struct {
		Days policy.Value[int] `pulumi:"backupRetentionPeriod"`
	}
	pack, err := policy.NewPack(policy.PackSpec{Name: "example", Version: "1.0.0", Policies: []policy.Policy{{
		ID:     "aws-rds-backups",
		Title:  "Backups of databases must be kept long enough.",
		Config: settings{Days: 7},
		Rules: []policy.Rule{policy.On("aws:rds/instance:Instance", func(r *policy.Report, db database) {
			if least := policy.Settings[settings](r).Days; db.Days.Or(0) < least {
				r.Fail("It keeps them for %v days, not %d.", db.Days, least)
			}
		})},
	}}})
	if err != nil {
		panic(err)
	}
	for _, days := range []int{7, 30, 0} {
		s, err := pack.NewSession(policy.Deployment{}, map[string]policy.Setting{
			"aws-rds-backups": {Properties: map[string]any{"days": days}},
		})
		if err != nil {
			fmt.Println(err)
			continue
		}
		result := s.Analyze(&pulumirpc.AnalyzeRequest{
			Type: "aws:rds/instance:Instance", Properties: properties(map[string]any{"backupRetentionPeriod": 10}),
		})[0]
		fmt.Println(result.Outcome, result.Violations)
	}
	// Output:
	// passed []
	// failed [{ It keeps them for 10 days, not 30.}]
	// the configuration of policy pack "example" is wrong: policy "aws-rds-backups": days is 0, but must be at least 1
}

// An exemption turns a violation into advice, until it expires.
func ExampleSession_Exemptions() {
	type anyProperties struct{}
	pack, err := policy.NewPack(policy.PackSpec{Name: "example", Version: "1.0.0", Policies: []policy.Policy{
		{ID: "aws-ec2-none", Title: "There must be no VPC.", Rules: []policy.Rule{
			policy.On("aws:ec2/vpc:Vpc", func(r *policy.Report, _ anyProperties) { r.Fail("There is one.") }),
		}},
		policy.Exemptions,
	}})
	if err != nil {
		panic(err)
	}
	for _, day := range []int{30, 31} {
		s, err := pack.NewSession(
			policy.Deployment{Time: time.Date(2026, 12, day, 12, 0, 0, 0, time.UTC)},
			map[string]policy.Setting{"exemptions": {Properties: map[string]any{"list": []map[string]any{{
				"policy": "aws-*", "owner": "ann", "reason": "It is still needed.", "expires": "2026-12-30",
			}}}}})
		if err != nil {
			panic(err)
		}
		result := s.Analyze(&pulumirpc.AnalyzeRequest{Type: "aws:ec2/vpc:Vpc"})[0]
		use := s.Exemptions()[0]
		fmt.Println(result.Outcome, use.Used, use.Expired)
	}
	// Output:
	// exempted 1 false
	// failed 0 true
}
