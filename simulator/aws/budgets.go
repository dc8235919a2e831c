package aws

import (
	"strconv"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/budgets/budget.go; the AWS Budgets API's CreateBudget and
// CreateNotification and their errors; Cost Management guide, "Quotas and restrictions".

const budgetQuotas = "https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html"

var budgetKind = &simulator.Kind{
	Noun:     "Budget",
	Global:   true,
	ID:       func(c *simulator.Call) string { return c.Account + ":" + nameOrPrefix(c) },
	ARN:      "arn:{partition}:budgets::{account}:budget/{name}",
	NotFound: "NotFoundException: Unable to get budget: %s - the budget doesn't exist.",
}

// budgetTime is the form of a time in a budget: 2026-01-01_00:00.
const budgetTime = "2006-01-02_15:04"

func budgetTypes() []*simulator.Type {
	amount := simulator.Text(func(amount string) string {
		if _, err := strconv.ParseFloat(amount, 64); err != nil {
			return "it must be a number, such as 1200 or 12.5"
		}
		return ""
	})
	moment := simulator.Text(func(moment string) string {
		if _, err := time.Parse(budgetTime, moment); err != nil {
			return "it must have the form 2026-01-31_00:00"
		}
		return ""
	})
	return []*simulator.Type{{
		Token:     "aws:budgets/budget:Budget",
		Kind:      budgetKind,
		Defaults:  map[string]any{"timePeriodEnd": "2087-06-15_00:00"},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 100, Separator: "-"},
		Immutable: []string{"accountId", "name", "namePrefix"},
		Sets:      []string{"costFilters", "notifications", "plannedLimits"},
		AtMostOne: [][]string{{"name", "namePrefix"}, {"limitAmount", "plannedLimits"}, {"limitUnit", "plannedLimits"}},
		Rules: map[string]simulator.Rule{
			"limitAmount": amount, "plannedLimits[*].amount": amount, "timePeriodEnd": moment, "timePeriodStart": moment,
			"budgetType": simulator.OneOf("COST", "RI_COVERAGE", "RI_UTILIZATION", "SAVINGS_PLANS_COVERAGE",
				"SAVINGS_PLANS_UTILIZATION", "USAGE"),
			"notifications[*].comparisonOperator": simulator.OneOf("EQUAL_TO", "GREATER_THAN", "LESS_THAN"),
			"notifications[*].notificationType":   simulator.OneOf("ACTUAL", "FORECASTED"),
			"notifications[*].thresholdType":      simulator.OneOf("ABSOLUTE_VALUE", "PERCENTAGE"),
		},
		Unique: []simulator.Unique{{
			Properties: []string{"name"},
			Error:      "DuplicateRecordException: Error creating budget: %s - the budget already exists.",
		}},
		Constraints: []simulator.Constraint{budgetSubscribers, budgetNotifications, budgetPeriod},
		API:         []string{"budgets:CreateBudget"},
		Parameters:  map[string]string{"name": "Budget.BudgetName"},
		Compute: func(c *simulator.Call) {
			c.SetNew("accountId", c.Account)
			c.SetNew("name", nameOrPrefix(c))
			c.Set("arn", "arn:"+c.Partition+":budgets::"+c.Account+":budget/"+nameOrPrefix(c))
			c.SetNew("namePrefix", "")
			c.SetNew("limitAmount", "")
			c.SetNew("limitUnit", "")
			c.SetNew("timePeriodStart", c.Now().UTC().Format("2006-01")+"-01_00:00")
			c.SetNew("costTypes", map[string]any{
				"includeCredit": true, "includeDiscount": true, "includeOtherSubscription": true, "includeRecurring": true,
				"includeRefund": true, "includeSubscription": true, "includeSupport": true, "includeTax": true,
				"includeUpfront": true, "useAmortized": false, "useBlended": false,
			})
		},
	}}
}

var budgetSubscribers = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-budgets-subscribers",
		Source: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateNotification.html"},
	Stage: simulator.AtCheck,
	Error: "InvalidParameterException: a notification needs subscribers, up to 10 email addresses and 1 SNS topic; it has %d and %d",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		c.Objects("notifications[*]", func(path string, n resource.PropertyMap) {
			emails, topics := n["subscriberEmailAddresses"], n["subscriberSnsTopicArns"]
			if emails.IsComputed() || topics.IsComputed() {
				return
			}
			mail, sns := lengthOf(emails), lengthOf(topics)
			if mail+sns == 0 || mail > 10 || sns > 1 {
				broken(path, mail, sns)
			}
		})
	},
}

func lengthOf(list resource.PropertyValue) int {
	if !list.IsArray() {
		return 0
	}
	return len(list.ArrayValue())
}

var budgetNotifications = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-budgets-notifications", Source: budgetQuotas},
	Stage:  simulator.AtCheck,
	Error:  "CreationLimitExceededException: a budget can have 10 notifications, not %d",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if n := lengthOf(c.Inputs["notifications"]); n > 10 {
			broken("notifications", n)
		}
	},
}

var budgetPeriod = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-budgets-period",
		Source: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_TimePeriod.html"},
	Stage: simulator.AtCheck,
	Error: "InvalidParameterException: the budget's start time %s must be before its end time %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		from, until := c.Text("timePeriodStart"), c.Text("timePeriodEnd")
		if from != "" && until != "" && from >= until { // their form sorts as text
			broken("timePeriodStart", from, until)
		}
	},
}
