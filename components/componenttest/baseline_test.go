package componenttest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// toyAccount is an account of a cloud that does not exist. It has one of each thing that there is one of.
type toyAccount struct {
	mu   sync.Mutex
	made map[string]bool
}

var toySingletons = map[string]string{
	"toy:index:threatDetection": "threatDetection", "toy:index:posture": "posture", "toy:index:recording": "recording",
	"toy:index:accessAnalysis": "accessAnalysis", "toy:index:ci": "ci", "toy:index:costs": "costs", "toy:index:dataDiscovery": "dataDiscovery",
}

func (a *toyAccount) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if part, single := toySingletons[args.TypeToken]; single && args.ID == "" {
		if a.made[part] {
			return "", nil, fmt.Errorf("a second %s", part)
		}
		a.made[part] = true
	}
	return args.Name + "-id", args.Inputs, nil
}

func (a *toyAccount) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	return nil, fmt.Errorf("%s: no answer", args.Token)
}

// toyBaseline is a baseline component of that cloud, sound but for one flaw.
type toyBaseline struct{ flaw string }

func (c toyBaseline) has(flaw string) bool { return c.flaw == flaw }

func (c toyBaseline) create(ctx *pulumi.Context, name string, b spec.Baseline, opts ...pulumi.ResourceOption) error {
	var ps spec.Problems
	ps.Collect("", b.Validate())
	for i, alarm := range b.Alarms.Except {
		if alarm != "fire" {
			ps.Add(fmt.Sprintf("alarms.except[%d]", i), alarm, "is not known")
		}
	}
	if c.has("trusts any repository") {
		ps = slices.DeleteFunc(ps, func(p spec.Problem) bool { return p.Field == "ci.repository" })
	}
	if err := ps.Err(); err != nil {
		return fmt.Errorf("baseline %q is not valid:\n%w", name, err)
	}
	var component pulumi.ResourceState
	if err := ctx.RegisterComponentResource("holdfast:toy:Baseline", name, &component, opts...); err != nil {
		return err
	}
	children := &toyChildren{toyBaseline: c, ctx: ctx, parent: &component, name: name, tags: b.Tags}
	children.all(b.WithDefaults())
	if err := errors.Join(children.errs...); err != nil {
		return fmt.Errorf("baseline %q: %w", name, err)
	}
	return nil
}

type toyChildren struct {
	toyBaseline
	ctx    *pulumi.Context
	parent pulumi.Resource
	name   string
	tags   map[string]string
	errs   []error
}

func (c *toyChildren) child(kind, suffix string, props pulumi.Map, opts ...pulumi.ResourceOption) {
	props["tags"] = pulumi.ToStringMap(c.tags)
	var res pulumi.CustomResourceState
	c.errs = append(c.errs, c.ctx.RegisterResource("toy:index:"+kind, c.name+"-"+suffix, props, &res, append(opts, pulumi.Parent(c.parent))...))
}

// single makes or reads what there is one of.
func (c *toyChildren) single(kind string, mode spec.Mode) {
	switch {
	case mode == spec.Off && !c.has("cannot be turned off"):
	case mode == spec.Adopt && !c.has("creates what it should adopt"):
		var res pulumi.CustomResourceState
		props := pulumi.Map{}
		if c.has("changes what it adopts") {
			props["owner"] = pulumi.String("ours")
		}
		c.errs = append(c.errs, c.ctx.ReadResource("toy:index:"+kind, c.name+"-"+kind, pulumi.ID("there"), props, &res, pulumi.Parent(c.parent)))
	default:
		c.child(kind, kind, pulumi.Map{})
	}
}

func (c *toyChildren) all(b spec.Baseline) {
	if !b.Trail.Disabled {
		days := b.Trail.RetentionDays
		if b.Trail.Unlocked || c.has("locks nothing") {
			days = 0
		}
		forGood := b.Trail.Compliance != "" || c.has("locks for good")
		c.child("trail", "trail", pulumi.Map{
			"days": pulumi.Int(days), "forGood": pulumi.Bool(forGood), "erasable": pulumi.Bool(b.Trail.Erasable || c.has("erases records")),
		})
	}
	if !b.Alarms.Disabled {
		for _, alarm := range []string{"fire", "flood"} {
			if !slices.Contains(b.Alarms.Except, alarm) || c.has("raises every alarm") {
				c.child("alarms", "alarm-"+alarm, pulumi.Map{})
			}
		}
	}
	for i, email := range b.Alarms.Emails {
		id := email
		if c.has("names children by index") {
			id = fmt.Sprint(i)
		}
		c.child("email", "email-"+id, pulumi.Map{"address": pulumi.String(email)})
	}
	c.single("threatDetection", b.ThreatDetection.Mode)
	if b.ThreatDetection.Mode == spec.Create {
		c.child("protection", "protection-s3", pulumi.Map{"on": pulumi.Bool(!slices.Contains(b.ThreatDetection.Except, "s3"))})
	}
	c.single("posture", b.Posture.Mode)
	c.single("recording", b.Recording.Mode)
	if !slices.Contains(b.Recording.Except, "lock") {
		c.child("rule", "rule-lock", pulumi.Map{})
	}
	c.single("accessAnalysis", b.AccessAnalysis.Mode)
	c.option(!b.Findings.Disabled, "findings")
	keep := []pulumi.ResourceOption{pulumi.RetainOnDelete(!c.has("takes settings back"))}
	c.option(!b.Settings.UnencryptedDisks, "disks", keep...)
	c.option(!b.Settings.PublicStorage, "storage", keep...)
	c.option(!b.Settings.PublicImages && !(c.has("forgets one for another") && b.Settings.PublicStorage), "images", keep...)
	c.option(!b.Settings.UnsafeMetadata, "metadata", keep...)
	c.option(!b.Passwords.Disabled, "passwords", keep...)
	c.option(!b.MFA.Disabled, "mfa")
	if b.CI.Repository != "" {
		c.single("ci", b.CI.Mode)
	}
	if b.Costs.MonthlyLimit != 0 {
		c.single("costs", b.Costs.Anomalies)
	}
	c.option(b.SecurityContact != spec.Contact{} && !c.has("ignores what it is asked for"), "contact")
	c.option(b.VulnerabilityScans || c.has("does what nobody asked for"), "scans")
	if b.DataDiscovery != "" {
		c.single("dataDiscovery", b.DataDiscovery)
	}
	if c.has("is weak") {
		c.child("weak", "weak", pulumi.Map{})
	}
}

func (c *toyChildren) option(on bool, kind string, opts ...pulumi.ResourceOption) {
	if on {
		c.child(kind, kind, pulumi.Map{}, opts...)
	}
}

func (c toyBaseline) driver() BaselineDriver {
	parts := map[string][]string{}
	for part, kind := range map[string]string{
		"settings.unencryptedDisks": "disks", "settings.publicStorage": "storage", "settings.publicImages": "images",
		"settings.unsafeMetadata": "metadata", "passwords": "passwords", "mfa": "mfa", "securityContact": "contact",
		"vulnerabilityScans": "scans", "dataDiscovery": "dataDiscovery", "trail": "trail", "alarms": "alarms", "findings": "findings", "ci": "ci", "costs": "costs",
		"threatDetection": "threatDetection", "posture": "posture", "recording": "recording", "accessAnalysis": "accessAnalysis",
	} {
		parts[part] = []string{"toy:index:" + kind}
	}
	refusals := map[string]string{}
	for _, part := range toySingletons {
		refusals[part] = "a second " + part
	}
	return BaselineDriver{
		Driver: Driver[spec.Baseline]{
			Concept: "baseline", New: c.create, Package: "toy", Token: "holdfast:toy:Baseline", Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return &toyAccount{made: map[string]bool{}} },
		},
		Parts: parts, Refusals: refusals, Analyzer: "there", Anomalies: "there",
		Alarm: [2]string{"fire", "main-alarm-fire"}, Rule: [2]string{"lock", "main-rule-lock"},
		Protection: [2]string{"s3", "main-protection-s3"},
		Lock: func(r Recording) (int, bool) {
			trail, _ := r.Named("toy:index:trail", "main-trail")
			return int(trail.Inputs["days"].NumberValue()), trail.Inputs["forGood"].BoolValue()
		},
		Erasable: func(r Recording) bool {
			trail, _ := r.Named("toy:index:trail", "main-trail")
			return trail.Inputs["erasable"].BoolValue()
		},
		DefaultStrong: func(t require.TestingT, r Recording) { assert.Empty(t, r.OfType("toy:index:weak")) },
	}
}

// The suite finds each flaw in the check that is there for it.
func TestBaselineSuiteFindsFlaws(t *testing.T) {
	t.Parallel()
	for flaw, check := range map[string]string{
		"trusts any repository":        "bad arguments",
		"is weak":                      "defaults are strong",
		"takes settings back":          "defaults are strong",
		"does what nobody asked for":   "defaults are strong",
		"cannot be turned off":         "weakening is explicit",
		"raises every alarm":           "weakening is explicit",
		"forgets one for another":      "weakening is explicit",
		"ignores what it is asked for": "options",
		"locks nothing":                "lock",
		"locks for good":               "lock",
		"erases records":               "lock",
		"creates what it should adopt": "a second one",
		"changes what it adopts":       "a second one",
		"names children by index":      "growth replaces nothing",
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			assert.True(t, toyBaseline{flaw}.driver().checks().fails(check), flaw)
		})
	}
}

func TestBaselineSuite(t *testing.T) {
	t.Parallel()
	Baseline(t, toyBaseline{}.driver())
}
