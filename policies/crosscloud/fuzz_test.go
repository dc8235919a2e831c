package crosscloud

import (
	"encoding/base64"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// FuzzSecrets: whatever a text or a key is, the policies come to an answer, and never repeat it if they take it for a
// secret.
func FuzzSecrets(f *testing.F) {
	for _, text := range []string{
		awsKey, githubToken, databaseURL, privateKey, storageAcces, "{", `[{"name":"A","value":"b"}]`, `{"a":{"b":["c",1,null]}}`,
		base64.StdEncoding.EncodeToString([]byte(databaseURL)), zipped(f, privateKey), "\xff\xfe", "://:@", "://::@@", "a=b", "H4sIAAAA", "%s%n",
	} {
		f.Add("key", text)
		f.Add(text, "text")
	}
	pack, err := policy.NewPack(policy.PackSpec{Name: "fuzz", Version: "0.0.0", Policies: All()})
	require.NoError(f, err)
	session, err := pack.NewSession(policy.Deployment{Stack: "dev"}, nil)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, key, text string) {
		fields := map[string]*structpb.Value{key: structpb.NewStringValue(text), "name": structpb.NewStringValue(key), "value": structpb.NewStringValue(text)}
		object := structpb.NewStructValue(&structpb.Struct{Fields: fields})
		properties := &structpb.Struct{Fields: map[string]*structpb.Value{
			"userData": structpb.NewStringValue(text), "userDataBase64": structpb.NewStringValue(base64.StdEncoding.EncodeToString([]byte(text))),
			"environment": object, "list": structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{object}}),
		}}
		for _, token := range []string{"aws:ec2/instance:Instance", "aws:lambda/function:Function", "pulumi:providers:aws", "some:module:Thing"} {
			for _, result := range session.Analyze(&pulumirpc.AnalyzeRequest{Type: token, Urn: "urn:x", Name: "x", Properties: properties}) {
				require.NotEqual(t, policy.Errored, result.Outcome, "%s: %q", result.Policy.ID, result.Errors)
				for _, v := range result.Violations {
					for _, part := range []string{key, text} {
						if len(secretsByForm(part)) > 0 {
							require.False(t, strings.Contains(v.Message, part), "%s repeats %q", result.Policy.ID, part)
						}
					}
				}
			}
		}
	})
}
