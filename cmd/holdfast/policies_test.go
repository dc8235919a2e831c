package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/packs"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "policies", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

var today = time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC)

type nothing struct{}

// catalogOf are two packs that share a policy at different levels; one has exemptions.
func catalogOf(t *testing.T) []entry {
	t.Helper()
	type settings struct {
		Days   int               `pulumi:"days" min:"1" max:"35" description:"How long backups are kept at least."`
		Modes  []string          `pulumi:"modes" enum:"full,partial"`
		Owners map[string]string `pulumi:"owners" min:"2"`
		Strict bool              `pulumi:"strict" description:"Whether <all> & any count."`
		Rate   float64           `pulumi:"rate"`
	}
	check := func(*policy.Report, nothing) {}
	backups := policy.Policy{
		ID: "aws-rds-backups", Title: "Backups of databases must be kept long enough.", Severity: policy.High,
		Level:     policy.Remediate,
		Rationale: "What nobody has kept, nobody can restore, however much depends on it; and the day on which that shows is a bad one.",
		Controls: []policy.Control{
			{Framework: frameworks.SOC2, ID: "A1.2"},
			{Framework: frameworks.CISAWS, ID: "2.3"},
			{Framework: frameworks.SOC2, ID: "A1.3"},
		},
		Remediation: "Set backupRetentionPeriod.",
		URL:         "https://example.com/backups",
		Tags:        []string{"reliability", "backup"}, Peers: []string{"Checkov CKV_AWS_133", "Security Hub RDS.11"},
		Good: []policy.Example{{Name: "orders", Type: "aws:rds/instance:Instance", Properties: map[string]any{
			"instanceClass": "db.t4g.medium", "backupRetentionPeriod": 7,
		}}},
		Config: settings{Days: 7, Modes: []string{"full"}, Owners: map[string]string{"a": "ann"}},
		Rules: []policy.Rule{
			policy.On("aws:rds/instance:Instance", check),
			policy.On("aws:rds/cluster:Cluster", check),
			policy.OnRemediate("aws:rds/globalCluster:GlobalCluster", func(*policy.Remediation, nothing) {}),
		},
	}
	plain := policy.Policy{ID: "any-tagged", Title: "Everything must be tagged.", Rules: []policy.Rule{
		policy.OnEvery(func(*policy.Report, nothing) {}),
	}}
	entries, err := catalog([]policy.PackSpec{
		{Name: "holdfast-safe", Version: "1.0.0", Policies: []policy.Policy{plain, backups, policy.Exemptions}},
		{
			Name: "holdfast-soft", Version: "1.0.0", Policies: []policy.Policy{plain, backups},
			Initial: map[string]policy.Setting{"all": {Level: policy.Mandatory}, "aws-rds-backups": {Level: policy.Disabled}},
		},
	})
	require.NoError(t, err)
	return entries
}

func TestRenderPolicies(t *testing.T) {
	t.Parallel()
	entries := catalogOf(t)
	render := func(f func(*bytes.Buffer) error) string {
		var b bytes.Buffer
		require.NoError(t, f(&b))
		return b.String()
	}
	golden(t, "list.txt", render(func(b *bytes.Buffer) error { return renderList(b, entries) }))
	golden(t, "list-none.txt", render(func(b *bytes.Buffer) error { return renderList(b, nil) }))
	golden(t, "list.json", render(func(b *bytes.Buffer) error { return encode(b, entries) }))
	for _, id := range []string{"any-tagged", "aws-rds-backups", "exemptions"} {
		e, err := find(entries, id)
		require.NoError(t, err)
		golden(t, id+".txt", render(func(b *bytes.Buffer) error { return renderEntry(b, e, today) }))
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	entries := catalogOf(t)
	all := []string{"any-tagged", "aws-rds-backups", "exemptions"}
	tests := []struct {
		name   string
		filter filter
		want   []string
		err    string
	}{
		{"nothing", filter{}, all, ""},
		{"pack", filter{pack: "soft"}, all[:2], ""},
		{"framework", filter{framework: "soc2"}, all[1:2], ""},
		{"framework by another name", filter{framework: "cis-aws"}, all[1:2], ""},
		{"framework of any cloud", filter{framework: "cis"}, all[1:2], ""},
		{"cloud", filter{cloud: "any"}, []string{all[0], all[2]}, ""},
		{"a cloud without policies", filter{cloud: "gcp"}, nil, ""},
		{"severity", filter{severity: "high"}, all[1:2], ""},
		{"tag", filter{tag: "backup"}, all[1:2], ""},
		{"no such tag", filter{tag: "bakup"}, nil, `did you mean "backup"?`},
		{"all of them", filter{pack: "safe", framework: "soc2", cloud: "aws", severity: "high"}, all[1:2], ""},
		{"what contradicts", filter{cloud: "any", framework: "soc2"}, nil, ""},
		{"no such pack", filter{pack: "sfe"}, nil, "there is no policy pack \"sfe\"; did you mean \"safe\"?\nThere are: safe, soft"},
		{"no such framework", filter{framework: "SOC-2"}, nil, `did you mean "soc2"?`},
		{"no such cloud", filter{cloud: "amazon"}, nil, "no cloud \"amazon\"\nThere are: any, aws, azure, digitalocean, gcp"},
		{"no such severity", filter{severity: "hihg"}, nil, `did you mean "high"?`},
		{"a wrong name after one that leaves nothing", filter{cloud: "gcp", severity: "x"}, nil, `no severity "x"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.filter.apply(entries)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				assert.ErrorAs(t, err, &usageError{})
				return
			}
			require.NoError(t, err)
			var ids []string
			for _, e := range got {
				ids = append(ids, e.ID)
			}
			assert.Equal(t, tt.want, ids)
		})
	}
}

func TestFindPolicy(t *testing.T) {
	t.Parallel()
	entries := catalogOf(t)
	for id, near := range map[string]string{
		"aws-rds-backup": "aws-rds-backups", "backups": "aws-rds-backups", "AWS-RDS-Backups": "aws-rds-backups",
		"tagged": "any-tagged", "x": "", "": "", "azure-storage-private": "",
	} {
		_, err := find(entries, id)
		require.ErrorAs(t, err, &usageError{})
		assert.ErrorContains(t, err, "There are: any-tagged, aws-rds-backups, exemptions")
		if near == "" {
			assert.NotContains(t, err.Error(), "did you mean", id)
			continue
		}
		assert.ErrorContains(t, err, `did you mean "`+near+`"?`)
	}
}

// TestWhatIsExplainedIsAccepted configures every pack as the explanations of its policies say.
func TestWhatIsExplainedIsAccepted(t *testing.T) {
	t.Parallel()
	entries, err := catalog(packs.All())
	require.NoError(t, err)
	levels := map[string]policy.Level{"advisory": policy.Advisory, "mandatory": policy.Mandatory,
		"remediate": policy.Remediate, "disabled": policy.Disabled}
	accepted := 0
	for _, spec := range packs.All() {
		pack, err := policy.NewPack(spec)
		require.NoError(t, err)
		for _, e := range entries {
			if !containsPack(e, shortName(spec)) {
				continue
			}
			texts := []string{e.configuration()}
			if e.canBeExempted() {
				texts = append(texts, e.exemption("2026-12-31"))
			}
			for _, text := range texts {
				var file map[string]map[string]any
				require.NoError(t, json.Unmarshal([]byte(text), &file))
				settings := map[string]policy.Setting{}
				for id, properties := range file {
					var s policy.Setting
					if name, ok := properties["enforcementLevel"]; ok {
						require.Contains(t, levels, name)
						s.Level = levels[name.(string)]
						delete(properties, "enforcementLevel")
					}
					s.Properties = properties
					settings[id] = s
				}
				_, err := pack.NewSession(policy.Deployment{}, settings)
				assert.NoError(t, err, text)
				accepted++
			}
		}
	}
	assert.GreaterOrEqual(t, accepted, 7)
}

func containsPack(e entry, name string) bool {
	for _, p := range e.Packs {
		if p.Pack == name {
			return true
		}
	}
	return false
}

// TestPoliciesCommand goes the whole way from the command line, over the packs as they are.
func TestPoliciesCommand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args     []string
		out, err string
		usage    bool
	}{
		{args: []string{"policies", "list", "--cloud", "aws"}, out: "aws-ec2-vpc-flow-logs "},
		{args: []string{"policies", "list", "--json"}, out: `"id": "aws-ec2-vpc-flow-logs"`},
		{args: []string{"policies", "list", "--cloud", "gcp", "--severity", "low", "--json"}, out: "[]\n"},
		{args: []string{"policies", "list", "--framework", "soc2", "--cloud", "aws"}, out: "aws-s3-bucket-public-access-block "},
		{args: []string{"policies", "list", "--tag", "encryption"}, out: "aws-ebs-volume-encrypted "},
		{args: []string{"policies", "explain", "aws-ec2-vpc-flow-logs"}, out: "How to meet it:"},
		{args: []string{"policies", "explain", "aws-ec2-vpc-flow-logs"}, out: "ec2.NewFlowLog(ctx, "},
		{args: []string{"policies", "explain", "aws-ec2-vpc-flow-logs", "--json"}, out: `"types": [`},
		{args: []string{"policies"}, out: "Examples:"},
		{args: []string{"policies", "list", "x"}, err: "unknown command", usage: true},
		{args: []string{"policies", "list", "--pak", "x"}, err: "unknown flag: --pak", usage: true},
		{args: []string{"policies", "explain"}, err: "accepts 1 arg(s), received 0", usage: true},
		{args: []string{"policies", "explain", "aws-ec2-vpc-flow-log"}, err: `did you mean "aws-ec2-vpc-flow-logs"?`, usage: true},
		{args: []string{"policies", "lst"}, err: "did you mean \"list\"?\nThere are: explain, list, new", usage: true},
	}
	for _, tt := range tests {
		root := rootCommand()
		var out bytes.Buffer
		root.SetOut(&out)
		root.SetArgs(tt.args)
		err := root.ExecuteContext(t.Context())
		if tt.err == "" {
			require.NoError(t, err, "%q", tt.args)
			assert.Contains(t, out.String(), tt.out, "%q", tt.args)
			continue
		}
		require.ErrorContains(t, err, tt.err, "%q", tt.args)
		assert.Equal(t, tt.usage, errors.As(err, &usageError{}), "%q", tt.args)
	}
}
