package broken

import "reflect"

func NewThing(ctx *pulumi.Context, name string, args *ThingArgs) (*Thing, error) {
	return nil, ctx.RegisterResource("demo:m/thing:Thing", name, args, nil)
}

func (ThingArgs) ElementType() reflect.Type { return reflect.TypeOf((*thingArgs)(nil)).Elem() }

type thingArgs struct{}
