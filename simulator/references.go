package simulator

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// resolve finds what the resource's inputs refer to, and fails for what does not exist. In a preview it fails only for
// ids that the cloud makes up: one that is known belongs to something that should exist already.
func (c *Call) resolve(preview bool) []link {
	if c.Type == nil {
		return nil
	}
	var links []link
	for _, reference := range c.Type.References {
		c.Each(reference.Property, func(path, value string) {
			address, ok := value, true
			if reference.Address != nil {
				address, ok = reference.Address(c, value)
			}
			switch {
			case !ok, reference.By == ByARN && c.account.elsewhere(c.Site, address):
				return
			case address == "" && !c.Schema.Inputs[path].Required:
				return // an empty string counts as absent
			}
			if target := c.target(reference, address); target != nil && (preview || target.seen()) {
				links = append(links, link{target, reference.OnDelete, reference.Origin})
			} else if !preview || reference.madeUp(address) {
				c.Fail(path, naming(reference.missing()), value)
			}
		})
	}
	return links
}

// naming returns a text for a value, which it has a place for or not.
func naming(text string) string {
	if strings.Contains(text, "%") {
		return text
	}
	return text + "%.0s"
}

func (a *Account) elsewhere(site Site, arn string) bool {
	return a.cloud.Elsewhere != nil && a.cloud.Elsewhere(site, arn)
}

func (c *Call) target(reference Reference, address string) *Object {
	for _, kind := range reference.To {
		if target := c.FindBy(kind, reference.By, address); target != nil {
			return target
		}
	}
	return nil
}

// madeUp reports whether an address is an id of the form that the cloud makes up for what is referred to.
func (r Reference) madeUp(address string) bool {
	for _, kind := range r.To {
		if r.By == ByID && kind.IDPrefix != "" && strings.HasPrefix(address, kind.IDPrefix) {
			return true
		}
	}
	return false
}

func (r Reference) missing() string {
	if r.NotFound != "" {
		return r.NotFound
	}
	return missing(r.To[0])
}

func missing(kind *Kind) string {
	if kind.NotFound != "" {
		return kind.NotFound
	}
	return "there is no " + literal(kind.Noun) + " %q"
}

func inUse(kind *Kind) string {
	if kind.InUse != "" {
		return kind.InUse
	}
	return literal(kind.Noun) + " %q is in use"
}

// claims returns what the resource keeps others from using, and fails for what is in use already, its id included: in
// the cloud's own words if it has some.
func (c *Call) claims(self *Object) []claim {
	said := len(c.problems)
	claims := c.uniqueClaims(self)
	isNew := c.Old == nil && !c.overwrites() && (c.Type == nil || c.Type.Adopt == nil)
	if len(c.problems) == said && isNew && c.account.store.at(self.Kind, ByID, self.Region, self.ID) != nil {
		c.Fail("", "there is already a %s %q", self.Kind.Noun, self.ID)
	}
	return claims
}

func (c *Call) uniqueClaims(self *Object) []claim {
	if c.Type == nil {
		return nil
	}
	var claims []claim
	for i, rule := range c.Type.Unique {
		entry := claim{what: rule.Space, region: self.Region}
		if entry.what == "" {
			entry.what = fmt.Sprint(c.Type.Token, " ", i)
		}
		if rule.Everywhere {
			entry.region = ""
		}
		for _, key := range c.keys(rule) {
			entry.value = key.value
			if refusal, lingers := c.account.store.lingering[entry]; lingers {
				c.failBy(rule.Origin, key.path, refusal, key.shown)
				continue
			}
			if holder := c.account.store.unique[entry]; holder != nil && holder != self && !c.overwrites() {
				c.failBy(rule.Origin, key.path, rule.Error, key.shown)
				continue
			}
			claims = append(claims, entry)
		}
	}
	return claims
}

// key is one thing that a resource keeps others from using.
type key struct{ path, value, shown string }

// keys returns what the resource takes under a rule.
func (c *Call) keys(rule Unique) []key {
	if rule.Keys != nil {
		var list []key
		for _, value := range rule.Keys(c) {
			list = append(list, key{value: value, shown: value})
		}
		return list
	}
	parts := make([]string, len(rule.Properties))
	for i, name := range rule.Properties {
		value, ok := c.Inputs[resource.PropertyKey(name)]
		if !ok {
			return nil
		}
		parts[i] = show(value)
	}
	joined := strings.Join(parts, "\x00")
	if rule.AnyCase {
		joined = strings.ToLower(joined)
	}
	last := len(parts) - 1
	return []key{{path: rule.Properties[last], value: joined, shown: parts[last]}}
}

func show(value resource.PropertyValue) string {
	if value.IsString() {
		return value.StringValue()
	}
	return fmt.Sprint(value.Mappable())
}

// echoKind is the kind of resources of a type without a table entry: they have an id and are otherwise what the program
// says.
func echoKind(token string) *Kind {
	return &Kind{
		Noun: token,
		ID:   func(c *Call) string { return c.Name + "-" + c.Hex(token, autoDigits) },
	}
}
