package database

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
)

// exported are the logs that RDS hands to CloudWatch (RDS User Guide, "Publishing PostgreSQL logs to Amazon CloudWatch
// Logs").
var exported = []string{"postgresql", "upgrade"}

// createLogs creates the log groups of the server before RDS does, which would keep everything forever.
func (b *builder) createLogs() error {
	kind := "instance"
	if b.args.clustered() {
		kind = "cluster"
	}
	groups, names, err := createLogs(b.Family, "logs", kind, b.identifier(), b.args.LogRetentionDays, b.logsKeyARN)
	if err != nil {
		return err
	}
	b.before = append(b.before, groups...)
	b.database.LogGroupNames = names.ToStringMapOutput()
	return nil
}

func createLogs(
	f family.Family, part, kind, identifier string, days int, keyARN pulumi.StringPtrInput,
) (groups []pulumi.Resource, names pulumi.StringMap, err error) {
	names = pulumi.StringMap{}
	for _, log := range exported {
		group, err := logs.New(f, part+"-"+log, "/aws/rds/"+kind+"/"+identifier+"/"+log, days, keyARN)
		if err != nil {
			return nil, nil, err
		}
		groups = append(groups, group)
		names[log] = group.Name
	}
	return groups, names, nil
}
