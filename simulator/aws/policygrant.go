package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// What the policy of a resource allows. Sources: IAM guide, "Policy evaluation logic", "IAM JSON policy elements:
// Principal" and "AWS global condition context keys".

// access is what someone wants of a resource.
type access struct {
	principal string // a service (cloudtrail.amazonaws.com) or the number of an account
	action    string // s3:PutObject
	account   string // on whose behalf
	source    string // the ARN of that on whose behalf the service acts; "" when that cannot be told
	identity  bool   // the policy is that of who wants it, and names no principal
	// covers reports whether an element of Resource is about what is wanted; nil for policies that have none.
	covers func(pattern string) bool
}

// allowedBy reports whether a policy allows the access. Conditions that cannot be judged count in favour of it: those
// of what is allowed as met, those of what is denied as not met.
func (a access) allowedBy(policy string) bool {
	allowed := false
	for _, s := range statementsOf(text(policy)) {
		if !a.matches(s) {
			continue
		}
		if s["Effect"] == "Deny" && s["Condition"] == nil {
			return false
		}
		allowed = allowed || s["Effect"] == "Allow" && a.meets(s["Condition"])
	}
	return allowed
}

// statementsOf returns the statements of a policy that is an object or its text; what is malformed has none.
func statementsOf(policy resource.PropertyValue) []map[string]any {
	parsed, _ := parsePolicy(policy)
	var statements []map[string]any
	for _, element := range listOf(parsed["Statement"]) {
		if s, ok := element.(map[string]any); ok {
			statements = append(statements, s)
		}
	}
	return statements
}

// matches reports whether a statement is about the access, its conditions aside.
func (a access) matches(s map[string]any) bool {
	return (a.identity || given(s, "Principal", "NotPrincipal", a.isPrincipal)) &&
		given(s, "Action", "NotAction", func(value any) bool {
			return slices.ContainsFunc(textsOf(value), func(pattern string) bool {
				return wildcard(strings.ToLower(pattern), strings.ToLower(a.action))
			})
		}) &&
		(a.covers == nil || given(s, "Resource", "NotResource", func(value any) bool {
			return slices.ContainsFunc(textsOf(value), a.covers)
		}))
}

// given asks about the element of a statement, or says the opposite about the one that excludes.
func given(s map[string]any, element, except string, is func(value any) bool) bool {
	if value, ok := s[except]; ok {
		return !is(value)
	}
	return is(s[element])
}

func (a access) isPrincipal(value any) bool {
	if value == "*" {
		return true
	}
	byType, _ := value.(map[string]any)
	for _, name := range textsOf(byType["AWS"]) {
		if parts := strings.SplitN(name, ":", 6); len(parts) == 6 && parts[5] == "root" {
			name = parts[4] // the account
		}
		if name == "*" || name == a.principal {
			return true
		}
	}
	return slices.Contains(textsOf(byType["Service"]), a.principal)
}

// meets reports whether the access meets the conditions about who it is for.
func (a access) meets(conditions any) bool {
	byTest, _ := conditions.(map[string]any)
	for test, values := range byTest {
		test = strings.TrimSuffix(test, "IfExists")
		if !slices.Contains([]string{"StringEquals", "StringLike", "StringEqualsIgnoreCase", "ArnEquals", "ArnLike"}, test) {
			continue
		}
		byKey, _ := values.(map[string]any)
		for key, allowed := range byKey {
			if is := a.context(strings.ToLower(key)); is != nil && !slices.ContainsFunc(textsOf(allowed), is) {
				return false
			}
		}
	}
	return true
}

// context returns what tells whether a value of a condition's key is right, nil for keys that cannot be judged.
func (a access) context(key string) func(pattern string) bool {
	switch key {
	case "aws:sourceaccount":
		return func(pattern string) bool { return wildcard(pattern, a.account) }
	case "aws:sourceowner": // set for what users do, not services
		isService := strings.Contains(a.principal, ".amazonaws.com")
		return func(pattern string) bool { return !isService && wildcard(pattern, a.account) }
	case "aws:sourcearn":
		return func(pattern string) bool {
			if a.source != "" {
				return wildcard(pattern, a.source)
			}
			parts := strings.SplitN(pattern, ":", 6)
			return len(parts) < 6 || parts[4] == "" || wildcard(parts[4], a.account)
		}
	}
	return nil
}

// textsOf returns the strings of what is one string or a list of them.
func textsOf(value any) []string {
	var list []string
	for _, element := range listOf(value) {
		if s, ok := element.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

// wildcard reports whether s matches a pattern in which * stands for any characters and ? for any one.
func wildcard(pattern, s string) bool {
	star, mark := -1, 0 // where the last * is, and where in s what it stands for ends
	p, i := 0, 0
	for i < len(s) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, i
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == s[i]):
			p, i = p+1, i+1
		case star >= 0:
			mark++
			p, i = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
