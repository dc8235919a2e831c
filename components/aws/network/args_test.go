package network

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestBadArguments(t *testing.T) {
	t.Parallel()
	many := map[string]string{}
	for i := range 50 {
		many[fmt.Sprint("k", i)] = "v"
	}
	pool := pulumi.String("ipam-pool-1")
	services := func(names ...string) spec.Network { return spec.Network{Endpoints: spec.Endpoints{Services: names}} }
	tests := map[string]struct {
		args Args
		want string
	}{
		"zone without a region": {Args{Network: spec.Network{ZoneNames: []string{"a", "eu-west-1b"}}},
			"zoneNames[0]: \"a\" is not an availability zone; use a name like eu-west-1a\n" +
				`zoneNames[1]: "eu-west-1b" is in another region than a; a network lies in one region`},
		"Local Zone": {Args{Network: spec.Network{ZoneNames: []string{"us-west-2a", "us-west-2-lax-1b"}}},
			`zoneNames[1]: "us-west-2-lax-1b" is not an availability zone; use a name like eu-west-1a`},
		"zones of two regions": {Args{Network: spec.Network{ZoneNames: []string{"eu-west-1a", "eu-west-2b"}}},
			`zoneNames[1]: "eu-west-2b" is in another region than eu-west-1a; a network lies in one region`},
		"zone that has no letter": {Args{Network: spec.Network{ZoneNames: []string{"eu-west-1b", "eu-west-1"}}},
			`zoneNames[1]: "eu-west-1" is not an availability zone; use a name like eu-west-1a`},
		"endpoint that is free": {Args{Network: services("s3")},
			`endpoints.services[0]: "s3" always has an endpoint, which costs nothing; remove it from the list`},
		"endpoint of GuardDuty's agents": {Args{Network: services("guardduty-data")},
			`endpoints.services[0]: "guardduty-data" always has an endpoint, which costs nothing; remove it from the list`},
		"endpoint that is left out": {Args{Network: services("guardduty-data"), NoAgentEndpoint: true},
			`endpoints.services[0]: "guardduty-data" contradicts noAgentEndpoint; remove one of the two`},
		"endpoint by its full name": {Args{Network: services("ssm", "https://kms")},
			`endpoints.services[1]: "https://kms" is not a service; use the short name, like ssm or ecr.api`},
		"retention between two offers": {Args{Network: spec.Network{FlowLogs: spec.FlowLogs{RetentionDays: 100}}},
			`flowLogs.retentionDays: 100 is not a period that CloudWatch Logs offers; the next longer one is 120 days`},
		"retention beyond all":  {Args{Network: spec.Network{FlowLogs: spec.FlowLogs{RetentionDays: 4000}}}, `flowLogs.retentionDays: 4000 is out of range; use 1 to 3653 days`},
		"CIDR and IPAM":         {Args{Network: spec.Network{CIDR: "10.0.0.0/16"}, IPAMPoolID: pool}, `cidr: "10.0.0.0/16" contradicts ipamPoolId, which chooses the block; remove one of the two`},
		"netmask without IPAM":  {Args{IPAMNetmask: 18}, `ipamNetmask: 18 has no effect without ipamPoolId; use the prefix of cidr instead`},
		"netmask out of range":  {Args{IPAMPoolID: pool, IPAMNetmask: 22}, `ipamNetmask: 22 is out of range; use 16 to 21`},
		"peer that is no block": {Args{PeerCIDRs: []string{"10.1.0.0"}}, `peerCidrs[0]: "10.1.0.0" is not a CIDR block; use for example 10.1.0.0/16`},
		"peer with host bits":   {Args{PeerCIDRs: []string{"10.1.2.3/16"}}, `peerCidrs[0]: "10.1.2.3/16" has host bits set; use 10.1.0.0/16`},
		"peer that is everyone": {Args{PeerCIDRs: []string{"0.0.0.0/0"}}, `peerCidrs[0]: "0.0.0.0/0" is the whole internet; name the networks that may come in`},
		"peer that overlaps":    {Args{PeerCIDRs: []string{"10.0.7.0/24"}}, `peerCidrs[0]: "10.0.7.0/24" overlaps the network's own block 10.0.0.0/16; networks that overlap cannot reach each other`},
		"peer listed twice":     {Args{PeerCIDRs: []string{"10.1.0.0/16", "10.1.0.0/16"}}, `peerCidrs[1]: "10.1.0.0/16" is listed twice; list each block once`},
		"too many peers":        {Args{PeerCIDRs: peers(11)}, `peerCidrs: 11 blocks are more than network ACLs have room for; use at most 10`},
		"reserved tag":          {Args{Network: spec.Network{Tags: map[string]string{"aws:x": "v"}}}, `tags.aws:x: "aws:x" is reserved; use a key that does not start with aws:`},
		"no room for Name":      {Args{Network: spec.Network{Tags: many}}, "tags: 51 are too many tags; use at most 50, counting those that are added\nsubnetTags.data: 51 are too many tags for a subnet, with those of the network; use at most 50"},
		"unknown tier":          {Args{SubnetTags: map[spec.Tier]map[string]string{"privat": {}}}, `subnetTags.privat: there is no such tier; did you mean private? (use data, private or public)`},
		"bad subnet tag":        {Args{SubnetTags: map[spec.Tier]map[string]string{spec.Data: {"a": "b|c"}}}, `subnetTags.data.a: "b|c" is not a tag value; use letters, digits and any of " _.:/=+-@"`},
		"neutral and AWS problems at once": {Args{Network: spec.Network{NAT: "two", FlowLogs: spec.FlowLogs{RetentionDays: 2}}},
			"nat: \"two\" is not a NAT mode; use none, one or per-zone\n" +
				`flowLogs.retentionDays: 2 is not a period that CloudWatch Logs offers; the next longer one is 3 days`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if strings.HasPrefix(name, "no room") {
				test.args.SubnetTags = map[spec.Tier]map[string]string{spec.Data: {"k1": "x"}}
			}
			require.EqualError(t, test.args.Validate(), test.want)
			r, err := componenttest.Run(cloud(t), func(ctx *pulumi.Context) error {
				_, err := New(ctx, "main", &test.args)
				assert.EqualError(t, err, "network \"main\" is not valid:\n"+test.want)
				return err
			})
			require.Error(t, err)
			assert.Empty(t, r.Resources, "nothing is registered")
		})
	}
}

func peers(n int) []string {
	blocks := make([]string, n)
	for i := range blocks {
		blocks[i] = fmt.Sprintf("10.%d.0.0/16", i+1)
	}
	return blocks
}

func TestGoodArguments(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]Args{
		"nothing":           {},
		"GovCloud":          {Network: spec.Network{ZoneNames: []string{"us-gov-west-1a", "us-gov-west-1b"}}},
		"peers with IPAM":   {IPAMPoolID: pulumi.String("p"), PeerCIDRs: []string{"10.0.0.0/16"}},
		"ten peers":         {PeerCIDRs: peers(10)},
		"every retention":   {Network: spec.Network{FlowLogs: spec.FlowLogs{RetentionDays: 3653}}},
		"subnet tags":       {SubnetTags: map[spec.Tier]map[string]string{spec.Private: {"karpenter.sh/discovery": "main"}}},
		"endpoint services": {Network: spec.Network{Endpoints: spec.Endpoints{Services: []string{"ecr.api", "eks-auth"}}}},
	} {
		assert.NoError(t, args.Validate(), name)
	}
}

func TestUnusableAnswersFromTheCloud(t *testing.T) {
	t.Parallel()
	zones := []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"}
	tests := map[string]struct {
		region region
		args   *Args
		want   string
	}{
		"IPAM block too small": {region{zones: zones, arn: vpcARN, ipam: "10.0.0.0/28"}, &Args{IPAMPoolID: pulumi.String("p")}, "the IPAM pool gave an unusable block"},
		"IPv6 block":           {region{zones: zones, arn: vpcARN, ipv6: "none"}, &Args{Network: spec.Network{IPv6: true}}, "none"},
		"ARN":                  {region{zones: zones, arn: "vpc-1"}, nil, `"vpc-1" is not an ARN`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := componenttest.Run(test.region.cloud(), func(ctx *pulumi.Context) error {
				_, err := New(ctx, "main", test.args)
				return err
			})
			require.ErrorContains(t, err, test.want)
		})
	}
	_, err := deliveryPolicy("group")
	require.ErrorContains(t, err, `"group" is not an ARN`)
}

func TestNameIsRequired(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(cloud(t), func(ctx *pulumi.Context) error {
		_, err := New(ctx, "", nil)
		return err
	})
	require.ErrorContains(t, err, "name")
}
