package database

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
)

// Of insights, 7 days are the default and free of charge; Database Insights in advanced mode needs 465 (RDS API,
// CreateDBCluster, DatabaseInsightsMode). Performance Insights lost its console, not its parameters, to Database Insights
// on 31 July 2026 (RDS User Guide, "Turning Performance Insights on and off").
const standardInsightsDays, advancedInsightsDays = 7, 465

// createMonitor creates the role with which RDS measures the operating system.
func (b *builder) createMonitor() error {
	monitor, err := role.New(b.Family, "monitor", role.Args{
		Description: "Lets RDS measure the operating system of the database",
		Trust:       pulumi.String(iamdoc.Trust(b.account.ID, "monitoring.rds.amazonaws.com")),
		Managed: map[string]pulumi.StringInput{
			"rds": pulumi.String("arn:" + b.account.Partition + ":iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"),
		},
	})
	if err != nil {
		return err
	}
	b.monitor = monitor
	b.before = append(b.before, monitor.Ready...)
	return nil
}

// insights returns the mode of Database Insights, and for how many days it keeps what it sees.
func (a *Args) insights() (mode pulumi.String, days pulumi.Int) {
	if a.AdvancedInsights {
		return "advanced", advancedInsightsDays
	}
	return "standard", standardInsightsDays
}
