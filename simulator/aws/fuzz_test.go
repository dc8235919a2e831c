package aws_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/schema"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// FuzzAnything takes a resource of any type with any inputs through its life: the cloud may refuse, but must not panic,
// hang, or create what has outputs of the wrong type. In the JSON text, $name stands for the id of something that
// exists, a string that begins with unknown: for an unknown value and one that begins with secret: for a secret.
func FuzzAnything(f *testing.F) {
	pkg, err := schema.AWS()
	require.NoError(f, err)
	cloud := aws.New(aws.Options{})
	for i := range cloud.Types {
		f.Add(uint16(i), `{"vpcId":"$vpc","cidrBlock":"10.0.9.0/24"}`, `{"vpcId":"unknown:","tags":{"a":"secret:hush-hush"}}`)
	}
	for _, text := range []string{
		`{"routes":[{"cidrBlock":"0.0.0.0/0","gatewayId":"$igw"},5,null,{"cidrBlock":"unknown:"}],"vpcId":"$vpc"}`,
		`{"ingress":[{"protocol":"tcp","fromPort":"80","toPort":-1,"cidrBlocks":["10.0.0.0/8",7]}],"vpcId":"$vpc"}`,
		`{"policy":"{\"Statement\":[[]]}","role":"$role","assumeRolePolicy":{"Statement":{"Action":[{}]}}}`,
		`{"subnetIds":["$subnet","$subnet"],"serviceName":"com.amazonaws..","vpcEndpointType":"Interface","vpcId":"$vpc"}`,
		`{"cidrBlock":"::ffff:10.0.0.0/100","ipv6CidrBlock":"10.0.0.0/64","tags":[],"name":"","__defaults":5}`,
		`{"ruleNumber":1e309,"protocol":"9999999999999999999","fromPort":0.5}`,
	} {
		f.Add(uint16(len(text)), text, text)
	}
	f.Fuzz(func(t *testing.T, which uint16, first, second string) {
		var before, after map[string]any
		if json.Unmarshal([]byte(first), &before) != nil || json.Unmarshal([]byte(second), &after) != nil {
			t.Skip("no JSON objects")
		}
		w := simulatortest.NewWorld(t, cloud, oregon)
		v := vpc(w)
		there := map[string]string{
			"$vpc": v.ID(), "$igw": gateway(w, v).ID(), "$subnet": subnet(w, v, "10.0.1.0/24", "a").ID(), "$eip": address(w, "a").ID(),
			"$rtb": table(w, v, "t").ID(), "$sg": group(w, v, "g").ID(), "$role": role(w, "r").ID(), "$acl": acl(w, v, "a").ID(),
		}
		token := pkg.Resources()[int(which)%len(pkg.Resources())]
		if int(which) < len(cloud.Types) {
			token = cloud.Types[which].Token
		}
		live(t, w, pkg, token, fuzzed(there, before), fuzzed(there, after))
		for _, lookup := range cloud.Lookups {
			_, _ = w.Provider.Invoke(lookup.Token, fuzzed(there, before))
		}
	})
}

func live(t *testing.T, w *world, pkg *schema.Package, token string, before, after resource.PropertyMap) {
	known, ok := pkg.Resource(token)
	require.True(t, ok)
	request := simulatortest.Request(token, "fuzzed")
	checked, problems := w.Provider.Check(request, nil, before)
	_, _, _ = w.Provider.Create(request, checked, true)
	id, outputs, err := w.Provider.Create(request, checked, false)
	if err != nil {
		return
	}
	if len(problems) == 0 && !checked.ContainsUnknowns() {
		require.Empty(t, pkg.Validate(known.Outputs, outputs), "outputs have the schema's types")
	}
	request.ID = id
	again, _ := w.Provider.Check(request, checked, after)
	_, err = w.Provider.Diff(request, checked, again)
	require.NoError(t, err)
	_, _ = w.Provider.Update(request, outputs, again, true)
	_, _ = w.Provider.Update(request, outputs, again, false)
	for _, olds := range []resource.PropertyMap{nil, checked} {
		_, _, _, err = w.Provider.Read(request, olds)
		require.NoError(t, err)
	}
	_ = w.Provider.Delete(request)
}

// fuzzed turns decoded JSON into properties.
func fuzzed(there map[string]string, values map[string]any) resource.PropertyMap {
	var convert func(value any) resource.PropertyValue
	convert = func(value any) resource.PropertyValue {
		switch value := value.(type) {
		case string:
			if id, ok := there[value]; ok {
				return resource.NewStringProperty(id)
			}
			if strings.HasPrefix(value, "unknown:") {
				return resource.MakeComputed(resource.NewStringProperty(""))
			}
			if rest, ok := strings.CutPrefix(value, "secret:"); ok {
				return resource.MakeSecret(resource.NewStringProperty(rest))
			}
			return resource.NewStringProperty(value)
		case []any:
			list := make([]resource.PropertyValue, len(value))
			for i, element := range value {
				list[i] = convert(element)
			}
			return resource.NewArrayProperty(list)
		case map[string]any:
			object := resource.PropertyMap{}
			for key, element := range value {
				object[resource.PropertyKey(key)] = convert(element)
			}
			return resource.NewObjectProperty(object)
		default:
			return resource.NewPropertyValue(value)
		}
	}
	return convert(values).ObjectValue()
}
