package simulator_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// Serve a simulated AWS, and run any Pulumi command or Automation API program
// against it by giving it the environment.
func ExampleStart() {
	sim, err := simulator.Start(context.Background(), simulator.Options{
		Clouds: []simulator.Cloud{aws.New(aws.Options{})},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = sim.Close() }()
	name, _, _ := strings.Cut(sim.Env()[0], "=")
	fmt.Println(name)
	fmt.Println(len(sim.Resources()), "resources exist")
	// Output:
	// PULUMI_DEBUG_PROVIDERS
	// 0 resources exist
}

// An account can be used without Pulumi's engine too.
func ExampleNewAccount() {
	account, err := simulator.NewAccount(aws.New(aws.Options{Region: "us-west-2"}), simulator.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	provider, problems := account.Provider(nil)
	if len(problems) > 0 {
		fmt.Println(problems)
		return
	}
	request := simulator.Request{URN: "urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::main", Token: "aws:ec2/vpc:Vpc"}
	_, problems = provider.Check(request, nil, resource.PropertyMap{
		"cidrBlock": resource.NewStringProperty("10.0.0.0/8"),
	})
	for _, problem := range problems {
		fmt.Println(problem.Path + ": " + problem.String())
	}
	// Output:
	// cidrBlock: InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid. Its prefix must be /16 to /28.
}
