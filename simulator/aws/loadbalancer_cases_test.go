package aws_test

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

func loadBalancerCases() []simulatortest.Case {
	create := func(more func(w *world, v thing) inputs) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			return try(w, balancerToken, with(inputs{"subnets": publicSubnets(w, v)}, more(w, v)))
		}
	}
	as := func(more inputs) func(*world, thing) inputs { return func(*world, thing) inputs { return more } }
	named := func(second string) func(*world) error {
		return func(w *world) error {
			subnets := publicSubnets(w, vpc(w))
			balancer(w, "front", subnets, nil)
			return try(w, balancerToken, inputs{"name": second, "subnets": subnets})
		}
	}
	limited := func(form string) func(*world) error {
		return func(w *world) error {
			subnets := publicSubnets(w, vpc(w))
			balancer(w, "first", subnets, inputs{"loadBalancerType": "application"})
			balancer(w, "second", subnets, inputs{"loadBalancerType": "network"})
			return try(w, balancerToken, inputs{"subnets": subnets, "loadBalancerType": form, "name": "third"})
		}
	}
	one := func(w *world, v thing) inputs { return inputs{"subnets": []any{subnet(w, v, "10.0.9.0/24", "a").ID()}} }
	// sized has a second subnet of a size.
	sized := func(block, form string) func(*world) error {
		return create(func(w *world, v thing) inputs {
			return inputs{"loadBalancerType": form, "subnets": []any{
				subnet(w, v, "10.0.8.0/27", "a").ID(), subnet(w, v, block, "b").ID(),
			}}
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-elb-subnet-size", Text: "is 10.0.9.0/28",
			Fails: sized("10.0.9.0/28", "application"), Passes: sized("10.0.9.0/27", "application"),
		},
		{
			ID: "aws-elb-subnet-size", Text: "is 10.0.9.0/28",
			Fails: sized("10.0.9.0/28", "application"), Passes: sized("10.0.9.0/28", "network"),
		},
		{
			ID: "aws-elb-two-zones", Code: "ValidationError", Text: "two different Availability Zones",
			Fails: create(one), Passes: create(as(nil)),
		},
		{
			ID: "aws-elb-one-subnet-in-a-zone", Code: "InvalidConfigurationRequest", Text: "multiple subnets in the same",
			Fails: create(func(w *world, v thing) inputs {
				return inputs{"loadBalancerType": "network", "subnets": []any{
					subnet(w, v, "10.0.8.0/24", "a").ID(), subnet(w, v, "10.0.9.0/24", "a").ID()}}
			}),
			Passes: create(func(w *world, v thing) inputs { return with(one(w, v), inputs{"loadBalancerType": "network"}) }),
		},
		{
			ID: "aws-elb-subnets-of-one-vpc", Code: "InvalidConfigurationRequest", Text: "must belong to the same VPC",
			Fails: create(func(w *world, v thing) inputs {
				return inputs{"subnets": []any{
					subnet(w, v, "10.0.8.0/24", "a").ID(), subnet(w, otherVPC(w), "10.1.9.0/24", "b").ID()}}
			}),
			Passes: create(as(nil)),
		},
		{
			ID: "aws-elb-security-group-of-vpc", Code: "InvalidConfigurationRequest", Text: "security groups are invalid",
			Fails: create(func(w *world, _ thing) inputs {
				return inputs{"securityGroups": []any{group(w, otherVPC(w), "there").ID()}}
			}),
			Passes: create(func(w *world, v thing) inputs { return inputs{"securityGroups": []any{group(w, v, "here").ID()}} }),
		},
		{
			ID: "aws-elb-needs-internet-gateway", Code: "InvalidSubnet", Text: "has no internet gateway",
			Fails: func(w *world) error {
				v := vpc(w)
				return try(w, balancerToken, inputs{"subnets": []any{
					subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID()}})
			},
			Passes: func(w *world) error {
				v := vpc(w)
				return try(w, balancerToken, inputs{"internal": true, "subnets": []any{
					subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID()}})
			},
		},
		{
			ID: "aws-elb-deletion-protection", Code: "OperationNotPermitted", Text: "deletion protection is enabled",
			Fails: func(w *world) error {
				return w.TryDelete(balancer(w, "front", publicSubnets(w, vpc(w)), inputs{"enableDeletionProtection": true}))
			},
			Passes: func(w *world) error {
				lb := balancer(w, "front", publicSubnets(w, vpc(w)), inputs{"enableDeletionProtection": true})
				in := lb.Inputs.Mappable()
				delete(in, "tagsAll")
				lb, err := w.TryUpdate(lb, with(in, inputs{"enableDeletionProtection": false}))
				if err != nil {
					return err
				}
				return w.TryDelete(lb)
			},
		},
		{
			ID: "aws-elb-name-taken", Code: "DuplicateLoadBalancerName", Text: "front",
			Fails: named("front"), Passes: named("back"),
		},
		{
			ID: "L-53DA6B97", Code: "TooManyLoadBalancers", Text: "maximum number of load balancers",
			Quotas: map[string]int{"L-53DA6B97": 1}, Fails: limited("application"), Passes: limited("network"),
		},
		{
			ID: "L-69A177A2", Code: "TooManyLoadBalancers", Text: "maximum number of load balancers",
			Quotas: map[string]int{"L-69A177A2": 1}, Fails: limited("network"), Passes: limited("application"),
		},
	}
}

func targetGroupCases() []simulatortest.Case {
	create := func(more inputs) func(*world) error {
		return func(w *world) error {
			return try(w, targetGroupToken, with(inputs{"vpcId": vpc(w).ID(), "port": 80, "protocol": "HTTP", "name": "b"}, more))
		}
	}
	second := func(name string) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			targets(w, v, "web", "HTTP")
			return try(w, targetGroupToken, inputs{"vpcId": v.ID(), "port": 80, "protocol": "HTTP", "name": name})
		}
	}
	attach := func(form, target string) func(*world) error {
		return func(w *world) error {
			group := w.Create(targetGroupToken, "group", inputs{
				"vpcId": vpc(w).ID(), "port": 80, "protocol": "HTTP", "targetType": form})
			return try(w, targetAttachmentToken, inputs{"targetGroupArn": group.Text("arn"), "targetId": target})
		}
	}
	theVPC := func(w *world) thing {
		return thing{Request: simulator.Request{ID: vpcOf(w)}}
	}
	join := func(where func(*world) thing) func(*world) error {
		return func(w *world) error {
			made := w.Create(instanceToken, "machine", machine(w))
			group := targets(w, where(w), "web", "HTTP")
			return try(w, targetAttachmentToken, inputs{"targetGroupArn": group.Text("arn"), "targetId": made.ID()})
		}
	}
	unuse := func(actions []any) func(*world) error {
		return func(w *world) error {
			v, lb := balanced(w, "application")
			group := targets(w, v, "web", "HTTP")
			if actions == nil {
				actions = forwardTo(group)
			}
			w.Create(listenerToken, "http", listen(lb, 80, "HTTP", actions))
			return w.TryDelete(group)
		}
	}
	stick := func(groups int, listenerSticks bool) func(*world) error {
		return func(w *world) error {
			v, lb := balanced(w, "application")
			group := targets(w, v, "web", "HTTP")
			shared := []any{inputs{"arn": group.Text("arn")}, inputs{"arn": targets(w, v, "api", "HTTP").Text("arn")}}[:groups]
			w.Create(listenerToken, "http", listen(lb, 80, "HTTP", []any{inputs{"type": "forward", "forward": inputs{
				"targetGroups": shared, "stickiness": inputs{"enabled": listenerSticks, "duration": 60}}}}))
			_, err := w.TryUpdate(group, inputs{"name": "web", "vpcId": v.ID(), "port": 80, "protocol": "HTTP",
				"stickiness": inputs{"type": "lb_cookie", "enabled": true}})
			return err
		}
	}
	return []simulatortest.Case{
		{
			ID: "aws-elb-sticky-behind-rule", Code: "InvalidConfigurationRequest", Text: "You must enable group stickiness before",
			Fails: stick(2, false), Passes: stick(2, true),
		},
		{
			ID: "aws-elb-sticky-behind-rule", Code: "InvalidConfigurationRequest", Text: "(arn:aws:elasticloadbalancing:",
			Fails: stick(2, false), Passes: stick(1, false),
		},
		{
			ID: "aws-elb-target-group-name-taken", Code: "DuplicateTargetGroupName", Text: "(web) already exists",
			Fails: second("web"), Passes: second("api"),
		},
		{
			ID: "aws-elb-target-group-network", Text: `"port" must be specified`,
			Fails: create(inputs{"port": nil}), Passes: create(inputs{"port": nil, "protocol": nil, "vpcId": nil, "targetType": "lambda"}),
		},
		{
			ID: "aws-elb-health-check-protocol", Text: `cannot have value "TCP" when "protocol" is "HTTP"`,
			Fails: create(inputs{"healthCheck": inputs{"protocol": "TCP"}}), Passes: create(inputs{"healthCheck": inputs{"protocol": "HTTPS"}}),
		},
		{
			ID: "aws-elb-health-check-tcp", Text: `"healthCheck.path" cannot be specified`,
			Fails:  create(inputs{"protocol": "TCP", "healthCheck": inputs{"protocol": "TCP", "path": "/"}}),
			Passes: create(inputs{"protocol": "TCP", "healthCheck": inputs{"protocol": "HTTP", "path": "/"}}),
		},
		{
			ID: "aws-elb-health-check-timeout", Code: "ValidationError", Text: "interval must be greater",
			Fails:  create(inputs{"healthCheck": inputs{"interval": 10, "timeout": 10}}),
			Passes: create(inputs{"healthCheck": inputs{"interval": 11, "timeout": 10}}),
		},
		{
			ID: "aws-elb-stickiness-type", Code: "InvalidConfigurationRequest", Text: "'source_ip' is not supported",
			Fails:  create(inputs{"stickiness": inputs{"type": "source_ip"}}),
			Passes: create(inputs{"stickiness": inputs{"type": "source_ip"}, "protocol": "TCP"}),
		},
		{
			ID: "aws-elb-target-type", Code: "ValidationError", Text: "'10.0.1.7' is not valid",
			Fails: attach("instance", "10.0.1.7"), Passes: attach("ip", "10.0.1.7"),
		},
		{
			ID: "aws-elb-target-in-vpc", Code: "InvalidTarget", Text: "are not in the target group VPC",
			Fails: join(otherVPC), Passes: join(theVPC),
		},
		{
			ID: "aws-elb-target-group-in-use", Code: "ResourceInUse", Text: "in use by a listener or a rule",
			Fails: unuse(nil), Passes: unuse(answer),
		},
		{
			ID: "L-B22855CB", Code: "TooManyTargetGroups", Text: "maximum number of target groups",
			Quotas: map[string]int{"L-B22855CB": 1}, Fails: second("api"), Passes: create(nil),
		},
	}
}

func listenerCases() []simulatortest.Case {
	create := func(form, protocol string, more inputs) func(*world) error {
		return func(w *world) error {
			_, lb := balanced(w, form)
			return try(w, listenerToken, with(listen(lb, 443, protocol, answer), more))
		}
	}
	forward := func(form, protocol, to string) func(*world) error {
		return func(w *world) error {
			v, lb := balanced(w, form)
			return try(w, listenerToken, listen(lb, 80, protocol, forwardTo(targets(w, v, "web", to))))
		}
	}
	port := func(second int) func(*world) error {
		return func(w *world) error {
			_, lb := balanced(w, "application")
			w.Create(listenerToken, "first", listen(lb, 80, "HTTP", answer))
			return try(w, listenerToken, listen(lb, second, "HTTP", answer))
		}
	}
	rule := func(w *world, more inputs) error {
		_, lb := balanced(w, "application")
		listener := w.Create(listenerToken, "first", listen(lb, 80, "HTTP", answer))
		in := inputs{"listenerArn": listener.Text("arn"), "priority": 10, "actions": answer,
			"conditions": []any{inputs{"hostHeader": inputs{"values": []any{"a.example.com"}}}}}
		w.Create(ruleToken, "first", in)
		return try(w, ruleToken, with(in, with(inputs{"priority": 20}, more)))
	}
	hosts := func(list string) inputs {
		var values []any
		for host := range strings.FieldsSeq(list) {
			values = append(values, host)
		}
		return inputs{"conditions": []any{inputs{"hostHeader": inputs{"values": values}}, inputs{"pathPattern": inputs{"values": []any{"/"}}}}}
	}
	between := func(more inputs) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			subnets := publicSubnets(w, v)
			first, second := balancer(w, "first", subnets, nil), balancer(w, "second", subnets, nil)
			group := targets(w, v, "web", "HTTP")
			w.Create(listenerToken, "first", listen(first, 80, "HTTP", forwardTo(group)))
			return try(w, listenerToken, with(listen(second, 80, "HTTP", forwardTo(group)), more))
		}
	}
	return []simulatortest.Case{
		{
			ID: "aws-elb-listener-port-taken", Code: "DuplicateListener", Text: "already exists on this port",
			Fails: port(80), Passes: port(81),
		},
		{
			ID: "aws-elb-rule-priority-taken", Code: "PriorityInUse", Text: "Priority '10' is currently in use",
			Fails:  func(w *world) error { return rule(w, inputs{"priority": 10}) },
			Passes: func(w *world) error { return rule(w, nil) },
		},
		{
			ID: "aws-elb-rule-condition-values", Code: "ValidationError", Text: "only have '5' condition values",
			Fails:  func(w *world) error { return rule(w, hosts("a b c d e")) },
			Passes: func(w *world) error { return rule(w, hosts("a b c d")) },
		},
		{
			ID: "aws-elb-https-needs-certificate", Code: "ValidationError", Text: "must be specified for HTTPS listeners",
			Fails: create("application", "HTTPS", nil), Passes: create("application", "HTTP", nil),
		},
		{
			ID: "aws-elb-http-takes-no-certificate", Code: "ValidationError", Text: "cannot be specified for HTTP listeners",
			Fails: func(w *world) error {
				return create("application", "HTTP", inputs{"certificateArn": valid(w, "a.example.com").Text("arn")})(w)
			},
			Passes: func(w *world) error {
				return create("application", "HTTPS", inputs{"certificateArn": valid(w, "a.example.com").Text("arn")})(w)
			},
		},
		{
			ID: "aws-elb-tls-policy", Code: "SSLPolicyNotFound", Text: "'ELBSecurityPolicy-TLS-1-2' not found",
			Fails:  create("application", "HTTP", inputs{"sslPolicy": "ELBSecurityPolicy-TLS-1-2"}),
			Passes: create("application", "HTTP", inputs{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"}),
		},
		{
			ID: "aws-elb-listener-protocol", Code: "ValidationError", Text: "'TCP' must be one of 'HTTPS, HTTP'",
			Fails: create("application", "TCP", nil), Passes: create("network", "TCP", nil),
		},
		{
			ID: "aws-elb-action-needs-block", Text: `targetGroupArn or forward must be specified when "type" is "forward"`,
			Fails:  create("application", "HTTP", inputs{"defaultActions": []any{inputs{"type": "forward"}}}),
			Passes: create("application", "HTTP", nil),
		},
		{
			ID: "aws-elb-target-group-protocol", Code: "IncompatibleProtocols", Text: "'TCP' and 'HTTP'",
			Fails: forward("network", "TCP", "HTTP"), Passes: forward("network", "TCP", "TCP_UDP"),
		},
		{
			ID: "aws-elb-target-group-vpc", Code: "InvalidConfigurationRequest", Text: "is in a different VPC than load balancer",
			Fails: func(w *world) error {
				_, lb := balanced(w, "application")
				return try(w, listenerToken, listen(lb, 80, "HTTP", forwardTo(targets(w, otherVPC(w), "web", "HTTP"))))
			},
			Passes: forward("application", "HTTP", "HTTPS"),
		},
		{
			ID: "aws-elb-target-group-one-balancer", Code: "TargetGroupAssociationLimit", Text: "more than one load balancer",
			Fails: between(nil), Passes: between(inputs{"defaultActions": answer}),
		},
	}
}

func accessLogCases() []simulatortest.Case {
	policy := func(principal, prefix string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + principal +
			`,"Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/` + prefix + `AWSLogs/123456789012/*"}]}`
	}
	write := func(where *world, w *world, form, policy, prefix string) error {
		bucket(where, "logs")
		if policy != "" {
			where.Create(bucketPolicyToken, "logs", inputs{"bucket": "logs", "policy": policy})
		}
		v := vpc(w)
		return try(w, balancerToken, inputs{"subnets": publicSubnets(w, v), "loadBalancerType": form,
			"accessLogs": inputs{"bucket": "logs", "enabled": true, "prefix": prefix}})
	}
	const (
		account  = `{"AWS":"arn:aws:iam::797873946194:root"}`
		service  = `{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"}`
		delivery = `{"Service":"delivery.logs.amazonaws.com"}`
	)
	encrypted := func(w *world, algorithm string) error {
		bucket(w, "kept")
		w.Create(encryptionToken, "kept", inputs{"bucket": "kept", "rules": []any{
			inputs{"applyServerSideEncryptionByDefault": inputs{"sseAlgorithm": algorithm}},
		}})
		w.Create(bucketPolicyToken, "kept", inputs{"bucket": "kept", "policy": strings.ReplaceAll(policy(account, ""), ":::logs", ":::kept")})
		return try(w, balancerToken, inputs{
			"subnets": publicSubnets(w, vpc(w)), "accessLogs": inputs{"bucket": "kept", "enabled": true},
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-elb-logs-denied", Code: "InvalidConfigurationRequest", Text: "Access Denied for bucket: logs",
			Fails:  func(w *world) error { return write(w, w, "application", policy(delivery, "front/"), "front") },
			Passes: func(w *world) error { return write(w, w, "application", policy(account, "front/"), "front") },
		},
		{
			ID: "aws-elb-logs-region", Code: "InvalidConfigurationRequest", Text: "it is in eu-west-1",
			Fails: func(w *world) error {
				return write(w.As(inputs{"region": "eu-west-1"}), w, "application", policy(service, ""), "")
			},
			Passes: func(w *world) error { return write(w, w, "application", policy(service, ""), "") },
		},
		{
			ID: "aws-elb-logs-encryption", Code: "InvalidConfigurationRequest", Text: "are encrypted with aws:kms",
			Fails:  func(w *world) error { return encrypted(w, "aws:kms") },
			Passes: func(w *world) error { return encrypted(w, "AES256") },
		},
		{
			ID: "aws-elb-logs-prefix", Code: "InvalidConfigurationRequest", Text: "cannot contain AWSLogs",
			Fails:  func(w *world) error { return write(w, w, "network", policy(delivery, ""), "my/AWSLogs") },
			Passes: func(w *world) error { return write(w, w, "network", policy(delivery, "my/"), "my") },
		},
	}
}
