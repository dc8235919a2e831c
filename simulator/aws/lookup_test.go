package aws_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/schema"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// ask answers a look-up and checks that the answer has the schema's form.
func ask(t *testing.T, w *world, token string, args inputs) map[string]any {
	t.Helper()
	answer, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(args))
	require.NoError(t, err)
	pkg, err := schema.AWS()
	require.NoError(t, err)
	known, ok := pkg.Function(token)
	require.True(t, ok)
	assert.Empty(t, pkg.Validate(known.Outputs, answer), token)
	return answer.Mappable()
}

func refuses(t *testing.T, w *world, token string, args inputs, want string) {
	t.Helper()
	_, err := w.Provider.Invoke(token, resource.NewPropertyMapFromMap(args))
	assert.ErrorContains(t, err, want)
}

func in(t *testing.T, region string) *world {
	t.Helper()
	return newWorld(t).As(inputs{"region": region, "defaultTags": inputs{"tags": inputs{"by": "us"}}})
}

func TestAvailabilityZones(t *testing.T) {
	t.Parallel()
	const token = "aws:index/getAvailabilityZones:getAvailabilityZones"
	virginia := in(t, "us-east-1")
	all := ask(t, virginia, token, nil)
	assert.Equal(t, []any{"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"}, all["names"])
	assert.Equal(t, []any{"use1-az6", "use1-az1", "use1-az2", "use1-az4", "use1-az3", "use1-az5"}, all["zoneIds"])
	assert.Equal(t, []any{"us-east-1"}, all["groupNames"])
	some := ask(t, virginia, token, inputs{
		"state": "available", "excludeNames": []any{"us-east-1a"}, "excludeZoneIds": []any{"use1-az1"},
		"filters": []any{inputs{"name": "opt-in-status", "values": []any{"opt-in-not-required"}},
			inputs{"name": "zone-name", "values": []any{"us-east-1a", "us-east-1c", "us-east-1d"}}},
	})
	assert.Equal(t, []any{"us-east-1c", "us-east-1d"}, some["names"])
	assert.Empty(t, ask(t, virginia, token, inputs{"state": "impaired"})["names"])
	assert.Equal(t, []any{"ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"}, ask(t, in(t, "ap-northeast-1"), token, nil)["names"])
	refuses(t, virginia, token, inputs{"filters": []any{inputs{"name": "zone", "values": []any{"a"}}}}, "The filter 'zone' is invalid")
	refuses(t, virginia, token, inputs{"filter": []any{}}, `did you mean "filters"?`)
}

// TestZonesOfEveryRegion: every region that a provider can have has zones, whose names begin with its own and whose ids
// are unique.
func TestZonesOfEveryRegion(t *testing.T) {
	t.Parallel()
	seen := map[any]bool{}
	for _, partition := range []string{"us-west-2", "us-gov-west-1", "cn-north-1"} {
		for _, region := range ask(t, in(t, partition), "aws:index/getRegions:getRegions", nil)["names"].([]any) {
			zones := ask(t, in(t, region.(string)), "aws:index/getAvailabilityZones:getAvailabilityZones", nil)
			require.GreaterOrEqual(t, len(zones["names"].([]any)), 2, region)
			for i, name := range zones["names"].([]any) {
				assert.Equal(t, region, name.(string)[:len(name.(string))-1])
				id := zones["zoneIds"].([]any)[i]
				assert.False(t, seen[id], id)
				seen[id] = true
			}
		}
	}
	assert.Len(t, seen, 118)
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	w := in(t, "eu-west-1")
	assert.Equal(t, aws.DefaultAccount, ask(t, w, "aws:index/getCallerIdentity:getCallerIdentity", nil)["accountId"])
	mine := simulatortest.NewWorld(t, aws.New(aws.Options{Account: "210987654321", Region: "eu-west-1"}), nil)
	assert.Equal(t, "arn:aws:iam::210987654321:user/rehearsal", ask(t, mine, "aws:index/getCallerIdentity:getCallerIdentity", nil)["arn"])
	assert.Equal(t, "eu-west-1", ask(t, w, "aws:index/getRegion:getRegion", nil)["name"])
	assert.Equal(t, "ec2.us-east-1.amazonaws.com", ask(t, w, "aws:index/getRegion:getRegion", inputs{"name": "us-east-1"})["endpoint"])
	refuses(t, w, "aws:index/getRegion:getRegion", inputs{"name": "us-est-1"}, "did you mean us-east-1?")
	assert.Equal(t, inputs{"id": "aws", "partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"},
		ask(t, w, "aws:index/getPartition:getPartition", nil))
	assert.Equal(t, "amazonaws.com.cn", ask(t, in(t, "cn-north-1"), "aws:index/getPartition:getPartition", nil)["dnsSuffix"])
	assert.Equal(t, "aws-us-gov", ask(t, in(t, "us-gov-east-1"), "aws:index/getPartition:getPartition", nil)["partition"])
	assert.Equal(t, inputs{"by": "us"}, ask(t, w, "aws:index/getDefaultTags:getDefaultTags", nil)["tags"])
	chinese := in(t, "cn-north-1")
	assert.Regexp(t, `^arn:aws-cn:ec2:cn-north-1:123456789012:vpc/vpc-`, vpc(chinese).Text("arn"))
}

func TestDefaultTags(t *testing.T) {
	t.Parallel()
	w := in(t, "eu-west-1")
	plain := w.Create("aws:ec2/vpc:Vpc", "plain", inputs{"cidrBlock": "10.0.0.0/16"})
	assert.Equal(t, inputs{"by": "us"}, plain.Outputs["tagsAll"].Mappable())
	assert.NotContains(t, plain.Outputs, resource.PropertyKey("tags"))
	own := w.Create("aws:ec2/vpc:Vpc", "own", inputs{"cidrBlock": "10.0.0.0/16", "tags": inputs{"by": "me", "a": "b"}})
	assert.Equal(t, inputs{"by": "me", "a": "b"}, own.Outputs["tagsAll"].Mappable())
	assert.Equal(t, inputs{"by": "me", "a": "b"}, own.Outputs["tags"].Mappable())
}

// TestTagsAllAsInput: ignoring changes makes Pulumi send outputs back as inputs.
func TestTagsAllAsInput(t *testing.T) {
	t.Parallel()
	w := in(t, "eu-west-1")
	v := w.Create("aws:ec2/vpc:Vpc", "v", inputs{"cidrBlock": "10.0.0.0/16", "tagsAll": inputs{"by": "nobody"}})
	assert.Equal(t, inputs{"by": "us"}, v.Outputs["tagsAll"].Mappable())
}

func TestGetVPC(t *testing.T) {
	t.Parallel()
	const token = "aws:ec2/getVpc:getVpc"
	w := simulatortest.NewWorld(t, aws.New(aws.Options{NoDefaultVPC: true}), oregon)
	refuses(t, w, token, nil, "no matching EC2 VPC found")
	v := vpc(w)
	w.Create("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "b", inputs{"vpcId": v.ID(), "cidrBlock": "10.9.0.0/16"})
	tagged := w.Create("aws:ec2/vpc:Vpc", "tagged", inputs{"cidrBlock": "10.5.0.0/16", "tags": inputs{"Name": "main"}})
	refuses(t, w, token, nil, "multiple EC2 VPCs matched")
	for _, args := range []inputs{
		{"id": v.ID()},
		{"cidrBlock": "10.0.0.0/16", "state": "available"},
		{"filters": []any{inputs{"name": "cidr-block-association.cidr-block", "values": []any{"10.9.0.0/16"}}}},
	} {
		found := ask(t, w, token, args)
		assert.Equal(t, v.ID(), found["id"])
		assert.Equal(t, v.Text("arn"), found["arn"])
		assert.Equal(t, true, found["enableDnsHostnames"])
		assert.Equal(t, v.Text("defaultRouteTableId"), found["mainRouteTableId"])
		assert.Len(t, found["cidrBlockAssociations"], 2)
	}
	assert.Equal(t, tagged.ID(), ask(t, w, token, inputs{"tags": inputs{"Name": "main"}})["id"])
	assert.Equal(t, tagged.ID(), ask(t, w, token, inputs{"filters": []any{inputs{"name": "tag:Name", "values": []any{"main"}}}})["id"])
	assert.Equal(t, inputs{"Name": "main"}, ask(t, w, token, inputs{"id": tagged.ID()})["tags"])
	refuses(t, w, token, inputs{"default": true}, "no matching")
	refuses(t, w, token, inputs{"tags": inputs{"Name": "other"}}, "no matching")
	refuses(t, w, token, inputs{"filters": []any{inputs{"name": "colour", "values": []any{"red"}}}}, "'colour' is invalid")
	refuses(t, w.As(inputs{"region": "eu-west-1"}), token, inputs{"id": v.ID()}, "no matching")
}

func TestGetVPCEndpointService(t *testing.T) {
	t.Parallel()
	const token = "aws:ec2/getVpcEndpointService:getVpcEndpointService"
	w := newWorld(t)
	sts := ask(t, w, token, inputs{"service": "sts"})
	assert.Equal(t, "com.amazonaws.us-west-2.sts", sts["serviceName"])
	assert.Equal(t, "Interface", sts["serviceType"])
	assert.Equal(t, "sts.us-west-2.amazonaws.com", sts["privateDnsName"])
	s3 := ask(t, w, token, inputs{"serviceName": "com.amazonaws.us-west-2.s3", "serviceType": "Gateway"})
	assert.Equal(t, "", s3["privateDnsName"])
	refuses(t, w, token, inputs{"service": "s3"}, "say which with serviceType")
	refuses(t, w, token, nil, "exactly one of service, serviceName")
	refuses(t, w, token, inputs{"serviceName": "sts"}, "InvalidServiceName")
}

func TestPolicyDocument(t *testing.T) {
	t.Parallel()
	const token = "aws:iam/getPolicyDocument:getPolicyDocument"
	w := newWorld(t)
	allow := func(sid string, more inputs) inputs {
		return with(inputs{"sid": sid, "actions": []any{"s3:GetObject"}, "resources": []any{"*"}}, more)
	}
	document := ask(t, w, token, inputs{
		"policyId": "mine",
		"statements": []any{inputs{
			"actions": []any{"s3:GetObject", "s3:ListBucket", "s3:GetObject"}, "resources": []any{"arn:aws:s3:::b/&{aws:username}/*"},
			"principals": []any{
				inputs{"type": "AWS", "identifiers": []any{"1", "2"}}, inputs{"type": "Service", "identifiers": []any{"ec2.amazonaws.com"}},
			},
			"conditions": []any{
				inputs{"test": "StringLike", "variable": "s3:prefix", "values": []any{"a"}},
				inputs{"test": "StringLike", "variable": "s3:prefix", "values": []any{"b", "c"}},
				inputs{"test": "Bool", "variable": "aws:SecureTransport", "values": []any{"true"}},
			},
		}, inputs{"effect": "Deny", "notActions": []any{"iam:*"}, "notResources": []any{"a", "b"},
			"notPrincipals": []any{inputs{"type": "*", "identifiers": []any{"*"}}}}},
	})
	assert.Equal(t, `{
  "Version": "2012-10-17",
  "Id": "mine",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject"
      ],
      "Resource": "arn:aws:s3:::b/${aws:username}/*",
      "Principal": {
        "AWS": [
          "2",
          "1"
        ],
        "Service": "ec2.amazonaws.com"
      },
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "true"
        },
        "StringLike": {
          "s3:prefix": [
            "a",
            "b",
            "c"
          ]
        }
      }
    },
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
      "NotResource": [
        "b",
        "a"
      ],
      "NotPrincipal": "*"
    }
  ]
}`, document["json"])
	assert.JSONEq(t, document["json"].(string), document["minifiedJson"].(string))
	assert.NotContains(t, document["minifiedJson"], "\n")

	merged := ask(t, w, token, inputs{
		"version":                 "2008-10-17",
		"sourcePolicyDocuments":   []any{"", `{"Version":"2012-10-17","Statement":{"Sid":"One","Effect":"Deny","Action":"*","Resource":"*"}}`},
		"statements":              []any{allow("One", nil), allow("Two", nil), allow("", nil)},
		"overridePolicyDocuments": []any{`{"Id":"theirs","Statement":[{"Sid":"Two","Effect":"Deny","Action":"*","Resource":"*"}]}`},
	})
	var parsed struct {
		Version, Id string
		Statement   []struct{ Sid, Effect string }
	}
	require.NoError(t, json.Unmarshal([]byte(merged["json"].(string)), &parsed))
	assert.Equal(t, "2012-10-17", parsed.Version)
	assert.Equal(t, "theirs", parsed.Id)
	assert.Equal(t, []struct{ Sid, Effect string }{{"One", "Allow"}, {"Two", "Deny"}, {"", "Allow"}}, parsed.Statement)

	empty := ask(t, w, token, nil)
	assert.Equal(t, `{"Version":"2012-10-17"}`, empty["minifiedJson"])
	refuses(t, w, token, inputs{"statements": []any{allow("One", nil), allow("One", nil)}}, "duplicate Sid (One)")
	refuses(t, w, token, inputs{"statements": []any{allow("One!", nil)}}, "only letters and digits")
	refuses(t, w, token, inputs{"statements": []any{allow("", inputs{"effect": "allow"})}}, "expected Allow or Deny")
	refuses(t, w, token, inputs{"sourcePolicyDocuments": []any{"{"}}, "this is no policy document")
	refuses(t, w, token, inputs{"overridePolicyDocuments": []any{`{"Statement":5}`}}, "this is no policy document")
}
