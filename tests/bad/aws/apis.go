package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/apigateway"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// apis plants faults of APIs.
func apis(ctx *pulumi.Context, w world, rules *wafv2.WebAcl, certificate pulumi.StringInput) {
	must(apigateway.NewDomainName(ctx, "old-tls-domain", &apigateway.DomainNameArgs{
		DomainName: pulumi.String("shop.example.com"), RegionalCertificateArn: certificate,
		EndpointConfiguration: apigateway.DomainNameEndpointConfigurationArgs{Types: pulumi.String("REGIONAL")},
		SecurityPolicy:        pulumi.String("TLS_1_0"), // want: aws-apigateway-tls-policy
	}))
	logged := stageLogs(ctx, w)

	open, deployed := offer(ctx, "open-api", "NONE")               // want after up: aws-apigateway-authorized
	must(apigateway.NewStage(ctx, "unseen", &apigateway.StageArgs{ // want: aws-apigateway-firewall
		RestApi: open.ID(), Deployment: deployed.ID(), StageName: pulumi.String("live"),
		CacheClusterEnabled: yes, CacheClusterSize: pulumi.String("0.5"),
		AccessLogSettings:  nil, // want: aws-apigateway-access-logs
		XrayTracingEnabled: no,  // want: aws-apigateway-traced
	}))
	must(apigateway.NewMethodSettings(ctx, "told", &apigateway.MethodSettingsArgs{
		RestApi: open.ID(), StageName: pulumi.String("live"), MethodPath: pulumi.String("*/*"),
		Settings: apigateway.MethodSettingsSettingsArgs{
			ThrottlingRateLimit: pulumi.Float64(100), ThrottlingBurstLimit: pulumi.Int(200), CachingEnabled: yes,
			CacheDataEncrypted: no,                                           // want: aws-apigateway-cache-encrypted
			LoggingLevel:       pulumi.String("INFO"), DataTraceEnabled: yes, // want: aws-apigateway-no-data-trace
		},
	}))

	flooded, deployed := offer(ctx, "flooded", "AWS_IAM")
	stage := must(apigateway.NewStage(ctx, "flooded", &apigateway.StageArgs{ // want: aws-apigateway-throttled
		RestApi: flooded.ID(), Deployment: deployed.ID(), StageName: pulumi.String("live"),
		AccessLogSettings: logged, XrayTracingEnabled: yes,
	}))
	must(wafv2.NewWebAclAssociation(ctx, "flooded", &wafv2.WebAclAssociationArgs{ResourceArn: stage.Arn, WebAclArn: rules.Arn}))
}

// offer makes an API of one method, ready for a stage.
func offer(ctx *pulumi.Context, name, authorization string) (*apigateway.RestApi, *apigateway.Deployment) {
	api := must(apigateway.NewRestApi(ctx, name, &apigateway.RestApiArgs{
		EndpointConfiguration: apigateway.RestApiEndpointConfigurationArgs{Types: pulumi.String("REGIONAL")},
	}))
	method := must(apigateway.NewMethod(ctx, name, &apigateway.MethodArgs{
		RestApi: api.ID(), ResourceId: api.RootResourceId, HttpMethod: pulumi.String("GET"), Authorization: pulumi.String(authorization),
	}))
	answer := must(apigateway.NewIntegration(ctx, name, &apigateway.IntegrationArgs{
		RestApi: api.ID(), ResourceId: api.RootResourceId, HttpMethod: method.HttpMethod, Type: pulumi.String("MOCK"),
	}))
	return api, must(apigateway.NewDeployment(ctx, name, &apigateway.DeploymentArgs{RestApi: api.ID()},
		pulumi.DependsOn([]pulumi.Resource{answer})))
}

// stageLogs lets API Gateway log, and returns how stages do.
func stageLogs(ctx *pulumi.Context, w world) apigateway.StageAccessLogSettingsArgs {
	writer := role(ctx, "api-logs", "apigateway.amazonaws.com")
	must(iam.NewRolePolicyAttachment(ctx, "api-logs", &iam.RolePolicyAttachmentArgs{
		Role: writer.Name, PolicyArn: iam.ManagedPolicyAmazonAPIGatewayPushToCloudWatchLogs,
	}))
	must(apigateway.NewAccount(ctx, "main", &apigateway.AccountArgs{CloudwatchRoleArn: writer.Arn}))
	group := w.logs(ctx, "apis")
	return apigateway.StageAccessLogSettingsArgs{
		DestinationArn: group.Arn, Format: pulumi.String(`{"id": "$context.requestId", "status": "$context.status"}`),
	}
}
