package simulator_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// Serve a simulated AWS, and run any Pulumi command or Automation API program against it by giving it the environment.
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

// Have the answer to the first creation of a VPC lost: the VPC exists, and nobody knows its id.
func ExampleParseFault() {
	fault, err := simulator.ParseFault("create aws:ec2/vpc:Vpc 1 lose-answer")
	if err != nil {
		fmt.Println(err)
		return
	}
	account, err := simulator.NewAccount(aws.New(aws.Options{Region: "us-west-2"}),
		simulator.Options{Faults: []simulator.Fault{fault}})
	if err != nil {
		fmt.Println(err)
		return
	}
	provider, _ := account.Provider(nil)
	request := simulator.Request{URN: "urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::main", Token: "aws:ec2/vpc:Vpc"}
	_, _, err = provider.Create(request, resource.PropertyMap{
		"cidrBlock": resource.NewStringProperty("10.0.0.0/16"),
	}, false)
	fmt.Println(err)
	fmt.Println(len(account.Resources()), "resource exists")
	// Output:
	// creating EC2 VPC: the connection was lost before the answer came: whether the request took effect is not known
	// 1 resource exists
}

// Ask what is simulated of a type.
func ExampleAccount_Explain() {
	account, err := simulator.NewAccount(aws.New(aws.Options{}), simulator.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	repository, err := account.Explain("aws:codecommit/repository:Repository")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("modelled:", repository.Modelled)
	fmt.Println("the clone URL is made up:", slices.Contains(repository.MadeUp, "cloneUrlHttp"))
	_, err = account.Explain("aws:codecommit/repository:Repositor")
	fmt.Println(err)
	// Output:
	// modelled: false
	// the clone URL is made up: true
	// aws has no resource type or function "aws:codecommit/repository:Repositor": did you mean "aws:codecommit/repository:Repository"?
}
