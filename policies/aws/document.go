package aws

import (
	"encoding/json"
	"slices"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// statement is a statement of a policy document: of an identity, of a resource, or of who may assume a role.
type statement struct {
	Sid                                                    string
	Effect                                                 string
	Principal                                              principals
	NotPrincipal, Action, NotAction, Resource, NotResource texts
	Condition                                              map[string]map[string]texts
}

// statementsOf reads a policy document, be it JSON text or an object. What is no document has no statements: AWS refuses
// it.
func statementsOf(document policy.Value[any]) []statement {
	raw, ok := document.Get().(string)
	if !ok {
		encoded, _ := json.Marshal(document.Get()) // is of JSON's types
		raw = string(encoded)
	}
	return parseStatements(raw)
}

// parseStatements reads a policy document that is JSON text.
func parseStatements(raw string) []statement {
	var document struct{ Statement json.RawMessage }
	_ = json.Unmarshal([]byte(raw), &document)
	var list []statement
	if json.Unmarshal(document.Statement, &list) == nil {
		return list
	}
	var single statement
	if json.Unmarshal(document.Statement, &single) != nil {
		return nil
	}
	return []statement{single}
}

// texts are one string or a list of them. Numbers and booleans, which conditions may have, are taken as they are spelt.
type texts []string

// UnmarshalJSON reads a scalar or a list of scalars.
func (t *texts) UnmarshalJSON(raw []byte) error {
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return err
	}
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	*t = nil
	for _, item := range list {
		if text, ok := item.(string); ok {
			*t = append(*t, text)
			continue
		}
		spelt, _ := json.Marshal(item) // was JSON
		*t = append(*t, string(spelt))
	}
	return nil
}

// principals are who a statement is about, by kind: AWS, Service, Federated, CanonicalUser. A bare "*" is of the kind "*".
type principals map[string]texts

// UnmarshalJSON reads a bare principal or an object of them.
func (p *principals) UnmarshalJSON(raw []byte) error {
	var kinds map[string]texts
	if json.Unmarshal(raw, &kinds) == nil {
		*p = kinds
		return nil
	}
	var bare texts
	if err := json.Unmarshal(raw, &bare); err != nil {
		return err
	}
	*p = principals{"*": bare}
	return nil
}

// anyone reports whether the principals are everybody: "*" by itself or as an AWS principal.
func (p principals) anyone() bool {
	return slices.Contains(p["*"], "*") || slices.Contains(p["AWS"], "*")
}

func (s statement) allows() bool { return s.Effect == "Allow" }

// opensToAnyone reports whether the statement lets everybody in: all principals, or all but some, with no condition on
// who they are or where they come from.
func (s statement) opensToAnyone() bool {
	return s.allows() && (s.Principal.anyone() || len(s.NotPrincipal) > 0) && !s.limited()
}

// name is what a message calls the statement.
func (s statement) name() string {
	if s.Sid == "" {
		return "a statement"
	}
	return "the statement " + s.Sid
}

// grantsAll reports whether the actions hold every action, be it as "*" or "*:*".
func (t texts) grantsAll() bool {
	return slices.ContainsFunc(t, func(action string) bool { return action == "*" || action == "*:*" })
}

// resourcePolicy is a resource with a policy document of its own, or one that gives a resource such.
type resourcePolicy struct {
	Document policy.Value[any] `pulumi:"policy"`
}

// checkResourcePolicy reports what lets everybody in.
func checkResourcePolicy(r *policy.Report, p resourcePolicy) {
	for _, s := range statementsOf(p.Document) {
		if s.opensToAnyone() {
			r.Fail("Anybody may use it, by %s: %v.", s.name(), []string(s.Action))
		}
	}
}
