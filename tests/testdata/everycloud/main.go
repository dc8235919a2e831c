// Command everycloud makes a web server in each of the clouds besides AWS, with the resources that the providers' public
// examples choose.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const install = "#!/bin/bash\napt-get update && apt-get install -y nginx\n"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		for _, cloud := range []func(*maker) error{azure, google, digitalOcean} {
			if err := cloud(&maker{ctx}); err != nil {
				return err
			}
		}
		return nil
	})
}

// maker makes resources by their type tokens, so that no cloud's SDK is compiled.
type maker struct{ ctx *pulumi.Context }

func (m *maker) make(token, name string, inputs pulumi.Map) (*pulumi.CustomResourceState, error) {
	made := &pulumi.CustomResourceState{}
	return made, m.ctx.RegisterResource(token, name, inputs, made)
}

func texts(values ...string) pulumi.StringArray { return pulumi.ToStringArray(values) }
