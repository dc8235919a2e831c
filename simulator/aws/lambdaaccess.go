package aws

import (
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/lambda/{permission,alias,function_url,layer_version}.go; the Lambda
// API's AddPermission, CreateAlias, CreateFunctionUrlConfig, PublishLayerVersion.

var permissionKind = &simulator.Kind{
	Noun: "Lambda Permission",
	ID:   func(c *simulator.Call) string { return functionPart(c.Text("function")) + "/" + permissionID(c) },
}

var functionAliasKind = &simulator.Kind{
	Noun:     "Lambda Alias",
	ID:       func(c *simulator.Call) string { return functionARN(c) + ":" + c.Text("name") },
	ARN:      "{id}",
	NotFound: "ResourceNotFoundException: Cannot find alias arn: %s",
}

var functionURLKind = &simulator.Kind{
	Noun: "Lambda Function URL",
	ID: func(c *simulator.Call) string {
		return strings.TrimSuffix(functionPart(c.Text("functionName"))+"/"+c.Text("qualifier"), "/")
	},
}

var layerKind = &simulator.Kind{
	Noun: "Lambda Layer Version",
	ID: func(c *simulator.Call) string {
		number := 1
		if newest := newestOf(c, c.Type.Kind, "layerName", c.Text("layerName"), versionOf); newest != nil {
			number = versionOf(newest) + 1
		}
		return layerARN(c) + ":" + strconv.Itoa(number)
	},
	ARN: "{id}",
}

const lambdaURLSource = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html"

func permissionID(c *simulator.Call) string {
	if prefix := c.Text("statementIdPrefix"); prefix != "" && !c.Given("statementId") {
		return prefix + c.Hex("statementIdPrefix", prefixDigits)
	}
	return c.Text("statementId")
}

// functionPart is a function's name, out of its ARN if need be.
func functionPart(name string) string {
	if _, rest, ok := strings.Cut(name, ":function:"); ok {
		name, _, _ = strings.Cut(rest, ":")
	}
	return name
}

func functionARN(c *simulator.Call) string {
	return "arn:" + c.Partition + ":lambda:" + c.Region + ":" + c.Account + ":function:" + functionPart(c.Text("functionName"))
}

func layerARN(c *simulator.Call) string {
	return "arn:" + c.Partition + ":lambda:" + c.Region + ":" + c.Account + ":layer:" + c.Text("layerName")
}

// ofFunction is a reference to a function by its name or ARN; what makes it goes with the function.
func ofFunction(input string, onDelete simulator.OnDelete) simulator.Reference {
	return simulator.Reference{
		Property: input, To: kinds(functionKind), OnDelete: onDelete,
		Address: func(c *simulator.Call, name string) (string, bool) {
			return functionPart(name), !elsewhere(c.Site, name)
		},
	}
}

func lambdaAccessTypes() []*simulator.Type {
	return []*simulator.Type{permissionType(), functionAliasType(), functionURLType(), layerType()}
}

func permissionType() *simulator.Type {
	return &simulator.Type{
		Token:    "aws:lambda/permission:Permission",
		Kind:     permissionKind,
		AutoName: &simulator.AutoName{Property: "statementId", MaxLength: 100, Separator: "-"},
		Immutable: []string{
			"action", "eventSourceToken", "function", "functionUrlAuthType", "principal", "principalOrgId", "qualifier",
			"sourceAccount", "sourceArn", "statementId", "statementIdPrefix",
		},
		Rules: map[string]simulator.Rule{
			"statementId": simulator.Matches(`^[a-zA-Z0-9-_]{1,100}$`, "up to 100 letters, digits, - and _ are"),
		},
		References: []simulator.Reference{ofFunction("function", simulator.Follow)},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-lambda-statement-id",
				Source: "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html"},
			Error: "ResourceConflictException: The statement id (%s) provided already exists. Please provide a new statement " +
				"id, or remove the existing statement.",
			Keys: func(c *simulator.Call) []string {
				return []string{permissionID(c) + " of " + functionPart(c.Text("function")) + c.Text("qualifier")}
			},
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-lambda-url-auth-type", Source: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"},
			Stage:  simulator.AtCheck,
			Error:  "InvalidParameterValueException: FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				action := c.Text("action")
				if c.Given("functionUrlAuthType") && action != "" && action != "lambda:InvokeFunctionUrl" {
					broken("functionUrlAuthType")
				}
			},
		}},
		API:        []string{"lambda:AddPermission"},
		Parameters: map[string]string{"function": "FunctionName"},
		Import: func(id string) string {
			function, rest, _ := strings.Cut(id, "/")
			return functionPart(function) + "/" + rest
		},
		Compute: func(c *simulator.Call) {
			c.Set("statementId", permissionID(c))
			c.SetNew("statementIdPrefix", "")
		},
	}
}

func functionAliasType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:lambda/alias:Alias",
		Kind:       functionAliasKind,
		AutoName:   &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable:  []string{"functionName", "name"},
		References: []simulator.Reference{ofFunction("functionName", simulator.Follow)},
		Unique: []simulator.Unique{{
			Properties: []string{"functionName", "name"}, Error: "ResourceConflictException: Alias already exists: %s",
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-lambda-alias-version",
				Source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html"},
			Stage: simulator.AtApply,
			Error: "ResourceNotFoundException: Function not found: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				function, _ := functionNamed(c, c.Text("functionName"))
				if version := c.Text("functionVersion"); function != nil && !hasVersion(function, version) {
					broken("functionVersion", functionARN(c)+":"+version)
				}
			},
		}},
		API:     []string{"lambda:CreateAlias", "lambda:UpdateAlias"},
		Compute: func(c *simulator.Call) { c.Set("invokeArn", invokeARN(c, c.ID)) },
	}
}

func functionURLType() *simulator.Type {
	return &simulator.Type{
		Token:      "aws:lambda/functionUrl:FunctionUrl",
		Kind:       functionURLKind,
		Defaults:   map[string]any{"invokeMode": "BUFFERED"},
		Immutable:  []string{"functionName", "qualifier"},
		References: []simulator.Reference{ofFunction("functionName", simulator.Follow)},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-lambda-one-url", Source: lambdaURLSource},
			Error: "ResourceConflictException: Failed to create function url config for %s. Error message:  FunctionUrlConfig " +
				"exists for this Lambda function",
			Keys: func(c *simulator.Call) []string {
				return []string{functionPart(c.Text("functionName")) + c.Text("qualifier")}
			},
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-lambda-url-of-version", Source: lambdaURLSource}, Stage: simulator.AtCheck,
			Error: "InvalidParameterValueException: a function URL belongs to the function or an alias, not to the version %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				qualifier := c.Text("qualifier")
				if _, err := strconv.Atoi(qualifier); err == nil || qualifier == "$LATEST" {
					broken("qualifier", qualifier)
				}
			},
		}},
		API:        []string{"lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"},
		Parameters: map[string]string{"authorizationType": "AuthType"},
		Compute: func(c *simulator.Call) {
			number := strings.ToLower(c.Hex("url", 32))
			c.Set("functionArn", strings.TrimSuffix(functionARN(c)+":"+c.Text("qualifier"), ":"))
			c.Set("urlId", number)
			c.Set("functionUrl", "https://"+number+".lambda-url."+c.Region+".on.aws/")
		},
	}
}

func layerType() *simulator.Type {
	return &simulator.Type{
		Token:    "aws:lambda/layerVersion:LayerVersion",
		Kind:     layerKind,
		Defaults: map[string]any{"skipDestroy": false},
		Immutable: []string{
			"code", "compatibleArchitectures", "compatibleRuntimes", "description", "layerName", "licenseInfo", "s3Bucket",
			"s3Key", "s3ObjectVersion", "sourceCodeHash",
		},
		Sets:       []string{"compatibleArchitectures", "compatibleRuntimes"},
		ExactlyOne: [][]string{{"code", "s3Bucket"}},
		References: []simulator.Reference{{
			Property: "s3Bucket", To: kinds(bucketKind), OnDelete: simulator.Ignore,
			NotFound: "InvalidParameterValueException: Error occurred while GetObject. S3 Error Code: NoSuchBucket. " +
				"S3 Error Message: The specified bucket does not exist: %s",
		}},
		Keeps: func(c *simulator.Call) bool { return c.Flag("skipDestroy") },
		API:   []string{"lambda:PublishLayerVersion"},
		Parameters: map[string]string{
			"code": "", "compatibleRuntimes": "", "s3Bucket": "Content.S3Bucket", "s3Key": "Content.S3Key", "s3ObjectVersion": "Content.S3ObjectVersion",
		},
		Compute: func(c *simulator.Call) {
			c.Set("version", c.ID[strings.LastIndex(c.ID, ":")+1:])
			c.Set("layerArn", layerARN(c))
			setNew(c, map[string]any{
				"codeSha256": codeHash(c), "sourceCodeHash": codeHash(c), "sourceCodeSize": 0, "signingJobArn": "",
				"signingProfileVersionArn": "", "createdDate": c.Now().UTC().Format("2006-01-02T15:04:05.000-0700"),
			})
		},
	}
}

// versionOf reads the number of a layer's version.
func versionOf(o *simulator.Object) int {
	n, _ := strconv.Atoi(o.Text("version"))
	return n
}
