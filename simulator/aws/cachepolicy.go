package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What distributions use. Sources: terraform-provider-aws, internal/service/cloudfront/{cache_policy,
// origin_request_policy,response_headers_policy,function,origin_access_control,origin_access_identity}.go; the errors of
// the CloudFront API; the CloudFront developer guide, "Use managed … policies".

// cachingPolicy is one kind of policy that a cache behavior can have.
type cachingPolicy struct {
	noun, token, input, operation string
	kind                          *simulator.Kind
	managed                       map[string]string // AWS's own, by name
	taken                         string
	parts                         []string // inputs that are parameters of the same name
}

var cachingPolicies = []cachingPolicy{
	{
		parts: []string{"parametersInCacheKeyAndForwardedToOrigin"},
		noun:  "cache-policy", token: "aws:cloudfront/cachePolicy:CachePolicy", input: "cachePolicyId",
		operation: "cloudfront:CreateCachePolicy", kind: policyKindOf("Cache Policy", "CachePolicy", "cache-policy"),
		taken: "CachePolicyAlreadyExists: A cache policy with this name already exists. You must provide a unique name: %s",
		managed: map[string]string{
			"CachingOptimized":                          "658327ea-f89d-4fab-a63d-7e88639e58f6",
			"CachingOptimizedForUncompressedObjects":    "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
			"CachingDisabled":                           "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
			"Elemental-MediaPackage":                    "08627262-05a9-4f76-9ded-b50ca2e3a84f",
			"Amplify":                                   "2e54312d-136d-493c-8eb9-b001f22f67d2",
			"UseOriginCacheControlHeaders":              "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
			"UseOriginCacheControlHeaders-QueryStrings": "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
		},
	},
	{
		parts: []string{"cookiesConfig", "headersConfig", "queryStringsConfig"},
		noun:  "origin-request-policy", token: "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
		input: "originRequestPolicyId", operation: "cloudfront:CreateOriginRequestPolicy",
		kind: policyKindOf("Origin Request Policy", "OriginRequestPolicy", "origin-request-policy"),
		taken: "OriginRequestPolicyAlreadyExists: An origin request policy with this name already exists. You must provide a " +
			"unique name: %s",
		managed: map[string]string{
			"AllViewer":                                   "216adef6-5c7f-47e4-b989-5492eafa07d3",
			"AllViewerAndCloudFrontHeaders-2022-06":       "33f36d7e-f396-46d9-90e0-52428a34d9dc",
			"AllViewerExceptHostHeader":                   "b689b0a8-53d0-40ab-baf2-68738e2966ac",
			"CORS-CustomOrigin":                           "59781a5b-3903-41f3-afcb-af62929ccde1",
			"CORS-S3Origin":                               "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
			"Elemental-MediaTailor-PersonalizedManifests": "775133bc-15f2-49f9-abea-afb2e0bf67d2",
			"HostHeaderOnly":                              "bf0718e1-ba1e-49d1-88b1-f726733018ae",
			"UserAgentRefererHeaders":                     "acba4595-bd28-49b8-b9fe-13317c0390fa",
		},
	},
	{
		parts: []string{"corsConfig", "securityHeadersConfig"},
		noun:  "response-headers-policy", token: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
		input: "responseHeadersPolicyId", operation: "cloudfront:CreateResponseHeadersPolicy",
		kind: policyKindOf("Response Headers Policy", "ResponseHeadersPolicy", "response-headers-policy"),
		taken: "ResponseHeadersPolicyAlreadyExists: A response headers policy with this name already exists. You must provide a " +
			"unique name: %s",
		managed: map[string]string{
			"SimpleCORS":                                    "60669652-455b-4ae9-85a4-c4c02393f86c",
			"CORS-With-Preflight":                           "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
			"SecurityHeadersPolicy":                         "67f7725c-6f97-4210-82d7-5512b31e9d03",
			"CORS-and-SecurityHeadersPolicy":                "e61eb60c-9c35-4d20-a928-2b84e02af89c",
			"CORS-with-preflight-and-SecurityHeadersPolicy": "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
		},
	},
}

func policyKindOf(noun, code, path string) *simulator.Kind {
	return &simulator.Kind{
		Noun: "CloudFront " + noun, Global: true, Name: "name",
		ID:       func(c *simulator.Call) string { return uuid(c.Hex(noun, 32)) },
		ARN:      "arn:{partition}:cloudfront::{account}:" + path + "/{id}",
		NotFound: "NoSuch" + code + ": The " + strings.ToLower(noun) + " does not exist: %s",
		InUse: code + "InUse: Cannot delete the " + strings.ToLower(noun) + " because it is attached to one or more cache " +
			"behaviors: %s",
	}
}

// managedPolicyName returns the name of AWS's own policy with an id, or "".
func managedPolicyName(managed map[string]string, id string) string {
	for name, known := range managed {
		if known == id {
			return name
		}
	}
	return ""
}

func cachePolicyTypes() []*simulator.Type {
	var list []*simulator.Type
	for _, policy := range cachingPolicies {
		list = append(list, &simulator.Type{
			Token: policy.token, Kind: policy.kind,
			AutoName: &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
			Unique:   uniqueInCloudFront(policy.noun, policy.taken),
			API:      []string{policy.operation}, Parameters: policy.parameters(),
			Compute: func(c *simulator.Call) { c.Set("etag", "E"+strings.ToUpper(c.Hex("etag", 13))) },
		})
	}
	list[0].Defaults = map[string]any{"defaultTtl": 86400, "maxTtl": 31536000, "minTtl": 0}
	list[0].Constraints = []simulator.Constraint{ttlConstraint()}
	return list
}

// parameters are where the operation that makes the policy has its inputs.
func (p cachingPolicy) parameters() map[string]string {
	config := strings.TrimPrefix(p.operation, "cloudfront:Create") + "Config."
	found := map[string]string{"name": config + "Name", "comment": config + "Comment"}
	for _, name := range p.parts {
		found[name] = config + strings.ToUpper(name[:1]) + name[1:]
	}
	return found
}

func uniqueInCloudFront(noun, taken string) []simulator.Unique {
	return []simulator.Unique{{
		Origin: simulator.Origin{ID: "aws-cloudfront-" + noun + "-taken", Source: cloudFrontAPI + "API_Operations.html"},
		Space:  noun, Properties: []string{"name"}, Error: taken,
	}}
}

func ttlConstraint() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-cloudfront-ttl-order", Source: cloudFrontAPI + "API_CachePolicyConfig.html"},
		Stage:  simulator.AtCheck,
		Error:  "InvalidArgument: MinTTL, DefaultTTL and MaxTTL must not decrease, they are %v, %v and %v",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			least, ok1 := c.Number("minTtl")
			usual, ok2 := c.Number("defaultTtl")
			most, ok3 := c.Number("maxTtl")
			if ok1 && ok2 && ok3 && (least > usual || usual > most) {
				broken("defaultTtl", least, usual, most)
			}
		},
	}
}

func cachePolicyLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:cloudfront/getCachePolicy:getCachePolicy", Answer: func(c *simulator.Call) resource.PropertyMap {
			least, usual, most := 1, 86400, 31536000
			if strings.TrimPrefix(c.Text("name"), "Managed-") == "CachingDisabled" {
				least, usual, most = 0, 0, 0
			}
			c.Set("minTtl", least)
			c.Set("defaultTtl", usual)
			c.Set("maxTtl", most)
			return lookUpPolicy(c, cachingPolicies[0], "parametersInCacheKeyAndForwardedToOrigins")
		}},
		{Token: "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy", Answer: func(c *simulator.Call) resource.PropertyMap {
			return lookUpPolicy(c, cachingPolicies[1], "cookiesConfigs", "headersConfigs", "queryStringsConfigs")
		}},
		{Token: "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy",
			Answer: func(c *simulator.Call) resource.PropertyMap {
				return lookUpPolicy(c, cachingPolicies[2], "corsConfigs", "customHeadersConfigs", "removeHeadersConfigs",
					"securityHeadersConfigs", "serverTimingHeadersConfigs")
			}},
	}
}

// lookUpPolicy answers with a policy of AWS's own or the account's. What it says in detail is left empty.
func lookUpPolicy(c *simulator.Call, policy cachingPolicy, details ...string) resource.PropertyMap {
	name, id := c.Text("name"), c.Text("id")
	if (name == "") == (id == "") {
		c.Fail("name", "exactly one of id, name is needed")
		return nil
	}
	account := ""
	if known := policy.managed[strings.TrimPrefix(name, "Managed-")]; known != "" && strings.HasPrefix(name, "Managed-") {
		id = known
	} else if managed := managedPolicyName(policy.managed, id); managed != "" {
		name = "Managed-" + managed
	} else {
		found := c.Find(policy.kind, id)
		if id == "" {
			found = c.FindBy(policy.kind, simulator.ByName, name)
		}
		if found == nil {
			c.Fail("", "no matching %s found", policy.kind.Noun)
			return nil
		}
		name, id, account = found.Text("name"), found.ID, c.Account
		for _, input := range []string{"minTtl", "defaultTtl", "maxTtl"} {
			if value := found.Outputs[resource.PropertyKey(input)]; value.IsNumber() {
				c.Outputs[resource.PropertyKey(input)] = value
			}
		}
	}
	c.Set("id", id)
	c.Set("name", name)
	c.Set("comment", "")
	c.Set("etag", "E"+strings.ToUpper(c.Fixed("etag of "+id, 13)))
	c.Set("arn", "arn:"+c.Partition+":cloudfront::"+account+":"+policy.noun+"/"+id)
	for _, name := range slices.Sorted(slices.Values(details)) {
		c.Set(name, []any{})
	}
	return c.Outputs
}
