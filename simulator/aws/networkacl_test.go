package aws_test

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	aclToken            = "aws:ec2/networkAcl:NetworkAcl"
	aclRuleToken        = "aws:ec2/networkAclRule:NetworkAclRule"
	aclAssociationToken = "aws:ec2/networkAclAssociation:NetworkAclAssociation"
	flowLogToken        = "aws:ec2/flowLog:FlowLog"
)

// entry is one of an ACL's own list.
func entry(changes inputs) inputs {
	return with(inputs{"action": "allow", "cidrBlock": "0.0.0.0/0", "fromPort": 0, "toPort": 0, "protocol": "-1", "ruleNo": 100}, changes)
}

func networkACLCases() []simulatortest.Case {
	inline := func(entries ...any) func(*world) error { return making(aclToken, inVPC(inputs{"ingress": entries})) }
	rule := func(egress bool, number int) func(*world) error {
		return making(aclRuleToken, func(w *world) inputs {
			acl := w.Create(aclToken, "a", inputs{"vpcId": vpc(w).ID(), "egress": []any{entry(nil)}})
			return inputs{
				"networkAclId": acl.ID(), "egress": egress, "ruleNumber": number, "protocol": "-1", "ruleAction": "deny",
				"cidrBlock": "0.0.0.0/0",
			}
		})
	}
	associated := func(of func(w *world) thing) func(*world) error {
		return making(aclAssociationToken, func(w *world) inputs {
			s := subnet(w, vpc(w), "10.0.1.0/24", "a")
			return inputs{"networkAclId": acl(w, of(w), "a").ID(), "subnetId": s.ID()}
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-network-acl-entry-twice", Code: "NetworkAclEntryAlreadyExists", Text: "identified by 100",
			Fails: inline(entry(nil), entry(nil)), Passes: inline(entry(nil), entry(inputs{"ruleNo": 110})),
		},
		{
			ID: "aws-network-acl-entry-exists", Code: "NetworkAclEntryAlreadyExists", Text: "egress rule 100",
			Fails: rule(true, 100), Passes: rule(false, 100),
		},
		{
			ID: "aws-network-acl-same-network", Code: "InvalidParameterValue", Text: "belong to different networks",
			Fails:  associated(otherVPC),
			Passes: associated(func(w *world) thing { return thingCalled(w, vpcToken, "vpc") }),
		},
		upTo("L-B4A6D682", "NetworkAclLimitExceeded", "maximum number of network ACLs", 1, func(w *world, n int) error {
			if n == 0 {
				vpc(w)
			}
			_, err := w.Try(aclToken, fmt.Sprint(n), inputs{"vpcId": vpcOf(w)})
			return err
		}),
		{
			ID: "L-2AEEBF1A", Code: "NetworkAclEntryLimitExceeded", Text: "network acl entries", Quotas: map[string]int{"L-2AEEBF1A": 1},
			Fails: rule(true, 110), Passes: rule(false, 110), // each direction has a quota of its own
		},
	}
}

func flowLogCases() []simulatortest.Case {
	const trustEC2 = `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ec2.amazonaws.com"]}}}`
	toGroup := func(policy string) func(*world) inputs {
		return func(w *world) inputs {
			r := w.Create("aws:iam/role:Role", "logs", inputs{"name": "logs", "assumeRolePolicy": policy})
			return inputs{
				"vpcId": vpc(w).ID(), "trafficType": "ALL", "iamRoleArn": r.Text("arn"), "logDestination": logGroup(w, "flows").Text("arn"),
			}
		}
	}
	without := func(in func(*world) inputs, name string) func(*world) inputs {
		return func(w *world) inputs { return with(in(w), inputs{name: nil}) }
	}
	toBucket := func(w *world) inputs {
		bucket := w.Create("aws:s3/bucketV2:BucketV2", "flows", inputs{})
		return with(toGroup(trust)(w), inputs{"logDestinationType": "s3", "logDestination": bucket.Text("arn")})
	}
	again := func(change inputs) func(*world) error {
		return making(flowLogToken, func(w *world) inputs {
			in := toGroup(trust)(w)
			w.Create(flowLogToken, "first", in)
			return with(in, change)
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-flow-log-needs-role", Code: "InvalidParameter", Text: "DeliverLogsPermissionArn can't be empty",
			Fails: making(flowLogToken, without(toGroup(trust), "iamRoleArn")), Passes: making(flowLogToken, toGroup(trust)),
		},
		{
			ID: "aws-flow-log-bucket-takes-no-role", Code: "InvalidParameter", Text: "is not applicable for s3 delivery",
			Fails: making(flowLogToken, toBucket), Passes: making(flowLogToken, without(toBucket, "iamRoleArn")),
		},
		{
			ID: "aws-flow-log-role-trust", Code: "InvalidParameter", Text: "Unable to assume given IAM role",
			Fails: making(flowLogToken, toGroup(trustEC2)), Passes: making(flowLogToken, toGroup(trust)),
		},
		{
			ID: "aws-flow-log-exists", Code: "FlowLogAlreadyExists", Text: "existing Flow Log with the same configuration",
			Fails: again(nil), Passes: again(inputs{"trafficType": "REJECT"}),
		},
	}
}
