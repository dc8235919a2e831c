package aws

import (
	"fmt"
	"slices"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// restores are tests of restores, and audits of how long they take. Those of other stacks do not show.
type restores struct {
	Tests  policy.Resources[restoreTest] `pulumi:"aws:backup/restoreTestingSelection:RestoreTestingSelection"`
	Audits policy.Resources[backupAudit] `pulumi:"aws:backup/framework:Framework"`
}

// restoreTest restores resources of a kind: by their ARNs, or all that its conditions are true of.
type restoreTest struct {
	Kind      policy.Value[string] `pulumi:"protectedResourceType"`
	Resources policy.List[string]  `pulumi:"protectedResourceArns"`
}

type backupAudit struct {
	Controls policy.List[auditControl] `pulumi:"controls"`
}

type auditControl struct {
	Name       policy.Value[string]          `pulumi:"name"`
	Scope      policy.Value[auditScope]      `pulumi:"scope"`
	Parameters policy.List[controlParameter] `pulumi:"inputParameters"`
}

type auditScope struct {
	Kinds policy.List[string] `pulumi:"complianceResourceTypes"`
}

type controlParameter struct {
	Name  policy.Value[string]  `pulumi:"name"`
	Value policy.Value[float64] `pulumi:"value"`
}

// restoreIndex asks once what many resources want to know.
type restoreIndex struct {
	restores
	answers map[string]func(*policy.Node) bool
}

func (s restores) index() *restoreIndex {
	return &restoreIndex{s, map[string]func(*policy.Node) bool{}}
}

// once answers a question of all resources alike, which the key tells from others.
func (i *restoreIndex) once(key string, ask func() bool) bool {
	if i.answers[key] == nil {
		i.answers[key] = policy.Memo(func(*policy.Node) bool { return ask() })
	}
	return i.answers[key](nil)
}

// tested reports whether a restore of the resource is tested.
func (i *restoreIndex) tested(n *policy.Node, kind string) bool {
	of := func(test policy.Resource[restoreTest]) bool { return test.Props.Kind.Get() == kind }
	return policy.AnyOf(
		func() bool { return i.Tests.AnyReferring("protectedResourceArns", n, of) },
		func() bool {
			return i.once(kind, func() bool {
				return i.Tests.Any(func(test policy.Resource[restoreTest]) bool {
					return policy.AllOf(func() bool { return of(test) }, test.Props.whole)
				})
			})
		},
	)
}

// whole reports whether not only resources that it names are restored. What is not known of the names is found where it
// comes from: see tested.
func (t restoreTest) whole() bool {
	all, _ := policy.Ask(func() bool { return t.Resources.Len() == 0 || slices.Contains(t.Resources.Get(), "*") })
	return all
}

// audited reports whether an audit compares how long restores of the kind take with so many minutes, or fewer.
func (i *restoreIndex) audited(kind string, minutes float64) bool {
	return i.once(fmt.Sprint(kind, minutes), func() bool {
		return i.Audits.Any(func(audit policy.Resource[backupAudit]) bool {
			return audit.Props.Controls.Any(func(c auditControl) bool { return c.compares(kind, minutes) })
		})
	})
}

// compares is named for a control of AWS Backup (AWS Backup Developer Guide, "Controls and remediation").
func (c auditControl) compares(kind string, minutes float64) bool {
	return policy.AllOf(
		func() bool { return c.Name.Get() == "RESTORE_TIME_FOR_RESOURCES_MEET_TARGET" },
		func() bool {
			kinds := c.Scope.Get().Kinds
			return kinds.Len() == 0 || kinds.Any(func(k string) bool { return k == kind })
		},
		func() bool {
			return c.Parameters.Any(func(p controlParameter) bool {
				return p.Name.Get() == "maxRestoreTime" && p.Value.Get() <= minutes
			})
		},
	)
}
