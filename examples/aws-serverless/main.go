// Command aws-serverless makes an HTTP API: API Gateway calls a Lambda function that keeps its data in DynamoDB.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigatewayv2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/dynamodb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

const trust = `{"Version":"2012-10-17","Statement":[{
	"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

const handler = `exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event.rawPath) });
`

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		table, err := dynamodb.NewTable(ctx, "notes", &dynamodb.TableArgs{
			BillingMode: pulumi.String("PAY_PER_REQUEST"), HashKey: pulumi.String("id"),
			Attributes: dynamodb.TableAttributeArray{
				dynamodb.TableAttributeArgs{Name: pulumi.String("id"), Type: pulumi.String("S")},
			},
			DeletionProtectionEnabled: pulumi.Bool(!config.GetBool(ctx, "deletable")),
			PointInTimeRecovery:       dynamodb.TablePointInTimeRecoveryArgs{Enabled: pulumi.Bool(true)},
		})
		if err != nil {
			return err
		}
		function, err := newFunction(ctx, table)
		if err != nil {
			return err
		}
		api, err := expose(ctx, function)
		if err != nil {
			return err
		}
		ctx.Export("url", api.ApiEndpoint)
		ctx.Export("table", table.Name)
		return nil
	})
}

func newFunction(ctx *pulumi.Context, table *dynamodb.Table) (*lambda.Function, error) {
	role, err := iam.NewRole(ctx, "notes", &iam.RoleArgs{AssumeRolePolicy: pulumi.String(trust)})
	if err != nil {
		return nil, err
	}
	logs, err := iam.NewRolePolicyAttachment(ctx, "logs", &iam.RolePolicyAttachmentArgs{
		Role: role.Name, PolicyArn: iam.ManagedPolicyAWSLambdaBasicExecutionRole,
	})
	if err != nil {
		return nil, err
	}
	data, err := iam.NewRolePolicy(ctx, "data", &iam.RolePolicyArgs{
		Role: role.Name,
		Policy: pulumi.Sprintf(`{"Version":"2012-10-17","Statement":[{
			"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem"],"Resource":"%s"}]}`, table.Arn),
	})
	if err != nil {
		return nil, err
	}
	if _, err := cloudwatch.NewLogGroup(ctx, "notes", &cloudwatch.LogGroupArgs{
		Name: pulumi.String("/aws/lambda/notes"), RetentionInDays: pulumi.Int(30),
	}); err != nil {
		return nil, err
	}
	return lambda.NewFunction(ctx, "notes", &lambda.FunctionArgs{
		Name: pulumi.String("notes"), Role: role.Arn, Runtime: pulumi.String("nodejs22.x"), Handler: pulumi.String("index.handler"),
		MemorySize: pulumi.Int(256), Timeout: pulumi.Int(10),
		Code:        pulumi.NewAssetArchive(map[string]any{"index.js": pulumi.NewStringAsset(handler)}),
		Environment: lambda.FunctionEnvironmentArgs{Variables: pulumi.StringMap{"TABLE": table.Name}},
	}, pulumi.DependsOn([]pulumi.Resource{logs, data}))
}

func expose(ctx *pulumi.Context, function *lambda.Function) (*apigatewayv2.Api, error) {
	api, err := apigatewayv2.NewApi(ctx, "notes", &apigatewayv2.ApiArgs{ProtocolType: pulumi.String("HTTP")})
	if err != nil {
		return nil, err
	}
	if _, err := lambda.NewPermission(ctx, "api", &lambda.PermissionArgs{
		Action: pulumi.String("lambda:InvokeFunction"), Function: function.Name, Principal: pulumi.String("apigateway.amazonaws.com"),
		SourceArn: pulumi.Sprintf("%s/*/*", api.ExecutionArn),
	}); err != nil {
		return nil, err
	}
	integration, err := apigatewayv2.NewIntegration(ctx, "notes", &apigatewayv2.IntegrationArgs{
		ApiId: api.ID(), IntegrationType: pulumi.String("AWS_PROXY"), IntegrationUri: function.InvokeArn,
		PayloadFormatVersion: pulumi.String("2.0"),
	})
	if err != nil {
		return nil, err
	}
	route, err := apigatewayv2.NewRoute(ctx, "notes", &apigatewayv2.RouteArgs{
		ApiId: api.ID(), RouteKey: pulumi.String("ANY /{proxy+}"), Target: pulumi.Sprintf("integrations/%s", integration.ID()),
	})
	if err != nil {
		return nil, err
	}
	_, err = apigatewayv2.NewStage(ctx, "live", &apigatewayv2.StageArgs{
		ApiId: api.ID(), Name: pulumi.String("$default"), AutoDeploy: pulumi.Bool(true),
	}, pulumi.DependsOn([]pulumi.Resource{route}))
	return api, err
}
