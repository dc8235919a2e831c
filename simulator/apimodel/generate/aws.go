package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/apimodel"
)

// awsServices are the folders of the services whose types are modelled, or will be.
const awsServices = `
	accessanalyzer acm apigateway apigatewayv2 application-autoscaling autoscaling backup budgets ce chatbot cloudfront cloudtrail
	codebuild cognito-idp config dlm dynamodb ebs ec2 ecr ecs eks elasticache elasticfilesystem elasticloadbalancing
	elasticloadbalancingv2 events firehose fis globalaccelerator guardduty iam inspector2 kafka kinesis kms lambda logs macie2 monitoring
	network-firewall opensearch organizations rds redshift resource-groups route53 route53-recovery-control-config route53resolver s3
	s3control scheduler secretsmanager securityhub servicediscovery shield sns sqs ssm sso-admin states synthetics wafv2 xray`

// awsModel is an api-2.json file.
type awsModel struct {
	Operations map[string]struct {
		Input  struct{ Shape string }
		Errors []struct{ Shape string }
	}
	Shapes map[string]awsShape
}

type awsShape struct {
	Type      string
	Required  []string
	Members   map[string]struct{ Shape string }
	Member    struct{ Shape string }
	Key       struct{ Shape string }
	Value     struct{ Shape string }
	Enum      []string
	Pattern   string
	Min       *float64
	Max       *float64
	Sensitive bool
	Error     struct{ Code string }
}

// awsReads begin the names of operations that change nothing.
var awsReads = []string{"Describe", "List", "Get", "BatchGet", "Search", "Lookup", "Test", "Estimate", "Simulate", "Preview"}

func readAWS(folder, service string) (*apimodel.Service, error) {
	found, err := filepath.Glob(filepath.Join(folder, "models", "apis", service, "*", "api-2.json"))
	if err != nil || len(found) == 0 {
		return nil, errors.Join(errors.New("the module has no such service"), err)
	}
	slices.Sort(found) // by date
	text, err := os.ReadFile(found[len(found)-1])
	if err != nil {
		return nil, err
	}
	var model awsModel
	if err := json.Unmarshal(text, &model); err != nil {
		return nil, err
	}
	s := &apimodel.Service{Operations: map[string]*apimodel.Operation{}, Shapes: map[string]*apimodel.Shape{}}
	for name, operation := range model.Operations {
		if slices.ContainsFunc(awsReads, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			continue
		}
		s.Operations[name] = &apimodel.Operation{Input: operation.Input.Shape, Errors: model.errorNames(name)}
	}
	for name, shape := range model.Shapes {
		s.Shapes[name] = shape.convert()
	}
	return s, nil
}

// errorNames returns an operation's errors, by the names that the service gives them in its answers.
func (m awsModel) errorNames(operation string) []string {
	names := map[string]bool{}
	for _, listed := range m.Operations[operation].Errors {
		name := listed.Shape
		if code := m.Shapes[name].Error.Code; code != "" {
			name = code
		}
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// mostValues is how many values an enumeration may have to be kept: longer ones, such as instance types, grow so fast
// that a copy refuses what is new.
const mostValues = 100

var awsKinds = map[string]apimodel.Kind{
	"string": apimodel.String, "character": apimodel.String, "boolean": apimodel.Boolean, "list": apimodel.List,
	"map": apimodel.Map, "structure": apimodel.Structure, "integer": apimodel.Number, "long": apimodel.Number,
	"float": apimodel.Number, "double": apimodel.Number,
}

func (s awsShape) convert() *apimodel.Shape {
	shape := &apimodel.Shape{
		Kind: awsKinds[s.Type], Sensitive: s.Sensitive, Required: s.Required, Elem: s.Member.Shape + s.Value.Shape, Key: s.Key.Shape,
		Enum: s.Enum, Pattern: pattern(s.Pattern), Min: s.Min, Max: s.Max,
	}
	if len(shape.Enum) > mostValues {
		shape.Enum = nil
	}
	if shape.Kind == "" {
		shape.Kind = apimodel.Other
	}
	for name, member := range s.Members {
		if shape.Members == nil {
			shape.Members = map[string]string{}
		}
		shape.Members[name] = member.Shape
	}
	return shape
}
