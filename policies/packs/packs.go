// Package packs says which policies each policy pack of Holdfast holds. The programs beside it serve them.
package packs

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/aws"
	"github.com/holdfast-iac/holdfast/policies/crosscloud"
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Version is the version of all packs.
const Version = "0.1.0"

// Repository is where the packs come from.
const Repository = "https://github.com/holdfast-iac/holdfast"

// The kinds of policies. Every policy has exactly one of them among its tags, and is in the pack of that name.
const (
	// KindSecurity is what keeps those out who should not be there, and shows who was.
	KindSecurity = "security"
	// KindReliability is what keeps services up and data from being lost.
	KindReliability = "reliability"
	// KindOptimization is what saves money or makes things faster. It is advice.
	KindOptimization = "optimization"
)

// Policies is every policy there is, in the order of their IDs, each with the URL of its page.
func Policies() []policy.Policy {
	policies := slices.Concat(crosscloud.All(), aws.All())
	for i, p := range policies {
		policies[i].URL = Repository + "/blob/main/docs/policies/" + p.ID + ".md"
	}
	return policies
}

// All is every pack.
func All() []policy.PackSpec {
	return []policy.PackSpec{Security(), Reliability(), Optimization(), SOC2(), ISO27001(), CIS(), Everything()}
}

// Security is the pack that keeps infrastructure closed to those who should not be there, and watched.
func Security() policy.PackSpec {
	return pack("security", "Holdfast security",
		"Stops infrastructure that is open to the internet or unwatched, before it is deployed.", tagged(KindSecurity))
}

// Reliability is the pack that keeps services up and data from being lost.
func Reliability() policy.PackSpec {
	return pack("reliability", "Holdfast reliability",
		"Stops infrastructure that loses data or has a single point of failure, before it is deployed.",
		tagged(KindReliability))
}

// Optimization is the pack of advice on cost and performance.
func Optimization() policy.PackSpec {
	return pack("optimization", "Holdfast optimization",
		"Advises on what makes infrastructure cheaper or faster.", tagged(KindOptimization))
}

// SOC2 is the pack of what helps to meet the Trust Services Criteria.
func SOC2() policy.PackSpec {
	return pack("soc2", "Holdfast SOC 2",
		"Policies that help to meet the Trust Services Criteria of SOC 2.", citing(frameworks.SOC2))
}

// ISO27001 is the pack of what helps to meet Annex A of ISO/IEC 27001:2022.
func ISO27001() policy.PackSpec {
	return pack("iso27001", "Holdfast ISO 27001",
		"Policies that help to meet Annex A of ISO/IEC 27001:2022.", citing(frameworks.ISO27001))
}

// CIS is the pack of what the CIS benchmarks of the clouds recommend.
func CIS() policy.PackSpec {
	return pack("cis", "Holdfast CIS",
		"Policies for recommendations of the CIS benchmarks of the clouds.", citing(frameworks.CISAWS))
}

// Everything is the pack of every policy. One pack costs less than several: the engine asks each about every resource.
func Everything() policy.PackSpec {
	return pack("all", "Holdfast", "Every policy of Holdfast: security, reliability, and advice on cost and performance.",
		func(policy.Policy) bool { return true })
}

// pack is a pack of the policies that it holds, and those that serve a pack itself.
func pack(name, display, description string, holds func(policy.Policy) bool) policy.PackSpec {
	policies := slices.DeleteFunc(Policies(), func(p policy.Policy) bool { return !holds(p) })
	return policy.PackSpec{
		Name:        "holdfast-" + name,
		Version:     Version,
		DisplayName: display,
		Description: description,
		Tags:        []string{name},
		Repository:  Repository,
		Policies:    append(policies, policy.Selection, policy.EvidencePolicy, policy.Exemptions),
	}
}

func tagged(tag string) func(policy.Policy) bool {
	return func(p policy.Policy) bool { return slices.Contains(p.Tags, tag) }
}

// citing holds for policies with a control of the framework, in whatever version.
func citing(f policy.Framework) func(policy.Policy) bool {
	return func(p policy.Policy) bool {
		return slices.ContainsFunc(p.Controls, func(c policy.Control) bool { return c.Framework.Name == f.Name })
	}
}
