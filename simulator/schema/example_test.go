package schema_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

func ExamplePackage_Validate() {
	aws, err := schema.AWS()
	if err != nil {
		fmt.Println(err)
		return
	}
	subnet, _ := aws.Resource("aws:ec2/subnet:Subnet")
	for _, problem := range aws.Validate(subnet.Inputs, resource.PropertyMap{
		"cidrBlok": resource.NewStringProperty("10.0.0.0/24"),
	}) {
		fmt.Println(problem)
	}
	// Output:
	// unknown property "cidrBlok": did you mean "cidrBlock"?
	// missing required property "vpcId" (a string)
}
