package aws

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTrusts(t *testing.T) {
	t.Parallel()
	service := func(names ...any) map[string]any { return map[string]any{"Service": names} }
	for _, c := range []struct {
		principal any
		service   string
		want      bool
	}{
		{service("lambda.amazonaws.com"), "lambda", true},
		{map[string]any{"Service": "lambda.amazonaws.com"}, "lambda", true},
		{service("ec2.amazonaws.com", "eks.amazonaws.com"), "eks", true},
		{service("states.us-west-2.amazonaws.com"), "states", true},
		{service("ec2.amazonaws.com.cn"), "ec2", true},
		{service("edgelambda.amazonaws.com"), "lambda", false},
		{service("eks-fargate-pods.amazonaws.com"), "eks", false},
		{map[string]any{"AWS": "*"}, "lambda", false},
		{service(7), "lambda", false},
		{"*", "lambda", true},
		{nil, "lambda", false},
	} {
		assert.Equal(t, c.want, trusts(c.principal, c.service), "%v for %s", c.principal, c.service)
	}
}

func TestFargateSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cpu, memory string
		want        bool
	}{
		{"256", "512", true}, {"256", "2048", true}, {"256", "3072", false}, {"512", "4096", true}, {"512", "512", false},
		{".5 vCPU", "1GB", true}, {"1 vcpu", "8 GB", true}, {"1024", "2500", false}, {"8192", "16384", true},
		{"8192", "17408", false}, {"16384", "122880", true}, {"100", "512", false}, {"none", "", false},
	} {
		assert.Equal(t, c.want, fargateHas(taskSize(c.cpu), taskSize(c.memory)), "%s with %s", c.cpu, c.memory)
	}
}
