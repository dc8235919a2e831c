package aws

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/apimodel"
)

// api is AWS's model of its API, and the way in which its services refuse what the model does not allow.
var api = &simulator.API{Model: apimodel.AWS, Refusal: refusal}

// invalid is what services call the error of a parameter that their model does not allow, where it is not
// ValidationException as in most. Sources: the "Common Errors" and "Errors" of each service's API reference.
var invalid = map[string]string{
	"autoscaling":            "ValidationError",
	"backup":                 "InvalidParameterValueException",
	"cloudfront":             "InvalidArgument",
	"ec2":                    "InvalidParameterValue",
	"ecr":                    "InvalidParameterException",
	"ecs":                    "InvalidParameterException",
	"eks":                    "InvalidParameterException",
	"elasticache":            "InvalidParameterValue",
	"elasticloadbalancing":   "ValidationError",
	"elasticloadbalancingv2": "ValidationError",
	"guardduty":              "BadRequestException",
	"iam":                    "ValidationError",
	"logs":                   "InvalidParameterException",
	"monitoring":             "ValidationError",
	"rds":                    "InvalidParameterValue",
	"redshift":               "InvalidParameterValue",
	"route53":                "InvalidInput",
	"s3":                     "InvalidArgument",
	"securityhub":            "InvalidInputException",
	"sns":                    "InvalidParameter",
	"sqs":                    "InvalidParameterValue",
	"apigateway":             "BadRequestException",
	"apigatewayv2":           "BadRequestException",
	"elasticfilesystem":      "BadRequest",
	"cognito-idp":            "InvalidParameterException",
}

func refusal(v apimodel.Violation) string {
	service, _, _ := strings.Cut(v.Operation, ":")
	name := cmp.Or(invalid[service], "ValidationException")
	last := v.Parameter[strings.LastIndex(v.Parameter, ".")+1:]
	if v.Breach == apimodel.Missing {
		if service == "ec2" {
			return fmt.Sprintf("MissingParameter: The request must contain the parameter %s", last)
		}
		return fmt.Sprintf("%s: 1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null", name, lowerFirst(last))
	}
	value := "Value"
	if v.Value != "" {
		value = fmt.Sprintf("Value '%s'", v.Value)
	}
	return fmt.Sprintf("%s: 1 validation error detected: %s at '%s' failed to satisfy constraint: Member must %s",
		name, value, lowerFirst(last), demand(v))
}

// demand is what a member must, in the words of the services' common validation.
func demand(v apimodel.Violation) string {
	least, most := "", ""
	if v.Shape.Min != nil {
		least = fmt.Sprint(*v.Shape.Min)
	}
	if v.Shape.Max != nil {
		most = fmt.Sprint(*v.Shape.Max)
	}
	switch v.Breach {
	case apimodel.NotInEnum:
		return "satisfy enum value set: [" + strings.Join(v.Shape.Enum, ", ") + "]"
	case apimodel.NotInPattern:
		return "satisfy regular expression pattern: " + v.Shape.Pattern
	case apimodel.TooShort, apimodel.TooFew:
		return "have length greater than or equal to " + least
	case apimodel.TooLong, apimodel.TooMany:
		return "have length less than or equal to " + most
	case apimodel.TooLow:
		return "have value greater than or equal to " + least
	default:
		return "have value less than or equal to " + most
	}
}

func lowerFirst(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToLower(name[:1]) + name[1:]
}
