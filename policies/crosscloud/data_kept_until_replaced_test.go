package crosscloud

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDataKeptUntilReplaced(t *testing.T) {
	t.Parallel()
	replaced := func(token string, properties props, protect bool) []policytest.Resource {
		return []policytest.Resource{{Type: token, Properties: properties, Protect: protect, DeleteBeforeReplace: true}}
	}
	const want = "nothing protects it"
	policytest.Run(t, DataKeptUntilReplaced,
		policytest.Case{Name: "default", Resources: policytest.One(fileSystemType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "file system", Resources: replaced(fileSystemType, nil, false), Want: policytest.Fail(want)},
		policytest.Case{Name: "protected", Resources: replaced(fileSystemType, nil, true), Want: policytest.Pass()},
		policytest.Case{Name: "bucket", Resources: replaced(gcpBucketType, nil, false), Want: policytest.Fail(want)},
		policytest.Case{Name: "database", Resources: replaced(rdsClusterType, props{"deletionProtection": true}, false), Want: policytest.Pass()},
		policytest.Case{Name: "unprotected database", Resources: replaced(rdsInstanceType, props{"deletionProtection": false}, false), Want: policytest.Fail(want)},
		policytest.Case{Name: "replica", Resources: replaced(rdsInstanceType, props{"replicateSourceDb": policytest.Unknown}, false), Want: policytest.Pass()},
		policytest.Case{Name: "not known", Resources: replaced(sqlInstanceType, props{"deletionProtection": policytest.Unknown}, false),
			Want: policytest.Undetermined(".deletionProtection")},
		policytest.Case{Name: "table", Resources: replaced(tableType, props{"deletionProtectionEnabled": true}, false), Want: policytest.Pass()},
		policytest.Case{Name: "holds no data", Resources: replaced("aws:ec2/subnet:Subnet", nil, false), Want: policytest.NotApplicable()},
	)
}

// TestSaidToBeReplacedFirst: that the program says no is not the same as that it says nothing.
func TestSaidToBeReplacedFirst(t *testing.T) {
	t.Parallel()
	pack, err := policy.NewPack(policy.PackSpec{Name: "kept", Version: "0.0.0", Policies: []policy.Policy{DataKeptUntilReplaced}})
	require.NoError(t, err)
	session, err := pack.NewSession(policy.Deployment{}, nil)
	require.NoError(t, err)
	for _, before := range []bool{true, false} {
		results := session.Analyze(&pulumirpc.AnalyzeRequest{Type: fileSystemType, Urn: "urn:x", Name: "x", Options: &pulumirpc.AnalyzerResourceOptions{
			DeleteBeforeReplace: before, DeleteBeforeReplaceDefined: true,
		}})
		require.Len(t, results, 1)
		assert.Equal(t, before, results[0].Outcome == policy.Failed)
	}
}
