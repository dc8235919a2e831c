package simulator_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// faultTexts are faults and their text form.
var faultTexts = map[string]simulator.Fault{
	"create aws:ec2/*:* 3 lose-answer": {
		Operation: simulator.OpCreate, Type: "aws:ec2/*:*", Nth: 3, Effect: simulator.LoseAnswer,
	},
	"create aws:iam/role:Role::web-* 1 fail LimitExceeded: Cannot exceed quota": {
		Operation: simulator.OpCreate, Type: "aws:iam/role:Role", Name: "web-*", Nth: 1,
		Effect: simulator.Fail, Error: "LimitExceeded: Cannot exceed quota",
	},
	"* * all fail":             {Effect: simulator.Fail},
	"* *::a every-10 throttle": {Name: "a", Nth: 10, Every: true, Effect: simulator.Throttle},
	"invoke * 2 throttle 25":   {Operation: simulator.OpInvoke, Nth: 2, Effect: simulator.Throttle, Times: 25},
	"delete aws:* all slow 1m30s": {
		Operation: simulator.OpDelete, Type: "aws:*", Effect: simulator.Slow, Delay: 90 * time.Second,
	},
	"update * 1 slow-answer 2s": {
		Operation: simulator.OpUpdate, Nth: 1, Effect: simulator.SlowAnswer, Delay: 2 * time.Second,
	},
	"create * all unseen 2": {Operation: simulator.OpCreate, Effect: simulator.Unseen, Times: 2},
	"create * 1 unseen":     {Operation: simulator.OpCreate, Nth: 1, Effect: simulator.Unseen},
	"check * 1 fail":        {Operation: simulator.OpCheck, Nth: 1, Effect: simulator.Fail},
	"read * 1 slow 5ms":     {Operation: simulator.OpRead, Nth: 1, Effect: simulator.Slow, Delay: 5 * time.Millisecond},
}

func TestParseFault(t *testing.T) {
	t.Parallel()
	for text, want := range faultTexts {
		fault, err := simulator.ParseFault(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, fault, text)
		assert.Equal(t, text, fault.String())
	}
	fault, err := simulator.ParseFault("  create\tevery:*::*  2   fail  A:  b ")
	require.NoError(t, err, "space is free, and a name may be left open")
	assert.Equal(t, "create every:* 2 fail A: b", fault.String())
}

// TestParseFaultProblems: everything that is wrong is said at once, with what would be right.
func TestParseFaultProblems(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"": {"an operation is missing: one of create, read", "a type is missing, such as aws:ec2/*:*",
			"which calls is missing: 3 for the third", "an effect is missing: one of fail, throttle"},
		"creat * third lose-anwser": {`"creat" is not an operation (did you mean create?)`,
			`"third" does not say which calls: 3 for the third, every-3, or all`,
			`"lose-anwser" is not an effect (did you mean lose-answer?): one of fail, throttle, slow`},
		"made * 0 slow":              {`"made" is not an operation`, `"0" does not say which calls`},
		"create * every- fail":       {`"every-" does not say which calls`},
		"create * -1 fail":           {`"-1" does not say which calls`},
		"create * 1 slow":            {"slow needs a delay, such as 2s"},
		"creat * 1 slow soon":        {"did you mean create?", `"soon" is not a duration such as 2s`},
		"create * 1 slow -2s":        {`"-2s" is not a duration`},
		"create * 1 slow-answer 2":   {`"2" is not a duration`},
		"create * 1 throttle often":  {`"often" is not a number of calls`},
		"create * 1 throttle 26":     {"providers give up after 25 attempts: use fail instead"},
		"create * 1 unseen 0":        {`"0" is not a number of calls`},
		"create * 1 lose-answer now": {`lose-answer takes no detail, got "now"`},
		"read * 1 unseen":            {"unseen needs the operation create"},
		"* * 1 lose-answer":          {"lose-answer needs one of the operations create, update, delete: for others use fail or slow"},
		"invoke * 1 slow-answer 1s":  {"slow-answer needs one of the operations create, update, delete"},
	} {
		_, err := simulator.ParseFault(text)
		var wrong *simulator.FaultError
		require.ErrorAs(t, err, &wrong, text)
		assert.Equal(t, text, wrong.Fault)
		for _, part := range append(want, simulator.FaultForm) {
			assert.ErrorContains(t, err, part, text)
		}
	}
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	faults, err := simulator.ParseFaults("create * 1 fail; ;\n delete * all slow 2s\n")
	require.NoError(t, err)
	require.Len(t, faults, 2)
	assert.Equal(t, "delete * all slow 2s", faults[1].String())
	_, err = simulator.ParseFaults("creat * 1 fail;create * 1 fial")
	assert.ErrorContains(t, err, "did you mean create?")
	assert.ErrorContains(t, err, "did you mean fail?", "both at once")
	faults, err = simulator.ParseFaults("")
	require.NoError(t, err)
	assert.Empty(t, faults)
}

func TestFaultValidate(t *testing.T) {
	t.Parallel()
	assert.NoError(t, simulator.Fault{Effect: simulator.Fail}.Validate())
	for want, fault := range map[string]simulator.Fault{
		`"" is not an effect`:               {},
		`"make" is not an operation`:        {Operation: "make", Effect: simulator.Fail},
		"counted from 1, not -2":            {Nth: -2, Effect: simulator.Fail},
		"every how many":                    {Every: true, Effect: simulator.Fail},
		"a delay cannot be negative":        {Delay: -1, Effect: simulator.Slow},
		"fail takes no delay":               {Delay: 1, Effect: simulator.Fail},
		"throttle takes no error":           {Error: "x", Effect: simulator.Throttle},
		"fail takes no number":              {Times: 1, Effect: simulator.Fail},
		"a number of calls cannot be negat": {Times: -1, Effect: simulator.Throttle},
	} {
		assert.ErrorContains(t, fault.Validate(), want)
	}
}

// TestFaultsAboutNothing: a fault about a type that no cloud has would never fire.
func TestFaultsAboutNothing(t *testing.T) {
	t.Parallel()
	options := simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}, Faults: []simulator.Fault{
		{Type: "aws:ec2/vcp:Vpc", Effect: simulator.Fail}, {Type: "gcp:*", Effect: "explode"},
		{Type: "aws:ec2/get*", Effect: simulator.Fail},
	}}
	_, err := simulator.Start(t.Context(), options)
	var wrong *simulator.FaultError
	require.ErrorAs(t, err, &wrong)
	assert.ErrorContains(t, err, "there is no type aws:ec2/vcp:Vpc: did you mean aws:ec2/vpc:Vpc?")
	assert.ErrorContains(t, err, "there is no type gcp:*")
	assert.ErrorContains(t, err, `"explode" is not an effect`)
	assert.NotContains(t, err.Error(), "aws:ec2/get*")
	_, again := simulator.NewAccount(options.Clouds[0], options)
	assert.EqualError(t, again, err.Error())
}

func FuzzParseFault(f *testing.F) {
	for text := range faultTexts {
		f.Add(text)
	}
	f.Add("create aws:*::*::a every-007 throttle 025")
	f.Fuzz(func(t *testing.T, text string) {
		fault, err := simulator.ParseFault(text)
		if err != nil {
			assert.Zero(t, fault)
			return
		}
		require.NoError(t, fault.Validate())
		again, err := simulator.ParseFault(fault.String())
		require.NoError(t, err, fault.String())
		assert.Equal(t, fault, again)
	})
}
