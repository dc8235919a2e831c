package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestKeysShortLived(t *testing.T) {
	t.Parallel()
	one := policytest.One
	policytest.Run(t, KeysShortLived,
		policytest.Case{Name: "no identities", Want: policytest.NotApplicable()},
		policytest.Case{Name: "user", Resources: one("aws:iam/user:User", nil), Want: policytest.Pass()},
		policytest.Case{Name: "access key", Resources: one("aws:iam/accessKey:AccessKey", nil), Want: policytest.Fail("access key of an IAM user")},
		policytest.Case{Name: "on its way out", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "user", Type: "aws:iam/user:User"}, {Name: "key", Type: "aws:iam/accessKey:AccessKey", Properties: props{"status": "Inactive"}},
		}},
		policytest.Case{Name: "not known", Resources: one("aws:iam/accessKey:AccessKey", props{"status": policytest.Unknown}), Want: policytest.Undetermined(".status")},
		policytest.Case{Name: "password", Resources: one("aws:iam/serviceSpecificCredential:ServiceSpecificCredential", nil), Want: policytest.Fail("for a service")},
		policytest.Case{Name: "service account", Resources: one("gcp:serviceaccount/key:Key", nil), Want: policytest.Fail("key of a service account")},
		policytest.Case{Name: "Spaces", Resources: one("digitalocean:index/spacesKey:SpacesKey", nil), Want: policytest.Fail("of Spaces")},
	)
}
