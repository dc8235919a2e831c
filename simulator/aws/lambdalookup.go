package aws

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Finding functions and their versions, for other resources and for programs. Source of the look-up's outputs:
// terraform-provider-aws, internal/service/lambda/function_data_source.go.

// functionNamed returns a function by name, ARN or partial ARN, and the qualifier that these may end with.
func functionNamed(c *simulator.Call, name string) (function *simulator.Object, qualifier string) {
	parts := strings.Split(name, ":")
	if at := slices.Index(parts, "function"); at >= 0 && len(parts) > at+1 {
		parts = parts[at+1:]
	}
	if len(parts) > 1 {
		qualifier = parts[1]
	}
	return c.Find(functionKind, parts[0]), qualifier
}

// hasVersion reports whether a function has that version.
func hasVersion(function *simulator.Object, version string) bool {
	n, err := strconv.Atoi(version)
	last, _ := strconv.Atoi(function.Text("version"))
	return version == "$LATEST" || err == nil && n >= 1 && n <= last
}

func lambdaLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{Token: "aws:lambda/getFunction:getFunction", Answer: lookUpFunction}}
}

func lookUpFunction(c *simulator.Call) resource.PropertyMap {
	function, _ := functionNamed(c, c.Text("functionName"))
	if function == nil {
		c.Fail("functionName", functionKind.NotFound, fmt.Sprintf("arn:%s:lambda:%s:%s:function:%s",
			c.Partition, c.Region, c.Account, c.Text("functionName")))
		return nil
	}
	for _, name := range []string{
		"arn", "codeSha256", "codeSigningConfigArn", "description", "handler", "imageUri", "invokeArn", "kmsKeyArn",
		"lastModified", "qualifiedArn", "qualifiedInvokeArn", "role", "runtime", "signingJobArn", "signingProfileVersionArn",
		"sourceCodeHash", "version",
	} {
		c.Set(name, function.Text(name))
	}
	for _, name := range []string{"memorySize", "reservedConcurrentExecutions", "sourceCodeSize", "timeout"} {
		c.Set(name, numberOf(function, name))
	}
	c.Set("deadLetterConfig", map[string]any{"targetArn": stringOf(objectOf(function, "deadLetterConfig")["targetArn"])})
	c.Set("environment", map[string]any{"variables": map[string]any{}})
	if environment := function.Outputs["environment"]; !environment.IsNull() {
		c.Outputs["environment"] = environment
	}
	c.Outputs["tracingConfig"] = function.Outputs["tracingConfig"]
	network := objectOf(function, "vpcConfig")
	c.Set("vpcConfig", map[string]any{
		"ipv6AllowedForDualStack": false, "securityGroupIds": stringsOf(network["securityGroupIds"]),
		"subnetIds": stringsOf(network["subnetIds"]), "vpcId": stringOf(network["vpcId"]),
	})
	c.Set("architectures", stringsOf(function.Outputs["architectures"]))
	c.Set("layers", stringsOf(function.Outputs["layers"]))
	c.Outputs["tags"] = resource.NewObjectProperty(function.Tags())
	c.Set("id", function.ID)
	return c.Outputs
}
