package simulator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	addressToken = "aws:ec2/eip:Eip"
	logsToken    = "aws:cloudwatch/logGroup:LogGroup"
	queueToken   = "aws:sqs/queue:Queue" // is only echoed
)

// forgetful is AWS with log groups whose names linger, and few of them, and with subnets whose reference has a name.
func forgetful() simulator.Cloud {
	cloud := aws.New(aws.Options{})
	for i, t := range cloud.Types {
		if t.Token == logsToken {
			changed := *t
			changed.Lingers = func(*simulator.Call) string { return "Lingers: %s was deleted a moment ago" }
			changed.Quotas = []simulator.Quota{{Code: "groups", Source: "none", Limit: 3, Error: "LimitExceeded: at most %d"}}
			cloud.Types[i] = &changed
		}
		if t.Token == subnetToken {
			changed := *t
			changed.References = slices.Clone(t.References)
			changed.References[0].Origin = simulator.Origin{ID: "held-by-subnet", Source: "none"}
			cloud.Types[i] = &changed
		}
	}
	return cloud
}

func accountOf(t *testing.T, cloud simulator.Cloud, options simulator.Options) *simulator.Account {
	t.Helper()
	options.Patience = -1
	account, err := simulator.NewAccount(cloud, options)
	require.NoError(t, err)
	return account
}

// history is what happens to an account: the same random numbers make the same happen.
type history struct {
	*testing.T
	*rand.Rand
	account  *simulator.Account
	provider *simulator.Provider
	things   []simulator.Request
	calls    int
}

func newHistory(t *testing.T, account *simulator.Account, seed uint64) *history {
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(t, problems)
	return &history{T: t, Rand: rand.New(rand.NewPCG(seed, 0)), account: account, provider: provider}
}

// step makes one random call and returns all that came of it.
func (h *history) step(tokens []string) string {
	h.calls++
	if len(h.things) == 0 || h.IntN(3) == 0 {
		return h.create(tokens[h.IntN(len(tokens))])
	}
	thing := h.things[h.IntN(len(h.things))]
	switch h.IntN(8) {
	case 0, 1:
		err := h.provider.Delete(thing)
		return fmt.Sprint("delete ", thing, err, simulator.Broken(err))
	case 2, 3:
		checked, problems := h.provider.Check(thing, nil, h.inputs(thing.Token))
		diff, err := h.provider.Diff(thing, nil, checked)
		outputs, refused := h.provider.Update(thing, nil, checked, false)
		return fmt.Sprint("update ", thing, checked, problems, diff, err, outputs, refused)
	case 4:
		err := h.account.Drift(thing.Token, "us-west-2", thing.ID, func(outputs resource.PropertyMap) {
			outputs["tags"] = resource.NewPropertyValue(map[string]any{"drifted": fmt.Sprint(h.calls)})
		})
		return fmt.Sprint("drift ", thing, err)
	case 5:
		return fmt.Sprint("vanish ", thing, h.account.Vanish(thing.Token, "us-west-2", thing.ID))
	default:
		id, inputs, outputs, err := h.provider.Read(thing, nil)
		return fmt.Sprint("read ", thing, id, inputs, outputs, err)
	}
}

func (h *history) create(token string) string {
	request := simulatortest.Request(token, fmt.Sprint("r", h.IntN(6)))
	checked, problems := h.provider.Check(request, nil, h.inputs(token))
	id, outputs, err := h.provider.Create(request, checked, false)
	if request.ID = id; err == nil {
		h.things = append(h.things, request)
	}
	return fmt.Sprint("create ", request, checked, problems, outputs, err)
}

func (h *history) inputs(token string) resource.PropertyMap {
	secret := resource.MakeSecret(resource.NewStringProperty(fmt.Sprint("hush-", h.IntN(3))))
	tags := resource.NewObjectProperty(resource.PropertyMap{"owner": secret})
	in := resource.NewPropertyMapFromMap(map[string]map[string]any{
		vpcToken:     {"cidrBlock": "10.0.0.0/16"},
		subnetToken:  {"vpcId": h.any(vpcToken), "cidrBlock": fmt.Sprintf("10.0.%d.0/24", h.IntN(4))},
		addressToken: {"domain": "vpc"},
		logsToken:    {"name": fmt.Sprint("/logs/", h.IntN(5))},
		queueToken:   {"delaySeconds": h.IntN(9)},
		"aws:ec2/natGateway:NatGateway": {
			"subnetId": h.any(subnetToken), "allocationId": h.any(addressToken),
		},
		"aws:ec2/internetGateway:InternetGateway":     {"vpcId": h.any(vpcToken)},
		"aws:ec2/defaultRouteTable:DefaultRouteTable": {"defaultRouteTableId": h.defaultTable()},
		"aws:iam/role:Role":                           {"assumeRolePolicy": `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}}`},
		"aws:ec2/securityGroup:SecurityGroup":         {"vpcId": h.any(vpcToken), "name": fmt.Sprint("g", h.IntN(3))},
		"aws:ec2/routeTable:RouteTable":               {"vpcId": h.any(vpcToken)},
		"aws:ec2/vpcEndpoint:VpcEndpoint":             {"vpcId": h.any(vpcToken), "serviceName": "com.amazonaws.us-west-2.s3"},
	}[token])
	if token != "aws:ec2/defaultRouteTable:DefaultRouteTable" {
		in["tags"] = tags
	}
	return in
}

// any returns the id of something of a type that exists, or did.
func (h *history) any(token string) string {
	var ids []string
	for _, thing := range h.things {
		if thing.Token == token {
			ids = append(ids, thing.ID)
		}
	}
	if len(ids) == 0 {
		return "none"
	}
	return ids[h.IntN(len(ids))]
}

func (h *history) defaultTable() string {
	for _, thing := range h.things {
		if _, _, outputs, _ := h.provider.Read(thing, nil); outputs["mainRouteTableId"].IsString() {
			return outputs["mainRouteTableId"].StringValue()
		}
	}
	return "none"
}

var tokens = []string{
	vpcToken, subnetToken, subnetToken, logsToken, logsToken, queueToken, "aws:ec2/natGateway:NatGateway", "aws:iam/role:Role",
	"aws:ec2/internetGateway:InternetGateway", "aws:ec2/defaultRouteTable:DefaultRouteTable", "aws:ec2/routeTable:RouteTable",
	"aws:ec2/securityGroup:SecurityGroup", "aws:ec2/vpcEndpoint:VpcEndpoint",
}

// TestRestoredAccount: an account that was saved and loaded goes on as the account that was saved would, whatever
// happened before and happens after: ids, outputs, refusals, quotas, names that linger, what is not seen yet.
func TestRestoredAccount(t *testing.T) {
	t.Parallel()
	unseen := []simulator.Fault{{Operation: simulator.OpCreate, Type: addressToken, Effect: simulator.Unseen, Times: 7}}
	refusals := map[string]bool{}
	for seed := range uint64(30) {
		before := newHistory(t, accountOf(t, forgetful(), simulator.Options{Seed: "s", Faults: unseen}), seed)
		for range 80 {
			before.step(append(tokens, addressToken))
		}
		var state, again bytes.Buffer
		require.NoError(t, before.account.Save(&state))
		loaded := accountOf(t, forgetful(), simulator.Options{Seed: "s"})
		require.NoError(t, loaded.Load(bytes.NewReader(state.Bytes())))
		require.NoError(t, loaded.Save(&again))
		require.Equal(t, state.String(), again.String())

		after := newHistory(t, loaded, 0)
		after.things = slices.Clone(before.things)
		after.calls = before.calls
		before.Rand, after.Rand = rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 1))
		for range 120 {
			want := before.step(tokens)
			require.Equal(t, want, after.step(tokens), "seed %d", seed)
			for _, code := range []string{"DependencyViolation", "Lingers", "LimitExceeded", "ResourceAlreadyExists", "InvalidSubnet.Conflict",
				"InvalidGroup.Duplicate", "there is no", "hush-", "held-by-subnet"} {
				refusals[code] = refusals[code] || strings.Contains(want, code)
			}
		}
		require.Equal(t, before.account.Resources(), loaded.Resources())
		state.Reset()
		again.Reset()
		require.NoError(t, before.account.Save(&state))
		require.NoError(t, loaded.Save(&again))
		require.Equal(t, state.String(), again.String())
	}
	for code, seen := range refusals {
		assert.True(t, seen, "no history shows %s", code)
	}
}

// savedWith returns a state of an account that holds a little, with a change.
func savedWith(t *testing.T, change func(state map[string]any, objects []any)) string {
	t.Helper()
	w := simulatortest.NewWorld(t, aws.New(aws.Options{NoDefaultVPC: true}), oregon)
	v := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	w.Create(subnetToken, "s", inputs{"vpcId": v.ID(), "cidrBlock": "10.0.1.0/24"})
	w.Create(queueToken, "q", inputs{})
	var text bytes.Buffer
	require.NoError(t, w.Account.Save(&text))
	var state map[string]any
	require.NoError(t, json.Unmarshal(text.Bytes(), &state))
	change(state, state["objects"].([]any))
	changed, err := json.Marshal(state)
	require.NoError(t, err)
	return string(changed)
}

func TestStatesThatCannotBeLoaded(t *testing.T) {
	t.Parallel()
	set := func(i int, name string, value any) func(map[string]any, []any) {
		return func(_ map[string]any, objects []any) { objects[i].(map[string]any)[name] = value }
	}
	top := func(name string, value any) func(map[string]any, []any) {
		return func(state map[string]any, _ []any) { state[name] = value }
	}
	for want, change := range map[string]func(map[string]any, []any){
		"the state has format 2; only format 1 can be read":              top("format", 2),
		`the state is one of "gcp"`:                                      top("cloud", "gcp"),
		`the state has version "0.1.0" of the schema`:                    top("schema", "0.1.0"),
		"the state was made under another seed":                          top("seed", "other"),
		`unknown field "object"`:                                         top("object", []any{}),
		"aws:ec2/vpcs:Vpc was made, which is no resource type":           top("made", inputs{"aws:ec2/vpcs:Vpc": inputs{"u": 1}}),
		"something was made less than no times":                          top("made", inputs{vpcToken: inputs{"u": -1}}),
		`object 0: aws has no "aws:ec2/vpcs:Vpc"`:                        set(0, "kind", "aws:ec2/vpcs:Vpc"),
		`object 1: aws has no "what"`:                                    set(1, "type", "what"),
		"makes no " + vpcToken:                                           set(3, "kind", vpcToken),
		"object 2: an object has an id":                                  set(2, "id", ""),
		"unseen by no less than no calls":                                set(2, "unseen", -1),
		"object 0: its properties are not in Pulumi's form":              set(0, "outputs", inputs{"a": inputs{resource.SigKey: "hush-hush"}}),
		"object 0: there is no object 99":                                set(0, "owner", 99),
		"object 0: it has no owner that exists":                          set(0, "owner", 0),
		"object 1: there is no object -1":                                set(1, "refers", []any{inputs{"to": -1, "onDelete": "ignore"}}),
		"object 1: it refers to nothing that exists, or in no known way": set(1, "refers", []any{inputs{"to": 0, "onDelete": "explode"}}),
		"there are two with its id":                                      func(_ map[string]any, objects []any) { objects[1] = objects[0] },
		"another takes what it takes": func(_ map[string]any, objects []any) {
			for _, o := range objects[:2] {
				o.(map[string]any)["claims"] = []any{inputs{"what": "w", "value": "v"}}
			}
		},
	} {
		text := savedWith(t, change)
		w := world(t)
		w.Create(vpcToken, "kept", inputs{"cidrBlock": "10.0.0.0/16"})
		before := w.Account.Resources()
		err := w.Account.Load(strings.NewReader(text))
		require.ErrorContains(t, err, want, want)
		assert.ErrorContains(t, err, "loading the simulated aws: ")
		assert.NotContains(t, err.Error(), "hush")
		assert.Equal(t, before, w.Account.Resources(), "nothing changed")
	}
	for _, text := range []string{"", "{", "[]", "null", "{}", `{"format":"1"}`, savedWith(t, func(map[string]any, []any) {}) + "x"} {
		assert.Error(t, world(t).Account.Load(strings.NewReader(text)), text)
	}
	text := savedWith(t, func(_ map[string]any, objects []any) {
		for _, o := range objects {
			o.(map[string]any)["region"] = "eu-west-1"
		}
	})
	require.NoError(t, world(t).Account.Load(strings.NewReader(text)))
	const roleToken = "aws:iam/role:Role"
	assert.ErrorContains(t, world(t).Account.Load(strings.NewReader(
		strings.NewReplacer(subnetToken, roleToken, "aws:ec2/defaultSubnet:DefaultSubnet", roleToken).Replace(text))),
		"what is global is in no region")
}

// TestKindsInStates: what no type makes or brings cannot be saved, and what a type brings can.
func TestKindsInStates(t *testing.T) {
	t.Parallel()
	brought := &simulator.Kind{Noun: "shadow", IDPrefix: "shadow-"}
	for brings, want := range map[*simulator.Kind]string{nil: "no type makes or brings a shadow", brought: ""} {
		cloud := aws.New(aws.Options{})
		for i, modelled := range cloud.Types {
			if modelled.Token != logsToken {
				continue
			}
			changed := *modelled
			changed.Compute = func(c *simulator.Call) {
				modelled.Compute(c)
				c.Bring(brought, resource.PropertyMap{})
			}
			if brings != nil {
				changed.Brings = []*simulator.Kind{brings}
			}
			cloud.Types[i] = &changed
		}
		w := simulatortest.NewWorld(t, cloud, oregon)
		group := w.Create(logsToken, "l", inputs{})
		if want != "" {
			assert.ErrorContains(t, w.Account.Save(&bytes.Buffer{}), want)
			continue
		}
		w = w.Restored()
		w.Delete(group)
		var text bytes.Buffer
		require.NoError(t, w.Account.Save(&text))
		assert.NotContains(t, text.String(), "shadow", "it went with the log group")
	}
}

// FuzzLoad: a state may say anything; what is loaded can be used and saved.
func FuzzLoad(f *testing.F) {
	cloud := forgetful()
	for seed := range uint64(4) {
		account, err := simulator.NewAccount(cloud, simulator.Options{Patience: -1})
		require.NoError(f, err)
		h := &history{Rand: rand.New(rand.NewPCG(seed, 0)), account: account}
		provider, problems := account.Provider(resource.NewPropertyMapFromMap(oregon))
		require.Empty(f, problems)
		h.provider = provider
		for range 4 {
			h.step(append(tokens, addressToken))
		}
		var text bytes.Buffer
		require.NoError(f, account.Save(&text))
		f.Add(text.Bytes(), seed)
	}
	f.Add([]byte(`{"format":1}`), uint64(0))
	f.Fuzz(func(t *testing.T, text []byte, seed uint64) {
		account := accountOf(t, cloud, simulator.Options{})
		if account.Load(bytes.NewReader(text)) != nil {
			return
		}
		h := newHistory(t, account, seed)
		for _, r := range account.Resources() {
			h.things = append(h.things, simulator.Request{URN: r.URN, Token: r.Type, ID: r.ID})
		}
		for range 8 {
			h.step(tokens)
		}
		require.NoError(t, account.Save(&bytes.Buffer{}))
	})
}
