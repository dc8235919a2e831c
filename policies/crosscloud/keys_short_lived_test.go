package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestKeysShortLived(t *testing.T) {
	t.Parallel()
	one, credential := policytest.One, "aws:iam/serviceSpecificCredential:ServiceSpecificCredential"
	policytest.Run(t, KeysShortLived,
		policytest.Case{Name: "no identities", Want: policytest.NotApplicable()},
		policytest.Case{Name: "user", Resources: one("aws:iam/user:User", nil), Want: policytest.Pass()},
		policytest.Case{Name: "access key, which aws-iam-no-access-keys finds", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "user", Type: "aws:iam/user:User"}, {Name: "key", Type: "aws:iam/accessKey:AccessKey"},
		}},
		policytest.Case{Name: "password", Resources: one(credential, nil), Want: policytest.Fail("for a service")},
		policytest.Case{Name: "on its way out", Resources: one(credential, props{"status": "Inactive"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known", Resources: one(credential, props{"status": policytest.Unknown}), Want: policytest.Undetermined(".status")},
		policytest.Case{Name: "service account", Resources: one("gcp:serviceaccount/key:Key", nil), Want: policytest.Fail("key of a service account")},
		policytest.Case{Name: "Spaces", Resources: one("digitalocean:index/spacesKey:SpacesKey", nil), Want: policytest.Fail("of Spaces")},
	)
}
