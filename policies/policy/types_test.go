package policy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTypes(t *testing.T) {
	t.Parallel()
	type nothing struct{}
	check := func(*Report, nothing) {}
	mend := func(*Remediation, nothing) {}
	tests := []struct {
		name       string
		rules      []Rule
		types      []string
		remediates bool
	}{
		{"none", nil, nil, false},
		{"resources, once each", []Rule{On("a:b:C", check), On("a:b:D", check), On("a:b:C", check)},
			[]string{"a:b:C", "a:b:D"}, false},
		{"remediation", []Rule{OnRemediate("a:b:C", mend)}, []string{"a:b:C"}, true},
		{"a stack's, several for a field", []Rule{OnStack(func(*StackReport, struct {
			X Resources[nothing] `pulumi:"a:b:E,a:b:F"`
		}) {
		})}, []string{"a:b:E", "a:b:F"}, false},
		{"the stack as a whole", []Rule{OnStack(func(*StackReport, nothing) {})}, nil, false},
		{"an empty rule", []Rule{{}}, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := Policy{ID: "p", Title: "P.", Rules: tt.rules}
			assert.Equal(t, tt.types, p.Types())
			assert.Equal(t, tt.remediates, p.Remediates())
		})
	}
}
