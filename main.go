// The Pulumi program: it deploys the platform that the stack's configuration describes to the cloud that it names.
package main

import (
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/constant"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// clouds are the clouds that are linked in, by name. The cloud_*.go files fill it, each under its build tag.
var clouds = map[string]platform.Cloud{}

func main() {
	switch logged, err := run(); {
	case err == nil:
	case logged: // the engine has shown it, and shows nothing more on this exit code
		os.Exit(constant.ExitStatusLoggedError)
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run deploys the platform, and tells whether the engine has been told of the error. It is not pulumi.Run because that
// calls a mistake in the configuration "an unhandled error".
func run(options ...pulumi.RunOption) (logged bool, err error) {
	var config map[string]string
	var secretKeys []string
	options = append(options, func(info *pulumi.RunInfo) { config, secretKeys = info.Config, info.ConfigSecretKeys })

	err = pulumi.RunErr(func(ctx *pulumi.Context) error {
		err := platform.Run(ctx, config, secretKeys, clouds)
		if err != nil {
			logged = ctx.Log.Error(err.Error(), nil) == nil
		}
		return err
	}, options...)
	return logged, err
}
