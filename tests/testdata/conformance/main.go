// Command conformance is a program of two components, without a provider, for policies to look at.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		text, _ := ctx.GetConfig("conformance:text")
		var first, second pulumi.ResourceState
		const thing = "conformance:index:Thing"
		if err := ctx.RegisterComponentResourceV2(thing, "first", pulumi.Map{"text": pulumi.String(text)}, &first); err != nil {
			return err
		}
		return ctx.RegisterComponentResourceV2(thing, "second", pulumi.Map{"text": pulumi.String(text)}, &second,
			pulumi.Parent(&first), pulumi.Protect(true))
	})
}
