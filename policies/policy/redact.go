package policy

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
)

// hidden stands in for a secret.
const hidden = "[secret]"

// redactor takes the secrets of the resources under check out of what policies say. Secrets are collected only when
// there is something to say.
type redactor struct {
	nodes      []*Node
	deployment Deployment
	secrets    []string
	ready      bool
}

func (r *redactor) redact(text string) string {
	r.collect()
	for _, secret := range r.secrets {
		text = replaceSecret(text, secret)
	}
	return text
}

func (r *redactor) collect() {
	if r.ready {
		return
	}
	r.ready = true
	note := func(secret string) {
		if strings.TrimSpace(secret) == "" {
			return
		}
		r.secrets = append(r.secrets, secret)
		if quoted := strconv.Quote(secret); quoted != `"`+secret+`"` {
			r.secrets = append(r.secrets, quoted[1:len(quoted)-1])
		}
	}
	for _, n := range r.nodes {
		wire.Secrets(n.message.GetProperties().GetFields(), note)
		wire.Secrets(n.message.GetProvider().GetProperties().GetFields(), note)
	}
	for _, key := range r.deployment.SecretKeys {
		note(r.deployment.Config[key])
	}
	// The longest first: one secret may be part of another.
	slices.SortFunc(r.secrets, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	r.secrets = slices.Compact(r.secrets)
}

// shortSecret is the length below which a secret is replaced only as a word of its own: the "a" of a secret letter is
// in every sentence.
const shortSecret = 4

func replaceSecret(text, secret string) string {
	if len(secret) >= shortSecret {
		return strings.ReplaceAll(text, secret, hidden)
	}
	var out strings.Builder
	done := 0
	for {
		i := strings.Index(text[done:], secret)
		if i < 0 {
			return out.String() + text[done:]
		}
		start, end := done+i, done+i+len(secret)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		replacement := hidden
		if isWord(before) || isWord(after) {
			replacement = secret
		}
		out.WriteString(text[done:start] + replacement)
		done = end
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
