package simulator

import (
	"errors"
	"fmt"
	"slices"
)

// restored returns the store of a saved state, and the object that stands for the account in it. The state may say
// anything: it is checked, so that what an account holds is always whole. Errors name objects by their index, for what
// they say may be secret.
func (a *Account) restored(state savedAccount) (*store, *Object, error) {
	s, root := newStore(), newRoot()
	kinds := a.kindsByName()
	objects := make([]*Object, len(state.Objects))
	for i, saved := range state.Objects {
		if saved.Kind == rootKind.Noun {
			objects[i] = root
			continue
		}
		kind, err := a.kindOf(saved, kinds)
		if err == nil {
			objects[i], err = saved.object(kind)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("object %d: %w", i, err)
		}
	}
	for i, saved := range state.Objects {
		if objects[i] == root {
			continue
		}
		links, err := saved.relations(objects, i)
		if err == nil && !saved.Gone {
			err = s.enter(objects[i], links, saved)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("object %d: %w", i, err)
		}
	}
	for _, l := range state.Lingering {
		s.lingering[l.claim()] = l.Error
	}
	for token, urns := range state.Made {
		if _, ok := a.schema.Resource(token); !ok {
			return nil, nil, fmt.Errorf("%s was made, which is no resource type", token)
		}
		for _, times := range urns {
			if times < 0 {
				return nil, nil, errors.New("something was made less than no times")
			}
		}
	}
	return s, root, nil
}

func (a *Account) kindsByName() map[string]*Kind {
	kinds := map[string]*Kind{}
	for kind, name := range a.cloud.kindNames() {
		kinds[name] = kind
	}
	return kinds
}

// kindOf returns the kind of a saved object.
func (a *Account) kindOf(saved savedObject, kinds map[string]*Kind) (*Kind, error) {
	kind, known := kinds[saved.Kind]
	if !known {
		if _, known = a.schema.Resource(saved.Kind); !known {
			return nil, fmt.Errorf("%s has no %q", a.cloud.Name, saved.Kind)
		}
		kind = a.kind(saved.Kind) // of a type that is echoed, or of another of the types that make it
	}
	if _, known = a.schema.Resource(saved.Type); !known && saved.Type != "" {
		return nil, fmt.Errorf("%s has no %q", a.cloud.Name, saved.Type)
	}
	switch {
	case saved.Type != "" && a.kind(saved.Type) != kind:
		return nil, fmt.Errorf("%s makes no %s", saved.Type, saved.Kind)
	case kind.Global && saved.Region != "":
		return nil, errors.New("what is global is in no region")
	}
	return kind, nil
}

// object returns a saved object without its relations to others.
func (saved savedObject) object(kind *Kind) (*Object, error) {
	if saved.ID == "" || saved.Unseen < 0 {
		return nil, errors.New("an object has an id, and is unseen by no less than no calls")
	}
	o := &Object{
		Kind: kind, ID: saved.ID, ARN: saved.ARN, Region: saved.Region, URN: saved.URN, Token: saved.Type,
		unseen: saved.Unseen,
	}
	inputs, errIn := decodeProperties(saved.Inputs)
	outputs, errOut := decodeProperties(saved.Outputs)
	settled, errSettled := decodeProperties(saved.Settled)
	if errors.Join(errIn, errOut, errSettled) != nil {
		return nil, errors.New("its properties are not in Pulumi's form")
	}
	o.Inputs = inputs
	o.set(outputs)
	if o.settled = o.plain; settled != nil {
		o.settled = settled
	}
	return o, nil
}

// relations gives an object its owner and returns what it refers to.
func (saved savedObject) relations(objects []*Object, self int) ([]link, error) {
	at := func(i int) (*Object, error) {
		if i < 0 || i >= len(objects) {
			return nil, fmt.Errorf("there is no object %d", i)
		}
		return objects[i], nil
	}
	var err error
	if saved.Owner != nil {
		if objects[self].owner, err = at(*saved.Owner); err != nil || *saved.Owner == self {
			return nil, errors.Join(err, errors.New("it has no owner that exists"))
		}
	}
	links := make([]link, len(saved.Refers))
	for i, refers := range saved.Refers {
		onDelete := slices.Index(onDeletes, refers.OnDelete)
		target, err := at(refers.To)
		if err != nil || onDelete < 0 {
			return nil, errors.Join(err, errors.New("it refers to nothing that exists, or in no known way"))
		}
		links[i] = link{target, OnDelete(onDelete), Origin{ID: refers.Constraint}}
	}
	return links, nil
}

// enter makes a saved object exist.
func (s *store) enter(o *Object, links []link, saved savedObject) error {
	if s.at(o.Kind, ByID, o.Region, o.ID) != nil {
		return errors.New("there are two with its id")
	}
	var claims []claim
	for _, c := range saved.Claims {
		if s.unique[c.claim()] != nil {
			return errors.New("another takes what it takes")
		}
		claims = append(claims, c.claim())
	}
	var shares []share
	for _, counted := range saved.Counts {
		shares = append(shares, share{place{counted.Code, counted.Region, counted.Per}, counted.Number})
	}
	s.add(o)
	s.refer(o, links)
	s.claimAll(o, claims)
	s.count(o, shares)
	return nil
}

func (c savedClaim) claim() claim { return claim{what: c.What, region: c.Region, value: c.Value} }
