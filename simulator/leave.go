package simulator

import "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

// Leave puts an object of a kind with that id inside another one, unless it is there already: what a service writes
// into a bucket stays when the service stops, and goes with the bucket.
func (c *Call) Leave(inside *Object, kind *Kind, id string) {
	if c.account.store.at(kind, ByID, inside.Region, id) == nil {
		c.enter(&Object{Kind: kind, ID: id, Region: inside.Region, owner: inside}, resource.PropertyMap{})
	}
}
