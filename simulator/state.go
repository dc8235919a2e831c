package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// StateFormat is the number of the format that Save writes. Load reads no other.
const StateFormat = 1

// savedAccount is what an account holds, as JSON. Accounts that hold the same are the same text.
type savedAccount struct {
	Format    int                             `json:"format"`         // StateFormat
	Cloud     string                          `json:"cloud"`          // the Pulumi package: aws
	Schema    string                          `json:"schema"`         // the package's version
	Seed      string                          `json:"seed,omitempty"` // Options.Seed: made-up ids depend on it
	Objects   []savedObject                   `json:"objects"`        // sorted by region, noun and id
	Begun     []string                        `json:"begun"`          // the regions that have what the cloud brings along, sorted
	Lingering []savedLingering                `json:"lingering"`      // what deleted things still take, sorted
	Made      map[string]map[resource.URN]int `json:"made"`           // how many objects were made, by type and URN
}

// savedObject is one object. Properties are in the form that Pulumi gives them between engine and provider, in which
// secrets are marked.
type savedObject struct {
	Kind    string         `json:"kind"`             // see kindNames
	ID      string         `json:"id"`               // unique among those of its kind and region
	ARN     string         `json:"arn,omitempty"`    // if its kind has one
	Region  string         `json:"region,omitempty"` // unless it is global
	URN     resource.URN   `json:"urn,omitempty"`    // of the Pulumi resource that manages it
	Type    string         `json:"type,omitempty"`   // the token of that resource's type
	Gone    bool           `json:"gone,omitempty"`   // it was deleted; what refers to it still does
	Inputs  map[string]any `json:"inputs"`           // null if no Pulumi resource manages it
	Outputs map[string]any `json:"outputs"`
	Settled map[string]any `json:"settled,omitzero"` // outputs as last created or updated, where that differs
	Owner   *int           `json:"owner,omitempty"`  // what it came with: an index of objects
	Refers  []savedLink    `json:"refers,omitempty"`
	Claims  []savedClaim   `json:"claims,omitempty"` // what it keeps others from using
	Counts  []savedShare   `json:"counts,omitempty"` // what it counts for
	Unseen  int            `json:"unseen,omitempty"` // how many calls that look for it do not find it yet
}

type savedLink struct {
	To         int    `json:"to"`                   // an index of objects
	OnDelete   string `json:"onDelete"`             // refuse, ignore or follow
	Constraint string `json:"constraint,omitempty"` // the ID of the table's entry
}

type savedClaim struct {
	What   string `json:"what"`
	Region string `json:"region,omitempty"`
	Value  string `json:"value"`
}

type savedLingering struct {
	savedClaim
	Error string `json:"error"` // for who wants it
}

// savedShare is how much an object counts for in one place.
type savedShare struct {
	Code   string `json:"code"` // of the quota
	Region string `json:"region,omitempty"`
	Per    string `json:"per,omitempty"`
	Number int    `json:"number"` // how much it counts for there
}

// onDeletes are the names of OnDelete in a saved state.
var onDeletes = []string{Refuse: "refuse", Ignore: "ignore", Follow: "follow"}

// Save writes all that the account holds, as JSON, for Load to read. SECRETS ARE IN IT as they are: who keeps it must
// keep it safe. Faults, quotas, patience and the clock belong to the options, and are not in it.
func (a *Account) Save(w io.Writer) error {
	a.mu.Lock()
	state, err := a.saved()
	a.mu.Unlock()
	if err != nil {
		return fmt.Errorf("saving the simulated %s: %w", a.cloud.Name, err)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(state)
}

// Load replaces all that the account holds by what Save wrote, from which on it behaves as the account that was saved.
// It fails, and changes nothing, when the text is no such state, and when the state is of another format, cloud,
// version of the schema or seed.
func (a *Account) Load(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err == nil {
		err = a.load(text)
	}
	if err != nil {
		return fmt.Errorf("loading the simulated %s: %w", a.cloud.Name, err)
	}
	return nil
}

func (a *Account) load(text []byte) error {
	var state savedAccount
	if err := json.Unmarshal(text, &struct {
		Format *int `json:"format"`
	}{&state.Format}); err != nil {
		return fmt.Errorf("this is no saved state: %w", err)
	}
	if state.Format != StateFormat {
		return fmt.Errorf("the state has format %d; only format %d can be read", state.Format, StateFormat)
	}
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&state); err != nil {
		return fmt.Errorf("this is no saved state: %w", err)
	}
	switch {
	case state.Cloud != a.cloud.Name:
		return fmt.Errorf("the state is one of %q", state.Cloud)
	case state.Schema != a.schema.Version:
		return fmt.Errorf("the state has version %q of the schema, not %q: begin with an empty one",
			state.Schema, a.schema.Version)
	case a.cloud.seed(state.Seed) != a.seed:
		return errors.New("the state was made under another seed")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	restored, root, err := a.restored(state)
	if err != nil {
		return err
	}
	a.store, a.root, a.made, a.begun = restored, root, map[string]int{}, map[string]bool{}
	for _, region := range state.Begun {
		a.begun[region] = true
	}
	for token, urns := range state.Made {
		for urn, times := range urns {
			a.made[Request{Token: token, URN: urn}.key()] = times
		}
	}
	a.wake()
	return nil
}

// kindNames returns the names of kinds in a saved state: the first of the types that make it, or the noun of what no
// type makes.
func (cloud Cloud) kindNames() map[*Kind]string {
	names := map[*Kind]string{rootKind: rootKind.Noun}
	for _, t := range cloud.Types {
		if name, ok := names[t.Kind]; !ok || t.Token < name {
			names[t.Kind] = t.Token
		}
	}
	for _, t := range cloud.Types {
		for _, kind := range t.Brings {
			if _, ok := names[kind]; !ok {
				names[kind] = kind.Noun
			}
		}
	}
	return names
}

// saved returns what the account holds.
func (a *Account) saved() (savedAccount, error) {
	state := savedAccount{
		Format: StateFormat, Cloud: a.cloud.Name, Schema: a.schema.Version,
		Seed:    strings.TrimPrefix(a.seed, a.cloud.seed("")),
		Begun:   slices.AppendSeq([]string{}, maps.Keys(a.begun)),
		Objects: []savedObject{}, Lingering: []savedLingering{}, Made: map[string]map[resource.URN]int{},
	}
	slices.Sort(state.Begun)
	names := a.cloud.kindNames()
	for token, kind := range a.echoed {
		names[kind] = token
	}
	list, index := a.store.reachable()
	for _, o := range list {
		saved, err := o.saved(names, index)
		if err != nil {
			return state, err
		}
		saved.Gone = !a.store.exists(o)
		state.Objects = append(state.Objects, saved)
	}
	for taken, refusal := range a.store.lingering {
		saved := savedClaim{taken.what, taken.region, taken.value}
		state.Lingering = append(state.Lingering, savedLingering{saved, refusal})
	}
	slices.SortFunc(state.Lingering, func(a, b savedLingering) int {
		return slices.Compare([]string{a.What, a.Region, a.Value}, []string{b.What, b.Region, b.Value})
	})
	for key, times := range a.made {
		token, urn, _ := strings.Cut(key, "\x00")
		if state.Made[token] == nil {
			state.Made[token] = map[resource.URN]int{}
		}
		state.Made[token][resource.URN(urn)] = times
	}
	return state, nil
}

// reachable returns what exists and, after it, what does not any more but is still referred to, each with its index.
func (s *store) reachable() ([]*Object, map[*Object]int) {
	existing := map[*Object]bool{}
	for _, kind := range s.kinds {
		for _, o := range kind {
			existing[o] = true
		}
	}
	list, index := sorted(existing), map[*Object]int{}
	for i, o := range list {
		index[o] = i
	}
	for i := 0; i < len(list); i++ {
		next := make([]*Object, 0, len(list[i].targets)+1)
		for _, l := range list[i].targets {
			next = append(next, l.target)
		}
		if list[i].owner != nil {
			next = append(next, list[i].owner)
		}
		for _, o := range next {
			if _, known := index[o]; !known {
				index[o] = len(list)
				list = append(list, o)
			}
		}
	}
	return list, index
}

func (o *Object) saved(names map[*Kind]string, index map[*Object]int) (savedObject, error) {
	saved := savedObject{
		Kind: names[o.Kind], ID: o.ID, ARN: o.ARN, Region: o.Region, URN: o.URN, Type: o.Token, Unseen: o.unseen,
	}
	if saved.Kind == "" {
		return saved, fmt.Errorf("no type makes or brings a %s", o.Kind.Noun)
	}
	var problems [3]error
	saved.Inputs, problems[0] = encodeProperties(o.Inputs)
	saved.Outputs, problems[1] = encodeProperties(o.Outputs)
	if !o.settled.DeepEquals(o.plain) {
		settled := o.settled
		if settled == nil {
			settled = resource.PropertyMap{}
		}
		saved.Settled, problems[2] = encodeProperties(settled)
	}
	if err := errors.Join(problems[:]...); err != nil {
		return saved, fmt.Errorf("%s %s: %w", o.Kind.Noun, o.ID, err)
	}
	if o.owner != nil {
		owner := index[o.owner]
		saved.Owner = &owner
	}
	for _, l := range o.targets {
		saved.Refers = append(saved.Refers, savedLink{index[l.target], onDeletes[l.onDelete], l.origin.ID})
	}
	for _, c := range o.claims {
		saved.Claims = append(saved.Claims, savedClaim{c.what, c.region, c.value})
	}
	for _, counted := range o.shares {
		at := counted.at
		saved.Counts = append(saved.Counts, savedShare{at.code, at.region, at.per, counted.n})
	}
	return saved, nil
}

// asSent says that properties are encoded as between engine and provider, with nothing left out.
var asSent = plugin.MarshalOptions{
	KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true, KeepByteString: true,
}

func encodeProperties(props resource.PropertyMap) (map[string]any, error) {
	if props == nil {
		return nil, nil
	}
	encoded, err := plugin.MarshalProperties(props, asSent)
	if err != nil {
		return nil, err
	}
	return encoded.AsMap(), nil
}

func decodeProperties(values map[string]any) (resource.PropertyMap, error) {
	if values == nil {
		return nil, nil
	}
	encoded, err := structpb.NewStruct(values)
	if err != nil {
		return nil, err
	}
	return plugin.UnmarshalProperties(encoded, asSent)
}
