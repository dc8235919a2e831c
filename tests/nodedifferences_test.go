package tests

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
)

// difference is one way in which this project's SDK answers otherwise than Pulumi's Node SDK, on purpose.
type difference struct {
	id              string
	node, ours, why string
	settle          func(x *exchange, node, ours *answer) // takes the difference out of the answers
}

var differences = []difference{
	{
		id: "order-not-applicable", node: "Policies that do not apply are listed as they come.",
		ours:   "Those that do not apply to the type come first, then those whose rules excuse the resource.",
		why:    "The first are the same for all resources of a type, so they are listed once. The engine takes them for a set.",
		settle: func(_ *exchange, node, ours *answer) { sortNotApplicable(node); sortNotApplicable(ours) },
	},
	{
		id: "urn-of-violations", node: "A violation of a resource policy names no resource unless the policy does.",
		ours: "It names the resource.", why: "Readers of the protocol other than the engine, which knows, would have to guess.",
		settle: func(x *exchange, node, _ *answer) {
			for _, d := range node.diagnostics() {
				if x.call == analyze && !isUnknown(d) {
					d.Urn = x.request.(*pulumirpc.AnalyzeRequest).GetUrn()
				}
			}
		},
	},
	{
		id: "secrets-in-texts", node: "Texts hold the secrets that policies put there.", ours: "They are taken out: `[secret]`.",
		why:    "Logs, pull requests and evidence are no place for secrets.",
		settle: func(x *exchange, node, _ *answer) { hideSecrets(x, node) },
	},
	{
		id: "remediation-steps", node: "What to do is in the metadata only.", ours: "It closes the text of every violation.",
		why: "Who is stopped by a policy wants to know how to go on.",
		settle: func(_ *exchange, node, _ *answer) {
			for _, d := range node.diagnostics() {
				if d.GetPolicyName() == "rich" {
					d.Message += "\nRemediation: Mend it."
				}
			}
		},
	},
	{
		id: "errors-of-rules", node: "A rule that throws fails the call: the engine stops with an error, whatever the policy's level.",
		ours: "The policy reports the error at its level; all other policies are run.",
		why:  "A mistake in an advisory policy must not stop a deployment, nor hide what other policies find.",
		settle: func(x *exchange, node, ours *answer) {
			label, failed := strings.CutPrefix(firstLine(node.text), "Error validating resource with ")
			told := slices.ContainsFunc(ours.diagnostics(), func(d *pulumirpc.AnalyzeDiagnostic) bool {
				return strings.HasPrefix(d.GetMessage(), strings.TrimSuffix(label, ":")+" could not check ")
			})
			if failed && told {
				forget(node, ours)
			}
		},
	},
	{
		id: "errors-of-remediations", node: "The text is the error's stack trace.", ours: "The text says where it failed, and what to do.",
		why: "The stack trace shows what it is about only to the author of the policy, and may hold values.",
		settle: func(x *exchange, node, ours *answer) {
			for _, a := range []*answer{node, ours} {
				if strings.HasPrefix(a.text, "Error remediating resource with remediation '") {
					a.text = firstLine(a.text)
				}
			}
		},
	},
	{
		id: "certain-violations", node: "The first value that is not known yet ends the rule.",
		ours: "`Each` goes on with the other elements.", why: "What is not known must not hide a violation that is certain.",
		settle: func(_ *exchange, node, ours *answer) { settleEach(node, ours) },
	},
	{
		id: "order-within-policy", node: "What the rules of a policy report comes in the order of the rules.",
		ours: "Violations come before what is not known, which is said once of a value.",
		why:  "What is certain matters most.",
		settle: func(_ *exchange, node, ours *answer) {
			for _, a := range []*answer{node, ours} {
				if response, ok := a.message.(*pulumirpc.AnalyzeResponse); ok {
					response.Diagnostics = sortedRules(response.GetDiagnostics())
				}
			}
		},
	},
	{
		id: "resource-of-unknowns", node: "A stack policy's text says at which path a value is not known.",
		ours: "It says of which resource, too.", why: "The path alone does not lead to it.",
		settle: func(_ *exchange, _, ours *answer) {
			for _, d := range ours.diagnostics() {
				if isUnknown(d) {
					d.Message = ofResource.ReplaceAllString(d.GetMessage(), "")
				}
			}
		},
	},
	{
		id: "half-mended", node: "What a remediation changed before it met an unknown value stays for the remediations after it.",
		ours: "It is discarded.", why: "A resource is mended by a policy as a whole or not at all.",
		settle: func(x *exchange, node, _ *answer) {
			if slices.Contains(x.differs, "half-mended") {
				for _, r := range node.remediations() {
					if r.GetProperties() != nil {
						r.Properties.Fields["text"] = x.request.(*pulumirpc.AnalyzeRequest).GetProperties().GetFields()["text"]
					}
				}
			}
		},
	},
	{
		id: "nothing-mended", node: "A remediation that changes nothing is reported as one.", ours: "It is not.",
		why: "The engine would show a change that there is not.",
		settle: func(x *exchange, node, _ *answer) {
			response, ok := node.message.(*pulumirpc.RemediateResponse)
			if !ok {
				return
			}
			held := x.request.(*pulumirpc.AnalyzeRequest).GetProperties()
			response.Remediations = slices.DeleteFunc(response.GetRemediations(), func(r *pulumirpc.Remediation) bool {
				if r.GetProperties() == nil {
					return false
				}
				same := proto.Equal(r.GetProperties(), held)
				held = r.GetProperties()
				return same
			})
		},
	},
	{
		id: "several-types", node: "A policy with functions for several types says of each that it does not apply.",
		ours: "It says so once, and only if none applies.", why: "The engine counts a policy as passed only if nothing says that it does not apply.",
		settle: func(_ *exchange, node, _ *answer) { settleTypes(node) },
	},
	{
		id: "wrong-settings", node: "Settings that the policy does not have, or of the wrong kind, are taken as they are.",
		ours: "They are refused, all at once.",
		why:  "The engine checks what comes from its files; a pack is also run without it. A misspelt setting would silently not count.",
		settle: func(x *exchange, node, ours *answer) {
			if x.call == configureOnly && node.message != nil && ours.code == "InvalidArgument" {
				forget(node, ours)
			}
		},
	},
	{
		id: "defaults", node: "Settings that the engine does not send are missing.", ours: "They have the policy's defaults, in objects too.",
		why: "Rules need not know whether the engine filled in the schema's defaults, which it does on the outermost level only.",
		settle: func(_ *exchange, node, _ *answer) {
			for _, d := range node.diagnostics() {
				if strings.HasSuffix(d.GetPolicyName(), "settings") {
					d.Message = withDefaults(d.GetMessage())
				}
			}
		},
	},
	{
		id: "initial-settings", node: "Initial configuration counts only if the engine sends it back.",
		ours: "It counts in any case.", why: "A pack that is run without the engine, as in a test, is configured alike.",
		settle: onlyWhereNamed("initial-settings"),
	},
	{
		id: "level-of-all", node: "A level for `all` in the configuration is ignored.", ours: "It counts for policies without one.",
		why:    "The engine resolves `all` itself; a pack that is run without it gives it the same meaning.",
		settle: onlyWhereNamed("level-of-all"),
	},
	{
		id: "no-properties", node: "A configuration of a level alone, without an empty object of settings, fails.", ours: "It is taken.",
		why: "The protocol allows it, though the engine always sends the object.",
		settle: func(x *exchange, node, ours *answer) {
			if x.call == configureOnly && strings.Contains(node.text, "toJavaScript") && ours.code == "" {
				forget(node, ours)
			}
		},
	},
	{
		id: "text-of-levels", node: "A level that the protocol does not have is refused as an error of the pack.",
		ours: "It is refused as an invalid argument, and the text names the policy.", why: "Who reads it has to find it.",
		settle: func(_ *exchange, node, ours *answer) {
			if strings.HasPrefix(node.text, "Error: Unknown enforcement level 99") && strings.Contains(ours.text, `policy "value"`) {
				forget(node, ours)
			}
		},
	},
	{
		id: "no-options", node: "A resource without options fails the call: the engine is taken to be too old.",
		ours: "Its options are the defaults.", why: "A policy that does not ask for options does not need them.",
		settle: func(x *exchange, node, ours *answer) {
			if strings.Contains(node.text, "A more recent version of the Pulumi CLI is required") && ours.code == "" {
				forget(node, ours)
			}
		},
	},
	{
		id: "assets", node: "Rules can read the path, text or address of an asset.",
		ours:   "An asset is opaque: a rule can ask whether it is there and secret.",
		why:    "The hash, which is what tells assets apart, is hidden by Node; no requirement we know of is about the path.",
		settle: onlyWhereNamed("assets"),
	},
	{
		id: "strange-assets", node: "An asset that is empty fails the call, whatever the policies read.",
		ours: "It is an asset like others.", why: "An empty text is one.",
		settle: func(_ *exchange, node, ours *answer) {
			if strings.Contains(node.text, "encountered when unmarshaling resource property") && ours.code == "" {
				forget(node, ours)
			}
		},
	},
	{
		id: "assets-when-mended", node: "A remediation of anything takes the hashes of all assets, and the contents of archives.",
		ours: "What a remediation does not touch stays as it is.", why: "The provider needs them.",
		settle: onlyWhereNamed("assets-when-mended"),
	},
	{
		id: "references-and-outputs", node: "References to resources, outputs and byte strings fail the call.",
		ours: "They are read as id, value and text.", why: "The protocol knows them, though the engine does not send them to packs yet.",
		settle: func(_ *exchange, node, ours *answer) {
			if strings.Contains(node.text, "Unrecognized signature '") && ours.code == "" {
				forget(node, ours)
			}
		},
	},
	{
		id: "null", node: "A property that is null is there.", ours: "It is absent.",
		why: "A program that sets null asks for nothing.", settle: onlyWhereNamed("null"),
	},
	{
		id: "spelt-values", node: "JavaScript's rules hold: the string \"false\" is true.",
		ours: "A string that spells a boolean or number is one where a rule asks for one.",
		why:  "Pulumi's bridged providers do so.", settle: onlyWhereNamed("spelt-values"),
	},
	{
		id: "values-of-another-kind", node: "JavaScript's rules hold: a list is no small number, nor a large one.",
		ours: "A value of another kind than the rule's is an error of the policy.", why: "A policy must not pass what it cannot read.",
		settle: onlyWhereNamed("values-of-another-kind"),
	},
	{
		id: "names-of-javascript", node: "A key `__proto__` is lost.", ours: "It is a key like others.",
		why: "Go has no names that are taken.", settle: onlyWhereNamed("names-of-javascript"),
	},
	{
		id: "repeated-dependencies", node: "A dependency that the engine lists twice is there twice.", ours: "It is there once.",
		why: "Who counts dependencies counts resources.", settle: onlyWhereNamed("repeated-dependencies"),
	},
	{
		id: "parent-of-options", node: "A resource whose parent is told in its options only has none.",
		ours: "It has that parent.", why: "It is the same parent.", settle: onlyWhereNamed("parent-of-options"),
	},
	{
		id: "initial-level", node: "Initial configuration without a level goes out as advisory, and so overrides the policy's level.",
		ours: "It goes out with the policy's level.", why: "Who configures a setting does not mean to lower the level.",
		settle: func(_ *exchange, node, _ *answer) {
			if described, ok := node.message.(*pulumirpc.AnalyzerInfo); ok && described.GetInitialConfig()["settings"] != nil {
				described.InitialConfig["settings"].EnforcementLevel = pulumirpc.EnforcementLevel_MANDATORY
			}
		},
	},
	{
		id: "rationale", node: "The metadata has no rationale.", ours: "It is the policy's message.", why: "Readers ask why.",
		settle: func(_ *exchange, _, ours *answer) {
			if described, ok := ours.message.(*pulumirpc.AnalyzerInfo); ok {
				for _, p := range described.GetPolicies() {
					p.Message = strings.TrimPrefix(p.GetMessage(), "It is rich.")
				}
			}
		},
	},
	{
		id: "version-of-plugin", node: "The plugin's version is the SDK's.", ours: "It is the pack's.",
		why: "The pack is the plugin.",
		settle: func(_ *exchange, node, ours *answer) {
			a, _ := node.message.(*pulumirpc.PluginInfo)
			b, _ := ours.message.(*pulumirpc.PluginInfo)
			if a.GetVersion() == "1.21.0" && b.GetVersion() == "1.2.3" {
				a.Version = b.GetVersion()
			}
		},
	},
	{
		id: "handshake-and-cancel", node: "The calls are not implemented.",
		ours: "A pack learns where the engine is and ends with it; cancelled, it refuses further work.",
		why:  "No pack stays behind when its engine is killed.",
		settle: func(x *exchange, node, ours *answer) {
			if (x.call == handshake || x.call == cancel) && node.code == "Unimplemented" && ours.code == "" {
				forget(node, ours)
			}
		},
	},
}

const differencesPage = "../docs/reference/policy-sdk-differences.md"

// TestDifferencesPage compares the page with the list that TestPacksAnswerAsNode goes by.
func TestDifferencesPage(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`# How the Go policy SDK differs from Pulumi's Node SDK

Packs written with ` + "`policies/policy`" + ` answer the engine as packs written with ` + "`@pulumi/policy`" + ` do, but for what this page
lists. A test asks both the same and compares their answers (` + "`go test ./tests -run PacksAnswerAsNode`" + `, with Node and npm);
each entry here must show in it, and nothing else may. (This page is made from the test's list; a test compares.)

| difference | Node | this SDK | why |
| --- | --- | --- | --- |
`)
	ids := map[string]bool{}
	for _, d := range differences {
		assert.False(t, ids[d.id], "%s is listed twice", d.id)
		ids[d.id] = true
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", d.id, d.node, d.ours, d.why)
	}
	if *update {
		require.NoError(t, os.WriteFile(differencesPage, []byte(b.String()), 0o600))
	}
	page, err := os.ReadFile(differencesPage)
	require.NoError(t, err)
	assert.Equal(t, b.String(), string(page), "run this test with -update")
}
