package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLoadBalancerLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v, lb := balanced(w, "application")
	group := targets(w, v, "web", "HTTP")
	listener := w.Create(listenerToken, "http", listen(lb, 80, "HTTP", forwardTo(group)))
	for _, module := range []string{"lb", "alb"} {
		found := ask(t, w, "aws:"+module+"/getLoadBalancer:getLoadBalancer", inputs{"name": "front"})
		assert.Equal(t, lb.Text("dnsName"), found["dnsName"])
		assert.Len(t, found["subnets"], 2)
		found = ask(t, w, "aws:"+module+"/getTargetGroup:getTargetGroup", inputs{"arn": group.Text("arn")})
		assert.Equal(t, []any{lb.ID()}, found["loadBalancerArns"])
		assert.Equal(t, "300", found["deregistrationDelay"])
		assert.Equal(t, "/", found["healthCheck"].(map[string]any)["path"])
		found = ask(t, w, "aws:"+module+"/getListener:getListener", inputs{"loadBalancerArn": lb.ID(), "port": 80})
		assert.Equal(t, listener.ID(), found["arn"])
		action := found["defaultActions"].([]any)[0].(map[string]any)
		assert.Equal(t, []any{group.Text("arn"), []any{}}, []any{action["targetGroupArn"], action["redirects"]})
		assert.Equal(t, []any{map[string]any{
			"stickinesses": []any{}, "targetGroups": []any{map[string]any{"arn": group.Text("arn"), "weight": 1.0}},
		}}, action["forwards"])
		refuses(t, w, "aws:"+module+"/getListener:getListener", inputs{"loadBalancerArn": lb.ID(), "port": 81}, "no matching ELBv2 Listener")
		refuses(t, w, "aws:"+module+"/getLoadBalancer:getLoadBalancer", inputs{"name": "back"}, "no matching ELBv2 Load Balancer")
	}
	targets(w, v, "api", "HTTP")
	refuses(t, w, "aws:lb/getTargetGroup:getTargetGroup", nil, "multiple ELBv2 Target Groups matched")
}

func TestListenerLookupShowsWeights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v, lb := balanced(w, "application")
	blue, green := targets(w, v, "blue", "HTTP"), targets(w, v, "green", "HTTP")
	groups := []any{inputs{"arn": blue.Text("arn"), "weight": 90}, inputs{"arn": green.Text("arn"), "weight": 10}}
	sticky := inputs{"enabled": true, "duration": 60}
	w.Create(listenerToken, "http", listen(lb, 80, "HTTP", []any{
		inputs{"type": "forward", "forward": inputs{"targetGroups": groups, "stickiness": sticky}},
	}))
	found := ask(t, w, "aws:lb/getListener:getListener", inputs{"loadBalancerArn": lb.ID(), "port": 80})
	action := found["defaultActions"].([]any)[0].(map[string]any)
	assert.Equal(t, []any{"forward", ""}, []any{action["type"], action["targetGroupArn"]})
	assert.Equal(t, []any{map[string]any{
		"stickinesses": []any{map[string]any{"enabled": true, "duration": 60.0}},
		"targetGroups": []any{map[string]any{"arn": blue.Text("arn"), "weight": 90.0}, map[string]any{"arn": green.Text("arn"), "weight": 10.0}},
	}}, action["forwards"])
}

func TestRegionalLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const zones = "aws:lb/getHostedZoneId:getHostedZoneId"
	assert.Equal(t, "Z1H1FL5HABSF5", ask(t, w, zones, nil)["id"])
	assert.Equal(t, "Z18D5FSROUN65G", ask(t, w, zones, inputs{"loadBalancerType": "network"})["id"])
	assert.Equal(t, "Z32O12XQLNTSW2", ask(t, w, "aws:elb/getHostedZoneId:getHostedZoneId", inputs{"region": "eu-west-1"})["id"])
	const accounts = "aws:elb/getServiceAccount:getServiceAccount"
	assert.Equal(t, "arn:aws:iam::797873946194:root", ask(t, w, accounts, nil)["arn"])
	refuses(t, w, accounts, inputs{"region": "eu-central-2"}, "unsupported AWS Region: eu-central-2")
	const lists = "aws:ec2/getManagedPrefixList:getManagedPrefixList"
	list := ask(t, w, lists, inputs{"name": "com.amazonaws.global.cloudfront.origin-facing"})
	assert.Regexp(t, `^pl-[0-9a-f]{8}$`, list["id"])
	byID := ask(t, w, lists, inputs{"filters": []any{inputs{"name": "prefix-list-id", "values": []any{list["id"]}}}})
	assert.Equal(t, list["name"], byID["name"])
	refuses(t, w, lists, inputs{"name": "com.amazonaws.none"}, "no matching EC2 Managed Prefix List")
	refuses(t, w, lists, nil, "multiple EC2 Managed Prefix Lists")
}

func TestCertificateLookup(t *testing.T) {
	t.Parallel()
	const token = "aws:acm/getCertificate:getCertificate"
	w := newWorld(t)
	pending := certificate(w, "a.example.com")
	refuses(t, w, token, inputs{"domain": "a.example.com"}, "no ACM Certificate matching domain (a.example.com)")
	assert.Equal(t, pending.ID(), ask(t, w, token, inputs{"domain": "a.example.com", "statuses": []any{"PENDING_VALIDATION"}})["arn"])
	w.Create(validationToken, "a", inputs{"certificateArn": pending.ID()})
	assert.Equal(t, "ISSUED", ask(t, w, token, inputs{"domain": "a.example.com"})["status"])
	w.Create(certificateToken, "imported", inputs{"privateKey": "k", "certificateBody": "c"})
	refuses(t, w, token, nil, "multiple ACM Certificates matching domain")
	assert.Contains(t, ask(t, w, token, inputs{"mostRecent": true})["arn"], ":certificate/")
}

func TestZoneAndWebACLLookups(t *testing.T) {
	t.Parallel()
	const token = "aws:route53/getZone:getZone"
	w := newWorld(t)
	public := zone(w, "example.com")
	private := w.Create(zoneToken, "private", inputs{"name": "example.com", "vpcs": []any{inputs{"vpcId": vpc(w).ID()}}})
	found := ask(t, w, token, inputs{"name": "example.com."})
	assert.Equal(t, public.ID(), found["zoneId"])
	assert.Len(t, found["nameServers"], 4)
	assert.Equal(t, private.ID(), ask(t, w, token, inputs{"name": "example.com", "privateZone": true})["id"])
	assert.Equal(t, private.Text("arn"), ask(t, w, token, inputs{"zoneId": private.ID()})["arn"])
	refuses(t, w, token, inputs{"name": "example.org"}, "no matching Route 53 Hosted Zone found")
	zone(w, "example.net")
	refuses(t, w, token, nil, "multiple Route 53 Hosted Zones matched")
	made := webACL(w)
	assert.Equal(t, made.Text("arn"), ask(t, w, "aws:wafv2/getWebAcl:getWebAcl",
		inputs{"name": made.Text("name"), "scope": "REGIONAL"})["arn"])
	refuses(t, w, "aws:wafv2/getWebAcl:getWebAcl", inputs{"name": "none", "scope": "REGIONAL"}, "no matching WAFv2 WebACL found")
}
