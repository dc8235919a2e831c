package simulator

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Cloud describes one simulated cloud: its schema and the tables that say how its types behave and what its look-ups
// answer. A Cloud holds no state and may serve any number of accounts.
type Cloud struct {
	Name   string                          // the Pulumi package: aws
	Schema func() (*schema.Package, error) // every resource type and function of the package

	Types   []*Type   // the modelled types; all others are checked and echoed
	Lookups []*Lookup // the functions that are answered; all others are refused

	// API is the model of the cloud's API, which the tables of types name operations of. Optional.
	API *API

	// Connect reads a provider's configuration: which account and region its resources live in. It returns all that is
	// wrong with it. Values may be unknown.
	Connect func(config resource.PropertyMap) (Site, []schema.Problem)
	// Begin makes, by Provide, what an account has in a region before anything is created. It runs once for every
	// region, before the first request from there; the region is empty while it is unknown. Optional.
	Begin func(*Call)
	// Fixed names the configuration whose change replaces the provider, and with it all its resources. Optional.
	Fixed []string
	// Prepare fills in, for any type, what the provider adds to a resource's inputs beyond the type's own defaults,
	// such as default tags. Optional.
	Prepare func(*Call)
	// Computed names outputs that the providers take as inputs too, although the schema does not list them: they are
	// left out of the check. Optional.
	Computed []string
	// Placeholder makes up the value of an output that no table computes. When it returns false, a general one is made
	// up. Optional.
	Placeholder func(c *Call, name string, t schema.Type) (resource.PropertyValue, bool)
	// Elsewhere reports whether a full name (an ARN) is of something outside the account, whose existence cannot be
	// checked. Optional.
	Elsewhere func(site Site, arn string) bool
}

// Site is where the resources of one provider instance live.
type Site struct {
	Account   string               // the account, subscription or project
	Partition string               // the part of the cloud: aws, aws-cn
	Region    string               // eu-west-1; empty in clouds without regions
	Zone      string               // where what is in a zone goes that names none; empty in most clouds
	Tags      resource.PropertyMap // tags given to every resource
}

// Kind is a kind of thing that exists in a cloud: a VPC, a role. Several Pulumi types can manage things of one kind.
type Kind struct {
	Noun     string // what the provider calls it in errors: EC2 VPC
	IDPrefix string // begins the ids that the cloud makes up: vpc-
	// ID gives the id when the cloud does not make it up. It may return "" to have one made up after all. Optional.
	ID func(*Call) string
	// Global things are the same from every region.
	Global bool
	// ARN is the template of the thing's full name. {id}, {account}, {region}, {partition} and {<output>} stand for
	// values. Optional.
	ARN string
	// Name is the output by which others refer to it by name. Optional.
	Name string
	// NotFound is the cloud's error, "Name: text with %s for the id", when something refers to one that does not exist.
	NotFound string
	// InUse is the cloud's error when one is deleted that others depend on.
	InUse string
}

// Type says how the cloud treats one resource type.
type Type struct {
	Token  string  // aws:ec2/vpc:Vpc
	Kind   *Kind   // what the type makes; several types may make the same
	Brings []*Kind // what comes with it and no type makes

	Defaults  map[string]any // inputs that the provider fills in when absent
	AutoName  *AutoName      // the input that is made up when absent, if it is not "name"
	Immutable []string       // inputs whose change replaces the resource; [*] stands for any element
	Sets      []string       // inputs that are lists whose order means nothing
	// Fills names what the cloud adds inside an input that is an object, by path: vpcConfig.vpcId. A preview shows it
	// unknown, and neither a second run nor a refresh takes it for a change.
	Fills []string
	// Normalize turns what the provider takes in several forms into the one that it keeps. Optional.
	Normalize   map[string]func(resource.PropertyValue) resource.PropertyValue
	Rules       map[string]Rule // what values an input may have, by its path
	ExactlyOne  [][]string      // sets of inputs of which exactly one must be given
	AtMostOne   [][]string      // sets of inputs that exclude one another
	References  []Reference     // what must exist, and what holds its deletion up
	Unique      []Unique        // what may occur once
	DeleteFirst bool            // a replacement is deleted before the new one is made
	// Patient says that the provider repeats a deletion that is refused because the thing is in use, until it succeeds
	// or minutes have passed.
	Patient bool
	// ReplaceIf returns the inputs whose change replaces the resource only because of their values. Optional.
	ReplaceIf func(before, after resource.PropertyMap) []string
	// Keeps reports whether deletion leaves the thing in the cloud. Optional.
	Keeps func(*Call) bool
	// Lingers says that what the resource took by its Unique entries stays taken after its deletion, as the names of
	// soft-deleted things do: it returns the cloud's "ErrorName: text" for who wants it then, with %s for the value, or
	// "" when the deletion is final. Optional.
	Lingers func(*Call) string

	// API names the operations of the cloud's API that make and change the thing, the one that makes it first:
	// elasticloadbalancing:CreateLoadBalancer. What the API's model demands of their parameters is checked.
	API []string
	// Parameters gives the path of the parameter for an input's path, where the names do not tell: an input stands for
	// the parameter whose name differs in capitals only. "" says that there is none. Optional.
	Parameters map[string]string
	// Constraints are what the cloud refuses although every input by itself is right.
	Constraints []Constraint
	// Quotas limit how many there can be.
	Quotas []Quota

	// Check reports what is wrong with the inputs whatever else exists. It runs in previews too, where values may be
	// unknown. Optional.
	Check func(*Call)
	// Allow reports what the account's present state makes impossible. It runs when a resource is really made or
	// changed, after its references were found. Optional.
	Allow func(*Call)
	// Compute sets the outputs, and makes what comes with the resource.
	Compute func(*Call)
	// Refresh completes the outputs that a read shows with what others have done to the thing. Optional.
	Refresh func(*Call)
	// Release reports what stands in the way of deletion beyond what refers to the resource. Optional.
	Release func(*Call)
	// Adopt returns the existing object that the resource takes over instead of making one. On deletion the object
	// stays. Optional.
	Adopt func(*Call) *Object
	// Setting says that making the thing sets what the account has one of, whoever set it before: nothing is refused, and
	// deletion sets it back.
	Setting bool
	// Overwrites reports whether a creation takes the place of what is there already, with all that was said of it. Whoever
	// deletes it first deletes it for both. Optional.
	Overwrites func(*Call) bool
	// Import turns the id that a user gives to import one into its id. Optional.
	Import func(id string) string
}

// AutoName says which input gets a made-up name when the program gives none: the resource's name, a separator and seven
// hexadecimal digits.
type AutoName struct {
	Property  string   // the name of the input
	Unless    []string // inputs that take its place when given, beside <Property>Prefix
	Prefix    string   // stands before the resource's name
	MaxLength int      // characters
	Separator string   // between the resource's name and the digits
	Lower     bool     // the cloud allows lower case only
	// Suffix ends the name, as .fifo does those of FIFO queues. Optional.
	Suffix func(*Call) string
}

// Address is the way in which one resource refers to another.
type Address uint8

// The ways to refer to a resource.
const (
	ByID Address = iota
	ByARN
	ByName
)

// OnDelete says what happens to a reference when its target is deleted.
type OnDelete uint8

const (
	// Refuse: the target cannot be deleted while the reference exists.
	Refuse OnDelete = iota
	// Ignore: the reference dangles.
	Ignore
	// Follow: what refers is deleted with the target.
	Follow
)

// Origin identifies an entry of a table and says where it comes from. Those of entries that only show when a program is
// really applied have an ID, by which a refusal names them.
type Origin struct {
	ID     string // permanent, unique in the cloud: aws-elb-two-zones. Optional, except for a Constraint.
	Source string // where it is documented: a page, or a file of the provider. Needed with an ID.
}

// Reference says that an input names something that must exist.
type Reference struct {
	Origin
	Property string   // the input's path; [*] stands for every element
	To       []*Kind  // the kinds of which one must exist
	By       Address  // by ID by default
	OnDelete OnDelete // Refuse by default
	NotFound string   // takes the place of Kind.NotFound. Optional.
	// Address turns the input's value into the address to look for; when it returns false, the value names nothing that
	// can be looked for. Optional.
	Address func(c *Call, value string) (string, bool)
}

// Unique says that the inputs' values together may occur once.
type Unique struct {
	Origin
	Space      string   // types that give the same name share what is taken. Default: the type alone
	Properties []string // when one is absent, the rule does not apply
	AnyCase    bool     // capital and small letters are the same
	Everywhere bool     // unique across regions
	Error      string   // the cloud's error, with %s for the last property's value
	// Keys takes the place of Properties: it returns what the resource takes, and the error is about the key that is
	// taken. Optional.
	Keys func(*Call) []string
}

// Lookup answers a function.
type Lookup struct {
	Token string // aws:ec2/getVpc:getVpc
	// Answer returns the result. Its problems refuse the call.
	Answer func(*Call) resource.PropertyMap
}
