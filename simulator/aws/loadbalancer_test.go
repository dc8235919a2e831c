package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	balancerToken         = "aws:lb/loadBalancer:LoadBalancer"
	targetGroupToken      = "aws:lb/targetGroup:TargetGroup"
	targetAttachmentToken = "aws:lb/targetGroupAttachment:TargetGroupAttachment"
	listenerToken         = "aws:lb/listener:Listener"
	ruleToken             = "aws:lb/listenerRule:ListenerRule"
	listenerCertToken     = "aws:lb/listenerCertificate:ListenerCertificate"
)

// publicSubnets makes two subnets in two zones of a VPC that the internet reaches.
func publicSubnets(w *world, v thing) []any {
	gateway(w, v)
	return []any{subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID()}
}

func balancer(w *world, name string, subnets []any, more inputs) thing {
	return w.Create(balancerToken, name, with(inputs{"name": name, "subnets": subnets}, more))
}

// balanced makes a VPC with a load balancer of a type in it.
func balanced(w *world, form string) (v, lb thing) {
	v = vpc(w)
	return v, balancer(w, "front", publicSubnets(w, v), inputs{"loadBalancerType": form})
}

func targets(w *world, v thing, name, protocol string) thing {
	return w.Create(targetGroupToken, name, inputs{"name": name, "vpcId": v.ID(), "port": 80, "protocol": protocol})
}

func forwardTo(group thing) []any {
	return []any{inputs{"type": "forward", "targetGroupArn": group.Text("arn")}}
}

// answer is an action that needs no target group.
var answer = []any{inputs{"type": "fixed-response", "fixedResponse": inputs{"contentType": "text/plain", "statusCode": "404"}}}

func listen(lb thing, port int, protocol string, actions []any) inputs {
	return inputs{"loadBalancerArn": lb.Text("arn"), "port": port, "protocol": protocol, "defaultActions": actions}
}

// inAlb are fixtures of the types' names in the module alb too.
func inAlb(list []simulatortest.Fixture) []simulatortest.Fixture {
	for _, fixture := range list[:len(list):len(list)] {
		fixture.Type = "aws:alb/" + fixture.Type[len("aws:lb/"):]
		list = append(list, fixture)
	}
	return list
}

func loadBalancerFixtures() []simulatortest.Fixture {
	path := func(values ...any) []any { return []any{inputs{"pathPattern": inputs{"values": values}}} }
	return inAlb([]simulatortest.Fixture{
		{
			Type: balancerToken,
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{"subnets": publicSubnets(w, v), "securityGroups": []any{group(w, v, "front").ID()},
					"tags": inputs{"team": "platform"}}
			},
			Update:  changing(inputs{"idleTimeout": 120, "dropInvalidHeaderFields": true}),
			Replace: changing(inputs{"internal": true}),
		},
		{
			Type: balancerToken, Name: "network",
			Inputs: func(w *world) inputs {
				subnets := publicSubnets(w, vpc(w))
				return inputs{"loadBalancerType": "network", "subnetMappings": []any{
					inputs{"subnetId": subnets[0], "allocationId": address(w, "first").ID()},
				}}
			},
			Update: tagged,
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"subnetMappings": nil, "internal": true, "subnets": []any{
					subnet(w, otherVPC(w), "10.1.1.0/24", "a").ID()}})
			},
		},
		{
			Type: targetGroupToken,
			Inputs: func(w *world) inputs {
				return inputs{"port": 80, "protocol": "HTTP", "vpcId": vpc(w).ID(),
					"healthCheck": inputs{"path": "/healthz", "interval": 15, "timeout": 5}}
			},
			Update:  changing(inputs{"deregistrationDelay": 30}),
			Replace: changing(inputs{"port": 8080}),
		},
		{
			Type: targetGroupToken, Name: "lambda",
			Inputs: given(inputs{"targetType": "lambda"}),
			Update: changing(inputs{"lambdaMultiValueHeadersEnabled": true}),
		},
		{
			Type: targetAttachmentToken,
			Inputs: func(w *world) inputs {
				group := w.Create(targetGroupToken, "ip", inputs{
					"vpcId": vpc(w).ID(), "port": 80, "protocol": "HTTP", "targetType": "ip"})
				return inputs{"targetGroupArn": group.Text("arn"), "targetId": "10.0.1.7", "port": 80}
			},
			Replace: changing(inputs{"port": 8080}),
		},
		{
			Type: listenerToken,
			Inputs: func(w *world) inputs {
				v, lb := balanced(w, "application")
				return listen(lb, 80, "HTTP", forwardTo(targets(w, v, "web", "HTTP")))
			},
			Update: changing(inputs{"defaultActions": answer}),
			Replace: func(w *world, in inputs) inputs {
				v := otherVPC(w)
				gateway(w, v)
				other := balancer(w, "other", []any{subnet(w, v, "10.1.1.0/24", "a").ID(), subnet(w, v, "10.1.2.0/24", "b").ID()}, nil)
				return with(in, inputs{"loadBalancerArn": other.Text("arn"), "defaultActions": answer})
			},
		},
		{
			Type: listenerToken, Name: "network",
			Inputs: func(w *world) inputs {
				v, lb := balanced(w, "network")
				return listen(lb, 443, "TCP", forwardTo(targets(w, v, "web", "TCP")))
			},
			Update: changing(inputs{"port": 444}),
		},
		{
			Type: ruleToken,
			Inputs: func(w *world) inputs {
				v, lb := balanced(w, "application")
				listener := w.Create(listenerToken, "http", listen(lb, 80, "HTTP", answer))
				return inputs{"listenerArn": listener.Text("arn"), "conditions": path("/api/*"),
					"actions": forwardTo(targets(w, v, "api", "HTTP"))}
			},
			Update: func(_ *world, in inputs) inputs { return with(in, inputs{"conditions": path("/api/*", "/v2/*")}) },
		},
		{
			Type: listenerCertToken,
			Inputs: func(w *world) inputs {
				_, lb := balanced(w, "application")
				listener := w.Create(listenerToken, "https",
					with(listen(lb, 443, "HTTPS", answer), inputs{"certificateArn": valid(w, "a.example.com").Text("arn")}))
				return inputs{"listenerArn": listener.Text("arn"), "certificateArn": valid(w, "b.example.com").Text("arn")}
			},
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"certificateArn": valid(w, "c.example.com").Text("arn")})
			},
		},
	})
}
