package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/apimodel"
)

// googleServices are the services, with the versions that the provider calls.
const googleServices = `
	artifactregistry/v1 certificatemanager/v1 cloudfunctions/v2 cloudkms/v1 cloudresourcemanager/v3 compute/v1 container/v1 dns/v1
	gkebackup/v1 iam/v1 logging/v2 monitoring/v1 monitoring/v3 orgpolicy/v2 pubsub/v1 redis/v1 run/v2 secretmanager/v1
	servicenetworking/v1 serviceusage/v1 sqladmin/v1 storage/v1 vpcaccess/v1`

// googleModel is a discovery document.
type googleModel struct {
	googleResource
	Schemas map[string]googleSchema
}

type googleResource struct {
	Resources map[string]googleResource
	Methods   map[string]struct {
		ID         string
		HTTPMethod string
		Request    struct {
			Ref string `json:"$ref"`
		}
	}
}

type googleSchema struct {
	Ref                  string `json:"$ref"`
	Type, Format         string
	Properties           map[string]googleSchema
	Items                *googleSchema
	AdditionalProperties *googleSchema
	Enum                 []string
	Pattern              string
	Minimum, Maximum     string
	ReadOnly             bool
	Annotations          struct{ Required []string }
}

func readGoogle(folder, service string) (*apimodel.Service, error) {
	name, _, _ := strings.Cut(service, "/")
	text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(service), name+"-api.json"))
	if err != nil {
		return nil, err
	}
	var model googleModel
	if err := json.Unmarshal(text, &model); err != nil {
		return nil, err
	}
	s := &apimodel.Service{Operations: map[string]*apimodel.Operation{}, Shapes: map[string]*apimodel.Shape{}}
	model.methods(name, s)
	for name, schema := range model.Schemas {
		schema.convert(name, s)
	}
	return s, nil
}

// methods enters the resource's methods that take a body, by the names without the service's: networks.insert.
func (r googleResource) methods(service string, s *apimodel.Service) {
	for _, method := range r.Methods {
		if method.Request.Ref != "" && method.HTTPMethod != "GET" {
			s.Operations[strings.TrimPrefix(method.ID, service+".")] = &apimodel.Operation{Input: method.Request.Ref}
		}
	}
	for _, inner := range r.Resources {
		inner.methods(service, s)
	}
}

var googleKinds = map[string]apimodel.Kind{
	"string": apimodel.String, "boolean": apimodel.Boolean, "integer": apimodel.Number, "number": apimodel.Number,
	"array": apimodel.List,
}

// convert enters the schema as a shape, and what it holds as shapes named after it.
func (g googleSchema) convert(name string, s *apimodel.Service) {
	shape := &apimodel.Shape{Kind: googleKinds[g.Type], Enum: g.Enum, Pattern: pattern(g.Pattern), Min: bound(g.Minimum), Max: bound(g.Maximum)}
	s.Shapes[name] = shape
	inner := func(part string, held googleSchema) string {
		if held.Ref != "" {
			return held.Ref
		}
		held.convert(name+"."+part, s)
		return name + "." + part
	}
	switch {
	case g.Items != nil:
		shape.Elem = inner("[]", *g.Items)
	case g.AdditionalProperties != nil:
		shape.Kind, shape.Elem = apimodel.Map, inner("{}", *g.AdditionalProperties)
	case g.Type == "object":
		shape.Kind, shape.Members = apimodel.Structure, map[string]string{}
		for property, held := range g.Properties {
			if !held.ReadOnly {
				shape.Members[property] = inner(property, held)
			}
			if len(held.Annotations.Required) > 0 {
				shape.Required = append(shape.Required, property)
			}
		}
		slices.Sort(shape.Required)
	case g.Type == "string" && strings.Contains(g.Format, "int"), shape.Kind == "":
		shape.Kind = apimodel.Other // a number as text, or anything
	}
}

func bound(text string) *float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil
	}
	return &n
}
