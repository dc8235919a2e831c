package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Provider is one configured provider instance: an account seen from a region. Several may share an account. It is safe
// for concurrent use.
type Provider struct {
	account *Account
	site    Site
}

// Provider returns a provider instance with that configuration, or everything that is wrong with the configuration.
func (a *Account) Provider(config resource.PropertyMap) (*Provider, []Problem) {
	provider, ok := a.schema.Resource("pulumi:providers:" + a.cloud.Name)
	if !ok {
		return nil, []Problem{{Text: "the schema of " + a.cloud.Name + " has no provider"}}
	}
	config = decodeConfig(provider.Inputs, plainMap(config))
	problems := a.schema.Validate(provider.Inputs, config)
	site, more := a.cloud.Connect(config)
	if problems = append(problems, more...); len(problems) > 0 {
		return nil, problems
	}
	a.begin(site)
	return &Provider{account: a, site: site}, nil
}

// Site returns where the provider's resources live.
func (p *Provider) Site() Site { return p.site }

// engineKeys are configuration keys that Pulumi handles itself.
var engineKeys = []resource.PropertyKey{"version", "pluginDownloadURL", "pluginChecksums"}

// decodeConfig returns a provider's configuration without Pulumi's own keys, and with lists and objects decoded: Pulumi
// passes them as JSON text.
func decodeConfig(inputs schema.Object, config resource.PropertyMap) resource.PropertyMap {
	decoded := make(resource.PropertyMap, len(config))
	for key, value := range config {
		if slices.Contains(engineKeys, key) {
			continue
		}
		decoded[key] = value
		switch inputs[string(key)].Type.Kind {
		case schema.Array, schema.Map, schema.Nested:
			var content any
			if json.Unmarshal([]byte(text(value)), &content) == nil {
				decoded[key] = resource.NewPropertyValue(content)
			}
		}
	}
	return decoded
}

// Request names a resource: by its URN, from which its logical name is read, and its type. ID is empty until it exists.
type Request struct {
	URN   resource.URN // as the engine names the resource
	Token string       // the type
	ID    string       // empty until the resource exists
}

func (p *Provider) call(r Request, inputs resource.PropertyMap) *Call {
	known, _ := p.account.schema.Resource(r.Token)
	return &Call{
		Site:    p.site,
		Schema:  known,
		Type:    p.account.types[r.Token],
		URN:     r.URN,
		Token:   r.Token,
		Name:    r.name(),
		ID:      r.ID,
		Inputs:  plainMap(inputs),
		account: p.account,
		attempt: p.account.made[r.key()],
	}
}

func (r Request) key() string { return r.Token + "\x00" + string(r.URN) }

// name is the resource's logical name: what follows the last :: of the URN.
func (r Request) name() string {
	urn := string(r.URN)
	if at := strings.LastIndex(urn, nameSeparator); at >= 0 {
		return urn[at+len(nameSeparator):]
	}
	return urn
}

// Check returns the inputs with the provider's defaults filled in, and everything that is wrong with them. Olds are the
// inputs of the resource as it is, nil when it is to be created. Values may be unknown.
func (p *Provider) Check(r Request, olds, news resource.PropertyMap) (inputs resource.PropertyMap, problems []Problem) {
	err := p.under(OpCheck, &r, func() error {
		inputs, problems = p.check(r, olds, news)
		return nil
	})
	if refused, ok := errors.AsType[*Error](err); ok {
		return news, refused.Problems
	}
	return inputs, problems
}

func (p *Provider) check(r Request, olds, news resource.PropertyMap) (resource.PropertyMap, []Problem) {
	known, problems := p.resource(r.Token)
	if problems != nil {
		return news, problems
	}
	news = news.Copy()
	for _, name := range p.account.cloud.Computed {
		delete(news, resource.PropertyKey(name))
	}
	problems = p.account.schema.ValidateInputs(known.Inputs, news)
	inputs := p.account.schema.Conform(known.Inputs, news)
	inputs = p.account.types[r.Token].normalize(inputs)
	p.account.mu.Lock()
	defer p.account.mu.Unlock()
	c := p.call(r, inputs)
	problems = append(problems, c.checkUnions()...)
	inputs = c.fillIn(known, plainMap(olds), inputs)
	if c.Type != nil {
		c.checkTable()
	}
	if c.Type != nil && c.Type.Check != nil {
		c.Type.Check(c)
	}
	c.constrain(AtCheck)
	problems = c.trusted(problems)
	c.ground(problems)
	return inputs, redact(inputs, append(problems, c.problems...))
}

// resource returns the schema of a resource type, or what to say when there is none.
func (p *Provider) resource(token string) (*schema.Resource, []Problem) {
	known, ok := p.account.schema.Resource(token)
	if ok {
		return known, nil
	}
	return nil, []Problem{{Text: p.account.unknownToken("resource type", token)}}
}

func (a *Account) unknownToken(what, token string) string {
	said := fmt.Sprintf("%s has no %s %q", a.cloud.Name, what, token)
	if nearest := a.schema.Nearest(token); nearest != "" {
		said += fmt.Sprintf(": did you mean %q?", nearest)
	}
	return said
}

// Invoke answers a look-up. It fails with an *Error when the arguments are wrong, when the cloud refuses, and when the
// function is not modelled.
func (p *Provider) Invoke(token string, args resource.PropertyMap) (result resource.PropertyMap, err error) {
	err = p.under(OpInvoke, &Request{Token: token}, func() (err error) {
		result, err = p.invoke(token, args)
		return err
	})
	return result, err
}

func (p *Provider) invoke(token string, args resource.PropertyMap) (resource.PropertyMap, error) {
	known, ok := p.account.schema.Function(token)
	if !ok {
		return nil, refuse("calling "+token, []Problem{{Text: p.account.unknownToken("function", token)}})
	}
	if problems := p.account.schema.Validate(known.Inputs, args); len(problems) > 0 {
		return nil, refuse("calling "+token, redact(args, problems))
	}
	lookup, ok := p.account.lookups[token]
	if !ok {
		return nil, refuse("calling "+token, []Problem{{Text: "the simulated cloud does not answer this look-up"}})
	}
	args = p.account.schema.Conform(known.Inputs, args)
	p.account.mu.Lock()
	defer p.account.mu.Unlock()
	c := p.call(Request{Token: token}, args)
	c.Outputs = c.Inputs.Copy() // a look-up's result repeats its arguments
	result := lookup.Answer(c)
	if len(c.problems) > 0 {
		return nil, refuse("calling "+token, redact(args, c.problems))
	}
	return markSecrets(args, result, known.Outputs), nil
}
