package rehearsal

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/simulator"
)

func TestFindings(t *testing.T) {
	t.Parallel()
	mandatory := engine.Violation{Pack: "k", Policy: "p", Level: "mandatory", Severity: "high", URN: "urn:a", Message: "open"}
	advisory := engine.Violation{Pack: "k", Policy: "q", Level: "advisory", Message: "dear"}
	closing := engine.Diagnostic{Severity: "error", Message: "preview failed"}
	program := engine.Diagnostic{Severity: "error", Message: "an unhandled error occurred: program failed: \n" +
		"waiting for RPCs: resource v [aws:ec2/vpc:Vpc] failed to register\n"}
	ended := engine.Diagnostic{Severity: "error", Message: "the program ended with exit code 1"}
	command := engine.Diagnostic{Severity: "error", URN: "urn:c", Message: "exit code 3"}
	broken := engine.Diagnostic{Severity: "error", URN: "urn:b", Message: "creating VPC: VpcLimitExceeded"}
	for name, test := range map[string]struct {
		result engine.Result
		want   []Finding
	}{
		"all is well": {engine.Result{Violations: []engine.Violation{advisory}}, nil},
		"a violation": {
			engine.Result{
				Violations:  []engine.Violation{advisory, mandatory},
				Diagnostics: []engine.Diagnostic{closing},
			},
			[]Finding{{URN: "urn:a", Policy: "k/p", Severity: "high", Message: "open"}},
		},
		"an error": {
			engine.Result{Diagnostics: []engine.Diagnostic{broken, program, closing}},
			[]Finding{{URN: "urn:b", Message: "creating VPC: VpcLimitExceeded"}},
		},
		"a program that printed why it ended": {
			engine.Result{Diagnostics: []engine.Diagnostic{ended, closing}, Printed: []string{"starting", "no such image"}},
			[]Finding{{Message: "the program ended with exit code 1\nstarting\nno such image"}},
		},
		"a program that ended for what is known": {
			engine.Result{Diagnostics: []engine.Diagnostic{broken, ended, closing}, Printed: []string{"waiting for RPCs"}},
			[]Finding{{URN: "urn:b", Message: "creating VPC: VpcLimitExceeded"}},
		},
		"a resource whose own command ended": {
			engine.Result{Diagnostics: []engine.Diagnostic{broken, command, closing}, Printed: []string{"hello"}},
			[]Finding{{URN: "urn:b", Message: "creating VPC: VpcLimitExceeded"}, {URN: "urn:c", Message: "exit code 3"}},
		},
		"an error of which the engine says no more": {
			engine.Result{Diagnostics: []engine.Diagnostic{closing}},
			[]Finding{{Message: "preview failed"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, findings(&test.result))
		})
	}
}

func TestPhaseVerdicts(t *testing.T) {
	t.Parallel()
	quiet := &engine.Result{Changes: map[apitype.OpType]int{"same": 3}}
	update := engine.Step{Op: "update", URN: "urn:a", Diffs: []string{"tags", "cidrBlock"}}
	busy := &engine.Result{
		Changes: map[apitype.OpType]int{"same": 2, "update": 1},
		Steps:   []engine.Step{{Op: apitype.OpRefresh, URN: "urn:a"}, update},
	}
	assert.Empty(t, nothingChanges(nil, quiet))
	assert.Equal(t, []Finding{{
		URN: "urn:a", Message: "update (tags, cidrBlock): an unchanged program must change nothing",
	}}, nothingChanges(nil, busy))

	assert.Empty(t, noDrift(nil, quiet))
	assert.Len(t, noDrift(nil, busy), 1)
	unnamed := &engine.Result{Changes: map[apitype.OpType]int{"delete": 2}}
	assert.Equal(t, []Finding{{
		Message: "2 resources would change: what the cloud reports differs from what was deployed",
	}}, noDrift(nil, unnamed))

	assert.Empty(t, somethingChanges(nil, busy))
	assert.Len(t, somethingChanges(nil, quiet), 1)
}

func TestReportCollectsPolicies(t *testing.T) {
	t.Parallel()
	report := newReport(Options{Stack: "dev"})
	advice := engine.Violation{Pack: "k", Policy: "q", Level: "advisory", Message: "dear"}
	preview := &engine.Result{
		Operation:  engine.Preview,
		Policies:   map[string]engine.Verdict{"k/p": {Passed: 2}, "k/q": {Passed: 1, Failed: 1}},
		Violations: []engine.Violation{{Pack: "k", Policy: "q", Level: "advisory", Message: "unknown"}},
		Outputs:    map[string]any{"id": "from the preview"},
	}
	up := &engine.Result{
		Operation: engine.Up, Policies: preview.Policies, Violations: []engine.Violation{advice},
		Outputs: map[string]any{"id": "vpc-1"},
	}
	report.add(preview)
	report.add(up)
	assert.Equal(t, []Policy{
		{Pack: "k", Name: "p", Passed: 2},
		{Pack: "k", Name: "q", Passed: 1, Failed: 1, Advisory: []Finding{{Policy: "k/q", Message: "dear"}}},
	}, report.Policies, "the update knows better than the preview")
	report.add(&engine.Result{Operation: engine.Preview, Policies: preview.Policies, Violations: []engine.Violation{advice}})
	assert.Equal(t, 4, report.Policies[0].Passed, "later operations are added")
	assert.Equal(t, map[string]any{"id": "vpc-1"}, report.Outputs)
}

func TestReportPassesOnlyWhenEveryPhaseWasReached(t *testing.T) {
	t.Parallel()
	report := newReport(Options{})
	for _, p := range phases {
		report.Phases = append(report.Phases, Phase{Name: p.name, Status: Passed, Seconds: 0.5})
	}
	report.conclude()
	assert.True(t, report.Passed)
	assert.InDelta(t, 0.5*float64(len(phases)), report.Seconds, 0.001)

	report.Phases = report.Phases[:len(phases)-1]
	report.conclude()
	assert.False(t, report.Passed)

	report.Phases = append(report.Phases, Phase{Name: "destroy", Status: Failed})
	report.conclude()
	assert.False(t, report.Passed)
}

// TestReportJSON holds the form that machines read: a change here is a change of ReportVersion.
func TestReportJSON(t *testing.T) {
	t.Parallel()
	report := Report{
		Version: 1, Stack: "dev", Dir: "p", Clouds: []string{"aws"}, Pulumi: "3.259.0", Preparation: 0.5, Seconds: 1.5,
		Phases: []Phase{{
			Name: "preview", Status: Failed, Seconds: 1, Changes: map[apitype.OpType]int{"create": 2},
			Findings: []Finding{{URN: "urn:a", Policy: "k/p", Severity: "high", Message: "open"}},
		}},
		Resources: []Resources{{Type: "aws:ec2/vpc:Vpc", Count: 1, Modelled: true}},
		Policies:  []Policy{{Pack: "k", Name: "p", Failed: 1}},
		Outputs:   map[string]any{},
	}
	text, err := json.Marshal(report)
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"version": 1, "passed": false, "dir": "p", "stack": "dev", "clouds": ["aws"], "pulumi": "3.259.0",
		"preparationSeconds": 0.5, "seconds": 1.5,
		"phases": [{"name": "preview", "status": "failed", "seconds": 1, "changes": {"create": 2},
			"findings": [{"urn": "urn:a", "policy": "k/p", "severity": "high", "message": "open"}]}],
		"resources": [{"type": "aws:ec2/vpc:Vpc", "count": 1, "modelled": true}],
		"policies": [{"pack": "k", "name": "p", "passed": 0, "failed": 1}],
		"outputs": {}
	}`, string(text))
}

func TestWhatTheStackDoesNotKnowIsFound(t *testing.T) {
	t.Parallel()
	state := engine.State{Resources: []engine.Known{
		{URN: "urn:vpc", Type: "aws:ec2/vpc:Vpc", ID: "vpc-1"}, {URN: "urn:role", Type: "aws:iam/role:Role", ID: "web"},
	}}
	known := []simulator.Resource{
		{Type: "aws:ec2/vpc:Vpc", ID: "vpc-1", URN: "urn:vpc"}, {Type: "aws:iam/role:Role", ID: "web", URN: "urn:role"},
	}
	assert.Empty(t, unknownTo(state, known))
	twin := simulator.Resource{Type: "aws:ec2/vpc:Vpc", ID: "vpc-2", URN: "urn:vpc"}
	namesake := simulator.Resource{Type: "aws:iam/policy:Policy", ID: "web", URN: "urn:policy"}
	found := unknownTo(state, append(known, twin, namesake))
	require.Len(t, found, 2)
	assert.Equal(t, "urn:vpc", found[0].URN)
	assert.Contains(t, found[0].Message, "vpc-2 exists, but the stack does not know it")
	assert.Contains(t, found[0].Message, "pulumi import aws:ec2/vpc:Vpc <name> vpc-2")
	assert.Equal(t, "urn:policy", found[1].URN)
}

func TestFaultsInTheReport(t *testing.T) {
	t.Parallel()
	fault := simulator.Fault{Operation: simulator.OpCreate, Nth: 2, Effect: simulator.Fail}
	got := Faults([]simulator.FaultOutcome{
		{Fault: fault, Matched: 1},
		{Fault: fault, Matched: 2, Fired: []simulator.Firing{{Operation: simulator.OpCreate, Type: "a:b:C", URN: "urn:c"}}},
	})
	assert.Equal(t, []Fault{
		{Fault: "create * 2 fail", Matched: 1, Fired: []Firing{}},
		{Fault: "create * 2 fail", Matched: 2, Fired: []Firing{{Operation: "create", Type: "a:b:C", URN: "urn:c"}}},
	}, got)
	text, err := json.Marshal(got[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{"fault": "create * 2 fail", "matched": 1, "fired": []}`, string(text), "never fired is said so")
}

// Who meets protection for the first time hears how to take it off; other failures are not explained by it.
func TestProtectionIsExplained(t *testing.T) {
	t.Parallel()
	r := &rehearsal{workspace: &engine.Workspace{}} // whose stack file defines nothing
	for message, explained := range map[string]bool{
		"InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.": true,
		"OperationNotPermitted: Load balancer 'x' cannot be deleted because deletion protection is enabled":                   true,
		"DependencyViolation: The vpc 'vpc-1' has dependencies and cannot be deleted.":                                        false,
	} {
		advice := howToUnlock(r, []Finding{{Message: "destroy failed"}, {Message: message}})
		if !explained {
			assert.Empty(t, advice, message)
			continue
		}
		require.Len(t, advice, 1, message)
		assert.Contains(t, advice[0].Message, "the stack file defines no rehearsal:unlock")
	}
}
