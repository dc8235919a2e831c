package simulator

import "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

// Leave makes an object of a kind with that id inside another one, unless it is there already: what a service writes
// into a bucket stays when the service stops, and goes with the bucket.
func (c *Call) Leave(inside *Object, kind *Kind, id string) {
	o := &Object{Kind: kind, ID: id, Region: inside.Region, owner: inside}
	if c.account.store.at(kind, ByID, o.Region, id) != nil {
		return
	}
	o.set(resource.PropertyMap{})
	c.account.store.add(o)
	c.account.store.refer(o, []link{{target: inside, onDelete: Ignore}})
}
