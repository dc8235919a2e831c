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
}
