package packs

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
	"gopkg.in/yaml.v3"
)

func TestEveryPackCanBeUsed(t *testing.T) {
	t.Parallel()
	for _, spec := range All() {
		_, err := policy.NewPack(spec)
		assert.NoError(t, err)
	}
}

// policyID is <cloud>-<service>-<what>.
var policyID = regexp.MustCompile(`^(aws|azure|gcp|digitalocean|any)-[a-z0-9]+(-[a-z0-9]+)+$`)

func TestEveryPolicyIsComplete(t *testing.T) {
	t.Parallel()
	for _, spec := range All() {
		for _, p := range spec.Policies {
			if slices.Contains([]string{policy.Exemptions.ID, policy.EvidencePolicy.ID, policy.Selection.ID}, p.ID) {
				continue // they are the SDK's, and about no cloud
			}
			assert.Regexp(t, policyID, p.ID)
			assert.True(t, strings.HasSuffix(p.Title, "."), "%s: its Title is a sentence", p.ID)
			assert.NotZero(t, p.Severity, p.ID)
			assert.NotZero(t, p.Level, p.ID)
			assert.NotEmpty(t, p.Rationale, p.ID)
			assert.NotEmpty(t, p.Remediation, p.ID)
			assert.NotEmpty(t, p.Bad, p.ID)
			assert.NotEmpty(t, p.Good, p.ID)
			assert.Len(t, kindsOf(p), 1, "%s: one tag says which kind of policy it is", p.ID)
			if kindsOf(p)[0] == KindOptimization {
				assert.Equal(t, policy.Advisory, p.Level, "%s is advice", p.ID)
				assert.Contains(t, p.Rationale, "Expected effect: ", p.ID)
			}
			for _, peer := range p.Peers {
				assert.Regexp(t, peerID, peer, p.ID)
			}
			var cited []string
			for _, c := range p.Controls {
				cited = append(cited, c.Framework.Name)
				found, ok := frameworks.Find(c)
				assert.True(t, ok, "%s: there is no control %s", p.ID, c)
				assert.NotEqual(t, frameworks.No, found.Evidence, "%s: no policy can show %s", p.ID, c)
			}
			assert.Subset(t, cited, []string{frameworks.SOC2.Name, frameworks.ISO27001.Name}, p.ID)
		}
	}
}

// peerID is the name of a checker and the id that it uses.
var peerID = regexp.MustCompile(`^(Checkov CKV2?_(AWS|AZURE|DIO|GCP)_\d+|Trivy (AWS|AZU|DIG|GCP)-\d{4}|AWS Config [A-Z0-9_]+|Security Hub [A-Za-z0-9]+\.\d+)$`)

func kindsOf(p policy.Policy) []string {
	return slices.DeleteFunc([]string{KindSecurity, KindReliability, KindOptimization}, func(kind string) bool {
		return !slices.Contains(p.Tags, kind)
	})
}

// TestEveryPolicyIsInAPack: of its kind, and of each framework that it cites.
func TestEveryPolicyIsInAPack(t *testing.T) {
	t.Parallel()
	in := map[string][]string{}
	for _, spec := range All() {
		for _, p := range spec.Policies {
			in[p.ID] = append(in[p.ID], strings.TrimPrefix(spec.Name, "holdfast-"))
		}
	}
	short := map[string]string{frameworks.SOC2.Name: "soc2", frameworks.ISO27001.Name: "iso27001", frameworks.CISAWS.Name: "cis"}
	for _, p := range Policies() {
		want := append(kindsOf(p), "all")
		for _, c := range p.Controls {
			if name := short[c.Framework.Name]; !slices.Contains(want, name) {
				want = append(want, name)
			}
		}
		assert.ElementsMatch(t, want, in[p.ID], p.ID)
	}
}

// PulumiPolicy.yaml overrides a pack's version and describes it where the program does not run: it must say the same.
func TestProjectFilesAgreeWithThePacks(t *testing.T) {
	t.Parallel()
	for _, spec := range All() {
		raw, err := os.ReadFile(filepath.Join(strings.TrimPrefix(spec.Name, "holdfast-"), "PulumiPolicy.yaml"))
		require.NoError(t, err)
		var project struct{ Runtime, Version, Description string }
		require.NoError(t, yaml.Unmarshal(raw, &project))
		assert.Equal(t, "go", project.Runtime)
		assert.Equal(t, spec.Version, project.Version)
		assert.Equal(t, spec.Description, project.Description)
	}
}

// TestSecurityOverTheProtocol goes through a preview as the engine does.
func TestSecurityOverTheProtocol(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	engine := policytest.Serve(t, Security())

	_, err := engine.Handshake(ctx, &pulumirpc.AnalyzerHandshakeRequest{})
	require.NoError(t, err)
	_, err = engine.ConfigureStack(ctx, &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev", DryRun: true})
	require.NoError(t, err)
	info, err := engine.GetAnalyzerInfo(ctx, &emptypb.Empty{})
	require.NoError(t, err)
	config := map[string]*pulumirpc.PolicyConfig{}
	for _, p := range info.Policies {
		own := Security().Policies[slices.IndexFunc(Security().Policies, func(o policy.Policy) bool { return o.ID == p.Name })].Level
		assert.Equal(t, strings.ToUpper(own.String()), p.EnforcementLevel.String(), p.Name)
		config[p.Name] = &pulumirpc.PolicyConfig{EnforcementLevel: p.EnforcementLevel}
	}
	config["aws-ec2-vpc-flow-logs"].EnforcementLevel = pulumirpc.EnforcementLevel_ADVISORY
	_, err = engine.Configure(ctx, &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: config})
	require.NoError(t, err)

	group, err := structpb.NewStruct(map[string]any{"ingress": []any{map[string]any{
		"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"0.0.0.0/0"},
	}}})
	require.NoError(t, err)
	answer, err := engine.Analyze(ctx, &pulumirpc.AnalyzeRequest{
		Type: "aws:ec2/securityGroup:SecurityGroup", Urn: "urn:group", Name: "group", Properties: group,
	})
	require.NoError(t, err)
	require.Len(t, answer.Diagnostics, 1)
	assert.Equal(t, "aws-ec2-no-open-management-ports", answer.Diagnostics[0].PolicyName)
	assert.Equal(t, pulumirpc.EnforcementLevel_MANDATORY, answer.Diagnostics[0].EnforcementLevel)
	assert.Equal(t, pulumirpc.PolicySeverity_POLICY_SEVERITY_CRITICAL, answer.Diagnostics[0].Severity)
	assert.Contains(t, answer.Diagnostics[0].Message, "Its ingress rule 0 opens port 22/tcp to [0.0.0.0/0].\nRemediation: ")

	answer, err = engine.AnalyzeStack(ctx, &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{
		{Type: "aws:ec2/vpc:Vpc", Urn: "urn:vpc", Name: "vpc"},
	}})
	require.NoError(t, err)
	levels := map[string]pulumirpc.EnforcementLevel{}
	for _, d := range answer.Diagnostics {
		levels[d.PolicyName] = d.EnforcementLevel
		assert.Equal(t, "urn:vpc", d.Urn)
	}
	assert.Equal(t, map[string]pulumirpc.EnforcementLevel{
		"aws-ec2-default-security-group-closed": pulumirpc.EnforcementLevel_MANDATORY,
		"aws-ec2-vpc-flow-logs":                 pulumirpc.EnforcementLevel_ADVISORY,
	}, levels)
}

// TestExemptionsOverTheProtocol configures exemptions as the engine does: under a policy of the pack, with a level.
func TestExemptionsOverTheProtocol(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	engine := policytest.Serve(t, Security())
	info, err := engine.GetAnalyzerInfo(ctx, &emptypb.Empty{})
	require.NoError(t, err)
	list := info.Policies[len(info.Policies)-1].ConfigSchema.Properties.AsMap()["list"].(map[string]any)
	assert.Equal(t, []any{"owner", "reason", "expires"}, list["items"].(map[string]any)["required"])

	configure := func(expires string) error {
		properties, err := structpb.NewStruct(map[string]any{"list": []any{map[string]any{
			"policy": "aws-ec2-vpc-*", "resource": "aws:ec2/vpc:Vpc", "owner": "ann", "reason": "A sandbox.", "expires": expires,
		}}})
		require.NoError(t, err)
		_, err = engine.Configure(ctx, &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{
			policy.Exemptions.ID:    {EnforcementLevel: pulumirpc.EnforcementLevel_MANDATORY, Properties: properties},
			"aws-ec2-vpc-flow-logs": {EnforcementLevel: pulumirpc.EnforcementLevel_MANDATORY},
		}})
		return err
	}
	levels := func() map[string]pulumirpc.EnforcementLevel {
		answer, err := engine.AnalyzeStack(ctx, &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{
			{Type: "aws:ec2/vpc:Vpc", Urn: "urn:vpc", Name: "vpc"},
		}})
		require.NoError(t, err)
		got := map[string]pulumirpc.EnforcementLevel{}
		for _, d := range answer.Diagnostics {
			got[d.PolicyName] = d.EnforcementLevel
		}
		return got
	}
	require.NoError(t, configure("9999-12-31"))
	assert.Equal(t, map[string]pulumirpc.EnforcementLevel{
		"aws-ec2-default-security-group-closed": pulumirpc.EnforcementLevel_MANDATORY,
		"aws-ec2-vpc-flow-logs":                 pulumirpc.EnforcementLevel_ADVISORY,
	}, levels())
	require.NoError(t, configure("2001-01-01"))
	assert.Equal(t, map[string]pulumirpc.EnforcementLevel{
		"aws-ec2-default-security-group-closed": pulumirpc.EnforcementLevel_MANDATORY,
		"aws-ec2-vpc-flow-logs":                 pulumirpc.EnforcementLevel_MANDATORY,
		policy.Exemptions.ID:                    pulumirpc.EnforcementLevel_MANDATORY,
	}, levels())
	assert.ErrorContains(t, configure("never"), `list.0 expires on "never", which is not a date like 2026-12-31`)
}

// TestManyPoliciesMend: a third of the policies can mend what they find.
func TestManyPoliciesMend(t *testing.T) {
	t.Parallel()
	mend, all := 0, Policies()
	for _, p := range all {
		if p.Remediates() {
			mend++
		}
	}
	assert.GreaterOrEqual(t, 3*mend, len(all), "%d of %d", mend, len(all))
}
