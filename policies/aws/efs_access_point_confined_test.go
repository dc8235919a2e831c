package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEFSAccessPointConfined(t *testing.T) {
	t.Parallel()
	user := props{"uid": 1000, "gid": 1000}
	policytest.Run(t, EFSAccessPointConfined, []policytest.Case{
		{Name: "neither", Resources: policytest.One(fileAccessPointType, nil), Want: policytest.Fail("who they are", "whole file system")},
		{Name: "the root said", Resources: policytest.One(fileAccessPointType, props{"posixUser": user, "rootDirectory": props{"path": "/"}}), Want: policytest.Fail("whole file system")},
		{Name: "a folder only", Resources: policytest.One(fileAccessPointType, props{"rootDirectory": props{"path": "/web"}}), Want: policytest.Fail("who they are")},
		{Name: "not known", Resources: policytest.One(fileAccessPointType, props{"posixUser": user, "rootDirectory": props{"path": policytest.Unknown}}), Want: policytest.Undetermined("path")},
	}...)
}
