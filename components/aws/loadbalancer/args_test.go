package loadbalancer

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestBadArguments(t *testing.T) {
	t.Parallel()
	backends := func(n, sticky int) map[string]spec.Backend {
		list := map[string]spec.Backend{}
		for i := range n {
			list[string(rune('a'+i))] = spec.Backend{Weight: pulumi.IntRef(1), StickySeconds: sticky, Rollback: spec.Rollback{Disabled: true}}
		}
		return list
	}
	type lb = spec.LoadBalancer
	certificate := pulumi.String("arn")
	tests := map[string]struct {
		args Args
		want string
	}{
		"certificate twice":  {Args{LoadBalancer: lb{Certificate: "c"}, CertificateARN: certificate}, `certificate: "c" contradicts certificateArn; remove one of the two`},
		"certificate, plain": {Args{LoadBalancer: lb{Unencrypted: true}, CertificateARN: certificate}, `certificateArn: is of no use without TLS; remove unencrypted`},
		"zone twice":         {Args{LoadBalancer: lb{Domain: "a.com", Zone: "Z1"}, ZoneID: pulumi.String("Z2"), CertificateARN: certificate}, `zone: "Z1" contradicts zoneId; remove one of the two`},
		"zone alone":         {Args{ZoneID: pulumi.String("Z2"), CertificateARN: certificate}, `zoneId: is of no use without domain; say which name leads to the load balancer`},
		"no certificate":     {Args{}, `certificate: is missing; name one, or domain and zone to have one made`},
		"domain alone":       {Args{LoadBalancer: lb{Domain: "a.com"}}, `certificate: is missing; name one, or domain and zone to have one made`},
		"six backends":       {Args{LoadBalancer: lb{Backends: backends(6, 0)}, CertificateARN: certificate}, `backends: 6 are too many backends; a load balancer shares traffic out among 5 at most`},
		"sticky targets":     {Args{LoadBalancer: lb{Backends: backends(2, 60)}, CertificateARN: certificate}, "backends.a.stickySeconds: 60 needs stickySeconds of the load balancer, for there are several backends\nbackends.b.stickySeconds: 60 needs stickySeconds of the load balancer, for there are several backends"},
		"six values":         {Args{LoadBalancer: lb{Routes: map[string]spec.Route{"r": {Priority: 1, Hosts: []string{"a", "b", "c"}, Paths: []string{"/a", "/b", "/c"}, Backends: map[string]int{"main": 1}}}}, CertificateARN: certificate}, `routes.r: 6 hosts and paths are too many; a route has 5 at most, so use several`},
		"targets":            {Args{TargetCIDRs: []string{"10.0.0.1/8", "::/0", "10.0.0.0/8", "10.0.0.0/8"}, CertificateARN: certificate}, "targetCidrs[0]: \"10.0.0.1/8\" is not an IPv4 block of its own; use for example 10.1.0.0/16, once\ntargetCidrs[1]: \"::/0\" is not an IPv4 block of its own; use for example 10.1.0.0/16, once\ntargetCidrs[3]: \"10.0.0.0/8\" is not an IPv4 block of its own; use for example 10.1.0.0/16, once"},
		"logs of no firewall": {Args{LoadBalancer: lb{Domain: "a.example", Firewall: spec.Firewall{Disabled: true}}, CertificateARN: certificate, LogAllowedRequests: true},
			`logAllowedRequests: has no effect without a firewall; remove it`},
		"shared, TCP":       {Args{LoadBalancer: lb{TCP: true, Firewall: spec.Firewall{Disabled: true}, Backends: backends(2, 60)}, CertificateARN: certificate}, `backends: share the traffic, which is not possible with tcp yet; give all but one weight 0`},
		"codes":             {Args{LoadBalancer: lb{Backends: map[string]spec.Backend{"a": {HealthCheck: spec.HealthCheck{Codes: "200,500"}}}}, CertificateARN: certificate}, `backends.a.healthCheck.codes: "200,500" are not all codes that AWS checks for; use 200 to 499`},
		"codes of gRPC":     {Args{LoadBalancer: lb{Backends: map[string]spec.Backend{"a": {Protocol: spec.BackendGRPC, HealthCheck: spec.HealthCheck{Codes: "0-100"}}}}, CertificateARN: certificate}, `backends.a.healthCheck.codes: "0-100" are not all codes that AWS checks for; use 0 to 99`},
		"failover":          {Args{Failover: "second", CertificateARN: certificate}, "failover: \"second\" is not known; did you mean secondary? (use primary or secondary)\nfailover: \"second\" has no effect without zone; the domains' records are the caller's to make"},
		"target type":       {Args{TargetType: "lambda", CertificateARN: certificate}, `targetType: "lambda" is not known; use instance or ip`},
		"desync":            {Args{DesyncMode: "monitor", CertificateARN: certificate}, `desyncMode: "monitor" is not known; use defensive or strictest`},
		"forwarded for":     {Args{ForwardedFor: "apend", CertificateARN: certificate}, `forwardedFor: "apend" is not known; did you mean append? (use append, preserve or remove)`},
		"old TLS":           {Args{TLSPolicy: "ELBSecurityPolicy-2016-08", CertificateARN: certificate}, `tlsPolicy: "ELBSecurityPolicy-2016-08" is not a policy of TLS 1.2 or newer with strong ciphers alone; use for example ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`},
		"TLS 1.0":           {Args{TLSPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06", CertificateARN: certificate}, `tlsPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" is not a policy of TLS 1.2 or newer with strong ciphers alone; use for example ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`},
		"weak ciphers":      {Args{TLSPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", CertificateARN: certificate}, `tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" is not a policy of TLS 1.2 or newer with strong ciphers alone; use for example ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`},
		"keep alive":        {Args{KeepAliveSeconds: 59, CertificateARN: certificate}, `keepAliveSeconds: 59 is out of range; use 60 to 604800 seconds`},
		"HSTS":              {Args{StrictTransportSeconds: -1, CertificateARN: certificate}, `strictTransportSeconds: -1 is out of range; use 0 to 63072000 seconds`},
		"HSTS, plain":       {Args{LoadBalancer: lb{Unencrypted: true}, StrictTransportSeconds: 60}, `strictTransportSeconds: 60 has no effect without HTTPS; remove it`},
		"retention":         {Args{LoadBalancer: lb{Firewall: spec.Firewall{LogRetentionDays: 100}}, CertificateARN: certificate}, `firewall.logRetentionDays: 100 is not a period that CloudWatch Logs offers; the next longer one is 120 days`},
		"counted rules":     {Args{CountedRules: map[string][]string{"AWSManagedRulesCommonRules": {"x"}}, CertificateARN: certificate}, `countedRules.AWSManagedRulesCommonRules: is not a rule group of the firewall; did you mean AWSManagedRulesCommonRuleSet? (use AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet or AWSManagedRulesSQLiRuleSet)`},
		"counted, no group": {Args{CountedRules: map[string][]string{"AWSManagedRulesAnonymousIpList": {"x"}}, CertificateARN: certificate}, `countedRules.AWSManagedRulesAnonymousIpList: is not a rule group of the firewall; use AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet or AWSManagedRulesSQLiRuleSet`},
		"reserved tag":      {Args{LoadBalancer: lb{Tags: map[string]string{"aws:x": "v"}}, CertificateARN: certificate}, `tags.aws:x: "aws:x" is reserved; use a key that does not start with aws:`},
		"neutral and AWS's": {Args{LoadBalancer: lb{IdleSeconds: -1}, TargetType: "x"}, "idleSeconds: -1 is out of range; use 1 to 4000 seconds\ncertificate: is missing; name one, or domain and zone to have one made\ntargetType: \"x\" is not known; use instance or ip"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.args.VpcID, test.args.SubnetIDs = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"a", "b"})
			require.EqualError(t, test.args.Validate(), test.want)
			r, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
				_, err := New(ctx, "main", &test.args)
				assert.EqualError(t, err, "load balancer \"main\" is not valid:\n"+test.want)
				return err
			})
			require.Error(t, err)
			assert.Empty(t, r.Resources, "nothing is registered")
		})
	}
}

func TestWhatIsRequired(t *testing.T) {
	t.Parallel()
	args := Args{CertificateARN: pulumi.String("arn")}
	require.EqualError(t, args.Validate(), "vpcId: is missing; name the VPC of the load balancer\n"+
		"subnetIds: is missing; give subnets in 2 zones at least")
	args = Args{CertificateARN: pulumi.String("arn"), VpcID: pulumi.String("v"), SubnetIDs: pulumi.ToStringArray([]string{"a"})}
	require.EqualError(t, args.Validate(), "subnetIds: 1 is too few subnets to outlive the loss of a zone; give subnets in 2 zones at least")
	_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", nil)
		return err
	})
	require.ErrorContains(t, err, "vpcId: is missing")
}

func TestGoodArguments(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]Args{
		"certificate by its ARN":  {LoadBalancer: spec.LoadBalancer{Certificate: "arn"}},
		"certificate and records": {LoadBalancer: spec.LoadBalancer{Certificate: "arn", Domain: "a.com", Zone: "Z1"}},
		"certificate made":        {LoadBalancer: spec.LoadBalancer{Domain: "a.com", Zone: "Z1"}},
		"plain HTTP":              {LoadBalancer: spec.LoadBalancer{Unencrypted: true}},
		"strict":                  {LoadBalancer: spec.LoadBalancer{Certificate: "arn"}, TLSPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06", DesyncMode: "strictest"},
		"older":                   {LoadBalancer: spec.LoadBalancer{Certificate: "arn"}, TLSPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06"},
		"FIPS":                    {LoadBalancer: spec.LoadBalancer{Certificate: "arn"}, TLSPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09"},
		"codes with TCP": {LoadBalancer: spec.LoadBalancer{
			Certificate: "arn", TCP: true, Firewall: spec.Firewall{Disabled: true},
			Backends: map[string]spec.Backend{"a": {HealthCheck: spec.HealthCheck{Path: "/", Codes: "200-599"}}},
		}},
		"sticky": {LoadBalancer: spec.LoadBalancer{Certificate: "arn", Backends: map[string]spec.Backend{"a": {StickySeconds: 60}}}},
		"anonymous counted": {
			LoadBalancer: spec.LoadBalancer{Certificate: "arn", Firewall: spec.Firewall{BlockAnonymous: true}},
			CountedRules: map[string][]string{"AWSManagedRulesAnonymousIpList": {"HostingProviderIPList"}},
		},
	} {
		args.VpcID, args.SubnetIDs = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"a", "b"})
		assert.NoError(t, args.Validate(), name)
	}
}

func TestUnusableAnswers(t *testing.T) {
	t.Parallel()
	run := func(args Args, state func(token, name string) resource.PropertyMap) error {
		echo := componenttest.Echo{State: state, Answers: map[string]resource.PropertyMap{
			"aws:index/getCallerIdentity:getCallerIdentity": resource.NewPropertyMapFromMap(map[string]any{"accountId": "123456789012"}),
			"aws:index/getRegion:getRegion":                 resource.NewPropertyMapFromMap(map[string]any{"name": "us-east-1"}),
			"aws:index/getPartition:getPartition":           resource.NewPropertyMapFromMap(map[string]any{"partition": "aws"}),
			"aws:ec2/getVpc:getVpc":                         resource.NewPropertyMapFromMap(map[string]any{"cidrBlock": "10.0.0.0/16"}),
		}}
		_, err := componenttest.Run(echo, func(ctx *pulumi.Context) error {
			args.VpcID = pulumi.String("vpc-1")
			_, err := New(ctx, "main", &args)
			return err
		})
		return err
	}
	one := pulumi.ToStringArray([]string{"subnet-1"}).ToStringArrayOutput()
	require.ErrorContains(t, run(Args{LoadBalancer: spec.LoadBalancer{Certificate: "arn"}, SubnetIDs: one}, nil),
		"subnetIds: 1 is too few subnets to outlive the loss of a zone; give subnets in 2 zones at least")
	two := pulumi.ToStringArray([]string{"subnet-1", "subnet-2"})
	err := run(Args{LoadBalancer: spec.LoadBalancer{Domain: "a.example.com", Zone: "Z1"}, SubnetIDs: two}, func(string, string) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(map[string]any{"domainValidationOptions": []any{map[string]any{"domainName": "b.example.com"}}})
	})
	require.ErrorContains(t, err, "ACM names no record that validates a.example.com")
	_, err = componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", (Args{}).complete())
		return err
	})
	require.ErrorContains(t, err, `load balancer "main": looking up the account: `)
}

// Whichever child cannot be registered, New says so and stops.
func TestEveryChildCanFail(t *testing.T) {
	t.Parallel()
	args := Args{TopicARN: pulumi.String("arn:aws:sns:us-east-1:123456789012:critical"), LoadBalancer: spec.LoadBalancer{
		Domain: "example.com", Backends: canary().Backends,
		Routes: map[string]spec.Route{"api": {Priority: 1, Paths: []string{"/"}, Backends: map[string]int{"blue": 1, "green": 1}}},
	}}
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return componenttest.SimulatedAWS(t, "us-east-1") }
	componenttest.EveryChildCanFail(t, "load balancer", Token, cloud, func(ctx *pulumi.Context, opts ...pulumi.ResourceOption) error {
		_, err := create(ctx, "main", args, opts...)
		return err
	})
}
