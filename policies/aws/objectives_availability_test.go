package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestObjectivesAvailability(t *testing.T) {
	t.Parallel()
	promise := func(percent any) policytest.Resource {
		return policytest.Resource{Name: "web", Type: loadBalancerType, Properties: props{"tags": props{"objective-availability": percent}}}
	}
	of := func(name, token string, properties props) policytest.Resource {
		return policytest.Resource{Name: name, Type: token, Properties: properties}
	}
	orders := func(multiAZ any) policytest.Resource {
		return of("orders", rdsInstanceType, props{"multiAz": multiAZ})
	}
	cluster := of("ledger", rdsClusterType, props{"engine": "aurora-postgresql"})
	instance := func(name string, cluster any) policytest.Resource {
		return of(name, rdsClusterInstanceType, props{"clusterIdentifier": cluster})
	}
	group := func(size any, subnets ...any) policytest.Resource {
		return of("servers", groupType, props{"minSize": size, "vpcZoneIdentifiers": subnets})
	}
	nodes := func(size any, subnets ...any) policytest.Resource {
		return of("nodes", nodeGroupType, props{"scalingConfig": props{"minSize": size}, "subnetIds": subnets})
	}
	tasks := func(subnets ...any) policytest.Resource {
		return of("api", ecsServiceType, props{"desiredCount": 2, "networkConfiguration": props{"subnets": subnets}})
	}
	subnet := func(name string) policytest.Resource {
		return of(name, subnetType, props{"availabilityZone": "eu-west-1a"})
	}
	databases := func(count int) (all []policytest.Resource) {
		for _, name := range []string{"a", "b", "c", "d", "e", "f"}[:count] {
			all = append(all, of(name, rdsInstanceType, nil))
		}
		return all
	}
	nat := of("nat", natGatewayType, nil)
	of2 := func(resources ...policytest.Resource) []policytest.Resource { return resources }
	policytest.Run(t, ObjectivesAvailability, []policytest.Case{
		{Name: "nothing promised", Resources: of2(of("web", loadBalancerType, nil), orders(false)), Want: policytest.NotApplicable()},
		{Name: "promised by the settings", Config: props{"availability": 99.9}, Resources: of2(orders(false)), Want: policytest.Fail(
			"The objective is 99.9 %, by the policy's settings; the parts commit to 99.5 % (RDS, one instance) = 99.500 %, 216 minutes a month. To meet it, give orders multiAz: 99.95 % (RDS, Multi-AZ) = 99.950 %, 22 minutes a month.")},
		{Name: "a tag goes before lower settings", Config: props{"availability": 99.0}, Resources: of2(promise("99.9"), orders(false)), Want: policytest.Fail("by its tag objective-availability")},
		{Name: "settings go before the same tag", Config: props{"availability": 99.9}, Resources: of2(promise("99.9"), orders(false)), Want: policytest.Fail("by the policy's settings")},
		{Name: "another tag", Config: props{"tag": "slo"}, Resources: of2(promise("99.9"), orders(false)), Want: policytest.NotApplicable()},
		{Name: "the provider's tag", Resources: of2(orders(false), of("web", loadBalancerType, props{"tagsAll": props{"objective-availability": "99.9"}})), Want: policytest.Fail("99.490 %")},
		{Name: "exactly what is committed to", Resources: of2(of("web", clusterType, props{"tags": props{"objective-availability": "99.95"}})), Want: policytest.Pass()},
		{Name: "a tag that is no number", Resources: of2(promise("three nines")), Want: policytest.Fail(`must be a number above 0, not "three nines"`)},
		{Name: "all", Resources: of2(promise("100")), Want: policytest.Fail("The objective is 100 %, by its tag objective-availability; the parts commit to 99.99 %")},
		{Name: "more than all", Resources: of2(promise("100.1")), Want: policytest.Fail("more than 100 %")},
		{Name: "out of reach", Resources: of2(promise("99.999")), Want: policytest.Fail("At best they commit to 99.99 %")},
		{Name: "not known whether it stands by", Resources: of2(promise("99.9"), orders(policytest.Unknown)), Want: policytest.Undetermined(".multiAz")},
		{Name: "not known, and does not matter", Resources: of2(promise("99.4"), orders(policytest.Unknown)), Want: policytest.Pass()},
		{Name: "not known, and there is a weaker one", Resources: of2(promise("99.9"), orders(policytest.Unknown), of("users", rdsInstanceType, nil)), Want: policytest.Fail("give users multiAz")},
		{Name: "five to change", Resources: of2(append(databases(5), promise("99.9"))...), Want: policytest.Fail("give d multiAz, give e multiAz: 99.99")},
		{Name: "six to change", Resources: of2(append(databases(6), promise("99.9"))...), Want: policytest.Fail("give d multiAz, give e multiAz, change 1 more like these: 99.99")},
		{Name: "not known of one kind", Resources: of2(promise("99.4"), group(policytest.Unknown, "subnet-a", "subnet-b"), orders(true)), Want: policytest.Pass()},
		{Name: "not known of a kind that is weak anyway", Resources: of2(promise("99.3"), group(1, "subnet-a", "subnet-b"),
			of("more", groupType, props{"minSize": policytest.Unknown}), orders(policytest.Unknown)), Want: policytest.Undetermined(".multiAz")},
		{Name: "a replica counts with what it is of", Resources: of2(promise("99.9"), orders(true), of("copy", rdsInstanceType, props{"replicateSourceDb": "orders"})), Want: policytest.Pass()},
		{Name: "an Aurora cluster of one", Resources: of2(promise("99.95"), cluster, instance("one", policytest.Ref("ledger"))), Want: policytest.Fail("99.9 % (Aurora, one zone) = 99.890 %, 48 minutes a month. To meet it, give ledger a second instance")},
		{Name: "an Aurora cluster of two", Resources: of2(promise("99.95"), cluster, instance("one", policytest.Ref("ledger")), instance("two", policytest.Ref("ledger"))), Want: policytest.Pass()},
		{Name: "an Aurora cluster of one at least", Resources: of2(promise("99.95"), cluster, instance("one", policytest.Ref("ledger")), instance("two", policytest.Unknown)), Want: policytest.Undetermined(".clusterIdentifier")},
		{Name: "a Multi-AZ cluster of RDS", Resources: of2(promise("99.9"), of("ledger", rdsClusterType, props{"engine": "postgres"})), Want: policytest.Pass()},
		{Name: "a Multi-AZ cluster is not enough", Resources: of2(promise("99.95"), of("ledger", rdsClusterType, props{"engine": "postgres"})), Want: policytest.Fail("99.95 % (RDS, Multi-AZ)")},
		{Name: "a cluster of Kubernetes", Resources: of2(promise("99.95"), of("k8s", clusterType, nil)), Want: policytest.Fail("99.95 % (EKS, control plane)")},
		{Name: "a group of one", Resources: of2(promise("99.9"), group(1, "subnet-a", "subnet-b")), Want: policytest.Fail("99.5 % (EC2, one instance) = 99.490 %, 221 minutes a month. To meet it, give servers at least two of them, in two zones")},
		{Name: "a group in a subnet", Resources: of2(promise("99.9"), group(2, "subnet-a")), Want: policytest.Fail("EC2, one instance")},
		{Name: "a group", Resources: of2(promise("99.9"), group(2, "subnet-a", "subnet-b")), Want: policytest.Pass()},
		{Name: "nodes of one", Resources: of2(promise("99.9"), nodes(1, "a", "b")), Want: policytest.Fail("give nodes")},
		{Name: "nodes", Resources: of2(promise("99.9"), nodes(2, "subnet-a", "subnet-b")), Want: policytest.Pass()},
		{Name: "nodes in a subnet", Resources: of2(promise("99.9"), nodes(2, "subnet-a")), Want: policytest.Fail("give nodes")},
		{Name: "nodes in a zone", Resources: of2(promise("99.9"), nodes(2, policytest.Ref("a"), policytest.Ref("b")), subnet("a"), subnet("b")), Want: policytest.Fail("give nodes")},
		{Name: "tasks in a zone", Resources: of2(promise("99.9"), tasks(policytest.Ref("a"), policytest.Ref("b")), subnet("a"), subnet("b")), Want: policytest.Fail("give api")},
		{Name: "tasks in a subnet", Resources: of2(promise("99.9"), tasks("a")), Want: policytest.Fail("give api")},
		{Name: "tasks", Resources: of2(promise("99.9"), tasks("a", "b")), Want: policytest.Pass()},
		{Name: "a task", Resources: of2(promise("99.9"), of("api", ecsServiceType, props{"desiredCount": 1})), Want: policytest.Fail("give api")},
		{Name: "a daemon", Resources: of2(promise("99.9"), of("api", ecsServiceType, props{"schedulingStrategy": "DAEMON"})), Want: policytest.Pass()},
		{Name: "a cache in a zone", Resources: of2(promise("99.9"), of("sessions", replicationGroupType, props{"multiAzEnabled": true})), Want: policytest.Fail("give sessions multiAzEnabled and automaticFailoverEnabled")},
		{Name: "all that there is", Resources: of2(promise("99.9"), of("www", "aws:route53/record:Record", props{"aliases": []any{props{"name": "web"}}}),
			of("cdn", distributionType, nil), of("table", tableType, nil)), Want: policytest.Fail("100 % (Route 53) × 99.9 % (CloudFront) × 99.99 % (Elastic Load Balancing, two or more zones) × 99.99 % (DynamoDB, one region) = 99.880 %")},
		{Name: "a record that is read once", Resources: of2(promise("99.999"), of("proof", "aws:route53/record:Record", props{"records": []any{"x"}})), Want: policytest.Fail("commit to 99.99 % (Elastic")},
		{Name: "NAT gateways serve no request", Resources: of2(promise("99.95"), nat), Want: policytest.Pass()},
		{Name: "or they do", Config: props{"outbound": true}, Resources: of2(promise("99.95"), nat), Want: policytest.Fail("99.9 % (VPC, NAT gateway)")},
	}...)
}
