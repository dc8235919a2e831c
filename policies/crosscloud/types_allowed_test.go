package crosscloud

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestTypesAllowed(t *testing.T) {
	t.Parallel()
	run := func(name, token string, config props, want policytest.Answer) {
		policytest.Run(t, TypesAllowed, policytest.Case{Name: name, Resources: policytest.One(token, nil), Config: config, Want: want})
	}
	allowed := props{"allowed": []any{"aws:s3/*", "pulumi:providers:aws"}, "denied": []any{"*:BucketObject"}}
	run("not configured", "any:thing:AtAll", nil, policytest.NotApplicable())
	run("allowed", bucketType, allowed, policytest.Pass())
	run("not allowed", volumeType, allowed, policytest.Fail("aws:ebs/volume:Volume is not among those allowed"))
	run("denied", "aws:s3/bucketObject:BucketObject", allowed, policytest.Fail("is denied"))
	run("provider", awsProviderType, allowed, policytest.Pass())
	run("another provider", gcpProviderType, allowed, policytest.Fail("not among"))
	run("the stack itself", "pulumi:pulumi:Stack", allowed, policytest.NotApplicable())
	run("not the only one that is allowed", volumeType, props{"allowed": []any{"aws:s3/*"}}, policytest.Fail("not among"))
	run("only denied", volumeType, props{"denied": []any{"aws:iam/user:*"}}, policytest.Pass())
}

func TestLike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true}, {"", "a", false}, {"a", "a", true}, {"a", "ab", false}, {"*", "", true}, {"*", "abc", true}, {"a*", "abc", true}, {"a*", "bc", false},
		{"*c", "abc", true}, {"a*c", "ac", true}, {"a*c", "abcd", false}, {"aa*aa", "aaa", false}, {"*b*d*", "abcde", true}, {"*d*b*", "abcde", false},
		{"a*a*", "a", false}, {"a**c", "abc", true}, {"a*b*c", "a-c", false},
	} {
		assert.Equal(t, c.want, like(c.pattern, c.text), "%q %q", c.pattern, c.text)
	}
}
