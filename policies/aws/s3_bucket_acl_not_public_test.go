package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3BucketACLNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, S3BucketACLNotPublic, []policytest.Case{
		{Name: "for log delivery", Resources: policytest.One(bucketV2Type, props{"acl": "log-delivery-write"}), Want: policytest.Pass()},
		{Name: "classic, to write", Resources: policytest.One(bucketType, props{"acl": "public-read-write"}), Want: policytest.Fail("public-read-write")},
		{Name: "grant in a bucket", Resources: policytest.One(bucketV2Type, props{"grants": []any{props{"type": "Group", "uri": allUsers, "permissions": []any{"READ"}}}}), Want: policytest.Fail("AllUsers")},
		{Name: "grant in an ACL", Resources: policytest.One(bucketACLType, props{"accessControlPolicy": props{"grants": []any{
			props{"permission": "READ", "grantee": props{"type": "Group", "uri": authenticatedUsers}}, props{"permission": "WRITE", "grantee": props{"type": "CanonicalUser", "id": "1"}},
		}}}), Want: policytest.Fail("AuthenticatedUsers")},
		{Name: "not known yet", Resources: policytest.One(bucketACLType, props{"acl": policytest.Unknown}), Want: policytest.Undetermined(".acl")},
		{Name: "to everybody with an account", Resources: policytest.One(bucketACLType, props{"acl": "authenticated-read"}), Want: policytest.Fail("authenticated-read")},
	}...)
	for _, token := range []string{bucketACLType, bucketACLTypeV7, bucketType, bucketV2Type} {
		policytest.RunRemediations(t, S3BucketACLNotPublic,
			policytest.Remediation{Name: token + " to read", Type: token, Properties: props{"acl": "public-read"}, Want: props{"acl": "private"}},
			policytest.Remediation{Name: token + " to write", Type: token, Properties: props{"acl": "public-read-write"}, Want: props{"acl": "private"}},
			policytest.Remediation{Name: token + " to all accounts", Type: token, Properties: props{"acl": "authenticated-read"}, Want: props{"acl": "private"}},
			policytest.Remediation{Name: token + " for log delivery", Type: token, Properties: props{"acl": "log-delivery-write"}},
		)
	}
}
