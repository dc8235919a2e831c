package engine

import (
	"strconv"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/stretchr/testify/assert"
)

func TestResultFromEvents(t *testing.T) {
	t.Parallel()
	result := &Result{Policies: map[string]Verdict{}}
	secret := map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}
	step := func(op apitype.OpType, kind string) apitype.StepEventMetadata {
		return apitype.StepEventMetadata{Op: op, URN: "urn:" + kind, Type: kind, Diffs: []string{"cidrBlock"}}
	}
	stack := step(apitype.OpCreate, stackType)
	stack.New = &apitype.StepEventStateMetadata{Outputs: map[string]any{
		"id": plugin.UnknownStringValue, "ids": []any{"a", secret}, "token": secret,
	}}
	for _, event := range []apitype.EngineEvent{
		{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "info", Message: "printed"}},
		{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "info", Message: "\n"}},
		{DiagnosticEvent: &apitype.DiagnosticEvent{URN: "urn:pulumi:s::p::" + stackType + "::p-s", Severity: "info#err", Message: "why\n"}},
		{DiagnosticEvent: &apitype.DiagnosticEvent{URN: "urn:pulumi:s::p::a:b:C::c", Severity: "info", Message: "of a resource"}},
		{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "info#err", Message: "panic: nil map\n"}},
		{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "error", Message: "<{%fg 1%}>error: <{%reset%}>broken\n"}},
		{PolicyEvent: &apitype.PolicyEvent{PolicyPackName: "k", PolicyName: "p", EnforcementLevel: "warning"}},
		{PolicyEvent: &apitype.PolicyEvent{PolicyPackName: "k", PolicyName: "q", EnforcementLevel: "mandatory"}},
		{PolicyAnalyzeSummaryEvent: &apitype.PolicyAnalyzeSummaryEvent{PolicyPackName: "k", Passed: []string{"p"}}},
		{PolicyAnalyzeSummaryEvent: &apitype.PolicyAnalyzeSummaryEvent{PolicyPackName: "k", Failed: []string{"p"}}},
		{PolicyAnalyzeStackSummaryEvent: &apitype.PolicyAnalyzeStackSummaryEvent{PolicyPackName: "k", Failed: []string{"q"}}},
		{ResourcePreEvent: &apitype.ResourcePreEvent{Metadata: stack}},
		{ResourcePreEvent: &apitype.ResourcePreEvent{Metadata: step(apitype.OpSame, "aws:ec2/vpc:Vpc")}},
		{ResourcePreEvent: &apitype.ResourcePreEvent{Metadata: step(apitype.OpUpdate, "aws:ec2/subnet:Subnet")}},
		{ResourcePreEvent: &apitype.ResourcePreEvent{Metadata: apitype.StepEventMetadata{
			Op: apitype.OpDelete, URN: "urn:b", Type: "b", Old: &apitype.StepEventStateMetadata{RetainOnDelete: true},
		}}},
		{ResOutputsEvent: &apitype.ResOutputsEvent{Metadata: stack}},
		{SummaryEvent: &apitype.SummaryEvent{ResourceChanges: map[apitype.OpType]int{"same": 3, "update": 1, "create": 1}}},
	} {
		result.add(event)
	}

	assert.Equal(t, []Diagnostic{
		{Severity: "error", Message: "panic: nil map"}, {Severity: "error", Message: "error: broken"},
	}, result.Errors())
	assert.Equal(t, []string{"printed", "why"}, result.Printed)
	assert.Len(t, result.Violations, 2)
	assert.Equal(t, []Violation{{Pack: "k", Policy: "q", Level: "mandatory"}}, result.MandatoryViolations())
	assert.Equal(t, map[string]Verdict{"k/p": {Passed: 1, Failed: 1}, "k/q": {Failed: 1}}, result.Policies)
	assert.Equal(t, []Step{{
		Op: apitype.OpUpdate, URN: "urn:aws:ec2/subnet:Subnet", Type: "aws:ec2/subnet:Subnet", Diffs: []string{"cidrBlock"},
	}, {Op: apitype.OpDelete, URN: "urn:b", Type: "b", Retained: true}}, result.Steps)
	assert.Equal(t, map[string]any{"ids": []any{"a", "[secret]"}, "token": "[secret]"}, result.Outputs)
	assert.Equal(t, 2, result.Changed())
}

func TestTheLastLinesOfAProgramAreKept(t *testing.T) {
	t.Parallel()
	result := &Result{}
	for i := range 3 * maxPrinted {
		result.add(apitype.EngineEvent{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "info", Message: strconv.Itoa(i)}})
	}
	assert.Len(t, result.Printed, maxPrinted)
	assert.Equal(t, strconv.Itoa(3*maxPrinted-1), result.Printed[maxPrinted-1])
}
