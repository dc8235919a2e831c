package aws_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

func TestLoadBalancerOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := vpc(w)
	subnets := publicSubnets(w, v)
	front := balancer(w, "front", subnets, nil)
	assert.Regexp(t, `^arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/front/[0-9a-f]{16}$`, front.Text("arn"))
	assert.Regexp(t, `^app/front/[0-9a-f]{16}$`, front.Text("arnSuffix"))
	assert.Regexp(t, `^front-[0-9]{10}\.us-west-2\.elb\.amazonaws\.com$`, front.Text("dnsName"))
	assert.Equal(t, "Z1H1FL5HABSF5", front.Text("zoneId"))
	assert.Equal(t, v.ID(), front.Text("vpcId"))
	assert.Equal(t, []any{v.Text("defaultSecurityGroupId")}, front.Outputs["securityGroups"].Mappable())
	inside := balancer(w, "inside", subnets, inputs{"internal": true})
	assert.Regexp(t, `^internal-inside-[0-9]{10}\.us-west-2\.elb\.amazonaws\.com$`, inside.Text("dnsName"))
	network := balancer(w, "network", subnets, inputs{"loadBalancerType": "network"})
	assert.Regexp(t, `^network-[0-9a-f]{16}\.elb\.us-west-2\.amazonaws\.com$`, network.Text("dnsName"))
	assert.Equal(t, "Z18D5FSROUN65G", network.Text("zoneId"))
	prefixed := w.Create(balancerToken, "prefixed", inputs{"namePrefix": "web-", "subnets": subnets})
	assert.Regexp(t, `^web-[0-9a-f]{26}$`, prefixed.Text("name"))
	assert.ErrorContains(t, w.TryDelete(v), "DependencyViolation", "a network with a load balancer in it stays")
	listener := w.Create(listenerToken, "http", listen(front, 80, "HTTP", answer))
	assert.Contains(t, listener.ID(), ":listener/"+front.Text("arnSuffix")+"/")
	w.Delete(front)
	id, _, _, err := w.Provider.Read(listener.Request, listener.Inputs)
	require.NoError(t, err)
	assert.Empty(t, id, "a listener goes with its load balancer")
}

func TestNextRulePriority(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, lb := balanced(w, "application")
	listener := w.Create(listenerToken, "http", listen(lb, 80, "HTTP", answer))
	in := inputs{"listenerArn": listener.ID(), "actions": answer,
		"conditions": []any{inputs{"pathPattern": inputs{"values": []any{"/"}}}}}
	w.Create(ruleToken, "first", with(in, inputs{"priority": 10}))
	assert.Equal(t, 11.0, w.Create(ruleToken, "second", in).Outputs["priority"].NumberValue())
}

// TestNetworkLoadBalancerReplacement: it can gain subnets, not lose them; security groups are for life.
func TestNetworkLoadBalancerReplacement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := vpc(w)
	gateway(w, v)
	one, two := subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID()
	replaces := func(form string, before, after inputs) []string {
		common := inputs{"name": "front", "loadBalancerType": form}
		olds := resource.NewPropertyMapFromMap(with(common, before))
		diff, err := w.Provider.Diff(simulatortest.Request(balancerToken, "front"), olds, resource.NewPropertyMapFromMap(with(common, after)))
		require.NoError(t, err)
		return diff.Replaces
	}
	both, first := inputs{"subnets": []any{one, two}}, inputs{"subnets": []any{one}}
	guarded := with(first, inputs{"securityGroups": []any{"sg-1"}})
	assert.Empty(t, replaces("network", first, both))
	assert.Equal(t, []string{"subnets[1]"}, replaces("network", both, first))
	assert.Empty(t, replaces("application", both, first))
	assert.Equal(t, []string{"securityGroups"}, replaces("network", first, guarded))
	assert.Equal(t, []string{"securityGroups"}, replaces("network", guarded, first))
	assert.Empty(t, replaces("network", guarded, with(first, inputs{"securityGroups": []any{"sg-2"}})))
	assert.Empty(t, replaces("application", guarded, first))
}

func TestCertificateOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.Create(certificateToken, "c", inputs{"domainName": "example.com", "validationMethod": "DNS",
		"subjectAlternativeNames": []any{"*.example.com", "example.org"}})
	options := made.Outputs["domainValidationOptions"].ArrayValue()
	require.Len(t, options, 3)
	name := func(i int) string { return options[i].ObjectValue()["resourceRecordName"].StringValue() }
	assert.Regexp(t, `^_[0-9a-f]{32}\.example\.com\.$`, name(0))
	assert.Equal(t, name(0), name(1), "a wildcard shares the record of its domain")
	assert.Regexp(t, `^_[0-9a-f]{32}\.example\.org\.$`, name(2))
	assert.Equal(t, "PENDING_VALIDATION", made.Text("status"))
	again := w.Create(certificateToken, "again", inputs{"domainName": "example.com", "validationMethod": "DNS"})
	assert.Equal(t, options[0], again.Outputs["domainValidationOptions"].ArrayValue()[0], "records depend on the domain alone")
	byMail := w.Create(certificateToken, "mail", inputs{"domainName": "*.example.com", "validationMethod": "EMAIL"})
	assert.Contains(t, byMail.Outputs["validationEmails"].Mappable(), "hostmaster@example.com")
	assert.ErrorContains(t, try(w, validationToken, inputs{"certificateArn": w.Create(certificateToken, "private", inputs{
		"domainName": "a.corp", "certificateAuthorityArn": "arn:aws:acm-pca:us-west-2:210987654321:certificate-authority/a",
	}).ID()}), "has type PRIVATE")
}

func TestRecordNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	served := zone(w, "example.com.")
	assert.Equal(t, "example.com", served.Text("name"))
	for name, fqdn := range map[string]string{
		"www": "www.example.com", "WWW2.example.com.": "www2.example.com", "": "example.com", "*": "*.example.com",
	} {
		assert.Equal(t, fqdn, w.Create(recordToken, "r"+name, a(served, name, nil)).Text("fqdn"), name)
	}
	alias := func(name, zone string) error {
		return try(w, recordToken, a(served, "alias", inputs{"ttl": nil, "records": nil, "aliases": []any{
			inputs{"name": name, "zoneId": zone, "evaluateTargetHealth": false}}}))
	}
	assert.ErrorContains(t, alias("d1.cloudfront.net", "Z1H1FL5HABSF5"), "does not lie within the target zone")
	assert.ErrorContains(t, alias("dualstack.a-1.us-west-2.elb.amazonaws.com", served.ID()), "does not lie within the target zone")
	assert.NoError(t, alias("d1.cloudfront.net", "Z2FDTNDATAQYW2"))
	beside := a(served, "text", inputs{"type": "CNAME", "records": []any{"a.example.org"}})
	require.NoError(t, try(w, recordToken, beside))
	assert.ErrorContains(t, try(w, recordToken, a(served, "text.example.com", nil)),
		"because a conflicting RRSet of type CNAME with the same DNS name already exists")
}

func TestCloudFrontOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.Create(distributionToken, "d", distributed(nil))
	assert.Regexp(t, `^E[0-9A-F]{13}$`, made.ID())
	assert.Equal(t, "arn:aws:cloudfront::123456789012:distribution/"+made.ID(), made.Text("arn"))
	assert.Regexp(t, `^d[0-9a-f]{13}\.cloudfront\.net$`, made.Text("domainName"))
	assert.Equal(t, "Z2FDTNDATAQYW2", made.Text("hostedZoneId"))
	identity := w.Create(identityToken, "i", inputs{})
	assert.Equal(t, "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity "+identity.ID(), identity.Text("iamArn"))
	assert.Len(t, identity.Text("s3CanonicalUserId"), 96)
	kept := w.Create(distributionToken, "kept", distributed(inputs{"retainOnDelete": true}))
	w.Delete(kept)
	id, _, _, err := w.Provider.Read(kept.Request, nil)
	require.NoError(t, err)
	assert.Equal(t, kept.ID(), id, "a distribution that is retained stays")
}
