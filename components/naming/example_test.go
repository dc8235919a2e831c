package naming_test

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// A name that fits stays readable; one that does not is cut, and ends in a hash of the whole.
func ExampleRule_Name() {
	fmt.Println(naming.AWSRole.Name("holdfast", "aws-dev", "main", "flow-logs"))
	fmt.Println(naming.AWSRole.Name("holdfast", "aws-dev", strings.Repeat("very-", 12)+"long", "flow-logs"))
	// Output:
	// holdfast-aws-dev-main-flow-logs
	// holdfast-aws-dev-very-very-very-very-very-very-very-ver-uxpjf6yl
}

func ExampleTagRule_Check() {
	fmt.Println(naming.AWSTags.Check("tags", map[string]string{"aws:owner": "me", "Team": "a|b"}))
	// Output:
	// tags.Team: "a|b" is not a tag value; use letters, digits and any of " _.:/=+-@"
	// tags.aws:owner: "aws:owner" is reserved; use a key that does not start with aws:
}

// Later tags win.
func ExampleMerge() {
	fmt.Println(naming.Merge(map[string]string{"Team": "a", "Cost": "1"}, map[string]string{"Team": "b"}))
	// Output: map[Cost:1 Team:b]
}
