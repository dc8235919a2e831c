package digitalocean_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/digitalocean"
)

func ExampleNew() {
	account, err := simulator.NewAccount(digitalocean.New(digitalocean.Options{}), simulator.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("modelled:", account.Modelled("digitalocean:index/vpc:Vpc"))
	fmt.Println("modelled:", account.Modelled("digitalocean:index/project:Project"))
	// Output:
	// modelled: true
	// modelled: false
}
