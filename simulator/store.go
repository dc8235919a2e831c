package simulator

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Object is one thing that exists in a simulated cloud. Its methods take nil for one that does not, of which everything
// reads as absent.
type Object struct {
	Kind    *Kind                // what it is
	ID      string               // unique among those of its kind and region
	ARN     string               // empty if its kind has none
	Region  string               // empty for what is global
	URN     resource.URN         // the Pulumi resource that manages it; empty for what came with another
	Token   string               // that resource's type
	Inputs  resource.PropertyMap // as the program gave them, secrets marked
	Outputs resource.PropertyMap // secrets marked

	plain   resource.PropertyMap // the outputs without marks
	settled resource.PropertyMap // plain, as the last creation or update left it
	owner   *Object              // what it came with, and goes with
	targets []link               // what it refers to
	users   map[*Object]OnDelete // what refers to it
	owned   map[*Object]bool
	claims  []claim // what it keeps others from using
	shares  []share // what it counts for
	unseen  int     // how many calls that look for it do not find it yet
	site    *Site   // of the provider that made or changed it last; nil for what came along or was loaded
}

// link is a reference that was found.
type link struct {
	target   *Object
	onDelete OnDelete
	origin   Origin // of the table's entry
}

// claim is one entry in an index that leads to an object.
type claim struct {
	kind   *Kind
	what   string // which rule or address
	region string
	value  string
}

// store holds the objects of an account and finds them by id, ARN and name.
type store struct {
	objects   map[claim][]*Object // by address, sorted: of several that share a name the first counts
	kinds     map[*Kind][]*Object // all of a kind, sorted
	unique    map[claim]*Object
	lingering map[claim]string // what a deleted thing still takes, and the error for who wants it
	counts    map[place]int    // what quotas limit
}

func newStore() *store {
	return &store{
		objects: map[claim][]*Object{}, kinds: map[*Kind][]*Object{},
		unique: map[claim]*Object{}, lingering: map[claim]string{}, counts: map[place]int{},
	}
}

var addressNames = map[Address]string{ByID: "id", ByARN: "arn", ByName: "name"}

// at returns the object of a kind with that address, seen from a region.
func (s *store) at(kind *Kind, by Address, region, address string) *Object {
	if kind.Global || by == ByARN {
		region = ""
	}
	if found := s.objects[claim{kind, addressNames[by], region, address}]; len(found) > 0 {
		return found[0]
	}
	return nil
}

// add makes an object findable. Its addresses must be set.
func (s *store) add(o *Object) {
	for _, address := range o.addresses() {
		s.objects[address] = with(s.objects[address], o)
	}
	s.kinds[o.Kind] = with(s.kinds[o.Kind], o)
	if o.owner != nil {
		if o.owner.owned == nil {
			o.owner.owned = map[*Object]bool{}
		}
		o.owner.owned[o] = true
	}
}

// unindex makes an object unfindable.
func (s *store) unindex(o *Object) {
	for _, address := range o.addresses() {
		if s.objects[address] = without(s.objects[address], o); len(s.objects[address]) == 0 {
			delete(s.objects, address)
		}
	}
	s.kinds[o.Kind] = without(s.kinds[o.Kind], o)
}

// exists reports whether an object is still there.
func (s *store) exists(o *Object) bool {
	at, there := slices.BinarySearchFunc(s.kinds[o.Kind], o, compare)
	return there && s.kinds[o.Kind][at] == o
}

// with returns a sorted list with an object in it.
func with(list []*Object, o *Object) []*Object {
	at, there := slices.BinarySearchFunc(list, o, compare)
	if there {
		return list
	}
	return slices.Insert(list, at, o)
}

// without returns a sorted list without an object.
func without(list []*Object, o *Object) []*Object {
	at, there := slices.BinarySearchFunc(list, o, compare)
	if !there || list[at] != o {
		return list
	}
	return slices.Delete(list, at, at+1)
}

func (o *Object) addresses() []claim {
	list := []claim{{o.Kind, "id", o.Region, o.ID}}
	if o.ARN != "" {
		list = append(list, claim{o.Kind, "arn", "", o.ARN})
	}
	if name := o.Text(o.Kind.Name); name != "" {
		list = append(list, claim{o.Kind, "name", o.Region, name})
	}
	return list
}

// precedence says which of several references from one object to another counts: what goes with its target does not
// hold it.
var precedence = map[OnDelete]int{Ignore: 0, Refuse: 1, Follow: 2}

// refer replaces an object's references.
func (s *store) refer(o *Object, links []link) {
	for _, old := range o.targets {
		delete(old.target.users, o)
	}
	o.targets = links
	for _, l := range links {
		if l.target == o {
			continue
		}
		if l.target.users == nil {
			l.target.users = map[*Object]OnDelete{}
		}
		if old, ok := l.target.users[o]; !ok || precedence[l.onDelete] > precedence[old] {
			l.target.users[o] = l.onDelete
		}
	}
}

// claimAll replaces what an object keeps others from using.
func (s *store) claimAll(o *Object, claims []claim) {
	for _, old := range o.claims {
		delete(s.unique, old)
	}
	o.claims = claims
	for _, c := range claims {
		s.unique[c] = o
	}
}

// remove deletes an object, what came with it and what follows it.
func (s *store) remove(o *Object) {
	s.unindex(o)
	s.refer(o, nil)
	s.claimAll(o, nil)
	s.count(o, nil)
	if o.owner != nil {
		delete(o.owner.owned, o)
	}
	followers := make([]*Object, 0, len(o.users)+len(o.owned))
	for user, onDelete := range o.users {
		if onDelete == Follow {
			followers = append(followers, user)
		}
	}
	for owned := range o.owned {
		followers = append(followers, owned)
	}
	for _, follower := range followers {
		s.remove(follower)
	}
}

// blockers returns what keeps an object from being deleted, sorted: what refers to it or to something that goes with
// it, unless it goes with it too.
func (o *Object) blockers() []*Object {
	going := map[*Object]bool{}
	o.collect(going)
	found := map[*Object]bool{}
	for leaving := range going {
		for user, onDelete := range leaving.users {
			if onDelete == Refuse && !going[user] {
				found[user] = true
			}
		}
	}
	return sorted(found)
}

func (o *Object) collect(going map[*Object]bool) {
	if going[o] {
		return
	}
	going[o] = true
	for owned := range o.owned {
		owned.collect(going)
	}
	for user, onDelete := range o.users {
		if onDelete == Follow {
			user.collect(going)
		}
	}
}

// heldBy returns the entry by which one of the blockers holds the object, if one with an ID does.
func (o *Object) heldBy(blockers []*Object) Origin {
	going := map[*Object]bool{}
	o.collect(going)
	for _, blocker := range blockers {
		for _, l := range blocker.targets {
			if going[l.target] && l.onDelete == Refuse && l.origin.ID != "" {
				return l.origin
			}
		}
	}
	return Origin{}
}

// Users returns the objects of a kind that refer to this one, sorted.
func (o *Object) Users(kind *Kind) []*Object {
	if o == nil {
		return nil
	}
	found := map[*Object]bool{}
	for user := range o.users {
		if user.Kind == kind {
			found[user] = true
		}
	}
	return sorted(found)
}

// Owned returns the object of a kind that came with this one, or nil.
func (o *Object) Owned(kind *Kind) *Object {
	if o == nil {
		return nil
	}
	for owned := range o.owned {
		if owned.Kind == kind {
			return owned
		}
	}
	return nil
}

// CameAlong reports whether the object came with another, and goes with it.
func (o *Object) CameAlong() bool { return o != nil && o.owner != nil }

// Target returns the object of a kind that this one refers to, or nil.
func (o *Object) Target(kind *Kind) *Object {
	if o == nil {
		return nil
	}
	for _, l := range o.targets {
		if l.target.Kind == kind {
			return l.target
		}
	}
	return nil
}

// Text returns an output that is a string; "" when it is absent or no string.
func (o *Object) Text(name string) string {
	return text(o.Output(name))
}

// Identity returns the id; "" of an object that does not exist.
func (o *Object) Identity() string {
	if o == nil {
		return ""
	}
	return o.ID
}

// Flag returns an output that is a boolean; false when it is absent.
func (o *Object) Flag(name string) bool {
	value := o.Output(name)
	return value.IsBool() && value.BoolValue()
}

// Output returns an output without its secret marks, to decide by and not to pass on; null when it is absent.
func (o *Object) Output(name string) resource.PropertyValue {
	if o == nil {
		return resource.NewNullProperty()
	}
	return o.plain[resource.PropertyKey(name)]
}

// Tags returns the tags that the object has, the provider's included.
func (o *Object) Tags() resource.PropertyMap {
	for _, name := range []string{"tagsAll", "tags"} {
		if tags := o.Output(name); tags.IsObject() {
			return tags.ObjectValue()
		}
	}
	return resource.PropertyMap{}
}

func sorted(set map[*Object]bool) []*Object {
	list := make([]*Object, 0, len(set))
	for o := range set {
		list = append(list, o)
	}
	slices.SortFunc(list, compare)
	return list
}

func compare(a, b *Object) int {
	return cmp.Or(strings.Compare(a.Region, b.Region), strings.Compare(a.Kind.Noun, b.Kind.Noun),
		strings.Compare(a.ID, b.ID))
}

func text(value resource.PropertyValue) string {
	if value.IsString() {
		return value.StringValue()
	}
	return ""
}

func texts(props resource.PropertyMap, path string) []string {
	var list []string
	for _, l := range find(props, path) {
		if l.value.IsString() {
			list = append(list, l.value.StringValue())
		}
	}
	return list
}
