package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheVersionSupported(t *testing.T) {
	t.Parallel()
	group := func(properties props) []policytest.Resource { return policytest.One(replicationGroupType, properties) }
	policytest.Run(t, ElastiCacheVersionSupported, []policytest.Case{
		{Name: "on the last day", Resources: group(props{"engineVersion": "6.x"}), Deployment: on(t, "2027-01-31"), Want: policytest.Pass()},
		{Name: "a day later", Resources: group(props{"engineVersion": "6.x"}), Deployment: on(t, "2027-02-01"), Want: policytest.Fail("Redis OSS 6.x ended on 2027-01-31.")},
		{Name: "Valkey is not Redis", Resources: group(props{"engine": "valkey", "engineVersion": "5.0"}), Want: policytest.Pass()},
		{Name: "Memcached", Resources: policytest.One(cacheClusterType, props{"engine": "memcached", "engineVersion": "5.0"}), Want: policytest.Pass()},
		{Name: "a cluster of Redis", Resources: policytest.One(cacheClusterType, props{"engine": "redis", "engineVersion": "4.0.10"}), Want: policytest.Fail("4.0.10")},
		{Name: "of a replication group", Resources: policytest.One(cacheClusterType, props{"engineVersion": "4.0.10"}), Want: policytest.Pass()},
		{Name: "not known", Resources: group(props{"engineVersion": policytest.Unknown}), Want: policytest.Undetermined(".engineVersion")},
	}...)
}
