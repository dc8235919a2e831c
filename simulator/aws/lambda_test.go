package aws_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	functionToken    = "aws:lambda/function:Function"
	permissionToken  = "aws:lambda/permission:Permission"
	lambdaAliasToken = "aws:lambda/alias:Alias"
	urlToken         = "aws:lambda/functionUrl:FunctionUrl"
	layerToken       = "aws:lambda/layerVersion:LayerVersion"
	mappingToken     = "aws:lambda/eventSourceMapping:EventSourceMapping"
)

// functionInputs is a function whose code is in a bucket, changed.
func functionInputs(w *world, changes inputs) inputs {
	code := w.Create("aws:s3/bucketV2:BucketV2", "code", inputs{"bucket": "holdfast-code"})
	return with(inputs{
		"name": "handle", "role": appRole(w, "run", "lambda").Text("arn"), "runtime": "python3.13", "handler": "main.handle",
		"s3Bucket": code.ID(), "s3Key": "handle.zip",
	}, changes)
}

func function(w *world, changes inputs) thing {
	return w.Create(functionToken, "function", functionInputs(w, changes))
}

// asImage are the changes that make a function one of a container image.
func asImage(more inputs) inputs {
	changes := inputs{
		"packageType": "Image", "imageUri": "123456789012.dkr.ecr.us-west-2.amazonaws.com/app:1", "runtime": nil, "handler": nil,
		"s3Bucket": nil, "s3Key": nil,
	}
	maps.Copy(changes, more)
	return changes
}

func lambdaFixtures() []simulatortest.Fixture {
	another := func(w *world) thing {
		return w.Create(functionToken, "other", with(asImage(nil), inputs{
			"name": "other", "role": appRole(w, "other", "lambda").Text("arn"),
		}))
	}
	return []simulatortest.Fixture{
		{
			Type:    functionToken,
			Inputs:  func(w *world) inputs { return functionInputs(w, inputs{"publish": true}) },
			Update:  changing(inputs{"memorySize": 512, "timeout": 30}),
			Replace: changing(inputs{"name": "other"}),
		},
		{
			Type: functionToken, Name: "in a network",
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return functionInputs(w, asImage(inputs{"vpcConfig": inputs{
					"subnetIds": []any{subnet(w, v, "10.0.1.0/24", "a").ID()}, "securityGroupIds": []any{group(w, v, "f").ID()},
				}}))
			},
			Update:  changing(inputs{"environment": inputs{"variables": inputs{"STAGE": "test"}}}),
			Replace: changing(inputs{"name": "other"}),
		},
		{
			Type: permissionToken,
			Inputs: func(w *world) inputs {
				return inputs{"function": function(w, nil).Text("arn"), "action": "lambda:InvokeFunction",
					"principal": "events.amazonaws.com", "statementId": "events"}
			},
			Replace: changing(inputs{"statementId": "more"}),
		},
		{
			Type: lambdaAliasToken,
			Inputs: func(w *world) inputs {
				return inputs{"functionName": function(w, inputs{"publish": true}).Text("arn"), "functionVersion": "1", "name": "live"}
			},
			Update:  changing(inputs{"functionVersion": "$LATEST"}),
			Replace: changing(inputs{"name": "next"}),
		},
		{
			Type: urlToken,
			Inputs: func(w *world) inputs {
				return inputs{"functionName": function(w, nil).Text("name"), "authorizationType": "NONE"}
			},
			Update:  changing(inputs{"authorizationType": "AWS_IAM"}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"functionName": another(w).Text("name")}) },
		},
		{
			Type: layerToken,
			Inputs: func(w *world) inputs {
				in := functionInputs(w, nil)
				return inputs{"layerName": "shared", "s3Bucket": in["s3Bucket"], "s3Key": "layer.zip"}
			},
			Replace: changing(inputs{"s3Key": "layer-2.zip"}),
		},
		{
			Type: mappingToken,
			Inputs: func(w *world) inputs {
				return inputs{"functionName": function(w, nil).Text("arn"), "eventSourceArn": queue(w, "jobs").Text("arn")}
			},
			Update: changing(inputs{"batchSize": 5, "enabled": false}),
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"eventSourceArn": queue(w, "more").Text("arn")})
			},
		},
	}
}

func lambdaCases() []simulatortest.Case {
	return append(functionCases(), lambdaOtherCases()...)
}

func functionCases() []simulatortest.Case {
	const invalid = "InvalidParameterValueException"
	makes := func(changes inputs) func(*world) error {
		return tries(functionToken, func(w *world) inputs { return functionInputs(w, changes) })
	}
	variables := func(name, value string) func(*world) error {
		return makes(inputs{"environment": inputs{"variables": inputs{name: value}}})
	}
	inNetwork := func(groupsIn func(*world) thing) func(*world) error {
		return tries(functionToken, func(w *world) inputs {
			v := vpc(w)
			network := inputs{"subnetIds": []any{subnet(w, v, "10.0.1.0/24", "a").ID()}}
			if groupsIn != nil {
				v = thing{}
				if v.Request.ID = vpcOf(w); groupsIn(w).ID() != "" {
					v = groupsIn(w)
				}
				network["securityGroupIds"] = []any{group(w, v, "f").ID()}
			}
			return functionInputs(w, inputs{"vpcConfig": network})
		})
	}
	here := func(*world) thing { return thing{} }
	there := func(w *world) thing {
		other := thing{}
		for _, o := range w.Account.Resources() {
			if strings.HasSuffix(string(o.URN), "::other") {
				other.Request.ID = o.ID
				return other
			}
		}
		return otherVPC(w)
	}
	reserves := func(first, second int) func(*world) error {
		return func(w *world) error {
			in := functionInputs(w, inputs{"reservedConcurrentExecutions": first})
			w.Create(functionToken, "first", in)
			_, err := w.Try(functionToken, "second", with(in, inputs{"name": "second", "reservedConcurrentExecutions": second}))
			return err
		}
	}
	return []simulatortest.Case{
		{ID: "aws-lambda-role-trust", Code: invalid, Text: "cannot be assumed by Lambda",
			Fails: tries(functionToken, func(w *world) inputs {
				return functionInputs(w, inputs{"role": appRole(w, "wrong", "ec2").Text("arn")})
			}),
			Passes: makes(nil)},
		{ID: "aws-lambda-runtime", Code: invalid, Text: "nodejs12.x is no longer supported",
			Fails: makes(inputs{"runtime": "nodejs12.x"}), Passes: makes(inputs{"runtime": "nodejs22.x"})},
		{ID: "aws-lambda-zip-needs-handler", Code: invalid, Text: "Runtime and Handler are mandatory",
			Fails: makes(inputs{"handler": nil}), Passes: makes(nil)},
		{ID: "aws-lambda-image-settings", Code: invalid, Text: "PackageType is Image: handler",
			Fails: makes(asImage(inputs{"handler": "main"})), Passes: makes(asImage(nil))},
		{ID: "aws-lambda-package-type", Code: invalid, Text: "do not go together",
			Fails: makes(asImage(inputs{"packageType": "Zip", "runtime": "python3.13", "handler": "main"})), Passes: makes(asImage(nil))},
		{ID: "aws-lambda-reserved-variables", Code: invalid, Text: "Reserved keys used in this request: AWS_REGION",
			Fails: variables("AWS_REGION", "eu-west-1"), Passes: variables("REGION", "eu-west-1")},
		{ID: "aws-lambda-environment-size", Code: invalid, Text: "exceeded the 4KB limit",
			Fails: variables("TEXT", strings.Repeat("x", 4096)), Passes: variables("TEXT", strings.Repeat("x", 4000))},
		{ID: "aws-lambda-subnets-and-groups", Code: invalid, Text: "must coexist", Fails: inNetwork(nil), Passes: inNetwork(here)},
		{ID: "aws-lambda-security-group-vpc", Code: invalid, Text: "in the same VPC", Fails: inNetwork(there), Passes: inNetwork(here)},
		{ID: "aws-lambda-unreserved-concurrency", Code: invalid, Text: "below its minimum value of [100]",
			Fails: reserves(500, 401), Passes: reserves(500, 400)},
	}
}

func lambdaOtherCases() []simulatortest.Case {
	const invalid, conflict = "InvalidParameterValueException", "ResourceConflictException"
	twice := func(token string, in func(*world) inputs, change inputs) func(*world) error {
		return func(w *world) error {
			first := in(w)
			w.Create(token, "first", first)
			_, err := w.Try(token, "second", with(first, change))
			return err
		}
	}
	invoke := func(w *world) inputs {
		return inputs{"function": function(w, nil).Text("name"), "action": "lambda:InvokeFunction",
			"principal": "events.amazonaws.com", "statementId": "events"}
	}
	permit := func(action string) func(*world) error {
		return tries(permissionToken, func(w *world) inputs {
			return with(invoke(w), inputs{"action": action, "functionUrlAuthType": "NONE", "principal": "*"})
		})
	}
	alias := func(version string) func(*world) error {
		return tries(lambdaAliasToken, func(w *world) inputs {
			return inputs{"functionName": function(w, inputs{"publish": true}).Text("name"), "functionVersion": version, "name": "live"}
		})
	}
	open := func(w *world) inputs {
		function := function(w, inputs{"publish": true})
		w.Create(lambdaAliasToken, "live", inputs{"functionName": function.Text("name"), "functionVersion": "1", "name": "live"})
		return inputs{"functionName": function.Text("name"), "authorizationType": "NONE"}
	}
	mapping := func(source string, changes inputs) func(*world) error {
		return tries(mappingToken, func(w *world) inputs {
			return with(inputs{"functionName": function(w, nil).Text("name"), "eventSourceArn": queue(w, source).Text("arn")}, changes)
		})
	}
	visible := func(timeout int) func(*world) error {
		return tries(mappingToken, func(w *world) inputs {
			slow := function(w, inputs{"timeout": timeout})
			return inputs{"functionName": slow.Text("arn"), "eventSourceArn": queue(w, "jobs").Text("arn")}
		})
	}
	mapped := func(w *world) inputs {
		w.Create(functionToken, "other", with(asImage(nil), inputs{
			"name": "other", "role": appRole(w, "other", "lambda").Text("arn"),
		}))
		return inputs{"functionName": function(w, nil).Text("name"), "eventSourceArn": queue(w, "jobs").Text("arn")}
	}
	stream := func(changes inputs) func(*world) error {
		return mapping("unused", with(inputs{"eventSourceArn": "arn:aws:kinesis:us-west-2:123456789012:stream/s"}, changes))
	}
	return []simulatortest.Case{
		{ID: "aws-lambda-statement-id", Code: conflict, Text: "provided already exists",
			Fails: twice(permissionToken, invoke, nil), Passes: twice(permissionToken, invoke, inputs{"statementId": "more"})},
		{ID: "aws-lambda-url-auth-type", Code: invalid, Text: "only supported for lambda:InvokeFunctionUrl",
			Fails: permit("lambda:InvokeFunction"), Passes: permit("lambda:InvokeFunctionUrl")},
		{ID: "aws-lambda-alias-version", Code: "ResourceNotFoundException", Text: "function:handle:2", Fails: alias("2"), Passes: alias("1")},
		{ID: "aws-lambda-one-url", Code: conflict, Text: "FunctionUrlConfig exists",
			Fails: twice(urlToken, open, nil), Passes: twice(urlToken, open, inputs{"qualifier": "live"})},
		{ID: "aws-lambda-url-of-version", Code: invalid, Text: "not to the version 1",
			Fails:  tries(urlToken, func(w *world) inputs { return with(open(w), inputs{"qualifier": "1"}) }),
			Passes: tries(urlToken, func(w *world) inputs { return with(open(w), inputs{"qualifier": "live"}) })},
		{ID: "aws-lambda-one-mapping", Code: conflict, Text: "event source mapping with SQS arn",
			Fails: twice(mappingToken, mapped, nil), Passes: twice(mappingToken, mapped, inputs{"functionName": "other"})},
		{ID: "aws-lambda-queue-visibility", Code: invalid, Text: "30 seconds is less than Function timeout: 60 seconds",
			Fails: visible(60), Passes: visible(30)},
		{ID: "aws-lambda-batch-window", Code: invalid, Text: "batch window in seconds must be greater than 0",
			Fails:  mapping("jobs", inputs{"batchSize": 100}),
			Passes: mapping("jobs", inputs{"batchSize": 100, "maximumBatchingWindowInSeconds": 1})},
		{ID: "aws-lambda-fifo-batches", Code: invalid, Text: "not supported for FIFO queues",
			Fails:  mapping("jobs.fifo", inputs{"maximumBatchingWindowInSeconds": 1}),
			Passes: mapping("jobs.fifo", inputs{"batchSize": 10})},
		{ID: "aws-lambda-starting-position", Code: invalid, Text: "needed for streams",
			Fails: stream(nil), Passes: stream(inputs{"startingPosition": "LATEST"})},
	}
}

func TestLambdaOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := functionInputs(w, inputs{"publish": true})
	f := w.Create(functionToken, "function", in)
	const arn = "arn:aws:lambda:us-west-2:123456789012:function:handle"
	assert.Equal(t, arn, f.Text("arn"))
	assert.Equal(t, arn+":1", f.Text("qualifiedArn"))
	assert.Equal(t, "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/"+arn+"/invocations", f.Text("invokeArn"))
	updated, err := w.TryUpdate(f, with(in, inputs{"timeout": 9}))
	require.NoError(t, err)
	assert.Equal(t, "2", updated.Text("version"))
	url := w.Create(urlToken, "url", inputs{"functionName": arn, "authorizationType": "NONE"})
	assert.Regexp(t, `^https://[0-9a-f]{32}\.lambda-url\.us-west-2\.on\.aws/$`, url.Text("functionUrl"))
	layer := w.Create(layerToken, "layer", inputs{"layerName": "shared", "s3Bucket": in["s3Bucket"], "s3Key": "l.zip"})
	assert.Equal(t, "arn:aws:lambda:us-west-2:123456789012:layer:shared:1", layer.Text("arn"))
	assert.Equal(t, "arn:aws:lambda:us-west-2:123456789012:layer:shared", layer.Text("layerArn"))
	found := ask(t, w, "aws:lambda/getFunction:getFunction", inputs{"functionName": "handle"})
	assert.Equal(t, arn, found["arn"])
	assert.InDelta(t, 9, found["timeout"], 0)
	refuses(t, w, "aws:lambda/getFunction:getFunction", inputs{"functionName": "none"}, "Function not found")
}
