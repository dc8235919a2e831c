package simulator

import "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

// rootKind is the account itself, as the owner of what it has without anybody's doing.
var rootKind = &Kind{Noun: "account"}

func newRoot() *Object { return &Object{Kind: rootKind, ID: rootKind.Noun} }

// begin makes what the account has in a site's region without anybody's doing, once.
func (a *Account) begin(site Site) {
	if a.cloud.Begin == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.begun[site.Region] {
		a.begun[site.Region] = true
		a.cloud.Begin(&Call{Site: site, Token: a.cloud.Name, account: a})
	}
}

// Provide makes something that the account has without anybody's doing, such as a default network. It belongs to the
// owner and goes with it; without an owner it belongs to the account itself. The name tells those of a kind apart.
// Compute returns its outputs, and may provide what belongs to it.
func (c *Call) Provide(
	owner *Object, kind *Kind, name string, compute func(*Object) resource.PropertyMap,
) *Object {
	if owner == nil {
		owner = c.account.root
	}
	o := &Object{Kind: kind, ID: c.providedID(kind, name), Region: c.Region, owner: owner}
	return c.enter(o, compute(o))
}

// Provided returns what Provide made of a kind under a name in the call's region, or nil.
func (c *Call) Provided(kind *Kind, name string) *Object {
	return c.Find(kind, c.providedID(kind, name))
}

func (c *Call) providedID(kind *Kind, name string) string {
	return kind.IDPrefix + c.Fixed(kind.Noun+" "+name, idDigits)
}

// enter puts something that belongs to another into the account.
func (c *Call) enter(o *Object, outputs resource.PropertyMap) *Object {
	o.set(outputs)
	if o.ARN = expand(o.Kind.ARN, c.Site, o); o.ARN != "" {
		o.plain["arn"] = resource.NewStringProperty(o.ARN)
		o.Outputs = o.plain
	}
	c.account.store.add(o)
	c.account.store.refer(o, []link{{target: o.owner, onDelete: Ignore}})
	return o
}
