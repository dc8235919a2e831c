package baseline

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/budgets"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/costexplorer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// createCosts watches what the account costs, if it has a limit.
func (b *builder) createCosts() error {
	if b.args.Costs.MonthlyLimit == 0 {
		return nil
	}
	notifications := budgets.BudgetNotificationArray{b.notification("FORECASTED", 100)}
	for _, percent := range b.args.Costs.Percents {
		notifications = append(notifications, b.notification("ACTUAL", percent))
	}
	_, err := budgets.NewBudget(b.Ctx, b.Child("budget"), &budgets.BudgetArgs{
		Name:          pulumi.String(naming.AWSBudget.Name(b.FullName("budget")...)),
		BudgetType:    pulumi.String("COST"),
		TimeUnit:      pulumi.String("MONTHLY"),
		LimitAmount:   pulumi.String(strconv.Itoa(b.args.Costs.MonthlyLimit)),
		LimitUnit:     pulumi.String("USD"),
		Notifications: notifications,
		Tags:          b.TagInput("budget"),
	}, b.Options(pulumi.DependsOn(b.topic.Ready))...)
	if err != nil || b.args.Costs.Anomalies == spec.Off {
		return err
	}
	return b.createAnomalies()
}

func (b *builder) notification(kind string, percent int) budgets.BudgetNotificationArgs {
	return budgets.BudgetNotificationArgs{
		ComparisonOperator:       pulumi.String("GREATER_THAN"),
		NotificationType:         pulumi.String(kind),
		Threshold:                pulumi.Float64(percent),
		ThresholdType:            pulumi.String("PERCENTAGE"),
		SubscriberSnsTopicArns:   pulumi.StringArray{b.topic.ARN},
		SubscriberEmailAddresses: pulumi.ToStringArray(b.args.Costs.Emails),
	}
}

// createAnomalies tells of costs that are unusual for a service. An account has one monitor of all services; AWS gives
// one to many accounts by itself.
func (b *builder) createAnomalies() error {
	monitor := pulumi.String(b.args.Costs.AnomalyID).ToStringOutput()
	if b.args.Costs.Anomalies == spec.Create {
		created, err := costexplorer.NewAnomalyMonitor(b.Ctx, b.Child("anomalies"), &costexplorer.AnomalyMonitorArgs{
			Name:             pulumi.String(naming.AWSBudget.Name(b.FullName("anomalies")...)),
			MonitorType:      pulumi.String("DIMENSIONAL"),
			MonitorDimension: pulumi.String("SERVICE"),
			Tags:             b.TagInput("anomalies"),
		}, b.Options()...)
		if err != nil {
			return err
		}
		monitor = created.Arn
	}
	_, err := costexplorer.NewAnomalySubscription(b.Ctx, b.Child("anomalies"), &costexplorer.AnomalySubscriptionArgs{
		Name:            pulumi.String(naming.AWSBudget.Name(b.FullName("anomalies")...)),
		Frequency:       pulumi.String("IMMEDIATE"), // what only a topic can be told
		MonitorArnLists: pulumi.StringArray{monitor},
		Subscribers: costexplorer.AnomalySubscriptionSubscriberArray{costexplorer.AnomalySubscriptionSubscriberArgs{
			Type: pulumi.String("SNS"), Address: b.topic.ARN,
		}},
		ThresholdExpression: costexplorer.AnomalySubscriptionThresholdExpressionArgs{
			Dimension: costexplorer.AnomalySubscriptionThresholdExpressionDimensionArgs{
				Key:          pulumi.String("ANOMALY_TOTAL_IMPACT_ABSOLUTE"),
				MatchOptions: pulumi.ToStringArray([]string{"GREATER_THAN_OR_EQUAL"}),
				Values:       pulumi.ToStringArray([]string{strconv.Itoa(b.args.Costs.AnomalyAmount)}),
			},
		},
		Tags: b.TagInput("anomalies"),
	}, b.Options(pulumi.DependsOn(b.topic.Ready))...)
	return err
}
