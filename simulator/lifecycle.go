package simulator

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Create makes a resource from checked inputs and returns its id and outputs. In a preview nothing is made, the id is
// empty, and outputs that only the cloud knows are unknown. It fails with an *Error.
func (p *Provider) Create(
	r Request, inputs resource.PropertyMap, preview bool,
) (id string, outputs resource.PropertyMap, err error) {
	if preview {
		return p.create(r, inputs, true)
	}
	err = p.under(OpCreate, &r, func() (err error) {
		id, outputs, err = p.createPatiently(r, inputs)
		r.ID = id
		return err
	})
	if err != nil {
		return "", nil, err
	}
	return id, outputs, nil
}

func (p *Provider) create(r Request, inputs resource.PropertyMap, preview bool) (string, resource.PropertyMap, error) {
	known, problems := p.resource(r.Token)
	if problems != nil {
		return "", nil, refuse("creating "+r.Token, problems)
	}
	p.account.mu.Lock()
	defer p.account.mu.Unlock()
	c := p.call(r, inputs)
	kind := p.account.kind(r.Token)
	doing := "creating " + kind.Noun
	if preview {
		c.resolve(true)
		return "", c.Type.filled(expected(known, inputs), nil), refuse(doing, redact(inputs, c.problems))
	}
	c.complain()
	o, links := c.object(kind), c.resolve(false)
	if c.Type != nil && c.Type.Adopt != nil && len(c.problems) == 0 {
		o = c.Type.Adopt(c) // nil with a problem
	}
	if len(c.problems) > 0 {
		return "", nil, refuse(doing, redact(inputs, c.problems))
	}
	if there := p.account.store.at(kind, ByID, o.Region, o.ID); there != nil && c.overwrites() {
		o = there
	}
	c.ID, c.self = o.ID, o
	held := c.holdings(o, links)
	c.allow()
	if len(c.problems) > 0 {
		return "", nil, refuse(doing, redact(inputs, c.problems))
	}
	p.account.made[r.key()]++
	c.commit(known, o, inputs, held)
	return o.ID, o.Outputs.Copy(), nil
}

// Update changes a resource in place and returns its outputs. In a preview nothing changes. It fails with an *Error.
func (p *Provider) Update(
	r Request, olds, news resource.PropertyMap, preview bool,
) (outputs resource.PropertyMap, err error) {
	if preview {
		return p.update(r, olds, news, true)
	}
	err = p.under(OpUpdate, &r, func() (err error) {
		outputs, err = p.update(r, olds, news, false)
		return err
	})
	if err != nil {
		return nil, err
	}
	return outputs, nil
}

func (p *Provider) update(
	r Request, olds, news resource.PropertyMap, preview bool,
) (resource.PropertyMap, error) {
	known, problems := p.resource(r.Token)
	if problems != nil {
		return nil, refuse("updating "+r.Token, problems)
	}
	p.account.mu.Lock()
	defer p.account.mu.Unlock()
	c := p.call(r, news)
	kind := p.account.kind(r.Token)
	doing := "updating " + kind.Noun + " (" + r.ID + ")"
	if preview {
		c.resolve(true)
		return c.Type.filled(revised(known, olds, news), olds), refuse(doing, redact(news, c.problems))
	}
	o := p.account.store.at(kind, ByID, p.region(kind), r.ID)
	if o == nil {
		c.Fail("", naming(missing(kind)), r.ID)
		return nil, refuse(doing, c.problems)
	}
	c.attempt = max(0, c.attempt-1) // what is made up stays as it was
	c.Old, c.self, c.State = o, o, plainMap(olds)
	c.complain()
	held := c.holdings(o, c.resolve(false))
	c.allow()
	if len(c.problems) > 0 {
		return nil, refuse(doing, redact(news, c.problems))
	}
	c.commit(known, o, news, held)
	return o.Outputs.Copy(), nil
}

// Read returns a resource as it is now. The id is empty when it does not exist. Inputs are those of the program, nil
// when the resource is to be imported.
func (p *Provider) Read(
	r Request, inputs resource.PropertyMap,
) (id string, newInputs, outputs resource.PropertyMap, err error) {
	err = p.under(OpRead, &r, func() (err error) {
		id, newInputs, outputs, err = p.read(r, inputs)
		return err
	})
	return id, newInputs, outputs, err
}

func (p *Provider) read(
	r Request, inputs resource.PropertyMap,
) (id string, newInputs, outputs resource.PropertyMap, err error) {
	known, problems := p.resource(r.Token)
	if problems != nil {
		return "", nil, nil, refuse("reading "+r.Token, problems)
	}
	p.account.mu.Lock()
	defer p.account.mu.Unlock()
	t, kind := p.account.types[r.Token], p.account.kind(r.Token)
	at := r.ID
	if t != nil && t.Import != nil {
		at = t.Import(at)
	}
	o := p.account.store.at(kind, ByID, p.region(kind), at)
	if o == nil || !o.seen() {
		return "", nil, nil, nil
	}
	if t != nil && t.Refresh != nil {
		o = p.refreshed(r, known, o)
	}
	return o.ID, readInputs(known, t, o, inputs), o.Outputs.Copy(), nil
}

// refreshed returns the object as a read shows it.
func (p *Provider) refreshed(r Request, known *schema.Resource, o *Object) *Object {
	c := p.call(r, o.Inputs)
	c.ID, c.Old, c.Outputs = o.ID, o, o.plain.Copy()
	c.Type.Refresh(c)
	shown := *o
	shown.set(markSecrets(o.Inputs, c.Outputs, known.Outputs))
	return &shown
}

// Delete deletes a resource. One that does not exist is deleted already. It fails with an *Error when something stands
// in the way; where the real provider would try again for minutes, it waits for the account's patience first.
func (p *Provider) Delete(r Request) error {
	return p.under(OpDelete, &r, func() error { return p.deletePatiently(r) })
}

func (p *Provider) delete(r Request) error {
	kind := p.account.kind(r.Token)
	doing := "deleting " + kind.Noun + " (" + r.ID + ")"
	o := p.account.store.at(kind, ByID, p.region(kind), r.ID)
	if o == nil {
		return nil
	}
	c := p.call(r, o.Inputs)
	c.Old, c.self = o, o
	if c.Type != nil && c.Type.Release != nil {
		c.Type.Release(c)
	}
	c.constrain(AtDelete)
	stays := c.Type != nil && (c.Type.Adopt != nil || c.Type.Keeps != nil && c.Type.Keeps(c))
	if blockers := o.blockers(); !stays && (o.CameAlong() || len(blockers) > 0) {
		c.failBy(o.heldBy(blockers), "", inUse(kind), r.ID)
	}
	switch {
	case len(c.problems) > 0:
		return refuse(doing, redact(o.Inputs, c.problems))
	case stays:
		o.abandon(p.account.store)
	default:
		c.linger(o)
		p.account.store.remove(o)
	}
	p.account.wake()
	return nil
}

// overwrites reports whether the creation takes the place of what is there.
func (c *Call) overwrites() bool {
	return c.Type != nil && (c.Type.Setting || c.Type.Overwrites != nil && c.Type.Overwrites(c))
}

// linger keeps taken what a soft-deleted thing still takes.
func (c *Call) linger(o *Object) {
	if c.Type == nil || c.Type.Lingers == nil {
		return
	}
	if refusal := c.Type.Lingers(c); refusal != "" {
		for _, taken := range o.claims {
			c.account.store.lingering[taken] = refusal
		}
	}
}

// region returns the region in which the provider's resources of a kind live.
func (p *Provider) region(kind *Kind) string {
	if kind.Global {
		return ""
	}
	return p.site.Region
}

// abandon leaves an adopted object as it is, managed by nobody.
func (o *Object) abandon(s *store) {
	o.URN, o.Token, o.Inputs = "", "", nil
	s.claimAll(o, nil)
	s.count(o, nil)
	s.refer(o, slices.DeleteFunc(slices.Clone(o.targets), func(l link) bool { return l.target != o.owner }))
}

// object returns the object that a creation would add.
func (c *Call) object(kind *Kind) *Object {
	o := &Object{Kind: kind, Region: c.Region}
	if kind.Global {
		o.Region = ""
	}
	if kind.ID != nil {
		o.ID = kind.ID(c)
	}
	if o.ID == "" {
		o.ID = kind.IDPrefix + c.Hex(kind.Noun, idDigits)
	}
	return o
}

// complain reports inputs that a check would have refused, and unknown ones: what a type computes depends on its
// inputs. Pulumi never sends such.
func (c *Call) complain() {
	if c.Type == nil {
		return
	}
	inputs := c.Inputs.Copy()
	for _, name := range c.account.cloud.Computed {
		delete(inputs, resource.PropertyKey(name))
	}
	c.problems = append(c.problems, c.account.schema.Validate(c.Schema.Inputs, inputs)...)
	c.problems = append(c.problems, c.checkUnions()...)
	if inputs.ContainsUnknowns() {
		c.Fail("", "a value is not known yet")
	}
}

// allow asks the type whether the account's state permits the request.
func (c *Call) allow() {
	if len(c.problems) > 0 || c.Type == nil {
		return
	}
	if c.Type.Allow != nil {
		c.Type.Allow(c)
	}
	c.constrain(AtApply)
}

// holdings is what a resource takes up in the account.
type holdings struct {
	links  []link
	claims []claim
	shares []share
}

// holdings returns what the resource would take up, and fails for what is taken.
func (c *Call) holdings(o *Object, links []link) holdings {
	return holdings{links: links, claims: c.claims(o), shares: c.shares(o)}
}

// commit computes the outputs and enters the object into the account.
func (c *Call) commit(known *schema.Resource, o *Object, inputs resource.PropertyMap, held holdings) {
	s := c.account.store
	if o.plain != nil {
		s.unindex(o)
	}
	o.URN, o.Token, o.Inputs, o.site = c.URN, c.Token, inputs, &c.Site
	c.Outputs = c.carried(known, o)
	o.set(c.Outputs)
	if o.ARN = expand(o.Kind.ARN, c.Site, o); o.ARN != "" {
		c.SetNew("arn", o.ARN)
	}
	if c.Type != nil && c.Type.Compute != nil {
		c.Type.Compute(c)
		o.plain = plainMap(c.Outputs)
		if arn := expand(o.Kind.ARN, c.Site, o); arn != "" && arn != o.ARN { // the name that it holds was made up from a prefix
			o.ARN = arn
			c.Set("arn", arn)
		}
	}
	c.complete(known)
	o.Outputs = markSecrets(inputs, c.Outputs, known.Outputs)
	o.plain = plainMap(o.Outputs)
	o.settled = o.plain
	if o.owner != nil {
		held.links = append(held.links, link{target: o.owner, onDelete: Ignore})
	}
	s.add(o)
	s.refer(o, held.links)
	s.claimAll(o, held.claims)
	s.count(o, held.shares)
}
