package main

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

const (
	vpcType    = "aws:ec2/vpc:Vpc"
	subnetType = "aws:ec2/subnet:Subnet"
	groupType  = "aws:ec2/securityGroup:SecurityGroup"
)

type cloudVPC struct {
	CIDR policy.Value[string] `pulumi:"cidrBlock"`
	Tags policy.Map[string]   `pulumi:"tags"`
	ARN  policy.Value[string] `pulumi:"arn"`
}

type inVPC struct {
	VPC         policy.Value[string] `pulumi:"vpcId"`
	CIDR        policy.Value[string] `pulumi:"cidrBlock"`
	Description policy.Value[string] `pulumi:"description"`
}

// cloudPolicies tell what the engine gives them of the resources of a cloud.
var cloudPolicies = []policy.Policy{
	{ID: "inputs", Title: "Inputs are told.", Rules: []policy.Rule{
		policy.On(vpcType, func(r *policy.Report, p cloudVPC) {
			r.Fail("cidr=%v team=%v arn=%t", p.CIDR, p.Tags.At("team"), p.ARN.Present())
		}),
		policy.On(subnetType, func(r *policy.Report, p inVPC) {
			r.Fail("cidr=%v vpc known=%t", p.CIDR, p.VPC.Known())
		}),
	}},
	{ID: "unknown", Title: "Subnets must tell their VPC.", Rules: []policy.Rule{
		policy.On(subnetType, func(r *policy.Report, p inVPC) { r.Fail("It is in %s.", p.VPC.Get()) }),
	}},
	{ID: "secret", Title: "Secrets are not told.", Rules: []policy.Rule{
		policy.On(groupType, func(r *policy.Report, p inVPC) {
			r.Fail("%v %s secret=%t", p.Description, p.Description.Get(), p.Description.Secret())
		}),
	}},
	{ID: "provider", Title: "Providers are told.", Rules: []policy.Rule{
		policy.On(vpcType, func(r *policy.Report, _ cloudVPC) {
			p := r.Resource().Provider()
			r.Fail("%s %s %s region=%s key=%s", p.URN(), p.Type(), strings.SplitN(p.Name(), "_", 2)[0],
				p.Setting("region").Get(), p.Setting("accessKey").Get())
		}),
	}},
	{ID: "options", Title: "Options are told.", Rules: []policy.Rule{
		policy.On(vpcType, func(r *policy.Report, _ cloudVPC) {
			o := r.Resource().Options()
			before := o.DeleteBeforeReplace != nil && *o.DeleteBeforeReplace
			r.Fail("ignore=%v before=%t secret=%v aliases=%v parent=%s create=%v update=%v delete=%v", o.IgnoreChanges, before,
				o.AdditionalSecretOutputs, o.Aliases, o.Parent, o.CreateTimeout, o.UpdateTimeout, o.DeleteTimeout)
		}),
	}},
	{ID: "graph", Title: "The graph is told.", Rules: []policy.Rule{policy.OnStack(tellGraph)}},
	{ID: "outputs", Title: "Outputs are told.", Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, all struct {
			VPCs policy.Resources[cloudVPC] `pulumi:"aws:ec2/vpc:Vpc"`
		}) {
			all.VPCs.Each(func(v policy.Resource[cloudVPC]) { r.Fail(v.Node, "%s", v.Props.ARN.Get()) })
		}),
	}},
}

func tellGraph(r *policy.StackReport, all struct {
	VPCs    policy.Resources[cloudVPC] `pulumi:"aws:ec2/vpc:Vpc"`
	Subnets policy.Resources[inVPC]    `pulumi:"aws:ec2/subnet:Subnet"`
	Inside  policy.Resources[inVPC]    `pulumi:"aws:ec2/subnet:Subnet,aws:ec2/securityGroup:SecurityGroup"`
}) {
	for _, n := range r.Stack().Nodes(vpcType, subnetType, groupType) {
		parent := "none"
		if n.Parent() != nil {
			parent = n.Parent().Name()
		}
		r.Fail(n, "parent=%s depends=%s vpcId=%s children=%s dependents=%s region=%s", parent, named(n.Dependencies()),
			named(n.PropertyDependencies("vpcId")), named(n.Children()), named(n.Dependents()), n.Provider().Setting("region").Get())
	}
	all.VPCs.Each(func(vpc policy.Resource[cloudVPC]) {
		r.Fail(vpc.Node, "%s subnets=%t inside=%t", vpc.Name(), all.Subnets.AnyReferring("vpcId", vpc.Node, nil),
			all.Inside.AnyReferring("vpcId", vpc.Node, func(n policy.Resource[inVPC]) bool { return n.Type() == groupType }))
	})
	r.Fail(nil, "wrap has %s", named(r.Stack().Nodes("conformance:index:Wrap")[0].Children()))
}

// named are the names of resources, sorted: the engine registers some of them at the same time.
func named(nodes []*policy.Node) string {
	var names []string
	for _, n := range nodes {
		names = append(names, n.Name())
	}
	slices.Sort(names)
	return "[" + strings.Join(names, " ") + "]"
}
