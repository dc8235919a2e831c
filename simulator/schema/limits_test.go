package schema_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// TestLimitsOfTheSDKs compares what was read with the SDKs' comments, read by hand: what must have been read, and what
// must not.
func TestLimitsOfTheSDKs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		open func() (*schema.Package, error)
		want map[[2]string]string // by type and input
	}{
		"aws": {schema.AWS, map[[2]string]string{
			{"aws:wafv2/webAcl:WebAcl", "scope"}:                                                       "string! one:CLOUDFRONT|REGIONAL",
			{"aws:dynamodb/table:Table", "tableClass"}:                                                 "string one:STANDARD|STANDARD_INFREQUENT_ACCESS",
			{"aws:athena/workgroup:Workgroup", "state"}:                                                "string one:DISABLED|ENABLED",
			{"aws:ec2/dedicatedHost:DedicatedHost", "hostRecovery"}:                                    "string one:on|off",
			{"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "maximumRetryAttempts"}: "int range:0..2",
			{"aws:iam/role:Role", "namePrefix"}:                                                        "string not:name",
			{"aws:iam/role:Role", "maxSessionDuration"}:                                                "int",
			{"aws:rds/instance:Instance", "backupRetentionPeriod"}:                                     "int range:0..35",
			{"aws:rds/instance:Instance", "monitoringInterval"}:                                        "int",
			{"aws:rds/instance:Instance", "storageType"}:                                               "string",
			{"aws:lb/targetGroup:TargetGroup", "slowStart"}:                                            "int",
			{"aws:lb/targetGroup:TargetGroup", "protocolVersion"}:                                      "string",
			{"aws:sqs/queue:Queue", "delaySeconds"}:                                                    "int",
			{"aws:cloudwatch/metricAlarm:MetricAlarm", "comparisonOperator"}:                           "string!",
			{"aws:cloudwatch/logGroup:LogGroup", "retentionInDays"}:                                    "int",
		}},
		"azure-native": {schema.Azure, map[[2]string]string{
			{"azure-native:cdn:AFDOrigin", "weight"}:                          "int range:1..1000",
			{"azure-native:cdn:Origin", "httpPort"}:                           "int range:1..65535",
			{"azure-native:network:Endpoint", "priority"}:                     "number",
			{"azure-native:network:VirtualNetwork", "flowTimeoutInMinutes"}:   "int",
			{"azure-native:network:VirtualNetwork", "virtualNetworkName"}:     "string^",
			{"azure-native:network:Subnet", "privateEndpointNetworkPolicies"}: "string",
			{"azure-native:operationalinsights:Workspace", "retentionInDays"}: "int",
			{"azure-native:containerservice:AgentPool", "osDiskSizeGB"}:       "int",
			{"azure-native:storage:StorageAccount", "minimumTlsVersion"}:      "string",
		}},
		"gcp": {schema.GCP, map[[2]string]string{
			{"gcp:compute/address:Address", "addressType"}:                    "string one:INTERNAL|EXTERNAL",
			{"gcp:compute/address:Address", "purpose"}:                        "string",
			{"gcp:compute/subnetwork:Subnetwork", "purpose"}:                  "string",
			{"gcp:compute/subnetwork:Subnetwork", "stackType"}:                "string one:IPV4_ONLY|IPV4_IPV6",
			{"gcp:compute/network:Network", "routingMode"}:                    "string one:REGIONAL|GLOBAL",
			{"gcp:compute/network:Network", "mtu"}:                            "int",
			{"gcp:compute/routerNat:RouterNat", "autoNetworkTier"}:            "string one:PREMIUM|STANDARD",
			{"gcp:compute/targetHttpsProxy:TargetHttpsProxy", "tlsEarlyData"}: "string one:DISABLED|PERMISSIVE|STRICT|UNRESTRICTED",
			{"gcp:vmwareengine/network:Network", "type"}:                      "string! one:LEGACY|STANDARD",
			{"gcp:storage/bucket:Bucket", "storageClass"}:                     "string",
			{"gcp:sql/databaseInstance:DatabaseInstance", "databaseVersion"}:  "string!",
			{"gcp:kms/cryptoKey:CryptoKey", "purpose"}:                        "string",
		}},
		"digitalocean": {schema.DigitalOcean, map[[2]string]string{
			{"digitalocean:index/databaseCluster:DatabaseCluster", "evictionPolicy"}:     "string",
			{"digitalocean:index/databaseCluster:DatabaseCluster", "engine"}:             "string!",
			{"digitalocean:index/uptimeAlert:UptimeAlert", "comparison"}:                 "string",
			{"digitalocean:index/uptimeAlert:UptimeAlert", "type"}:                       "string!",
			{"digitalocean:index/uptimeAlert:UptimeAlert", "period"}:                     "string one:2m|3m|5m|10m|15m|30m|1h",
			{"digitalocean:index/monitorAlert:MonitorAlert", "window"}:                   "string! one:5m|10m|30m|1h",
			{"digitalocean:index/dnsRecord:DnsRecord", "type"}:                           "string! one:A|AAAA|CAA|CNAME|MX|NS|TXT|SRV",
			{"digitalocean:index/dnsRecord:DnsRecord", "flags"}:                          "int range:0..255",
			{"digitalocean:index/dnsRecord:DnsRecord", "ttl"}:                            "int",
			{"digitalocean:index/loadBalancer:LoadBalancer", "httpIdleTimeoutSeconds"}:   "int",
			{"digitalocean:index/databaseLogsinkRsyslog:DatabaseLogsinkRsyslog", "port"}: "int! range:1..65535",
		}},
	} {
		pkg, err := test.open()
		require.NoError(t, err)
		for at, want := range test.want {
			found, ok := pkg.Resource(at[0])
			require.True(t, ok, at[0])
			text, err := found.Inputs[at[1]].MarshalText()
			require.NoError(t, err)
			assert.Equal(t, want, string(text), "%s: %s %s", name, at[0], at[1])
		}
	}
}

func TestValidateInputs(t *testing.T) {
	t.Parallel()
	pkg, err := schema.Open("demo", archive(t, map[string]string{
		schema.VersionFile: "v1", "m": `resource demo:m/a:A	{"in":{"mode":"string one:fast|slow","size":"int range:1..35","low":"number range:0.5..",` +
			`"high":"int range:..9","a":"string not:b","b":"string not:a","c":"bool not:d","d":"[string]","e":"{string} not:f","f":"int","inner":"#m/I"}}` +
			"\n" + `object m/I	{"mode":"string one:x|y"}` + "\n",
	}))
	require.NoError(t, err)
	known, ok := pkg.Resource("demo:m/a:A")
	require.True(t, ok)
	for _, test := range []struct {
		inputs map[string]any
		want   []string
	}{
		{map[string]any{"mode": "Fast", "size": 35, "low": 0.5, "high": -3, "a": "x", "c": true, "e": map[string]any{"k": "v"}}, nil},
		{map[string]any{"mode": "", "a": "x", "b": "", "c": false, "d": []any{"x"}, "e": map[string]any{}, "f": 1}, nil},
		{map[string]any{"mode": unknown, "size": unknown, "a": unknown, "b": "x"}, nil},
		{map[string]any{"mode": secret(unknown), "size": output(resource.NewNullProperty(), false, false)}, nil},
		{map[string]any{"mode": "medium"}, []string{`mode: the string "medium" is not one of fast, slow`}},
		{map[string]any{"mode": secret(resource.NewStringProperty("hush"))}, []string{"mode: a secret string is not one of fast, slow"}},
		{map[string]any{"mode": output(resource.NewStringProperty("hush"), true, true)}, []string{"mode: a secret string is not one of fast, slow"}},
		{map[string]any{"size": 36}, []string{"size: expected a number from 1 to 35, got 36"}},
		{map[string]any{"size": "0"}, []string{`size: expected a number from 1 to 35, got the string "0"`}},
		{map[string]any{"low": 0.4}, []string{"low: expected at least 0.5, got 0.4"}},
		{map[string]any{"high": 10}, []string{"high: expected at most 9, got 10"}},
		{map[string]any{"inner": map[string]any{"mode": "z"}}, []string{`inner.mode: the string "z" is not one of x, y`}},
		{map[string]any{"a": "x", "b": secret(resource.NewStringProperty("y"))}, []string{`a: conflicts with "b": give one of them`}},
		{map[string]any{"c": true, "d": []any{"x"}}, []string{`c: conflicts with "d": give one of them`}},
		{map[string]any{"e": map[string]any{"k": "v"}, "f": output(resource.NewNumberProperty(1), true, false)},
			[]string{`e: conflicts with "f": give one of them`}},
	} {
		inputs := resource.NewPropertyMapFromMap(test.inputs)
		var got []string
		for _, problem := range pkg.ValidateInputs(known.Inputs, inputs) {
			assert.True(t, problem.Documented, problem.Text)
			got = append(got, problem.Path+": "+problem.String())
		}
		assert.Equal(t, test.want, got)
		assert.Empty(t, pkg.Validate(known.Inputs, inputs), "the type alone allows it")
	}
}

func TestLimitsNotation(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"string! one:a|b", "int range:1..35", "int range:..35", "number range:-0.5..", "[string]!^ not:a|b", "string one:a|b not:c",
	} {
		var p schema.Property
		require.NoError(t, p.UnmarshalText([]byte(text)), text)
		again, err := p.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, text, string(again))
	}
	for _, text := range []string{"", "int range:1", "int range:a..b", "int what:1"} {
		var p schema.Property
		assert.Error(t, p.UnmarshalText([]byte(text)), text)
	}
}
