package tests

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// forget takes two answers that have nothing in common out of the comparison.
func forget(node, ours *answer) { *node, *ours = answer{}, answer{} }

// onlyWhereNamed forgets answers that differ, in the exchanges that name the difference. These say what is told instead.
func onlyWhereNamed(id string) func(*exchange, *answer, *answer) {
	return func(x *exchange, node, ours *answer) {
		if slices.Contains(x.differs, id) && len(x.told) > 0 && node.String() != ours.String() {
			forget(node, ours)
		}
	}
}

func isUnknown(d *pulumirpc.AnalyzeDiagnostic) bool {
	return strings.HasPrefix(d.GetMessage(), "can't run policy '")
}

var ofResource = regexp.MustCompile(` \(resource urn:[^)]*\)$`)

func sortNotApplicable(a *answer) {
	byPolicy := func(x, y *pulumirpc.PolicyNotApplicable) int {
		return cmp.Compare(x.GetPolicyName(), y.GetPolicyName())
	}
	switch m := a.message.(type) {
	case *pulumirpc.AnalyzeResponse:
		slices.SortStableFunc(m.NotApplicable, byPolicy)
	case *pulumirpc.RemediateResponse:
		slices.SortStableFunc(m.NotApplicable, byPolicy)
	}
}

// settleEach drops the violations that this project's SDK finds in elements after one that is not known.
func settleEach(node, ours *answer) {
	response, ok := ours.message.(*pulumirpc.AnalyzeResponse)
	if !ok {
		return
	}
	stopped, left := map[string]bool{}, slices.Clone(node.diagnostics())
	for _, d := range node.diagnostics() {
		stopped[d.GetPolicyName()] = stopped[d.GetPolicyName()] || isUnknown(d)
	}
	response.Diagnostics = slices.DeleteFunc(response.GetDiagnostics(), func(d *pulumirpc.AnalyzeDiagnostic) bool {
		loops := slices.Contains([]string{"each", "rules", "texts"}, d.GetPolicyName())
		found := slices.IndexFunc(left, func(n *pulumirpc.AnalyzeDiagnostic) bool { return proto.Equal(n, d) })
		if found >= 0 {
			left = slices.Delete(left, found, found+1)
		}
		return loops && stopped[d.GetPolicyName()] && !isUnknown(d) && found < 0
	})
}

// sortedRules puts violations of the policy "two-rules" before what is not known, and drops repetitions of that.
func sortedRules(all []*pulumirpc.AnalyzeDiagnostic) []*pulumirpc.AnalyzeDiagnostic {
	isRule := func(d *pulumirpc.AnalyzeDiagnostic) bool { return d.GetPolicyName() == "two-rules" }
	first := slices.IndexFunc(all, isRule)
	if first < 0 {
		return all
	}
	end := first
	for end < len(all) && isRule(all[end]) {
		end++
	}
	slices.SortStableFunc(all[first:end], func(a, b *pulumirpc.AnalyzeDiagnostic) int {
		return cmp.Compare(strconv.FormatBool(isUnknown(a)), strconv.FormatBool(isUnknown(b)))
	})
	return slices.CompactFunc(all, func(a, b *pulumirpc.AnalyzeDiagnostic) bool { return isUnknown(a) && proto.Equal(a, b) })
}

// ruleCounts is how many rules the policies have that have several.
var ruleCounts = map[string]int{"two-types": 2, "two-rules": 3}

// settleTypes makes of what Node says of policies with several rules what this project says: that the policy does not
// apply, once, if none of its rules does.
func settleTypes(node *answer) {
	response, ok := node.message.(*pulumirpc.AnalyzeResponse)
	if !ok {
		return
	}
	types := map[string][]string{}
	for _, n := range response.GetNotApplicable() {
		quoted := n.GetReason()[strings.LastIndex(n.GetReason(), " ")+1:]
		types[n.GetPolicyName()] = append(types[n.GetPolicyName()], quoted)
	}
	said := map[string]bool{}
	response.NotApplicable = slices.DeleteFunc(response.GetNotApplicable(), func(n *pulumirpc.PolicyNotApplicable) bool {
		id := n.GetPolicyName()
		if ruleCounts[id] == 0 {
			return false
		}
		if distinct := slices.Compact(types[id]); len(distinct) > 1 {
			n.Reason = "Policy only applies to resources of types " + strings.Join(distinct, ", ")
		}
		again := said[id]
		said[id] = true
		return again || len(types[id]) < ruleCounts[id]
	})
}

// withDefaults adds the policy's defaults to settings that a message tells.
func withDefaults(message string) string {
	title, told, _ := strings.Cut(message, "\n")
	settings := peerDefaults
	settings.Names = slices.Clone(settings.Names) // json would write into it
	if err := json.Unmarshal([]byte(told), &settings); err != nil {
		return message
	}
	return title + "\n" + settingsOf(settings)
}

// hideSecrets takes the secrets of a request out of the texts of an answer.
func hideSecrets(x *exchange, a *answer) {
	var secrets []string
	var collect func(v *structpb.Value, secret bool)
	collect = func(v *structpb.Value, secret bool) {
		for _, item := range v.GetListValue().GetValues() {
			collect(item, secret)
		}
		fields := v.GetStructValue().GetFields()
		_, marked := fields[signature]
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			if secret && !marked && !slices.Contains(peerNames, key) {
				secrets = append(secrets, key)
			}
			if key != signature {
				collect(fields[key], secret || marked)
			}
		}
		switch v := v.GetKind().(type) {
		case *structpb.Value_StringValue:
			if secret && v.StringValue != "" {
				secrets = append(secrets, v.StringValue)
			}
		case *structpb.Value_NumberValue:
			if secret {
				secrets = append(secrets, strconv.FormatFloat(v.NumberValue, 'f', -1, 64))
			}
		}
	}
	switch request := x.request.(type) {
	case *pulumirpc.AnalyzeRequest:
		collect(structpb.NewStructValue(request.GetProperties()), false)
		collect(structpb.NewStructValue(request.GetProvider().GetProperties()), false)
	case *pulumirpc.AnalyzeStackRequest:
		for _, r := range request.GetResources() {
			collect(structpb.NewStructValue(r.GetProperties()), false)
		}
	}
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) })
	for _, d := range a.diagnostics() {
		title, told, more := strings.Cut(d.GetMessage(), "\n")
		for _, secret := range secrets {
			told = strings.ReplaceAll(told, secret, "[secret]")
		}
		if more {
			d.Message = title + "\n" + told
		}
	}
}

// peerNames are the properties that the policies read: their names are no secrets.
var peerNames = []string{"value", "text", "count", "flag", "rules", "port", "from", "name", "ports", "copy", "deep"}
