package azure_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/azure"
)

func ExampleNew() {
	account, err := simulator.NewAccount(azure.New(azure.Options{}), simulator.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("modelled:", account.Modelled("azure-native:network:Subnet"))
	fmt.Println("modelled:", account.Modelled("azure-native:cache:Redis"))
	// Output:
	// modelled: true
	// modelled: false
}
