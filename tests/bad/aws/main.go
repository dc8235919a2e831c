// Command aws is a stack that is bad on purpose. Each fault is planted beside settings that are otherwise right, in a line
// that ends in a comment: "want: " and the policies that must find it, on the resource that the line is a part of or else
// on the stack. TestBadStacks holds that each of them finds it once, and that nothing else is found.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		w := shared(ctx)
		network(ctx, w)
		compute(ctx, w)
		storage(ctx, w)
		databases(ctx, w)
		data(ctx, w)
		identity(ctx, w)
		observe(ctx, w)
		edge(ctx, w)
		apps(ctx, w)
		agreements(ctx, w)
		return nil
	})
}

// must returns what was made. Only a mistake of this program's keeps it from being made.
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

// yes and no are switches.
const (
	yes = pulumi.Bool(true)
	no  = pulumi.Bool(false)
)

func list(texts ...string) pulumi.StringArray { return pulumi.ToStringArray(texts) }

// with makes changes to arguments that are right.
func with[T any](args *T, changes []func(*T)) *T {
	for _, change := range changes {
		change(args)
	}
	return args
}
