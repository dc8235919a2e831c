package aws_test

import (
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	bucketToken       = "aws:s3/bucketV2:BucketV2"
	bucketPolicyToken = "aws:s3/bucketPolicy:BucketPolicy"
)

func bucket(w *world, name string) thing {
	return w.Create(bucketToken, name, inputs{"bucket": name})
}

// bucketGrant is a policy that lets a service do something with a bucket's objects and see its list of access.
func bucketGrant(bucket, service string) string {
	return `{"Version":"2012-10-17","Statement":[` +
		`{"Effect":"Allow","Principal":{"Service":"` + service + `"},"Action":["s3:GetBucketAcl","s3:ListBucket"],` +
		`"Resource":"arn:aws:s3:::` + bucket + `"},` +
		`{"Effect":"Allow","Principal":{"Service":"` + service + `"},"Action":"s3:PutObject",` +
		`"Resource":"arn:aws:s3:::` + bucket + `/*"}]}`
}

func bucketPolicyFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{{
		Type: bucketPolicyToken,
		Inputs: func(w *world) inputs {
			return inputs{"bucket": bucket(w, "logs").ID(), "policy": bucketGrant("logs", "cloudtrail.amazonaws.com")}
		},
		Update: changing(inputs{"policy": bucketGrant("logs", "config.amazonaws.com")}),
		Replace: func(w *world, in inputs) inputs {
			return inputs{"bucket": bucket(w, "others").ID(), "policy": bucketGrant("others", "config.amazonaws.com")}
		},
	}}
}

func bucketPolicyCases() []simulatortest.Case {
	put := func(w *world, policy string) error {
		_, err := w.Try(bucketPolicyToken, "policy", inputs{"bucket": "logs", "policy": policy})
		return err
	}
	return []simulatortest.Case{
		{
			ID: "aws-s3-bucket-region", Code: "PermanentRedirect", Text: "logs is in us-west-2",
			Fails: func(w *world) error {
				bucket(w, "logs")
				return put(w.As(inputs{"region": "us-east-1"}), bucketGrant("logs", "cloudtrail.amazonaws.com"))
			},
			Passes: func(w *world) error {
				bucket(w, "logs")
				return put(w, bucketGrant("logs", "cloudtrail.amazonaws.com"))
			},
		},
		{
			ID: "aws-s3-policy-resource", Code: "MalformedPolicy", Text: "invalid resource: arn:aws:s3:::logz/*",
			Fails: func(w *world) error {
				bucket(w, "logs")
				return put(w, `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*",`+
					`"Resource":["arn:aws:s3:::logz/*","arn:aws:s3:::logs"]}]}`)
			},
			Passes: func(w *world) error {
				bucket(w, "logs")
				return put(w, `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*",`+
					`"Resource":["arn:aws:s3:::logs/*","arn:aws:s3:::lo*"]}]}`)
			},
		},
	}
}

func TestBucketPolicyRefusals(t *testing.T) {
	t.Parallel()
	policy := func(statement string) func(*world) inputs {
		return func(w *world) inputs {
			return inputs{"bucket": bucket(w, "logs").ID(), "policy": `{"Statement":` + statement + `}`}
		}
	}
	const rest = `"Effect":"Allow","Action":"s3:*"`
	runRefusals(t, []refusal{
		{"policy for nobody", bucketPolicyToken, policy(`{` + rest + `,"Resource":"*"}`), "MalformedPolicy", "required field Principal"},
		{"policy about nothing", bucketPolicyToken, policy(`{` + rest + `,"Principal":"*"}`), "MalformedPolicy", "required field Resource"},
		{"policy that is no JSON", bucketPolicyToken, policy(`{`), "MalformedPolicy", "invalid Json"},
		{"policy of no bucket", bucketPolicyToken, given(inputs{"bucket": "none", "policy": bucketGrant("none", "config.amazonaws.com")}),
			"NoSuchBucket", "does not exist: none"},
	})
}
