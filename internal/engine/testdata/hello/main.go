// Command hello is a program without resources, whose configuration decides how it ends.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		switch name, _ := ctx.GetConfig("hello:name"); name {
		case "error":
			return errors.New("the program does not like its name")
		case "panic":
			panic("the program cannot bear its name")
		case "wait":
			fmt.Println("pid", os.Getpid())
			select {}
		default:
			fmt.Println("printed by the program")
			ctx.Export("greeting", pulumi.String("hello "+name))
		}
		if token, ok := ctx.GetConfig("hello:token"); ok && ctx.IsConfigSecret("hello:token") {
			if token != "simulated-secret" {
				return errors.New("the token is not what stands in for secrets")
			}
			ctx.Export("token", pulumi.ToSecret(token))
		}
		return nil
	})
}
