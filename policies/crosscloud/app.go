package crosscloud

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// app is what policies read of an app of DigitalOcean's App Platform.
type app struct {
	Spec policy.Value[appSpec] `pulumi:"spec"`
}

type appSpec struct {
	Services policy.List[appComponent] `pulumi:"services"`
	Workers  policy.List[appComponent] `pulumi:"workers"`
	Jobs     policy.List[appComponent] `pulumi:"jobs"`
}

type appComponent struct {
	Image policy.Value[appImage] `pulumi:"image"`
}

type appImage struct {
	RegistryType policy.Value[string] `pulumi:"registryType"`
	Registry     policy.Value[string] `pulumi:"registry"`
	Repository   policy.Value[string] `pulumi:"repository"`
	Tag          policy.Value[string] `pulumi:"tag"`
	Digest       policy.Value[string] `pulumi:"digest"`
}

// each calls f with every component of the app.
func (s appSpec) each(f func(at string, c appComponent)) {
	s.Services.Each(func(i int, c appComponent) { f(fmt.Sprintf("service %d", i), c) })
	s.Workers.Each(func(i int, c appComponent) { f(fmt.Sprintf("worker %d", i), c) })
	s.Jobs.Each(func(i int, c appComponent) { f(fmt.Sprintf("job %d", i), c) })
}
