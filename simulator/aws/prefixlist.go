package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_managed_prefix_list,vpc_managed_prefix_list_entry}.go and
// its tests; the VPC guide, "Managed prefix lists".

var managedPrefixListKind = &simulator.Kind{
	Noun:     "EC2 Managed Prefix List",
	IDPrefix: "pl-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:prefix-list/{id}",
	NotFound: "InvalidPrefixListID.NotFound: The prefix list ID '%s' does not exist",
}

var prefixListEntryKind = &simulator.Kind{
	Noun: "EC2 Managed Prefix List Entry",
	ID:   func(c *simulator.Call) string { return c.Text("prefixListId") + "," + c.Text("cidr") },
}

const prefixListGuide = "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html"

func prefixListTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:ec2/managedPrefixList:ManagedPrefixList",
			Kind:      managedPrefixListKind,
			Immutable: []string{"addressFamily"},
			Sets:      []string{"entries"},
			Rules: map[string]simulator.Rule{
				"addressFamily": simulator.OneOf("IPv4", "IPv6"), "name": simulator.Length(1, 255),
			},
			Constraints: []simulator.Constraint{
				fullPrefixList(func(c *simulator.Call) (list *simulator.Object, most, n int) {
					c.Objects("entries[*]", func(string, resource.PropertyMap) { n++ })
					limit, _ := c.Number("maxEntries")
					return c.Old, int(limit), n
				}),
				entryFamily("entries[*].cidr", func(c *simulator.Call) string { return c.Text("addressFamily") }),
			},
			API:        []string{"ec2:CreateManagedPrefixList"},
			Parameters: map[string]string{"name": "PrefixListName"},
			Compute: func(c *simulator.Call) {
				c.Set("ownerId", c.Account)
				c.SetNew("version", 1)
				c.SetNew("entries", []any{})
			},
		},
		{
			Token:     "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
			Kind:      prefixListEntryKind,
			Immutable: []string{"cidr", "description", "prefixListId"},
			References: []simulator.Reference{
				{Property: "prefixListId", To: kinds(managedPrefixListKind), OnDelete: simulator.Follow},
			},
			Constraints: []simulator.Constraint{
				fullPrefixList(func(c *simulator.Call) (list *simulator.Object, most, n int) {
					list = c.Find(managedPrefixListKind, c.Text("prefixListId"))
					most = mostEntries(list)
					eachObject(list.Output("entries"), func(resource.PropertyMap) { n++ })
					if c.Old == nil {
						n++
					}
					return list, most, n
				}),
				entryFamily("cidr", func(c *simulator.Call) string {
					return c.Find(managedPrefixListKind, c.Text("prefixListId")).Text("addressFamily")
				}),
			},
		},
	}
}

// mostEntries returns how many entries a list can have.
func mostEntries(list *simulator.Object) int {
	if limit := list.Output("maxEntries"); limit.IsNumber() {
		return int(limit.NumberValue())
	}
	return 0
}

// fullPrefixList refuses more entries than a list can have. The function returns the list, nil when it is new, how many
// it can have, and how many it would have beside the entries that are resources.
func fullPrefixList(entries func(*simulator.Call) (list *simulator.Object, most, n int)) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-prefix-list-full", Source: prefixListGuide},
		Stage:  simulator.AtApply,
		Error:  "PrefixListMaxEntriesExceeded: You've reached the maximum number of entries for the prefix list.",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			list, most, n := entries(c)
			if list != nil {
				n += len(list.Users(prefixListEntryKind))
			}
			if n > most {
				broken("")
			}
		},
	}
}

// entryFamily refuses CIDR blocks of the other family than the list's.
func entryFamily(path string, family func(*simulator.Call) string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-prefix-list-family", Source: prefixListGuide},
		Stage:  simulator.AtApply,
		Error:  "the CIDR %s is not of the address family %s of the prefix list",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			c.Each(path, func(path, cidr string) {
				if of := family(c); strings.HasSuffix(of, "6") != isIPv6(cidr) {
					broken(path, cidr, of)
				}
			})
		},
	}
}
