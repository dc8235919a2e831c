package policy

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
)

// hidden stands in for a secret.
const hidden = "[secret]"

// redactor takes the secrets of the resources under check out of what policies say. Secrets are collected only when
// there is something to say.
type redactor struct {
	nodes      []*Node
	deployment Deployment
	names      map[string]bool // of properties, as the pack's rules spell them: they are no secrets
	secrets    []string        // in alphabetical order, but for those in short
	short      []string        // those below shortSecret, the longest first
	ready      bool
}

func (s *Session) redactor(nodes ...*Node) *redactor {
	return &redactor{nodes: nodes, deployment: s.deployment, names: s.pack.names}
}

func (r *redactor) redact(text string) string {
	r.collect()
	text = r.replaceSecrets(text)
	for _, secret := range r.short {
		text = replaceWord(text, secret)
	}
	return text
}

func (r *redactor) collect() {
	if r.ready {
		return
	}
	r.ready = true
	for _, n := range r.nodes {
		wire.Secrets(n.message.GetProperties().GetFields(), r.note, r.noteKey)
		wire.Secrets(n.message.GetProvider().GetProperties().GetFields(), r.note, r.noteKey)
	}
	for _, key := range r.deployment.SecretKeys {
		r.note(r.deployment.Config[key])
	}
	slices.Sort(r.secrets)
	r.secrets = slices.Compact(r.secrets)
	isShort := func(secret string) bool { return len(secret) < shortSecret }
	for _, secret := range r.secrets {
		if isShort(secret) {
			r.short = append(r.short, secret)
		}
	}
	r.secrets = slices.DeleteFunc(r.secrets, isShort)
	// The longest first: one secret may be part of another.
	slices.SortStableFunc(r.short, func(a, b string) int { return len(b) - len(a) })
}

// note notes a secret, and what is in it if it is JSON: lists and objects in configuration are.
func (r *redactor) note(secret string) {
	if strings.TrimSpace(secret) == "" {
		return
	}
	// Rules quote, and errors quote what rules say.
	quoted := quotedText(secret)
	r.secrets = append(r.secrets, secret, quoted, quotedText(quoted)) // repetitions are dropped in the end
	var held structpb.Value
	if strings.ContainsAny(secret[:1], "[{") && protojson.Unmarshal([]byte(secret), &held) == nil {
		wire.Secrets(map[string]*structpb.Value{"": wire.Wrap(&held)}, r.note, r.noteKey)
	}
}

// quotedText is what %q makes of a text, between the quotes.
func quotedText(text string) string {
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

// noteKey notes a key of a secret object. The names of properties that rules read are no secrets: they are in the pack.
func (r *redactor) noteKey(key string) {
	if !r.names[key] {
		r.note(key)
	}
}

// shortSecret is the length below which a secret is replaced only as a word of its own: the "a" of a secret letter is
// in every sentence.
const shortSecret = 4

// replaceSecrets replaces all of a text that is part of a secret, in one walk: a stack may hold as many secrets as it
// gives cause to messages.
func (r *redactor) replaceSecrets(text string) string {
	if len(r.secrets) == 0 {
		return text
	}
	var out strings.Builder
	end := 0 // of the secret that the walk is in
	for i := range len(text) {
		if n := r.startOf(text[i:]); n > 0 && i+n > end {
			if i >= end {
				out.WriteString(hidden)
			}
			end = i + n
		}
		if i >= end {
			out.WriteByte(text[i])
		}
	}
	return out.String()
}

// startOf is the length of the longest secret that the text starts with, or 0. A secret that the text starts with sorts
// before the text, and so do only its continuations in between: the nearest one before the text is the secret, or tells by
// how much of it the text starts with how much of the text is left to look at.
func (r *redactor) startOf(text string) int {
	for len(text) >= shortSecret {
		i, found := slices.BinarySearch(r.secrets, text)
		if found {
			return len(text)
		}
		if i == 0 {
			return 0
		}
		common := 0
		for nearest := r.secrets[i-1]; common < len(nearest) && common < len(text) && nearest[common] == text[common]; {
			common++
		}
		if common == len(r.secrets[i-1]) {
			return common
		}
		text = text[:common]
	}
	return 0
}

// replaceWord replaces a short secret.
func replaceWord(text, secret string) string {
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
