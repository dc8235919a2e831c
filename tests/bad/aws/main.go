// Command aws is a stack that is bad on purpose. Each fault is planted beside settings that are otherwise right, in a line
// that ends in a comment: "want: " and the policies that must find it, on the resource that the line is a part of or else
// on the stack. TestBadStack holds that each of them finds it once, and that nothing else is found.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		w := shared(ctx)
		storage(ctx, w)
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
