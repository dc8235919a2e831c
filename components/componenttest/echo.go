package componenttest

import (
	"fmt"
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Echo is a cloud that accepts everything: for tests of what a component makes of answers that a simulated cloud would
// not give. A resource's state is its inputs with what State adds; its id is its type and its name.
type Echo struct {
	// State adds computed properties to a resource, by its type and name. Default: none.
	State func(token, name string) resource.PropertyMap
	// Answers answers look-ups by their tokens.
	Answers map[string]resource.PropertyMap
}

// NewResource implements pulumi.MockResourceMonitor.
func (e Echo) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	state := args.Inputs.Copy()
	if e.State != nil {
		maps.Copy(state, e.State(args.TypeToken, args.Name))
	}
	return args.TypeToken + "::" + args.Name, state, nil
}

// Call implements pulumi.MockResourceMonitor.
func (e Echo) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	answer, ok := e.Answers[args.Token]
	if !ok {
		return nil, fmt.Errorf("%s: no answer", args.Token)
	}
	return answer, nil
}
