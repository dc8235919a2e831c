package aws_test

import "github.com/holdfast-iac/holdfast/simulator/simulatortest"

func logDestinationCases() []simulatortest.Case {
	subscribe := func(permission inputs) func(*world) error {
		return func(w *world) error {
			called := function(w, nil)
			w.Create("aws:lambda/permission:Permission", "logs", with(inputs{
				"function": called.ID(), "action": "lambda:InvokeFunction", "principal": "logs.us-west-2.amazonaws.com",
				"sourceArn": "arn:aws:logs:us-west-2:123456789012:log-group:app:*",
			}, permission))
			_, err := w.Try(subscriptionToken, "subscription", inputs{
				"logGroup": logGroup(w, "app").ID(), "destinationArn": called.Text("arn"), "filterPattern": "",
			})
			return err
		}
	}
	return []simulatortest.Case{{
		ID: "aws-logs-lambda-permission", Code: "InvalidParameterException", Text: "Could not execute the lambda function",
		Fails:  subscribe(inputs{"sourceArn": "arn:aws:logs:us-west-2:123456789012:log-group:other:*"}),
		Passes: subscribe(nil),
	}}
}
