package cache

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestValidate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args Args
		want string // of the one problem; none if empty
	}{
		"nothing":   {Args{}, ""},
		"class":     {Args{Cache: spec.Cache{Class: "m7g.large"}}, `class: "m7g.large" is not a class of nodes`},
		"old class": {Args{Cache: spec.Cache{Class: "cache.m3.large"}}, "cannot encrypt connections"},
		"tiered":    {Args{Cache: spec.Cache{Class: "cache.r6gd.xlarge"}}, "keeps part of the data on disks"},
		"version":   {Args{Version: 6}, "version: 6 is not a version of valkey"},
		"Redis 8":   {Args{Version: 8, Cache: spec.Cache{Engine: spec.CacheRedis}}, "version: 8 is not a version of redis"},
		"older":     {Args{Version: 7}, ""},
		"user":      {Args{Users: map[string]User{"A": {}}}, "users.A: is not a name for a user"},
		"default":   {Args{Users: map[string]User{"default": {}}}, "users.default: is not a name for a user"},
		"off":       {Args{Users: map[string]User{"a": {Access: "~* +@all"}}}, "users.a.access: \"~* +@all\" lets the user do nothing"},
		"decided": {
			Args{Cache: spec.Cache{Parameters: map[string]string{"maxmemory-policy": "volatile-lru"}}}, "is decided by use; set that",
		},
		"most replicas, whole": {Args{Cache: spec.Cache{MaxReplicas: 3}}, "maxReplicas: 3 needs shards"},
		"scaled":               {Args{Cache: spec.Cache{Shards: 1, MaxReplicas: 3, Class: "cache.c7gn.2xlarge"}}, ""},
		"size that stays": {Args{Cache: spec.Cache{Shards: 1, MaxShards: 3, Class: "cache.r7g.4xlarge"}},
			`class: "cache.r7g.4xlarge" cannot scale by itself; use large, xlarge or 2xlarge of c7gn, m5`},
		"family that stays": {Args{Cache: spec.Cache{Shards: 1, MaxShards: 3, Class: "cache.t4g.medium"}}, "cannot scale by itself"},
		"small, unscaled":   {Args{Cache: spec.Cache{Shards: 1, Class: "cache.t4g.medium"}}, ""},
		"scaled, no class":  {Args{Cache: spec.Cache{Shards: 1, MaxShards: 3, Class: "big"}}, "is not a class of nodes"},
		"retention":         {Args{Cache: spec.Cache{LogRetentionDays: 100}}, "logRetentionDays: 100 is not a period"},
		"tags":              {Args{Cache: spec.Cache{Tags: map[string]string{"aws:x": ""}}}, "tags.aws:x: "},
		"client":            {Args{ClientSecurityGroupIDs: map[string]pulumi.StringInput{"a": nil}}, "clientSecurityGroupIds.a: has no"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.args.VpcID, test.args.SubnetIDs = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"subnet-1", "subnet-2"})
			err := test.args.Validate()
			if test.want == "" {
				assert.NoError(t, err)
				return
			}
			var ps spec.Problems
			require.ErrorAs(t, err, &ps)
			assert.Len(t, ps, 1)
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestNilArguments(t *testing.T) {
	t.Parallel()
	_, err := New(nil, "main", nil)
	assert.ErrorContains(t, err, `cache "main" is not valid:`)
	assert.ErrorContains(t, err, "vpcId: is missing")
	assert.ErrorContains(t, err, "subnetIds: is missing")
}
