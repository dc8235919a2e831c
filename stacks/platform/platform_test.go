package platform

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	s, err := Load(map[string]string{
		"holdfast:cloud": "aws",
		"holdfast:tags":  `{"team": "a", "centre": "42"}`,
		"holdfast:network": `{"cidr": "10.8.0.0/16", "zoneNames": ["eu-west-1b", "eu-west-1a"], "nat": "one", "ipv6": true,
			"flowLogs": {"retentionDays": 30}, "endpoints": {"services": ["ssm"]}, "tags": {"tier": "net"}}`,
		"aws:region":       "eu-west-1",
		"rehearsal:change": `{"holdfast:network": {"nat": "per-zone"}}`,
		"other:holdfast:x": "ignored",
	})
	require.NoError(t, err)
	assert.Equal(t, Spec{
		Cloud: "aws",
		Tags:  map[string]string{"team": "a", "centre": "42"},
		Network: spec.Network{
			CIDR: "10.8.0.0/16", Zones: 2, ZoneNames: []string{"eu-west-1b", "eu-west-1a"}, NAT: spec.NATOne, IPv6: true,
			FlowLogs: spec.FlowLogs{RetentionDays: 30}, Endpoints: spec.Endpoints{Services: []string{"ssm"}},
			Tags: map[string]string{"tier": "net"},
		},
		Release: Release{Strategy: Rolling, Live: Blue}, Objectives: Objectives{}.WithDefaults(),
	}, s)
}

func TestLoadDefaults(t *testing.T) {
	t.Parallel()
	s, err := Load(map[string]string{"holdfast:cloud": "aws"})
	require.NoError(t, err)
	assert.Equal(t, Spec{
		Cloud: "aws", Network: spec.Network{}.WithDefaults(), Release: Release{Strategy: Rolling, Live: Blue}, Objectives: Objectives{}.WithDefaults(),
	}, s, "a section that is not there is a part that the platform has not")

	s, err = Load(map[string]string{"holdfast:cloud": "aws", "holdfast:network": "{}", "holdfast:tags": "{}"})
	require.NoError(t, err)
	assert.Equal(t, spec.Network{}.WithDefaults(), s.Network)
}

func TestLoadProblems(t *testing.T) {
	t.Parallel()
	const keys = "use holdfast:administrators, holdfast:aws, holdfast:backup, holdfast:baseline, holdfast:cache, holdfast:cloud, holdfast:cluster, " +
		"holdfast:database, holdfast:databasePassword, holdfast:deletionAllowed, holdfast:kubernetes, holdfast:loadBalancer, " +
		"holdfast:monitoring, holdfast:network, holdfast:objectives, holdfast:recovery, holdfast:release, holdfast:tags or holdfast:zone"
	const settings = "use cidr, endpoints, flowLogs, ipv6, nat, tags, zoneNames or zones"
	tests := map[string]struct {
		key, value string
		want       string
	}{
		"unknown key":         {"holdfast:netwrok", `{}`, "holdfast:netwrok: there is no such setting; did you mean holdfast:network? (" + keys + ")"},
		"unlike any key":      {"holdfast:speed", "11", "holdfast:speed: there is no such setting; " + keys},
		"path as a key":       {"holdfast:network.zones", "3", "holdfast:network.zones: there is no such setting; to set a part of holdfast:network, use: pulumi config set --path"},
		"unknown setting":     {"holdfast:network", `{"cdir": "10.0.0.0/16"}`, "holdfast:network.cdir: there is no such setting; did you mean cidr? (" + settings + ")"},
		"unlike any setting":  {"holdfast:network", `{"colour": 1}`, "holdfast:network.colour: there is no such setting; " + settings},
		"unknown, deeper":     {"holdfast:network", `{"flowLogs": {"retention": 30}}`, "holdfast:network.flowLogs.retention: there is no such setting; use disabled or retentionDays"},
		"wrong case":          {"holdfast:network", `{"CIDR": "10.0.0.0/16"}`, "holdfast:network.CIDR: there is no such setting; did you mean cidr? (" + settings + ")"},
		"not a CIDR":          {"holdfast:network", `{"cidr": "10.0.0.0/99"}`, `holdfast:network.cidr: "10.0.0.0/99" is not an IPv4 CIDR block; use for example 10.0.0.0/16`},
		"zero":                {"holdfast:network", `{"zones": 0}`, "holdfast:network.zones: 0 is not allowed; leave it out for the default"},
		"empty text":          {"holdfast:network", `{"nat": ""}`, `holdfast:network.nat: "" is not allowed; leave it out for the default`},
		"empty list":          {"holdfast:network", `{"zoneNames": []}`, `holdfast:network.zoneNames: [] is not allowed; leave it out for the default`},
		"null":                {"holdfast:network", `{"nat": null}`, "holdfast:network.nat: has no value; give it one, or leave it out for the default"},
		"number as text":      {"holdfast:network", `{"zones": "3"}`, `holdfast:network.zones: "3" is text; use a whole number, without quotes`},
		"fraction":            {"holdfast:network", `{"zones": 2.5}`, "holdfast:network.zones: 2.5 is a number; use a whole number, without quotes"},
		"huge number":         {"holdfast:network", `{"zones": 1e300}`, "holdfast:network.zones: 1e+300 is a number; use a whole number, without quotes"},
		"answer as text":      {"holdfast:network", `{"ipv6": "yes"}`, `holdfast:network.ipv6: "yes" is text; use true or false, without quotes`},
		"list for text":       {"holdfast:network", `{"cidr": ["10.0.0.0/16"]}`, `holdfast:network.cidr: ["10.0.0.0/16"] is a list; use text, in quotes`},
		"answer for text":     {"holdfast:tags", `{"spot": true}`, `holdfast:tags.spot: true is a boolean; use text, in quotes`},
		"map for list":        {"holdfast:network", `{"zoneNames": {"a": 1}}`, `holdfast:network.zoneNames: {"a":1} is a map; use a list, for example [a, b]`},
		"number in list":      {"holdfast:network", `{"zoneNames": ["eu-west-1a", 2]}`, "holdfast:network.zoneNames[1]: 2 is a number; use text, in quotes"},
		"number as a tag":     {"holdfast:tags", `{"centre": 42}`, "holdfast:tags.centre: 42 is a number; use text, in quotes"},
		"text for settings":   {"holdfast:network", "default", `holdfast:network: "default" is text; use settings, each on a line of its own as name: value, or {} for the defaults`},
		"text for tags":       {"holdfast:tags", "team=a", `holdfast:tags: "team=a" is text; use names with values, each on a line of its own as name: value`},
		"list for settings":   {"holdfast:network", "[1]", `holdfast:network: [1] is a list; use settings, each on a line of its own as name: value, or {} for the defaults`},
		"left empty":          {"holdfast:cache", "", "holdfast:cache: has no value; use {} for the defaults, or settings, each on a line of its own as name: value"},
		"answer for settings": {"holdfast:backup", "true", "holdfast:backup: true is a boolean; use settings, each on a line of its own as name: value, or {} for the defaults"},
		"cloud that is empty": {"holdfast:cloud", "", `holdfast:cloud: "" is not allowed; leave it out for the default`},
		"several, in one pass": {"holdfast:network", `{"zones": 0, "nat": "two", "cdir": 1, "flowLogs": {"disabled": 1}}`,
			"holdfast:network.cdir: there is no such setting; did you mean cidr? (" + settings + ")\n" +
				"holdfast:network.flowLogs.disabled: 1 is a number; use true or false, without quotes\n" +
				"holdfast:network.zones: 0 is not allowed; leave it out for the default\n" +
				`holdfast:network.nat: "two" is not a NAT mode; use none, one or per-zone`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := map[string]string{"holdfast:cloud": "aws", test.key: test.value}
			_, err := Load(config)
			require.EqualError(t, err, test.want)
			var ps spec.Problems
			require.ErrorAs(t, err, &ps)
			for _, p := range ps {
				assert.True(t, strings.HasPrefix(p.String(), "holdfast:"), "starts with its key: %s", p)
			}
		})
	}
	_, err := Load(nil)
	require.EqualError(t, err, "holdfast:cloud: is missing; set it to the cloud to deploy to, for example aws")
}

func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	config := map[string]string{
		"holdfast:cloud":   "aws",
		"holdfast:network": `{"cidr": "10.66.66.66/16", "zones": "hunter2", "flowLogs": {"password": "hunter2"}, "zoneNames": ["hunter2"]}`,
		"holdfast:tags":    "visible",
	}
	_, err := Load(config, "holdfast:network")
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "hunter2")
	assert.NotContains(t, err.Error(), "10.66")
	assert.Contains(t, err.Error(), "holdfast:network.cidr: is not valid")
	assert.Contains(t, err.Error(), "holdfast:network.flowLogs.password: there is no such setting")
	assert.Contains(t, err.Error(), "visible", "the value of a key that is not secret")

	clouds := map[string]Cloud{"aws": {Check: func(Spec, map[string]string) error {
		var ps spec.Problems
		ps.Add("holdfast:network[0]", "hunter2", "is refused")
		ps.Add("holdfast:networks", "other", "is refused")
		return ps
	}}}
	err = Run(nil, config, []string{"holdfast:network"}, clouds)
	assert.NotContains(t, err.Error(), "hunter2")
	assert.Contains(t, err.Error(), `"other" is refused`)
}

func TestDecodeKinds(t *testing.T) {
	t.Parallel()
	var into struct {
		Share *int    `pulumi:"share"`
		Rate  float64 `pulumi:"rate"`
		Part  *struct {
			Size int `pulumi:"size"`
		} `pulumi:"part"`
		Other *struct{} `pulumi:"other"`
		Never complex64 `pulumi:"never"`
	}
	var ps spec.Problems
	decodeConfig(map[string]string{"holdfast:share": "0", "holdfast:rate": "1.5", "holdfast:part": "{}"}, &into, &ps)
	require.NoError(t, ps.Err())
	require.NotNil(t, into.Share, "zero is a value where the field is a pointer")
	assert.Equal(t, 0, *into.Share)
	assert.Equal(t, 1.5, into.Rate)
	assert.NotNil(t, into.Part, "a section that is there")
	assert.Nil(t, into.Other, "a section that is not")

	decodeConfig(map[string]string{"holdfast:rate": `"fast"`, "holdfast:part": `{"size": 0}`}, &into, &ps)
	require.EqualError(t, ps, "holdfast:part.size: 0 is not allowed; leave it out for the default\n"+
		`holdfast:rate: "fast" is text; use a number, without quotes`)
	assert.Panics(t, func() { decodeConfig(map[string]string{"holdfast:never": "1"}, &into, &ps) })
}

// Every field of the description, at any depth, has a tag and a kind that can be decoded.
func TestEverySettingCanBeDecoded(t *testing.T) {
	t.Parallel()
	var check func(path string, typ reflect.Type)
	check = func(path string, typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Struct:
			for i := range typ.NumField() {
				tag := typ.Field(i).Tag.Get("pulumi")
				require.NotEmpty(t, tag, "%s.%s", path, typ.Field(i).Name)
				check(path+"."+tag, typ.Field(i).Type)
			}
		case reflect.Slice, reflect.Map, reflect.Pointer:
			check(path, typ.Elem())
		default:
			assert.Contains(t, []reflect.Kind{reflect.String, reflect.Bool, reflect.Int, reflect.Float64}, typ.Kind(), path)
		}
	}
	check("holdfast", reflect.TypeFor[Spec]())
}

func TestRun(t *testing.T) {
	t.Parallel()
	var deployed []string
	refuse := func(s Spec, config map[string]string) error {
		var ps spec.Problems
		ps.Collect("holdfast:network", s.Network.Validate()) // clouds check again, and nothing is said twice
		if config["gcp:project"] == "" {
			ps.Add("gcp:project", nil, "is missing")
		}
		return ps.Err()
	}
	clouds := map[string]Cloud{
		"aws": {
			Check: func(Spec, map[string]string) error { return nil },
			Deploy: func(_ *pulumi.Context, s Spec) error {
				deployed = append(deployed, s.Cloud+" "+s.Network.CIDR)
				return nil
			},
		},
		"gcp": {Check: refuse, Deploy: func(*pulumi.Context, Spec) error { return errors.New("deployed all the same") }},
	}
	tests := []struct {
		config map[string]string
		want   string
	}{
		{map[string]string{"holdfast:cloud": "aws"}, ""},
		{map[string]string{"holdfast:cloud": "gpc"}, `holdfast:cloud: "gpc" is not a cloud that this program is built for; did you mean gcp? (use aws or gcp)`},
		{map[string]string{"holdfast:cloud": "moon", "holdfast:network": `{"zones": 1}`},
			"holdfast:network.zones: 1 is out of range; use 2 to 8 zones\nholdfast:cloud: \"moon\" is not a cloud that this program is built for; use aws or gcp"},
		{map[string]string{"holdfast:cloud": "gcp", "holdfast:network": `{"zones": 1}`},
			"holdfast:network.zones: 1 is out of range; use 2 to 8 zones\ngcp:project: is missing"},
		{nil, "holdfast:cloud: is missing; set it to the cloud to deploy to, for example aws"},
		{map[string]string{"holdfast:cloud": "gcp", "gcp:project": "p"}, "deployed all the same"},
	}
	for _, test := range tests {
		err := Run(nil, test.config, nil, clouds)
		if test.want == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, test.want)
	}
	assert.Equal(t, []string{"aws 10.0.0.0/16"}, deployed)
}

// Whatever the configuration holds, loading answers without a panic.
func FuzzLoad(f *testing.F) {
	f.Add("holdfast:network", `{"cidr": "10.0.0.0/16", "zones": 3}`)
	f.Add("holdfast:network", `{"zoneNames": [null, {}, []], "flowLogs": 1}`)
	f.Add("holdfast:tags", `{"": null}`)
	f.Add("holdfast:", "\xff")
	f.Add("holdfast:\n\n", "0")
	f.Fuzz(func(t *testing.T, key, value string) {
		s, err := Load(map[string]string{"holdfast:cloud": "aws", key: value})
		if err == nil {
			require.NoError(t, s.Network.Validate())
			return
		}
		for line := range strings.Lines(err.Error()) {
			require.NotEmpty(t, strings.TrimSpace(line))
		}
		require.NotContains(t, err.Error(), "reflect.")
	})
}
