package aws_test

import (
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// TestRetriedCreation: what the provider asks again about succeeds once the thing that was missing is made, and fails
// when that is never made.
func TestRetriedCreation(t *testing.T) {
	t.Parallel()
	start := func(patience time.Duration) *world {
		account, err := simulator.NewAccount(aws.New(aws.Options{}), simulator.Options{Patience: patience})
		require.NoError(t, err)
		provider, problems := account.Provider(resource.PropertyMap{"region": resource.NewStringProperty("us-west-2")})
		require.Empty(t, problems)
		return &world{T: t, Account: account, Provider: provider}
	}
	trusting := inputs{"name": "trusting", "assumeRolePolicy": trustingARN("arn:aws:iam::123456789012:role/deployer")}

	w := start(time.Minute)
	made := make(chan error)
	go func() {
		_, err := w.Try(roleToken, "trusting", trusting)
		made <- err
	}()
	select {
	case err := <-made:
		t.Fatalf("it does not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	role(w, "deployer")
	assert.NoError(t, <-made)

	_, err := start(time.Millisecond).Try(roleToken, "trusting", trusting)
	assert.Equal(t, []string{"aws-iam-invalid-principal"}, simulator.Broken(err))
}
