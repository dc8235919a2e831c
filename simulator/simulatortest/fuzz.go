package simulatortest

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/asset"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Fuzz makes programs of calls out of bytes: resources of any types whose inputs have every shape, right and wrong, are
// checked, created, read, changed, compared and deleted, and things are looked up. The cloud may refuse, but must not
// panic or hang, create what has outputs of the wrong type, or end in a state that cannot be kept. Config configures
// the provider.
func Fuzz(f *testing.F, cloud simulator.Cloud, config map[string]any) {
	run := Program(f, cloud, config)
	for i, t := range cloud.Types {
		random := rand.New(rand.NewPCG(uint64(i), 0))
		data := []byte{byte(i)}
		for range 40 {
			data = append(data, byte(random.Uint32()))
		}
		f.Add(t.Token, data)
	}
	f.Fuzz(run)
}

// Program returns what runs the program that bytes stand for, which begins with a resource of a type: see Fuzz.
func Program(tb testing.TB, cloud simulator.Cloud, config map[string]any) func(t *testing.T, token string, data []byte) {
	pkg, err := cloud.Schema()
	require.NoError(tb, err)
	tokens := make([]string, len(cloud.Types))
	for i, t := range cloud.Types {
		tokens[i] = t.Token
	}
	return func(t *testing.T, token string, data []byte) {
		p := &fuzzed{T: t, World: NewWorld(t, cloud, config), pkg: pkg, tokens: tokens, data: data[:min(len(data), mostBytes)]}
		p.wild = p.next()%4 == 1
		p.create(token)
		for len(p.data) > 0 {
			p.step()
		}
		p.keep()
	}
}

// mostBytes bounds how long a program runs.
const mostBytes = 4 << 10

// fuzzed is a program made of bytes.
type fuzzed struct {
	*testing.T
	*World
	pkg    *schema.Package
	tokens []string
	data   []byte // what is left
	wild   bool   // values are often not what the schema asks for
	things []Thing
}

// next returns the next byte; none is 0.
func (p *fuzzed) next() byte {
	if len(p.data) == 0 {
		return 0
	}
	b := p.data[0]
	p.data = p.data[1:]
	return b
}

// below returns a number from 0 to n-1.
func (p *fuzzed) below(n int) int { return (int(p.next())<<8 | int(p.next())) % n }

func (p *fuzzed) step() {
	what := p.next() % 16
	if len(p.things) == 0 || what < 6 {
		p.create(p.tokens[p.below(len(p.tokens))])
		return
	}
	thing := &p.things[p.below(len(p.things))]
	switch what {
	case 6:
		_ = p.Provider.Delete(thing.Request)
	case 7, 8:
		lookups := p.Account.Cloud().Lookups
		token := lookups[p.below(len(lookups))].Token
		known, _ := p.pkg.Function(token)
		_, _ = p.Provider.Invoke(token, p.object(known.Inputs, 0))
	case 9:
		for _, olds := range []resource.PropertyMap{nil, thing.Inputs} {
			_, _, _, err := p.Provider.Read(thing.Request, olds)
			require.NoError(p.T, err)
		}
	case 10:
		_ = p.Account.Vanish(thing.Request.Token, p.anyRegion(), thing.ID())
	case 11:
		p.drift(thing)
	case 12:
		p.mangle()
	case 13:
		p.reconfigure()
	default:
		p.update(thing)
	}
}

// anyRegion returns the provider's region, or where the global things are.
func (p *fuzzed) anyRegion() string {
	if p.next()%2 == 0 {
		return ""
	}
	return p.Provider.Site().Region
}

// drift changes or removes some outputs.
func (p *fuzzed) drift(thing *Thing) {
	known, _ := p.pkg.Resource(thing.Request.Token)
	_ = p.Account.Drift(thing.Request.Token, p.anyRegion(), thing.ID(), func(outputs resource.PropertyMap) {
		for _, name := range slices.Sorted(maps.Keys(outputs)) {
			switch p.next() % 8 {
			case 0:
				delete(outputs, name)
			case 1:
				outputs[name] = resource.MakeSecret(outputs[name])
			case 2:
				if !p.wild { // what others take over would not fit
					outputs[name] = p.typed(known.Outputs[string(name)].Type, 0)
				}
			}
		}
	})
}

// mangle saves the account, takes relations out of the state, and loads it if it still is one.
func (p *fuzzed) mangle() {
	var text bytes.Buffer
	require.NoError(p.T, p.Account.Save(&text))
	var state map[string]any
	require.NoError(p.T, json.Unmarshal(text.Bytes(), &state))
	for _, object := range state["objects"].([]any) {
		relation := []string{"refers", "owner", "claims", "counts", "none", "none", "none", "none"}[p.next()%8]
		delete(object.(map[string]any), relation)
	}
	mangled, err := json.Marshal(state)
	require.NoError(p.T, err)
	_ = p.Account.Load(bytes.NewReader(mangled))
}

// reconfigure goes on with another provider, part of whose configuration is unknown.
func (p *fuzzed) reconfigure() {
	config := resource.NewPropertyMapFromMap(p.config)
	for _, name := range slices.Sorted(maps.Keys(config)) {
		if p.next()%2 == 0 {
			config[name] = resource.MakeComputed(resource.NewStringProperty(""))
		}
	}
	if provider, problems := p.Account.Provider(config); len(problems) == 0 {
		p.Provider = provider
	}
}

func (p *fuzzed) create(token string) {
	request := Request(token, p.text())
	known, ok := p.pkg.Resource(token)
	if !ok {
		_, problems := p.Provider.Check(request, nil, nil)
		require.NotEmpty(p.T, problems)
		return
	}
	checked, problems := p.Provider.Check(request, nil, p.object(known.Inputs, 0))
	_, _, _ = p.Provider.Create(request, checked, true)
	id, outputs, err := p.Provider.Create(request, checked, false)
	if err != nil {
		return
	}
	if len(problems) == 0 && !checked.ContainsUnknowns() {
		require.Empty(p.T, p.pkg.Validate(known.Outputs, outputs), "outputs of %s have the schema's types: %v", token, outputs)
	}
	request.ID = id
	p.things = append(p.things, Thing{Request: request, Inputs: checked, Outputs: outputs})
}

func (p *fuzzed) update(thing *Thing) {
	known, _ := p.pkg.Resource(thing.Request.Token)
	wanted := thing.Inputs.Copy()
	maps.Copy(wanted, p.object(known.Inputs, 0))
	checked, _ := p.Provider.Check(thing.Request, thing.Inputs, wanted)
	_, err := p.Provider.Diff(thing.Request, thing.Inputs, checked)
	require.NoError(p.T, err)
	_, _ = p.Provider.Update(thing.Request, thing.Outputs, checked, true)
	if outputs, err := p.Provider.Update(thing.Request, thing.Outputs, checked, false); err == nil {
		thing.Inputs, thing.Outputs = checked, outputs
	}
}

// keep saves and loads what there is.
func (p *fuzzed) keep() {
	var state bytes.Buffer
	require.NoError(p.T, p.Account.Save(&state))
	account, err := simulator.NewAccount(p.Account.Cloud(), simulator.Options{})
	require.NoError(p.T, err)
	require.NoError(p.T, account.Load(&state))
	require.Len(p.T, account.Resources(), len(p.Account.Resources()))
}

// deepest ends objects that hold objects of their own type.
const deepest = 5

func (p *fuzzed) object(object schema.Object, depth int) resource.PropertyMap {
	props := resource.PropertyMap{}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		property := object[name]
		if property.Required && !p.wild || p.next()%4 == 0 && depth < deepest {
			props[resource.PropertyKey(name)] = p.value(property, depth)
		}
	}
	if p.wild && p.next()%16 == 0 {
		props[resource.PropertyKey(p.text())] = p.any()
	}
	return props
}

// value returns a value of a property's type; in a wild program, often another.
func (p *fuzzed) value(property schema.Property, depth int) resource.PropertyValue {
	rarely := p.next()
	if !p.wild {
		rarely /= 8 // one in many is a secret, or unknown
	}
	switch rarely {
	case 1:
		return resource.MakeComputed(resource.NewStringProperty(""))
	case 2:
		return resource.NewOutputProperty(resource.Output{Element: p.any(), Known: p.next()%2 == 0, Secret: p.next()%2 == 0})
	case 3:
		return resource.MakeSecret(p.typed(property.Type, depth))
	}
	if p.wild && rarely%4 == 0 {
		return p.any()
	}
	return p.typed(property.Type, depth)
}

func (p *fuzzed) typed(t schema.Type, depth int) resource.PropertyValue {
	inner := func() resource.PropertyValue { return p.value(schema.Property{Type: *t.Elem}, depth+1) }
	switch t.Kind {
	case schema.Integer, schema.Number:
		return resource.NewNumberProperty(numbers[p.below(len(numbers))])
	case schema.Boolean:
		return resource.NewBoolProperty(p.next()%2 == 0)
	case schema.Asset:
		text, _ := asset.FromText(p.text())
		return resource.NewAssetProperty(text)
	case schema.Array:
		list := []resource.PropertyValue{}
		for range p.below(4) {
			list = append(list, inner())
		}
		return resource.NewArrayProperty(list)
	case schema.Map:
		object := resource.PropertyMap{}
		for range p.below(4) {
			object[resource.PropertyKey(p.text())] = inner()
		}
		return resource.NewObjectProperty(object)
	case schema.Nested:
		object, _ := p.pkg.Object(t.Ref)
		return resource.NewObjectProperty(p.object(object, depth+1))
	case schema.OneOf:
		if allowed, _ := p.pkg.Enum(t.Ref); len(allowed) > 0 {
			return resource.NewStringProperty(allowed[p.below(len(allowed))])
		}
		fallthrough
	default:
		return resource.NewStringProperty(p.text())
	}
}

// any returns a value of any shape.
func (p *fuzzed) any() resource.PropertyValue {
	text := p.text()
	shapes := []resource.PropertyValue{
		resource.NewNullProperty(), resource.NewStringProperty(text), resource.NewNumberProperty(numbers[p.below(len(numbers))]),
		resource.NewBoolProperty(true), resource.NewArrayProperty(nil),
		resource.NewArrayProperty([]resource.PropertyValue{resource.NewNullProperty(), resource.NewStringProperty(text)}),
		resource.NewObjectProperty(resource.PropertyMap{}),
		resource.NewObjectProperty(resource.PropertyMap{resource.PropertyKey(text): resource.NewNullProperty()}),
		resource.MakeComputed(resource.NewStringProperty("")), resource.MakeSecret(resource.NewStringProperty(text)),
		resource.MakeSecret(resource.NewNullProperty()),
		resource.NewResourceReferenceProperty(resource.ResourceReference{ID: resource.NewStringProperty(text)}),
		resource.NewArrayProperty([]resource.PropertyValue{resource.MakeComputed(resource.NewStringProperty(""))}),
	}
	return shapes[p.below(len(shapes))]
}

var numbers = []float64{0, 1, 2, 3, 22, 80, 443, 65535, 65536, 100, 30, 5, -1, 0.5, 1e9, 1e18, -1e300, math.Inf(1), math.NaN()}

// text returns a text such as inputs hold, something that exists above all.
func (p *fuzzed) text() string {
	if len(p.things) > 0 && p.next()%2 == 0 {
		thing := p.things[p.below(len(p.things))]
		if addresses := []string{"arn", "name", "selfLink"}; p.next()%4 == 0 {
			return thing.Text(addresses[p.below(len(addresses))])
		}
		return thing.ID()
	}
	return texts[p.below(len(texts))]
}

var texts = []string{
	"", "a", "name", "main", "default", "*", "-", ".", "/", " ", "\x00", "é数👩🏽‍💻", "true", "0", "-1", "80", "443", "1e9", "99999999999999999999",
	"10.0.0.0/16", "10.0.1.0/24", "10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/56", "10.0.0.0/33", "10.0.0.1", "::ffff:10.0.0.0/100",
	"us-west-2", "us-west-2a", "eu-west-1", "us-central1", "us-central1-a", "westeurope", "fra1", "nyc3", "tcp", "-1", "all", "application",
	"vpc-0123456789abcdef0", "arn:aws:iam::123456789012:role/main", "arn:aws:s3:::main", "arn:aws:kms:us-west-2:123456789012:key/x", "arn:", "::::::",
	"https://example.com", "example.com", "main.example.com.", "ami-0123456789abcdef0", "t3.micro", "db.t3.micro", "postgres", "16.3", "$Latest",
	"projects/p/global/networks/main", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
	"ubuntu-24-04-x64", "s-1vcpu-1gb", "Standard_LRS", "PRIVATE", "REGIONAL_MANAGED_PROXY", "AzureBastionSubnet", "GatewaySubnet",
	"rate(1 day)", "cron(0 12 * * ? *)", "cron(", "P30D", "2025-01-01T00:00:00Z", "Mon:03:00-Mon:04:00", "03:00-04:00", "com.amazonaws.us-west-2.s3",
	`{}`, `[]`, `null`, `{"Statement":[]}`, `{"Statement":[[]]}`, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`,
	`{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`,
	`{"Statement":{"Effect":5,"Principal":[{}],"Action":{"a":[]},"Condition":{"x":{"y":[1]}}}}`, `[{"name":"main","image":"nginx","essential":true}]`,
	`[{"name":5,"portMappings":[null,{"containerPort":"x"}]}]`, `{"source":["aws.ec2"]}`, `{"widgets":[{}]}`, `{"a":`, "aws:policy", "xn--", "sg-main", "/aws/x",
}
