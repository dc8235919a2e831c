package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/aws"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// Check finds what only AWS forbids, under the keys of the configuration.
func ExampleCheck() {
	s := platform.Spec{Cloud: "aws", Network: spec.Network{ZoneNames: []string{"eu-west-1a", "eu-west-2b"}}}
	fmt.Println(aws.Check(s, nil))
	// Output:
	// aws:region: is missing; run: pulumi config set aws:region eu-west-1 (or the region you want)
	// holdfast:network.zoneNames[1]: "eu-west-2b" is in another region than eu-west-1a; a network lies in one region
}
