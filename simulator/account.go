package simulator

import (
	"fmt"
	"sync"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/apimodel"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Account is the state of one simulated cloud: everything that exists in it. It is safe for concurrent use, and shares
// nothing with other accounts.
type Account struct {
	cloud   Cloud
	schema  *schema.Package
	seed    string
	types   map[string]*Type
	lookups map[string]*Lookup
	echoed  map[string]*Kind // the kinds of types without a table entry

	patience time.Duration
	now      func() time.Time
	faults   *injector
	model    *apimodel.Model // nil where the cloud has none
	quotas   map[string]int  // that differ from their defaults, by code

	mu      sync.Mutex
	store   *store
	made    map[string]int  // by token and URN: how many objects were made
	deleted chan struct{}   // closed, and replaced, when something was deleted or made
	begun   map[string]bool // the regions in which the account has what the cloud brings along
	root    *Object         // owns what the account has without anybody's doing
}

// NewAccount returns an empty account of a cloud, without a server. Of the options it ignores the clouds. It fails when
// a table names a type, property or function that the schema lacks, and when a fault is not valid or is about none of
// the cloud's types.
func NewAccount(cloud Cloud, options Options) (*Account, error) {
	known, err := cloud.Schema()
	if err != nil {
		return nil, err
	}
	faults, err := newInjector(options.Faults, known)
	if err != nil {
		return nil, err
	}
	return newAccount(cloud, known, options, faults)
}

func newAccount(cloud Cloud, known *schema.Package, options Options, faults *injector) (*Account, error) {
	a := &Account{
		cloud:   cloud,
		schema:  known,
		seed:    cloud.seed(options.Seed),
		types:   make(map[string]*Type, len(cloud.Types)),
		lookups: make(map[string]*Lookup, len(cloud.Lookups)),
		echoed:  map[string]*Kind{},
		store:   newStore(),
		made:    map[string]int{},
		deleted: make(chan struct{}),
		begun:   map[string]bool{},
		root:    newRoot(),

		patience: options.Patience,
		now:      options.Now,
		faults:   faults,
		quotas:   options.Quotas,
	}
	if a.patience == 0 {
		a.patience = DefaultPatience
	}
	if a.now == nil {
		a.now = func() time.Time { return DefaultTime }
	}
	if _, err := cloud.Constraints(); err != nil {
		return nil, err
	}
	if cloud.API != nil {
		model, err := cloud.API.Model()
		if err != nil {
			return nil, err
		}
		a.model = model
	}
	for _, t := range cloud.Types {
		if err := t.fits(known, a.model); err != nil {
			return nil, err
		}
		a.types[t.Token] = t
	}
	for _, l := range cloud.Lookups {
		if _, ok := known.Function(l.Token); !ok {
			return nil, fmt.Errorf("%s has no function %s", cloud.Name, l.Token)
		}
		a.lookups[l.Token] = l
	}
	return a, nil
}

// seed returns what the made-up ids of a cloud's account depend on.
func (cloud Cloud) seed(options string) string { return cloud.Name + "\x00" + options }

// Cloud returns the cloud that the account is in.
func (a *Account) Cloud() Cloud { return a.cloud }

// Modelled reports whether a resource type or function behaves as in the cloud. Resources of other types are only
// checked against the schema and echoed; other functions are refused.
func (a *Account) Modelled(token string) bool {
	_, isType := a.types[token]
	_, isLookup := a.lookups[token]
	return isType || isLookup
}

// Faults returns how the faults of the options fared so far, in their order. The accounts of one Simulation share them.
func (a *Account) Faults() []FaultOutcome { return a.faults.report() }

// Resource is one resource that exists in a simulated cloud.
type Resource struct {
	Cloud  string       // the Pulumi package: aws
	Type   string       // the type's token
	Region string       // empty for what is global
	ID     string       // the id that the cloud gave it
	URN    resource.URN // the Pulumi resource that made it
}

// Resources returns what exists because something created it, sorted by region, kind and id. What a cloud brings along,
// such as the default security group of a VPC, does not count.
func (a *Account) Resources() []Resource {
	a.mu.Lock()
	defer a.mu.Unlock()
	made := map[*Object]bool{}
	for _, kind := range a.store.kinds {
		for _, o := range kind {
			if o.owner == nil {
				made[o] = true
			}
		}
	}
	list := make([]Resource, 0, len(made))
	for _, o := range sorted(made) {
		list = append(list, Resource{
			Cloud: a.cloud.Name, Type: o.Token, Region: o.Region, ID: o.ID, URN: o.URN,
		})
	}
	return list
}

// Drift changes a resource behind Pulumi's back, as somebody at a console would: the function may change the outputs it
// is given. It fails when there is no such resource.
func (a *Account) Drift(token, region, id string, change func(outputs resource.PropertyMap)) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	o := a.store.at(a.kind(token), ByID, region, id)
	if o == nil {
		return fmt.Errorf("there is no %s %s in %q", token, id, region)
	}
	outputs := o.Outputs.Copy()
	change(outputs)
	a.store.unindex(o)
	o.set(outputs)
	a.store.add(o)
	return nil
}

// Vanish deletes a resource behind Pulumi's back, whatever depends on it. It fails when there is no such resource.
func (a *Account) Vanish(token, region, id string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	o := a.store.at(a.kind(token), ByID, region, id)
	if o == nil {
		return fmt.Errorf("there is no %s %s in %q", token, id, region)
	}
	a.store.remove(o)
	return nil
}

// kind returns what resources of a type are. Types without a table entry each are a kind of their own.
func (a *Account) kind(token string) *Kind {
	if t, ok := a.types[token]; ok {
		return t.Kind
	}
	kind, ok := a.echoed[token]
	if !ok {
		kind = echoKind(token)
		a.echoed[token] = kind
	}
	return kind
}

// fits reports what a table entry says that the schema contradicts.
func (t *Type) fits(pkg *schema.Package, model *apimodel.Model) error {
	known, ok := pkg.Resource(t.Token)
	if !ok {
		return fmt.Errorf("%s has no resource type %s", pkg.Name, t.Token)
	}
	if t.Kind == nil {
		return fmt.Errorf("%s: the table gives no kind", t.Token)
	}
	var paths []string
	paths = append(paths, t.Immutable...)
	paths = append(paths, t.Sets...)
	for _, r := range t.References {
		paths = append(paths, r.Property)
	}
	for _, u := range t.Unique {
		paths = append(paths, u.Properties...)
	}
	for name := range t.Defaults {
		paths = append(paths, name)
	}
	for _, path := range paths {
		if _, ok := known.Inputs[firstStep(path)]; !ok {
			return fmt.Errorf("%s: the table names an input %q that the schema lacks", t.Token, path)
		}
	}
	if model == nil {
		return nil
	}
	return t.fitsModel(model, known)
}
