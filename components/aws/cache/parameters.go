package cache

import (
	"maps"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// settings returns the settings of the cache, those of the user over the component's own.
func (a *Args) settings() map[string]string {
	policy := "allkeys-lru" // also keys without a time to live: a cache that only some keys can leave fills up
	if a.Use == spec.CacheState {
		policy = "noeviction"
	}
	own := map[string]string{
		"maxmemory-policy":        policy,
		"slowlog-log-slower-than": strconv.Itoa(a.SlowMicroseconds),
		// What backups and failovers take while they run (ElastiCache User Guide, "Managing reserved memory").
		"reserved-memory-percent": "25",
	}
	if a.sharded() {
		own["cluster-enabled"] = "yes"
	}
	return naming.Merge(own, a.Parameters)
}

// sharded reports whether the data is divided: cluster mode, in the words of ElastiCache.
func (a *Args) sharded() bool { return a.Shards > 0 }

// family is the family of parameter groups of the version.
func (a *Args) family() string { return string(a.Engine) + strconv.Itoa(a.Version) }

// createParameters creates the group of settings. Its name has the family in it: that cannot be changed, and the
// group of the next version has to stand beside this one until the upgrade is done.
func (b *builder) createParameters() (err error) {
	var list elasticache.ParameterGroupParameterArray
	settings := b.args.settings()
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		list = append(list, &elasticache.ParameterGroupParameterArgs{
			Name: pulumi.String(name), Value: pulumi.String(settings[name]),
		})
	}
	b.parameters, err = elasticache.NewParameterGroup(b.Ctx, b.Child("parameters"), &elasticache.ParameterGroupArgs{
		Name:        pulumi.String(naming.AWSDatabaseGroup.Name(b.FullName(b.args.family())...)),
		Description: pulumi.String("Settings of the cache"),
		Family:      pulumi.String(b.args.family()),
		Parameters:  list,
		Tags:        b.TagInput("parameters"),
	}, b.Options()...)
	return err
}
