package gcp_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/gcp"
)

func ExampleNew() {
	account, err := simulator.NewAccount(gcp.New(gcp.Options{}), simulator.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("modelled:", account.Modelled("gcp:compute/subnetwork:Subnetwork"))
	fmt.Println("modelled:", account.Modelled("gcp:redis/instance:Instance"))
	// Output:
	// modelled: true
	// modelled: false
}
