package policy

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type good struct {
	A Value[string] `pulumi:"a"`
}

type bad struct {
	Plain    string            `pulumi:"plain"`
	NoTag    Value[string]     // a mistake under test
	Internal Value[int]        `pulumi:"__internal"`
	Path     Value[int]        `pulumi:"a.b"`
	Twice    Value[int]        `pulumi:"twice"`
	Again    Value[int]        `pulumi:"twice"`
	Unsigned Value[uint]       `pulumi:"unsigned"`
	Pointer  List[*string]     `pulumi:"pointer"`
	Boxed    Value[List[int]]  `pulumi:"boxed"`
	ListOf   List[Value[bool]] `pulumi:"listOf"`
	Nested   Map[badInner]     `pulumi:"nested"`
	//lint:ignore U1000 a mistake under test
	hidden Value[string]
}

type badInner struct {
	Deep Value[struct {
		Chan Value[chan int] `pulumi:"chan"`
	}] `pulumi:"deep"`
}

type badStack struct {
	Lone  Value[string]       `pulumi:"aws:ec2/vpc:Vpc"`
	Token Resources[good]     `pulumi:"vpc"`
	Many  Resources[badInner] `pulumi:"aws:ec2/vpc:Vpc, aws:*"`
}

func TestNewPackListsAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	ok := On(thing, func(*Report, good) {})
	spec := PackSpec{
		Name: "my pack", Version: "v1", Level: 9,
		Policies: []Policy{
			{ID: "all", Title: "t", Rules: []Rule{ok}},
			{ID: "twice", Title: "t", Rules: []Rule{ok}},
			{ID: "twice", Severity: -1, Level: -1},
			{ID: "a b", Title: "t", Severity: 5, Rules: []Rule{
				{},
				On[good]("Thing", nil),
				On(thing, func(*Report, bad) {}),
				On(thing, func(*Report, string) {}),
				OnStack(func(*StackReport, badStack) {}),
				OnRemediate("a:b:", func(*Remediation, good) {}),
			}},
		},
	}
	pack, err := NewPack(spec)
	assert.Nil(t, pack)
	require.Error(t, err)
	lines := strings.Split(err.Error(), "\n  - ")
	assert.Equal(t, []string{
		`the policy pack cannot be used:`,
		`pack "my pack": its Name must be 1 to 100 letters, digits, hyphens, underscores and periods`,
		`pack "my pack": its Version "v1" is not a semantic version like 1.2.0`,
		`pack "my pack": its Level is 9; use Advisory, Mandatory, Remediate or Disabled`,
		`policy "all": its ID is "all", which stands for all policies in a pack's configuration`,
		`policy "twice": its ID is taken by an earlier policy of the pack`,
		`policy "twice": it has no Title`,
		`policy "twice": its Severity is -1; use Low, Medium, High or Critical`,
		`policy "twice": its Level is -1; use Advisory, Mandatory, Remediate or Disabled`,
		`policy "twice": it has no Rules`,
		`policy "a b": its ID must be 1 to 100 letters, digits, hyphens, underscores and periods`,
		`policy "a b": its Severity is 5; use Low, Medium, High or Critical`,
		`policy "a b".Rules[0]: it is empty; make rules with On, OnEvery, OnStack or OnRemediate`,
		`policy "a b".Rules[1]: it has no function`,
		`policy "a b".Rules[1]: "Thing" is not a resource type; one looks like "aws:ec2/vpc:Vpc"`,
		`policy "a b".Rules[2].policy.bad.Plain: has the type string; a property must be a policy.Value, policy.List or policy.Map`,
		"policy \"a b\".Rules[2].policy.bad.NoTag: needs a tag that names the property, like `pulumi:\"cidrBlocks\"`",
		`policy "a b".Rules[2].policy.bad.Internal: has the tag "__internal", which is not the name of a property`,
		`policy "a b".Rules[2].policy.bad.Path: has the tag "a.b", which is not the name of a property`,
		`policy "a b".Rules[2].policy.bad.Again: has the tag "twice", which another field has too`,
		`policy "a b".Rules[2].policy.bad.Unsigned: holds uint; it can hold string, bool, int, int64, float64, any or a struct of properties`,
		`policy "a b".Rules[2].policy.bad.Pointer: holds *string; it can hold string, bool, int, int64, float64, any or a struct of properties`,
		`policy "a b".Rules[2].policy.bad.Boxed: holds policy.List[int] in a Value; use the inner type alone`,
		`policy "a b".Rules[2].policy.bad.ListOf: holds policy.Value[bool] in a List; use the inner type alone`,
		`policy "a b".Rules[2].policy.bad.Nested.Deep.Chan: holds chan int; it can hold string, bool, int, int64, float64, any or a struct of properties`,
		`policy "a b".Rules[2].policy.bad.hidden: is not exported, so it cannot be filled`,
		`policy "a b".Rules[3].string: string is not a struct`,
		`policy "a b".Rules[4].policy.badStack.Lone: has the type policy.Value[string]; a stack rule reads policy.Resources`,
		`policy "a b".Rules[4].policy.badStack.Token: "vpc" is not a resource type; one looks like "aws:ec2/vpc:Vpc"`,
		`policy "a b".Rules[4].policy.badStack.Many: " aws:*" is not a resource type; one looks like "aws:ec2/vpc:Vpc"`,
		`policy "a b".Rules[5]: "a:b:" is not a resource type; one looks like "aws:ec2/vpc:Vpc"`,
	}, lines)

	_, err = NewPack(PackSpec{Name: "p", Version: "1.0.0"})
	assert.ErrorContains(t, err, "it has no policies")
}

func TestPacksDoNotShareWhatTheyAreMadeOf(t *testing.T) {
	t.Parallel()
	policies := []Policy{{ID: "a", Title: "t", Rules: []Rule{On(thing, func(*Report, good) {})}}}
	spec := PackSpec{Name: "p", Version: "1.0.0", Policies: policies}
	pack, err := NewPack(spec)
	require.NoError(t, err)
	policies[0].ID = "changed"
	assert.Equal(t, "a", pack.Spec().Policies[0].ID)
	assert.Equal(t, Advisory, pack.Spec().Level, "the default is filled in")
	pack.Spec().Policies[0].ID = "changed"
	assert.Equal(t, "a", pack.Spec().Policies[0].ID)
}

type tree struct {
	Name     Value[string] `pulumi:"name"`
	Children List[tree]    `pulumi:"children"`
}

type embedding struct {
	good
	B Value[string] `pulumi:"b"`
}

func TestStructsThatHoldThemselves(t *testing.T) {
	t.Parallel()
	var names []string
	got := read(t, props{"name": "a", "children": []any{props{"name": "b", "children": []any{props{"name": "c"}}}}}, func(root tree) {
		var walk func(tree)
		walk = func(n tree) {
			names = append(names, n.Name.Get())
			n.Children.Each(func(_ int, child tree) { walk(child) })
		}
		walk(root)
	})
	assert.Equal(t, Passed, got.Outcome)
	assert.Equal(t, []string{"a", "b", "c"}, names)
}

func TestEmbeddedStructsAddTheirFields(t *testing.T) {
	t.Parallel()
	got := read(t, props{"a": "1", "b": "2"}, func(e embedding) {
		assert.Equal(t, "12", e.A.Get()+e.B.Get())
	})
	assert.Equal(t, Passed, got.Outcome)
}

func TestReads(t *testing.T) {
	t.Parallel()
	p := Policy{Rules: []Rule{
		On(thing, func(*Report, tree) {}),
		On("test:index:Other", func(*Report, good) {}),
		OnRemediate(thing, func(*Remediation, good) {}),
		OnStack(func(*StackReport, struct {
			All Resources[containers] `pulumi:"test:index:Thing,test:index:Third"`
		}) {
		}),
	}}
	assert.Equal(t, []string{"a"}, p.Reads("test:index:Other"))
	assert.Equal(t, []string{
		"texts", "texts.*", "items", "items.*", "items.*.name", "matrix", "matrix.*", "matrix.*.*", "tags", "tags.*",
		"groups", "groups.*", "groups.*.*", "deep", "deep.*", "deep.*.*", "deep.*.*.name", "opt", "opt.texts", "opt.texts.*",
	}, p.Reads("test:index:Third"))
	assert.Equal(t, []string{"name", "children", "children.*", "a", "texts"}, p.Reads(thing)[:5])
	assert.Empty(t, p.Reads("test:index:None"))
}

func TestNamesOfLevelsSeveritiesAndOutcomes(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"", "advisory", "mandatory", "remediate", "disabled", "invalid", "invalid"},
		[]string{Level(0).String(), Advisory.String(), Mandatory.String(), Remediate.String(), Disabled.String(), Level(5).String(), Level(-1).String()})
	assert.Equal(t, []string{"", "low", "medium", "high", "critical"},
		[]string{Severity(0).String(), Low.String(), Medium.String(), High.String(), Critical.String()})
	assert.Equal(t, []string{"not applicable", "passed", "exempted", "undetermined", "failed", "errored"},
		[]string{NotApplicable.String(), Passed.String(), Exempted.String(), Undetermined.String(), Failed.String(), Errored.String()})
	assert.Equal(t, "SOC 2 CC6.6", Control{Framework{Name: "SOC 2"}, "CC6.6"}.String())
	assert.Equal(t, "CIS 5.0.0 3.7", Control{Framework{"CIS", "5.0.0"}, "3.7"}.String())
}
