package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	distributionToken  = "aws:cloudfront/distribution:Distribution"
	cachePolicyToken   = "aws:cloudfront/cachePolicy:CachePolicy"
	requestPolicyToken = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy"
	headersPolicyToken = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
	accessControlToken = "aws:cloudfront/originAccessControl:OriginAccessControl"
	identityToken      = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity"
	edgeFunctionToken  = "aws:cloudfront/function:Function"

	cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"
)

var customOrigin = inputs{
	"originId": "app", "domainName": "app.example.org",
	"customOriginConfig": inputs{"httpPort": 80, "httpsPort": 443, "originProtocolPolicy": "https-only",
		"originSslProtocols": []any{"TLSv1.2"}},
}

var caching = inputs{
	"targetOriginId": "app", "viewerProtocolPolicy": "redirect-to-https", "allowedMethods": []any{"GET", "HEAD"},
	"cachedMethods": []any{"GET", "HEAD"}, "cachePolicyId": cachingOptimized,
}

func distributed(more inputs) inputs {
	return with(inputs{
		"enabled": true, "origins": []any{customOrigin}, "defaultCacheBehavior": caching,
		"restrictions":      inputs{"geoRestriction": inputs{"restrictionType": "none", "locations": []any{}}},
		"viewerCertificate": inputs{"cloudfrontDefaultCertificate": true},
	}, more)
}

func behaving(more inputs) inputs {
	return distributed(inputs{"defaultCacheBehavior": with(caching, more)})
}

func fromBucket(more inputs) inputs {
	return distributed(inputs{"origins": []any{with(inputs{
		"originId": "app", "domainName": "site.s3.us-west-2.amazonaws.com"}, more)}})
}

func keyOf(headers string) inputs {
	return inputs{"cookiesConfig": inputs{"cookieBehavior": "none"}, "headersConfig": inputs{"headerBehavior": headers},
		"queryStringsConfig": inputs{"queryStringBehavior": "none"}}
}

func cachePolicy(more inputs) inputs {
	return with(inputs{"parametersInCacheKeyAndForwardedToOrigin": keyOf("none")}, more)
}

var accessControl = inputs{"originAccessControlOriginType": "s3", "signingBehavior": "always", "signingProtocol": "sigv4"}

var edgeFunction = inputs{"runtime": "cloudfront-js-2.0", "code": "function handler(event) { return event.request }"}

var headersPolicy = inputs{"securityHeadersConfig": inputs{"contentTypeOptions": inputs{"override": true}}}

func distributionFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: distributionToken, Inputs: given(distributed(nil)),
			Update: changing(inputs{"comment": "ours"}), Replace: changing(inputs{"staging": true}),
		},
		{
			Type: distributionToken, Name: "private bucket",
			Inputs: func(w *world) inputs {
				control := w.Create(accessControlToken, "control", accessControl)
				return fromBucket(inputs{"originAccessControlId": control.ID()})
			},
			Update: changing(inputs{"defaultRootObject": "index.html"}),
		},
		{
			Type: cachePolicyToken, Inputs: given(cachePolicy(nil)), Update: changing(inputs{"maxTtl": 90000}),
		},
		{
			Type: requestPolicyToken, Inputs: given(keyOf("allViewer")), Update: changing(inputs{"comment": "ours"}),
		},
		{
			Type: headersPolicyToken, Inputs: given(headersPolicy), Update: changing(inputs{"comment": "ours"}),
		},
		{
			Type: accessControlToken, Inputs: given(accessControl), Update: changing(inputs{"signingBehavior": "no-override"}),
		},
		{
			Type: identityToken, Inputs: given(inputs{}), Update: changing(inputs{"comment": "ours"}),
		},
		{
			Type: edgeFunctionToken, Inputs: given(edgeFunction), Update: changing(inputs{"comment": "ours"}),
			Replace: changing(inputs{"name": "other"}),
		},
	}
}

func distributionCases() []simulatortest.Case {
	create := func(in inputs) func(*world) error {
		return func(w *world) error { return try(w, distributionToken, in) }
	}
	served := func(region, domain, alias string) func(*world) error {
		return func(w *world) error {
			made := valid(w.As(inputs{"region": region}), domain)
			return try(w, distributionToken, distributed(inputs{"aliases": []any{alias},
				"viewerCertificate": inputs{"acmCertificateArn": made.Text("arn"), "sslSupportMethod": "sni-only"}}))
		}
	}
	second := func(alias string) func(*world) error {
		return func(w *world) error {
			made := valid(w.As(inputs{"region": "us-east-1"}), "*.example.com")
			in := func(alias string) inputs {
				return distributed(inputs{"aliases": []any{alias},
					"viewerCertificate": inputs{"acmCertificateArn": made.Text("arn"), "sslSupportMethod": "sni-only"}})
			}
			w.Create(distributionToken, "first", in("www.example.com"))
			return try(w, distributionToken, in(alias))
		}
	}
	guarded := func(scope string) func(*world) error {
		return func(w *world) error {
			acl := w.As(inputs{"region": "us-east-1"}).Create(webACLToken, "acl", aclOf(scope))
			return try(w, distributionToken, distributed(inputs{"webAclId": acl.Text("arn")}))
		}
	}
	lambda := func(region, version string) func(*world) error {
		return create(behaving(inputs{"lambdaFunctionAssociations": []any{inputs{"eventType": "viewer-request",
			"lambdaArn": "arn:aws:lambda:" + region + ":210987654321:function:edge" + version}}}))
	}
	edge := func(publish bool) func(*world) error {
		return func(w *world) error {
			made := w.Create(edgeFunctionToken, "f", with(edgeFunction, inputs{"publish": publish}))
			return try(w, distributionToken, behaving(inputs{"functionAssociations": []any{
				inputs{"eventType": "viewer-request", "functionArn": made.Text("arn")}}}))
		}
	}
	logged := func(ownership string) func(*world) error {
		return func(w *world) error {
			made := bucket(w, "logs")
			if ownership != "" {
				w.Create(ownershipToken, "logs", inputs{"bucket": "logs", "rule": inputs{"objectOwnership": ownership}})
			}
			return try(w, distributionToken, distributed(inputs{
				"loggingConfig": inputs{"bucket": made.Text("bucketDomainName")}}))
		}
	}
	list := []simulatortest.Case{
		{
			ID: "aws-cloudfront-logs-need-acl", Code: "InvalidArgument", Text: "does not enable ACL access: logs.s3.amazonaws.com",
			Fails: logged(""), Passes: logged("BucketOwnerPreferred"),
		},
		{
			ID: "aws-cloudfront-certificate", Code: "InvalidViewerCertificate", Text: "isn't in us-east-1 region",
			Fails: served("us-west-2", "www.example.com", "www.example.com"), Passes: served("us-east-1", "www.example.com", "www.example.com"),
		},
		{
			ID: "aws-cloudfront-alias-not-covered", Code: "InvalidViewerCertificate", Text: "doesn't cover the alternate domain name",
			Fails: served("us-east-1", "*.example.com", "a.b.example.com"), Passes: served("us-east-1", "*.example.com", "b.example.com"),
		},
		{
			ID: "aws-cloudfront-alias-needs-certificate", Code: "InvalidViewerCertificate", Text: "you must attach a trusted certificate",
			Fails: create(distributed(inputs{"aliases": []any{"www.example.com"}})), Passes: create(distributed(nil)),
		},
		{
			ID: "aws-cloudfront-alias-taken", Code: "CNAMEAlreadyExists", Text: "www.example.com",
			Fails: second("www.example.com"), Passes: second("web.example.com"),
		},
		{
			ID: "aws-cloudfront-web-acl-scope", Code: "InvalidWebACLId", Text: "not accessible by the requester",
			Fails: guarded("REGIONAL"), Passes: guarded("CLOUDFRONT"),
		},
		{
			ID: "aws-cloudfront-lambda-region", Code: "InvalidLambdaFunctionAssociation", Text: "must be in region 'us-east-1'",
			Fails: lambda("eu-west-1", ":1"), Passes: lambda("us-east-1", ":1"),
		},
		{
			ID: "aws-cloudfront-lambda-version", Code: "InvalidLambdaFunctionAssociation", Text: "must reference a specific function version",
			Fails: lambda("us-east-1", ":$LATEST"), Passes: lambda("us-east-1", ":12"),
		},
		{
			ID: "aws-cloudfront-no-such-origin", Code: "NoSuchOrigin", Text: "do not exist: web",
			Fails: create(behaving(inputs{"targetOriginId": "web"})), Passes: create(behaving(nil)),
		},
		{
			ID: "aws-cloudfront-origin-not-a-bucket", Code: "InvalidArgument", Text: "does not refer to a valid S3 bucket",
			Fails: create(fromBucket(inputs{"domainName": "site.s3-website-us-west-2.amazonaws.com"})), Passes: create(fromBucket(nil)),
		},
		{
			ID: "aws-cloudfront-identity-and-control", Code: "IllegalOriginAccessConfiguration", Text: "cannot contain both",
			Fails: func(w *world) error {
				return try(w, distributionToken, fromBucket(inputs{
					"originAccessControlId": w.Create(accessControlToken, "control", accessControl).ID(),
					"s3OriginConfig": inputs{"originAccessIdentity": w.Create(identityToken, "identity",
						inputs{}).Text("cloudfrontAccessIdentityPath")}}))
			},
			Passes: func(w *world) error {
				return try(w, distributionToken, fromBucket(inputs{
					"originAccessControlId": w.Create(accessControlToken, "control", accessControl).ID(),
					"s3OriginConfig":        inputs{"originAccessIdentity": ""}}))
			},
		},
		{
			ID: "aws-cloudfront-two-kinds-of-origin", Code: "InvalidOrigin", Text: "either a CustomOrigin or an S3Origin",
			Fails: create(distributed(inputs{"origins": []any{with(customOrigin,
				inputs{"s3OriginConfig": inputs{"originAccessIdentity": ""}})}})),
			Passes: create(distributed(nil)),
		},
		{
			ID: "aws-cloudfront-forwarded-values", Code: "InvalidArgument", Text: "ForwardedValues is required",
			Fails: create(behaving(inputs{"cachePolicyId": nil})),
			Passes: create(behaving(inputs{"cachePolicyId": nil, "forwardedValues": inputs{
				"queryString": false, "cookies": inputs{"forward": "none"}}})),
		},
		{
			ID: "aws-cloudfront-function-unpublished", Code: "InvalidFunctionAssociation", Text: "must be published",
			Fails: edge(false), Passes: edge(true),
		},
		{
			ID: "aws-cloudfront-ttl-order", Code: "InvalidArgument", Text: "must not decrease",
			Fails: func(w *world) error { return try(w, cachePolicyToken, cachePolicy(inputs{"maxTtl": 60})) },
			Passes: func(w *world) error {
				return try(w, cachePolicyToken, cachePolicy(inputs{"maxTtl": 60, "defaultTtl": 60}))
			},
		},
		{
			ID: "L-24B04930", Code: "TooManyDistributions", Text: "maximum number of distributions",
			Quotas: map[string]int{"L-24B04930": 1},
			Fails: func(w *world) error {
				w.Create(distributionToken, "first", distributed(nil))
				return try(w, distributionToken, distributed(nil))
			},
			Passes: create(distributed(nil)),
		},
	}
	return append(list, sharedCases()...)
}

// sharedCases are about what distributions use: its name is unique, and it cannot go while one uses it.
func sharedCases() []simulatortest.Case {
	var list []simulatortest.Case
	add := func(noun, code, taken, token string, in inputs, use func(made thing) inputs) {
		used := func(other bool) func(*world) error {
			return func(w *world) error {
				made := w.Create(token, "made", in)
				if other {
					w.Create(distributionToken, "distribution", distributed(nil))
				} else {
					w.Create(distributionToken, "distribution", use(made))
				}
				return w.TryDelete(made)
			}
		}
		list = append(list, simulatortest.Case{ID: "aws-cloudfront-" + noun + "-in-use", Code: code, Text: "",
			Fails: used(false), Passes: used(true)})
		list[len(list)-1].Text = code
		if taken == "" {
			return
		}
		named := func(second string) func(*world) error {
			return func(w *world) error {
				w.Create(token, "first", with(in, inputs{"name": "first"}))
				return try(w, token, with(in, inputs{"name": second}))
			}
		}
		list = append(list, simulatortest.Case{ID: "aws-cloudfront-" + noun + "-taken", Code: taken, Text: taken,
			Fails: named("first"), Passes: named("second")})
	}
	behavior := func(input string) func(thing) inputs {
		return func(made thing) inputs { return behaving(inputs{input: made.ID()}) }
	}
	add("cache-policy", "CachePolicyInUse", "CachePolicyAlreadyExists", cachePolicyToken, cachePolicy(nil), behavior("cachePolicyId"))
	add("origin-request-policy", "OriginRequestPolicyInUse", "OriginRequestPolicyAlreadyExists", requestPolicyToken,
		keyOf("allViewer"), behavior("originRequestPolicyId"))
	add("response-headers-policy", "ResponseHeadersPolicyInUse", "ResponseHeadersPolicyAlreadyExists", headersPolicyToken,
		headersPolicy, behavior("responseHeadersPolicyId"))
	add("function", "FunctionInUse", "FunctionAlreadyExists", edgeFunctionToken, edgeFunction, func(made thing) inputs {
		return behaving(inputs{"functionAssociations": []any{
			inputs{"eventType": "viewer-request", "functionArn": made.Text("arn")}}})
	})
	add("origin-access-control", "OriginAccessControlInUse", "OriginAccessControlAlreadyExists", accessControlToken, accessControl,
		func(made thing) inputs { return fromBucket(inputs{"originAccessControlId": made.ID()}) })
	add("origin-access-identity", "CloudFrontOriginAccessIdentityInUse", "", identityToken, inputs{}, func(made thing) inputs {
		return fromBucket(inputs{"s3OriginConfig": inputs{"originAccessIdentity": made.Text("cloudfrontAccessIdentityPath")}})
	})
	return list
}

func TestCloudFrontLookups(t *testing.T) {
	t.Parallel()
	const caches = "aws:cloudfront/getCachePolicy:getCachePolicy"
	w := newWorld(t)
	optimized := ask(t, w, caches, inputs{"name": "Managed-CachingOptimized"})
	assert.Equal(t, cachingOptimized, optimized["id"])
	assert.Equal(t, 86400.0, optimized["defaultTtl"])
	assert.Equal(t, "Managed-CachingOptimized", ask(t, w, caches, inputs{"id": cachingOptimized})["name"])
	assert.Equal(t, 0.0, ask(t, w, caches, inputs{"name": "Managed-CachingDisabled"})["maxTtl"])
	own := w.Create(cachePolicyToken, "own", cachePolicy(inputs{"name": "own", "maxTtl": 90000}))
	found := ask(t, w, caches, inputs{"name": "own"})
	assert.Equal(t, own.ID(), found["id"])
	assert.Equal(t, own.Text("arn"), found["arn"])
	assert.Equal(t, 90000.0, found["maxTtl"])
	refuses(t, w, caches, inputs{"name": "CachingOptimized"}, "no matching CloudFront Cache Policy found")
	refuses(t, w, caches, nil, "exactly one of id, name")
	const requests = "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy"
	assert.Equal(t, "216adef6-5c7f-47e4-b989-5492eafa07d3", ask(t, w, requests, inputs{"name": "Managed-AllViewer"})["id"])
	const headers = "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy"
	assert.Equal(t, "67f7725c-6f97-4210-82d7-5512b31e9d03", ask(t, w, headers, inputs{"name": "Managed-SecurityHeadersPolicy"})["id"])
}
