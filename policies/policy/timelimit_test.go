package policy

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// limited is a session of mandatory policies with one rule each, p0, p1, …, that may run for 50 ms.
func limited(t *testing.T, level Level, rules ...Rule) (*Pack, *Session) {
	t.Helper()
	spec := packOf(t, level, rules...).Spec()
	spec.TimeLimit = 50 * time.Millisecond
	pack, err := NewPack(spec)
	require.NoError(t, err)
	return pack, sessionOf(t, pack)
}

const tooLong = "it ran longer than 50ms, the time limit of a rule"

func TestARuleOutOfTimeAffectsItsPolicyAlone(t *testing.T) {
	t.Parallel()
	release, left := make(chan struct{}), make(chan struct{})
	var node *Node
	pack, session := limited(t, Mandatory,
		On(thing, func(r *Report, s scalars) {
			defer close(left)
			node = r.Resource()
			r.Fail("before")
			<-release
			s.Text.Get()
			r.Fail("after")
			t.Error("a rule that is left behind ends when it reports")
		}),
		On(thing, func(r *Report, s scalars) {
			close(release)
			<-left
			assert.NotSame(t, node, r.Resource(), "what the rule that was left behind may still change")
			r.Fail("%s in %s", s.Text.Get(), r.Resource().Provider().Setting("region").Get())
		}))
	req := request(t, props{"text": "still checked"})
	req.Provider = &pulumirpc.AnalyzerProviderResource{Properties: encode(t, props{"region": "r1"})}
	results := session.Analyze(req)
	require.Len(t, results, 2)
	assert.Equal(t, Errored, results[0].Outcome)
	assert.Equal(t, []string{tooLong}, results[0].Errors)
	assert.Equal(t, []string{"before"}, messages(results[0]), "what was certain stays so")
	assert.Equal(t, Failed, results[1].Outcome)
	assert.Equal(t, []string{"still checked in r1"}, messages(results[1]))

	diagnostics := pack.diagnostics(results[0])
	assert.Equal(t, mandatory, diagnostics[1].EnforcementLevel, "it fails closed")
	assert.Equal(t, "policy 'p0' from policy pack 'test@v1.2.3' could not check urn:thing (test:index:Thing): "+tooLong+". "+
		"The policy is mandatory, so this counts as a violation. Correct the policy, or configure its enforcement level as "+
		`"advisory" or "disabled" until it is.`, diagnostics[1].Message)
}

func TestAStackRuleOutOfTime(t *testing.T) {
	t.Parallel()
	type things struct {
		Things Resources[scalars] `pulumi:"test:index:Thing"`
	}
	stop, stack := make(chan struct{}), make(chan *Stack, 1)
	defer close(stop)
	_, session := limited(t, Advisory,
		OnStack(func(r *StackReport, _ things) {
			stack <- r.Stack()
			<-stop
		}),
		OnStack(func(r *StackReport, all things) {
			assert.NotSame(t, <-stack, r.Stack(), "what the rule that was left behind may still change")
			all.Things.Each(func(s Resource[scalars]) { r.Fail(s.Node, "%s", s.Props.Text.Get()) })
		}))
	results := session.AnalyzeStack([]*pulumirpc.AnalyzerResource{{
		Urn: "urn:thing", Type: thing, Properties: encode(t, props{"text": "read"}),
	}})
	assert.Equal(t, []string{tooLong}, results[0].Errors)
	assert.Equal(t, []string{"read"}, messages(results[1]))
}

func TestARemediationOutOfTimeChangesNothing(t *testing.T) {
	t.Parallel()
	stop := make(chan struct{})
	defer close(stop)
	endless := OnRemediate(thing, func(r *Remediation, _ scalars) {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				r.Set("int", i)
			}
		}
	})
	never := OnRemediate(thing, func(*Remediation, scalars) { t.Error("its changes would be mixed with those of the first") })
	pack, err := NewPack(PackSpec{
		Name: "pack", Version: "1.2.3", Level: Remediate, TimeLimit: 20 * time.Millisecond,
		Policies: []Policy{policyOf("slow", endless, never)},
	})
	require.NoError(t, err)
	remedies := sessionOf(t, pack).Remediate(request(t, nil))
	assert.Equal(t, Errored, remedies[0].Outcome)
	assert.Nil(t, remedies[0].Properties)
	_, err = newServer(pack).Remediate(context.Background(), request(t, nil))
	assert.ErrorContains(t, err, "it ran longer than 20ms, the time limit of a rule. Correct the policy")
}

func TestReportsAfterARuleReturnedAreDropped(t *testing.T) {
	t.Parallel()
	var late *Report
	got := answer(t, On(thing, func(r *Report, _ good) { late = r }), nil)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		late.Fail("too late")
		t.Error("reporting ends the goroutine")
	}()
	<-ended
	assert.Equal(t, Passed, got.Outcome)
	assert.Empty(t, got.Violations)
}

func TestARuleThatEndsItsGoroutineIsAnError(t *testing.T) {
	t.Parallel()
	got := answer(t, On(thing, func(*Report, good) { runtime.Goexit() }), nil)
	assert.Equal(t, []string{"it ended its goroutine"}, got.Errors)
}

func TestTimeLimit(t *testing.T) {
	t.Parallel()
	pack := packOf(t, Advisory, On(thing, func(*Report, good) {}))
	assert.Equal(t, 30*time.Second, pack.Spec().TimeLimit, "the default is filled in")
	spec := pack.Spec()
	spec.TimeLimit = -1
	_, err := NewPack(spec)
	assert.ErrorContains(t, err, "its TimeLimit is -1ns, which is negative")
}

// TestRulesAfterOneOutOfTime has rules before, between and after those that are slow: each has the limit for itself, and
// only the slow ones are without an answer.
func TestRulesAfterOneOutOfTime(t *testing.T) {
	t.Parallel()
	fails := On(thing, func(r *Report, s scalars) { r.Fail("%s", s.Text.Get()) })
	ends := On(thing, func(*Report, good) { runtime.Goexit() })
	panics := On(thing, func(*Report, good) { panic("oh") })
	long := On(thing, func(r *Report, s scalars) {
		time.Sleep(15 * time.Millisecond) // four of these are more than the limit
		r.Fail("long %s", s.Text.Get())
	})
	for _, test := range []struct {
		name  string
		rules func(slow Rule) []Rule
		want  []string // the message or the error of each
	}{
		{"first", func(slow Rule) []Rule { return []Rule{slow, fails} }, []string{tooLong, "bad"}},
		{"in the middle", func(slow Rule) []Rule { return []Rule{fails, slow, fails} }, []string{"bad", tooLong, "bad"}},
		{"last", func(slow Rule) []Rule { return []Rule{fails, slow} }, []string{"bad", tooLong}},
		{"two, one after another", func(slow Rule) []Rule { return []Rule{fails, slow, slow, fails} },
			[]string{"bad", tooLong, tooLong, "bad"}},
		{"two apart", func(slow Rule) []Rule { return []Rule{slow, fails, slow} }, []string{tooLong, "bad", tooLong}},
		{"among rules that end otherwise", func(slow Rule) []Rule { return []Rule{ends, fails, slow, ends, panics, fails, ends} },
			[]string{"it ended its goroutine", "bad", tooLong, "it ended its goroutine", "it panicked", "bad", "it ended its goroutine"}},
		{"the limit is of each rule", func(slow Rule) []Rule { return []Rule{long, long, slow, long, long} },
			[]string{"long bad", "long bad", tooLong, "long bad", "long bad"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			stop := make(chan struct{})
			defer close(stop)
			_, session := limited(t, Mandatory, test.rules(On(thing, func(*Report, good) { <-stop }))...)
			results := session.Analyze(request(t, props{"text": "bad"}))
			require.Len(t, results, len(test.want))
			for i, result := range results {
				said := append(messages(result), result.Errors...)
				require.Len(t, said, 1)
				assert.Contains(t, said[0], test.want[i], "rule %d", i)
			}
		})
	}
}

// TestALateReportChangesNoAnswer has a rule that was left behind report while the next one runs, and after all answered.
func TestALateReportChangesNoAnswer(t *testing.T) {
	t.Parallel()
	next, during, after, left := make(chan struct{}), make(chan struct{}), make(chan struct{}), make(chan struct{})
	var slow *Report
	_, session := limited(t, Mandatory,
		On(thing, func(r *Report, _ good) {
			defer close(left)
			slow = r
			go func() {
				defer close(during)
				<-next
				r.Fail("while the next rule runs")
			}()
			<-after
			r.Fail("after all answered")
		}),
		On(thing, func(r *Report, _ good) {
			close(next)
			<-during
			assert.NotSame(t, slow, r)
			r.Fail("its own")
		}),
		On(thing, func(*Report, good) {}))
	results := session.Analyze(request(t, nil))
	close(after)
	<-left
	require.Len(t, results, 3)
	assert.Empty(t, results[0].Violations)
	assert.Equal(t, []string{tooLong}, results[0].Errors)
	assert.Equal(t, []string{"its own"}, messages(results[1]))
	assert.Equal(t, Passed, results[2].Outcome)
}

// TestARuleLeftBehindBeginsNoOther has a rule that was left behind end by itself: what came after it ran once, elsewhere.
func TestARuleLeftBehindBeginsNoOther(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	var ran atomic.Int32
	count := On(thing, func(*Report, good) { ran.Add(1) })
	_, session := limited(t, Mandatory, On(thing, func(*Report, good) { <-release }), count, count)
	results := session.Analyze(request(t, nil))
	close(release)
	assert.Equal(t, []Outcome{Errored, Passed, Passed}, []Outcome{results[0].Outcome, results[1].Outcome, results[2].Outcome})
	time.Sleep(10 * time.Millisecond)
	assert.EqualValues(t, 2, ran.Load())
}
