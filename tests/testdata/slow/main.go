// Command slow makes a log group and then, if it is told to and this is an update, waits for ever.
package main

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var group pulumi.CustomResourceState
		if err := ctx.RegisterResource("aws:cloudwatch/logGroup:LogGroup", "main", pulumi.Map{
			"name":            pulumi.String("/slow/main"),
			"retentionInDays": pulumi.Int(30),
		}, &group); err != nil {
			return err
		}
		if _, wait := ctx.GetConfig("slow:wait"); wait && !ctx.DryRun() {
			fmt.Println("waiting")
			select {}
		}
		return nil
	})
}
