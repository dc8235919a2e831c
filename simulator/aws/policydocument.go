package aws

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// The look-up that renders policy documents. Source of the form: terraform-provider-aws,
// internal/service/iam/{policy_model, policy_document_data_source}.go.

type policyDocument struct {
	Version    string            `json:",omitempty"`
	ID         string            `json:"Id,omitempty"`
	Statements []policyStatement `json:"Statement,omitempty"`
}

type policyStatement struct {
	Sid           string `json:",omitempty"`
	Effect        string `json:",omitempty"`
	Actions       any    `json:"Action,omitempty"`
	NotActions    any    `json:"NotAction,omitempty"`
	Resources     any    `json:"Resource,omitempty"`
	NotResources  any    `json:"NotResource,omitempty"`
	Principals    any    `json:"Principal,omitempty"`
	NotPrincipals any    `json:"NotPrincipal,omitempty"`
	Conditions    any    `json:"Condition,omitempty"`
}

// merge adds another document's statements; those with the same Sid take the place of the earlier ones.
func (d *policyDocument) merge(other policyDocument) {
	if other.ID != "" {
		d.ID = other.ID
	}
	d.Version = max(d.Version, other.Version)
	for _, statement := range other.Statements {
		at := -1
		if statement.Sid != "" {
			at = slices.IndexFunc(d.Statements, func(s policyStatement) bool { return s.Sid == statement.Sid })
		}
		if at >= 0 {
			d.Statements[at] = statement
		} else {
			d.Statements = append(d.Statements, statement)
		}
	}
}

func policyLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:iam/getPolicyDocument:getPolicyDocument", Answer: renderPolicy}}
}

func renderPolicy(c *simulator.Call) resource.PropertyMap {
	own := policyDocument{Version: c.Text("version"), ID: c.Text("policyId")}
	if own.Version == "" {
		own.Version = "2012-10-17"
	}
	seen := map[string]bool{}
	c.Objects("statements[*]", func(path string, s resource.PropertyMap) {
		statement := readStatement(c, path, s)
		if statement.Sid != "" && seen[statement.Sid] {
			c.Fail(path+".sid", "duplicate Sid (%s): each must be unique", statement.Sid)
		}
		seen[statement.Sid] = true
		own.Statements = append(own.Statements, statement)
	})
	merged := policyDocument{}
	mergeAll(c, &merged, "sourcePolicyDocuments[*]")
	merged.merge(own)
	mergeAll(c, &merged, "overridePolicyDocuments[*]")
	indented, err := json.MarshalIndent(merged, "", "  ")
	minified, minErr := json.Marshal(merged)
	if err != nil || minErr != nil {
		c.Fail("", "the document cannot be written as JSON")
		return nil
	}
	c.Set("json", string(indented))
	c.Set("minifiedJson", string(minified))
	c.Set("version", own.Version)
	c.Set("id", strconv.FormatUint(uint64(crc32.ChecksumIEEE(indented)), 10))
	return c.Outputs
}

func mergeAll(c *simulator.Call, into *policyDocument, path string) {
	c.Each(path, func(path, text string) {
		if text == "" {
			return
		}
		var other struct {
			policyDocument
			Statement json.RawMessage
		}
		err := json.Unmarshal([]byte(text), &other)
		if err == nil && len(other.Statement) > 0 {
			if other.Statement[0] != '[' {
				other.Statement = slices.Concat([]byte("["), other.Statement, []byte("]"))
			}
			err = json.Unmarshal(other.Statement, &other.Statements)
		}
		if err != nil {
			c.Fail(path, "this is no policy document: %v", err)
			return
		}
		into.merge(other.policyDocument)
	})
}

func readStatement(c *simulator.Call, path string, s resource.PropertyMap) policyStatement {
	list := func(name string) any { return oneOrMany(stringsOf(s[resource.PropertyKey(name)])) }
	statement := policyStatement{
		Sid:           stringOf(s["sid"]),
		Effect:        stringOf(s["effect"]),
		Actions:       list("actions"),
		NotActions:    list("notActions"),
		Resources:     variables(list("resources")),
		NotResources:  variables(list("notResources")),
		Principals:    principals(s["principals"]),
		NotPrincipals: principals(s["notPrincipals"]),
		Conditions:    conditions(s["conditions"]),
	}
	switch statement.Effect {
	case "":
		statement.Effect = "Allow"
	case "Allow", "Deny":
	default:
		c.Fail(path+".effect", "expected Allow or Deny, got %q", statement.Effect)
	}
	if strings.ContainsFunc(statement.Sid, func(r rune) bool { return !isAlphanumeric(r) }) {
		c.Fail(path+".sid", "%q: only letters and digits are allowed here", statement.Sid)
	}
	return statement
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

func stringOf(value resource.PropertyValue) string {
	if value.IsString() {
		return value.StringValue()
	}
	return ""
}

func stringsOf(value resource.PropertyValue) []string {
	var list []string
	if value.IsArray() {
		for _, element := range value.ArrayValue() {
			if element.IsString() {
				list = append(list, element.StringValue())
			}
		}
	}
	return list
}

// oneOrMany writes one string as such and more as the provider orders them: backwards.
func oneOrMany(list []string) any {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	slices.Sort(list)
	list = slices.Compact(list) // it is a set
	slices.Reverse(list)
	return list
}

// variables turns &{…}, which stands for a policy variable, into ${…}.
func variables(value any) any {
	replace := func(s string) string { return strings.ReplaceAll(s, "&{", "${") }
	switch value := value.(type) {
	case string:
		return replace(value)
	case []string:
		for i := range value {
			value[i] = replace(value[i])
		}
	}
	return value
}

func principals(value resource.PropertyValue) any {
	byType := map[string][]string{}
	eachObject(value, func(p resource.PropertyMap) {
		kind := stringOf(p["type"])
		byType[kind] = append(byType[kind], stringsOf(p["identifiers"])...)
	})
	if len(byType) == 0 {
		return nil
	}
	if all := byType["*"]; len(byType) == 1 && len(all) == 1 && all[0] == "*" {
		return "*"
	}
	out := map[string]any{}
	for kind, identifiers := range byType {
		out[kind] = variables(oneOrMany(identifiers))
	}
	return out
}

func conditions(value resource.PropertyValue) any {
	out := map[string]map[string]any{}
	eachObject(value, func(condition resource.PropertyMap) {
		test, variable := stringOf(condition["test"]), stringOf(condition["variable"])
		if out[test] == nil {
			out[test] = map[string]any{}
		}
		values := stringsOf(condition["values"])
		if earlier, ok := out[test][variable].([]string); ok {
			values = append(earlier, values...)
		} else if earlier, ok := out[test][variable].(string); ok {
			values = append([]string{earlier}, values...)
		}
		out[test][variable] = values
		if len(values) == 1 {
			out[test][variable] = values[0]
		}
		out[test][variable] = variables(out[test][variable])
	})
	if len(out) == 0 {
		return nil
	}
	return out
}

func eachObject(list resource.PropertyValue, do func(resource.PropertyMap)) {
	if !list.IsArray() {
		return
	}
	for _, element := range list.ArrayValue() {
		if element.IsObject() {
			do(element.ObjectValue())
		}
	}
}

// partitionOf names a partition's internet domain, for look-ups.
func partitionOf(partition string) (domain, reverse string) {
	if partition == "aws-cn" {
		return "amazonaws.com.cn", "cn.com.amazonaws"
	}
	return "amazonaws.com", "com.amazonaws"
}

// describeRegion says a region in words.
func describeRegion(region string) string { return fmt.Sprintf("AWS region %s", region) }
