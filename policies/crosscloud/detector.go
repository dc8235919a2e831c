package crosscloud

import (
	"errors"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/viper"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
)

// detector tells which kinds of secrets a text holds, by rules of gitleaks and some of our own. It gives away nothing
// else of what it found, and remembers texts only by their hashes.
type detector struct {
	gitleaks *detect.Detector
	ours     []pattern

	mu   sync.Mutex
	seen map[uint64][]string // kinds by the hash of the text
	seed maphash.Seed
}

// remembered is how many texts a detector remembers: resources of a stack repeat each other's.
const remembered = 1 << 16

// The lengths below which gitleaks knows no secret by its form or by its name: legacy tokens of Slack have 13 characters at least,
// and a generic key has as many different ones as make its entropy more than 3.5 bits.
const shortestForm, shortestName = 13, 10

// The detectors are made when they are first needed: their regular expressions take some 25 ms to compile.
var (
	// byForm knows secrets that have a form of their own, such as "ghp_…": wherever they are, they are secrets.
	byForm = sync.OnceValue(func() *detector { return newDetector(false, formPatterns) })
	// byName knows secrets by what is said about them, as in `api_key = "…"`: it looks at texts, and may be wrong.
	byName = sync.OnceValue(func() *detector { return newDetector(true, nil) })
)

// rules are those of gitleaks as its configuration has them. Each detector has them anew: making it changes them.
func rules() (config.ViperConfig, error) {
	v := viper.New() // gitleaks would read them into viper's global instance, which may be in use
	v.SetConfigType("toml")
	var read config.ViperConfig
	err := v.ReadConfig(strings.NewReader(config.DefaultConfig))
	return read, errors.Join(err, v.Unmarshal(&read))
}

// assignment is what gitleaks puts between a name and a value in its expressions (operator in
// cmd/generate/config/utils/generate.go, gitleaks).
const assignment = `(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)`

// unsure are rules that know a secret's form, but one that other things have too.
var unsure = []string{
	"curl-auth-header", "curl-auth-user", // the password may be a variable of the shell
	"facebook-access-token", "sourcegraph-access-token", // digits, in a text that names the product
}

// harmless are rules on what is not secret: public keys and ids.
var harmless = []string{
	"flutterwave-public-key", "lob-pub-api-key", "mailgun-pub-key", "new-relic-user-api-id", "sendbird-access-id",
	"sumologic-access-id",
}

// newDetector makes a detector of secrets by name, or by form.
func newDetector(named bool, ours []pattern) *detector {
	all := must(rules())
	kept := all
	kept.Rules = nil
	for _, rule := range all.Rules {
		byItsName := strings.Contains(rule.Regex, assignment) || slices.Contains(unsure, rule.ID)
		about := rule.Path != "" || slices.Contains(harmless, rule.ID) || strings.HasSuffix(rule.ID, "-client-id")
		if byItsName == named && !about {
			kept.Rules = append(kept.Rules, rule)
		}
	}
	d := &detector{
		gitleaks: detect.NewDetector(must(kept.Translate())), ours: ours, seen: map[uint64][]string{}, seed: maphash.MakeSeed(),
	}
	d.gitleaks.IgnoreGitleaksAllow = true // exemptions are the way to allow something: they expire
	return d
}

// kinds are the kinds of secrets in a text, in alphabetical order.
func (d *detector) kinds(text string) []string {
	hash := maphash.String(d.seed, text)
	d.mu.Lock()
	kinds, known := d.seen[hash]
	d.mu.Unlock()
	if known {
		return kinds
	}
	kinds = d.find(text)
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.seen) >= remembered {
		clear(d.seen)
	}
	d.seen[hash] = kinds
	return kinds
}

// find looks at a text that was not seen before. Detectors of gitleaks may be used by several at once, as its own scans do.
func (d *detector) find(text string) (kinds []string) {
	for _, found := range d.gitleaks.DetectString(text) {
		kinds = append(kinds, found.RuleID)
	}
	for _, p := range d.ours {
		if p.in(text) {
			kinds = append(kinds, p.kind)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// hasToken reports whether a text holds as many characters in a row as a secret has: not a space, quote or colon among
// them. It keeps most texts from the expressions.
func hasToken(text string, shortest int) bool {
	row := 0
	for i := range len(text) {
		switch text[i] {
		case ' ', '\t', '\n', '\r', '"', '\'', '`', ':', ',', ';', '(', ')', '{', '}', '[', ']', '<', '>':
			row = 0
		default:
			if row++; row >= shortest {
				return true
			}
		}
	}
	return false
}

// must is what is made of what the library brings along: that it can be made, tests show.
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}
