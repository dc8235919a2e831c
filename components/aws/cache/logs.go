package cache

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
)

// delivered are the logs that ElastiCache delivers (ElastiCache User Guide, "Log delivery").
var delivered = []string{"engine-log", "slow-log"}

// createLogs creates the log groups. Under /aws/vendedlogs/, one statement in the account's policy lets AWS write to
// all of them, where each of another name adds to a policy that is full after a few (CloudWatch Logs User Guide,
// "Logs sent to CloudWatch Logs", resource policy size limit).
func (b *builder) createLogs() error {
	keyARN, err := logs.Key(b.Family, b.account, "cache-logs-key", b.args.LogsKeyARN, b.ownKeyARN)
	if err != nil {
		return err
	}
	names := pulumi.StringMap{}
	for _, log := range delivered {
		name := "/aws/vendedlogs/elasticache/" + b.id() + "/" + log
		group, err := logs.New(b.Family, log, name, b.args.LogRetentionDays, keyARN)
		if err != nil {
			return err
		}
		names[log] = group.Name
		b.logs = append(b.logs, &elasticache.ReplicationGroupLogDeliveryConfigurationArgs{
			Destination: group.Name, DestinationType: pulumi.String("cloudwatch-logs"),
			LogFormat: pulumi.String("json"), LogType: pulumi.String(log),
		})
	}
	b.cache.LogGroupNames = names.ToStringMapOutput()
	return nil
}
