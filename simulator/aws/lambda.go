package aws

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/lambda/{function,function_data_source}.go; the Lambda API's
// CreateFunction, UpdateFunctionConfiguration and PutFunctionConcurrency; Lambda guide, "Lambda runtimes" and "Lambda
// quotas".

var functionKind = &simulator.Kind{
	Noun:     "Lambda Function",
	ID:       func(c *simulator.Call) string { return c.Text("name") },
	ARN:      "arn:{partition}:lambda:{region}:{account}:function:{id}",
	Name:     "name",
	NotFound: "ResourceNotFoundException: Function not found: %s",
}

const (
	lambdaCreateSource  = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"
	lambdaRuntimeSource = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"
	lambdaEnvSource     = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"
	lambdaQuotaSource   = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html"
)

// deprecatedRuntimes are those for which functions can neither be made nor changed, as of 2025. Those whose end was put
// off are left out.
var deprecatedRuntimes = []string{
	"nodejs", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "python2.7", "python3.6",
	"ruby2.5", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1",
}

// reservedVariables are the environment variables that Lambda sets itself.
var reservedVariables = []string{
	"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
	"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
	"AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
	"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
}

// An account's executions at once, and how many of them no function may reserve.
const (
	lambdaConcurrency = 1000
	lambdaUnreserved  = 100
	environmentBytes  = 4096
)

func lambdaTypes() []*simulator.Type {
	return slices.Concat(functionTypes(), lambdaAccessTypes(), lambdaEventTypes())
}

func functionTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token: "aws:lambda/function:Function",
		Kind:  functionKind,
		Defaults: map[string]any{
			"memorySize": 128, "packageType": "Zip", "publish": false, "reservedConcurrentExecutions": -1, "skipDestroy": false,
			"timeout": 3,
		},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 64, Separator: "-"},
		Immutable: []string{"name", "packageType"},
		Sets:      []string{"replacementSecurityGroupIds"},
		Fills:     []string{"vpcConfig.vpcId", "loggingConfig.logGroup"},
		Rules: map[string]simulator.Rule{
			"ephemeralStorage.size":        simulator.Between(512, 10240),
			"handler":                      simulator.Length(1, 128),
			"memorySize":                   simulator.Between(128, 10240),
			"name":                         simulator.Matches(`^[a-zA-Z0-9-_:]{1,140}$`, "letters, digits, - and _ are"),
			"reservedConcurrentExecutions": simulator.Between(-1, 1e9),
			"role":                         validARN,
			"runtime": simulator.Matches(`^(nodejs[0-9.]*(x|-edge)?|python\d\.\d+|java\d+(\.al2)?|dotnet(core)?[0-9.]+|`+
				`ruby\d\.\d|go1\.x|provided(\.al\d+)?)$`, "the names of Lambda's runtimes are"),
			"timeout": simulator.Between(1, 900),
		},
		ExactlyOne: [][]string{{"code", "imageUri", "s3Bucket"}},
		References: []simulator.Reference{
			ofRoleARN("role", "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda. (%s)"),
			{Property: "vpcConfig.subnetIds[*]", To: kinds(subnetKind),
				NotFound: "InvalidParameterValueException: The subnet ID '%s' does not exist"},
			{Property: "vpcConfig.securityGroupIds[*]", To: kinds(securityGroupKind),
				NotFound: "InvalidParameterValueException: The security group '%s' does not exist"},
			{Property: "layers[*]", To: kinds(layerKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "InvalidParameterValueException: Layer version %s does not exist."},
			{Property: "s3Bucket", To: kinds(bucketKind), OnDelete: simulator.Ignore,
				NotFound: "InvalidParameterValueException: Error occurred while GetObject. S3 Error Code: NoSuchBucket. " +
					"S3 Error Message: The specified bucket does not exist: %s"},
			ofARN("kmsKeyArn", ":kms:", "InvalidParameterValueException: The KMS key %s does not exist", keyKind),
			ofARN("deadLetterConfig.targetArn", ":sqs:", "InvalidParameterValueException: The queue %s does not exist", queueKind),
			ofARN("deadLetterConfig.targetArn", ":sns:", "InvalidParameterValueException: The topic %s does not exist", topicKind),
		},
		Unique: []simulator.Unique{{
			Properties: []string{"name"},
			Error:      "ResourceConflictException: Function already exist: %s",
		}},
		Keeps:       func(c *simulator.Call) bool { return c.Flag("skipDestroy") },
		Constraints: functionConstraints(),
		API:         []string{"lambda:CreateFunction", "lambda:UpdateFunctionConfiguration"},
		Parameters: map[string]string{
			"name": "FunctionName", "fileSystemConfig": "FileSystemConfigs", "imageUri": "Code.ImageUri", "code": "",
			"runtime":  "", // the model knows those of 2024 only
			"s3Bucket": "Code.S3Bucket", "s3Key": "Code.S3Key", "s3ObjectVersion": "Code.S3ObjectVersion",
		},
		Compute: computeFunction,
	}}
}

func functionConstraints() []simulator.Constraint {
	at := func(
		id, source string, stage simulator.Stage, refusal string, find func(*simulator.Call, func(string, ...any)),
	) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: id, Source: source}, Stage: stage,
			Error: "InvalidParameterValueException: " + refusal, Find: find,
		}
	}
	apply, check := simulator.AtApply, simulator.AtCheck
	return []simulator.Constraint{
		at("aws-lambda-role-trust", lambdaCreateSource, apply,
			"The role defined for the function cannot be assumed by Lambda. (%s)", findUntrusting("role", "lambda")),
		at("aws-lambda-runtime", lambdaRuntimeSource, check, "The runtime parameter of %s is no longer supported for creating or "+
			"updating AWS Lambda functions.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if runtime := c.Text("runtime"); slices.Contains(deprecatedRuntimes, runtime) {
					broken("runtime", runtime)
				}
			}),
		at("aws-lambda-zip-needs-handler", lambdaCreateSource, check, "Runtime and Handler are mandatory parameters for functions "+
			"created with deployment packages.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Text("packageType") == "Zip" && !(c.Given("runtime") && c.Given("handler")) {
					broken("handler")
				}
			}),
		at("aws-lambda-image-settings", lambdaCreateSource, check, "Please don't provide Handler or Runtime or Layer when the "+
			"intended function PackageType is Image: %s",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, name := range []string{"handler", "layers", "runtime"} {
					if c.Text("packageType") == "Image" && c.Given(name) && (name != "layers" || len(c.Texts("layers[*]")) > 0) {
						broken(name, name)
						return
					}
				}
			}),
		at("aws-lambda-package-type", lambdaCreateSource, check, "The package type %s and the function's code do not go together",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if kind := c.Text("packageType"); kind != "" && (kind == "Image") != c.Given("imageUri") {
					broken("packageType", kind)
				}
			}),
		at("aws-lambda-reserved-variables", lambdaEnvSource, check, "Lambda was unable to configure your environment variables "+
			"because the environment variables you have provided contains reserved keys that are currently not supported for "+
			"modification. Reserved keys used in this request: %s", findReservedVariables),
		at("aws-lambda-environment-size", lambdaEnvSource, check, "Lambda was unable to configure your environment variables "+
			"because the environment variables you have provided exceeded the 4KB limit.", findLargeEnvironment),
		at("aws-lambda-subnets-and-groups", lambdaCreateSource, check,
			"SubnetIds and SecurityIds must coexist or be both empty list.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				subnets, groups := len(c.Texts("vpcConfig.subnetIds[*]")), len(c.Texts("vpcConfig.securityGroupIds[*]"))
				if c.Known("vpcConfig") && (subnets == 0) != (groups == 0) {
					broken("vpcConfig")
				}
			}),
		at("aws-lambda-security-group-vpc", lambdaCreateSource, apply,
			"Security Groups are required to be in the same VPC. (%s)",
			findGroupsElsewhere("vpcConfig.subnetIds[*]", "vpcConfig.securityGroupIds[*]")),
		at("aws-lambda-unreserved-concurrency", lambdaQuotaSource, apply, "Specified ReservedConcurrentExecutions for function "+
			"decreases account's UnreservedConcurrentExecution below its minimum value of [%d].", findOverReserved),
	}
}

func findReservedVariables(c *simulator.Call, broken func(path string, args ...any)) {
	c.Objects("environment.variables", func(path string, variables resource.PropertyMap) {
		for _, name := range reservedVariables {
			if variables.HasValue(resource.PropertyKey(name)) {
				broken(path, name)
				return
			}
		}
	})
}

func findLargeEnvironment(c *simulator.Call, broken func(path string, args ...any)) {
	c.Objects("environment.variables", func(path string, variables resource.PropertyMap) {
		size := 0
		for name, value := range variables {
			size += len(name) + len(stringOf(value))
		}
		if size > environmentBytes {
			broken(path)
		}
	})
}

// findOverReserved adds up what the region's functions keep for themselves.
func findOverReserved(c *simulator.Call, broken func(path string, args ...any)) {
	wanted, _ := c.Number("reservedConcurrentExecutions")
	if wanted <= 0 {
		return
	}
	for _, other := range c.Others(c.All(functionKind)) {
		wanted += max(0, numberOf(other, "reservedConcurrentExecutions"))
	}
	if wanted > lambdaConcurrency-lambdaUnreserved {
		broken("reservedConcurrentExecutions", lambdaUnreserved)
	}
}

func invokeARN(c *simulator.Call, arn string) string {
	return "arn:" + c.Partition + ":apigateway:" + c.Region + ":lambda:path/2015-03-31/functions/" + arn + "/invocations"
}

func computeFunction(c *simulator.Call) {
	arn := stringOf(c.Outputs["arn"])
	version := "$LATEST"
	if c.Flag("publish") {
		version = "1"
		if c.Old != nil {
			last, _ := strconv.Atoi(c.Old.Text("version"))
			version = strconv.Itoa(last + 1)
		}
	}
	c.Set("version", version)
	c.Set("qualifiedArn", arn+":"+version)
	c.Set("invokeArn", invokeARN(c, arn))
	c.Set("qualifiedInvokeArn", invokeARN(c, arn+":"+version))
	c.Set("codeSha256", codeHash(c))
	c.SetNew("sourceCodeHash", codeHash(c))
	c.SetNew("sourceCodeSize", 0)
	c.SetNew("lastModified", c.Now().UTC().Format("2006-01-02T15:04:05.000-0700"))
	setNew(c, map[string]any{
		"ephemeralStorage": map[string]any{"size": 512}, "signingJobArn": "", "signingProfileVersionArn": "",
		"tracingConfig": map[string]any{"mode": "PassThrough"}, "architectures": []string{"x86_64"},
	})
	fillIn(c, "loggingConfig", map[string]any{"logFormat": "Text", "logGroup": "/aws/lambda/" + c.ID})
	if subnets := c.Texts("vpcConfig.subnetIds[*]"); len(subnets) > 0 {
		fillIn(c, "vpcConfig", map[string]any{"vpcId": networkOf(c.Find(subnetKind, subnets[0])).Identity()})
	} else if c.Given("vpcConfig") {
		fillIn(c, "vpcConfig", map[string]any{"vpcId": ""})
	}
}

// codeHash stands for what Lambda makes of the code: the same for the same code.
func codeHash(c *simulator.Call) string {
	identity := c.Text("imageUri") + c.Text("s3Bucket") + "/" + c.Text("s3Key") + "/" + c.Text("s3ObjectVersion")
	switch code := c.Inputs["code"]; {
	case code.IsAsset():
		identity = code.AssetValue().Hash
	case code.IsArchive():
		identity = code.ArchiveValue().Hash
	}
	sum := sha256.Sum256([]byte(identity))
	return base64.StdEncoding.EncodeToString(sum[:])
}
