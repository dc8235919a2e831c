package crosscloud

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// pair is a value and the name that something gives it: the property, the key of a map, or the name beside it in a list of
// names and values. It is in free text if it is part of what programs and machines are told.
type pair struct {
	path        []string
	name, value string
	free        bool
}

// freeText are names of properties that hold what programs and machines are told, in lower case.
var freeText = []string{
	"userdata", "userdatabase64", "customdata", "metadata", "metadatastartupscript", "script", "content", "environment",
	"environmentvariables", "buildenvironmentvariables", "runtimeenvironmentvariables", "variables", "env", "envs", "command",
	"args", "containerdefinitions", "containerproperties", "buildspec", "appsettings", "tags", "labels",
}

// walkPairs finds the pairs in a JSON value.
func walkPairs(v any, path []string, name string, free bool, yield func(pair) bool) bool {
	switch v := v.(type) {
	case string:
		return yield(pair{path, name, v, free})
	case []any:
		for i, item := range v {
			if !walkPairs(item, step(path, strconv.Itoa(i)), name, free, yield) {
				return false
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if !walkPairs(v[key], step(path, key), nameIn(v, key), free, yield) {
				return false
			}
		}
	}
	return true
}

func step(path []string, to string) []string { return append(slices.Clip(path), to) }

// nameIn is what the value under a key is called: by the key, or, if that is "value", by the name beside it.
func nameIn(object map[string]any, key string) string {
	if !strings.EqualFold(key, "value") {
		return key
	}
	for _, beside := range []string{"name", "key", "Name", "Key"} {
		if name, ok := object[beside].(string); ok {
			return name
		}
	}
	return key
}

// inJSON are the pairs in a text that is JSON; none if it is not.
func inJSON(p pair) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		text := strings.TrimSpace(p.value)
		if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
			return
		}
		var v any
		_ = json.Unmarshal([]byte(text), &v)
		walkPairs(v, p.path, p.name, p.free, yield)
	}
}

// words are those of a name, in lower case: dbPassword, DB_PASSWORD and db-password have two.
func words(name string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		start := 0
		runes := []rune(part)
		for i := 1; i < len(runes); i++ {
			if unicode.IsUpper(runes[i]) && !unicode.IsUpper(runes[i-1]) {
				all = append(all, strings.ToLower(string(runes[start:i])))
				start = i
			}
		}
		all = append(all, strings.ToLower(string(runes[start:])))
	}
	return all
}

// isPassword reports whether a name is that of a password.
func isPassword(name string) bool {
	all := words(name)
	return len(all) > 0 && slices.Contains([]string{"password", "passwd", "passphrase", "pwd"}, all[len(all)-1])
}

// isCredential reports whether a name is that of a key, token or secret that opens something.
func isCredential(name string) bool {
	all := words(name)
	if len(all) < 2 {
		return false
	}
	of := all[len(all)-2]
	switch all[len(all)-1] {
	case "secret":
		return true
	case "token":
		return slices.Contains([]string{"access", "api", "auth", "bearer", "bot", "refresh", "service"}, of)
	case "key":
		return slices.Contains([]string{"access", "account", "api", "auth", "private", "secret", "shared"}, of)
	}
	return false
}

// secretByName tells what kind of secret a pair is by its name; it is empty if it is none.
func secretByName(p pair) []string {
	value := strings.TrimSpace(p.value)
	if value == "" || value == "true" || value == "false" || isStandIn(value) || len(secretsByForm(value)) > 0 {
		return nil
	}
	if isPassword(p.name) {
		return []string{"password"}
	}
	if isCredential(p.name) && hasToken(value, shortestName) {
		return byName().kinds(fmt.Sprintf(`%s = "%s"`, p.name, value))
	}
	if inner, ok := decoded(value); ok {
		value = inner
	}
	if p.free && strings.ContainsAny(value, " \n") && hasToken(value, shortestName) {
		return byName().kinds(value)
	}
	return nil
}

// pairs are the texts of a resource that are not secret, with their names, and before one that is JSON those in it. What
// is not known yet is empty. Nobody takes JSON itself for a secret: it begins as a stand-in does.
func pairs(n *policy.Node) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		var beside string // the name before a value, which sorts after it
		var at []string   // and the object that both are in
		for text := range n.Texts() {
			last := len(text.Path) - 1
			p := pair{path: text.Path, name: nameOf(text.Path), value: text.Value, free: isFree(text.Path)}
			switch text.Path[last] {
			case "key", "name":
				beside, at = text.Value, slices.Clone(text.Path[:last])
			case "value":
				if slices.Equal(at, text.Path[:last]) {
					p.name = beside
				}
			}
			if text.Secret {
				continue
			}
			for inner := range inJSON(p) {
				if !yield(inner) {
					return
				}
			}
			if !yield(p) {
				return
			}
		}
	}
}

// nameOf is the last name of a path: indices are none.
func nameOf(path []string) string {
	for _, step := range slices.Backward(path) {
		if _, err := strconv.Atoi(step); err != nil {
			return step
		}
	}
	return ""
}

func isFree(path []string) bool {
	return slices.ContainsFunc(path, func(step string) bool { return slices.Contains(freeText, strings.ToLower(step)) })
}
