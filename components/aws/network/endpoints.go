package network

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// gatewayServices have endpoints that are entries in route tables and cost nothing.
func gatewayServices() []string { return []string{"dynamodb", "s3"} }

// defaultServices are the services with a private endpoint unless the arguments say otherwise. Each is charged by the
// hour in every zone, so the list holds only what an instance needs to be managed, pull an image and send logs while
// NAT is down: Systems Manager and Session Manager, the container registry, CloudWatch Logs, and STS, whose
// credentials the others need. Not "ec2messages": the SSM agent does without it since version 3.3.40.0
// (Systems Manager User Guide, "VPC endpoints for Systems Manager").
//
// Its metrics go through NAT, and are missing with it. Where there is none, the list holds what they need too:
// CloudWatch, and EC2, which the agent asks for the group that its metrics are of (ec2:DescribeTags, CloudWatch User
// Guide, "Create IAM roles and users for use with the CloudWatch agent").
func defaultServices(nat spec.NATMode) []string {
	services := []string{"ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "sts"}
	if nat == spec.NATNone {
		services = append(services, "ec2", "monitoring")
	}
	return services
}

// agentService is what the agents of GuardDuty's runtime monitoring tell what they see. AWS charges nothing for it.
// GuardDuty takes an endpoint that is there, and makes one of its own where there is none: out of the stack's sight, with
// a security group, and until both are gone subnets and VPC cannot be deleted (GuardDuty User Guide, "Using Infrastructure
// as Code (IaC) with GuardDuty automated security agents" and "Prerequisite – Creating Amazon VPC endpoint manually").
const agentService = "guardduty-data"

// freeServices have endpoints that cost nothing, whatever the arguments say.
func freeServices() []string { return append(gatewayServices(), agentService) }

// createEndpoints connects the private subnets to AWS services without the internet. Data subnets get none: databases
// call nobody, and a route to S3 is a way to carry data out.
func (b *builder) createEndpoints() error {
	var tables pulumi.StringArray
	for _, table := range b.routing.privateTables {
		tables = append(tables, table.ID())
	}
	for _, service := range gatewayServices() {
		if _, err := ec2.NewVpcEndpoint(b.Ctx, b.Child(service), &ec2.VpcEndpointArgs{
			VpcId:           b.vpc.ID(),
			ServiceName:     b.serviceName(service),
			VpcEndpointType: pulumi.String("Gateway"),
			RouteTableIds:   tables,
			Tags:            b.TagInput(service),
		}, b.Options()...); err != nil {
			return err
		}
	}
	b.network.EndpointSecurityGroupID = pulumi.String("").ToStringOutput()
	services := slices.Clone(b.args.Endpoints.Services)
	if !b.args.NoAgentEndpoint {
		services = append(services, agentService)
	}
	if len(services) == 0 {
		return nil
	}
	return b.createInterfaceEndpoints(services)
}

func (b *builder) createInterfaceEndpoints(services []string) error {
	group, err := b.createEndpointGroup()
	if err != nil {
		return err
	}
	b.network.EndpointSecurityGroupID = group.ID().ToStringOutput()
	var subnets pulumi.StringArray
	for _, s := range b.subnets[spec.Private] {
		subnets = append(subnets, s.ID())
	}
	for _, service := range services {
		name := strings.ReplaceAll(service, ".", "-")
		args := &ec2.VpcEndpointArgs{
			VpcId:             b.vpc.ID(),
			ServiceName:       b.serviceName(service),
			VpcEndpointType:   pulumi.String("Interface"),
			SubnetIds:         subnets,
			SecurityGroupIds:  pulumi.StringArray{group.ID()},
			PrivateDnsEnabled: pulumi.Bool(true),
			Tags:              b.TagInput(name),
		}
		if service == agentService {
			args.Policy = b.vpc.OwnerId.ApplyT(ownAgents).(pulumi.StringOutput)
		}
		endpoint, err := ec2.NewVpcEndpoint(b.Ctx, b.Child(name), args, b.Options()...)
		if err != nil {
			return err
		}
		if service != agentService {
			continue
		}
		// Machines come after it and go before it: while there is one without the other, GuardDuty makes its own.
		for _, s := range b.subnets[spec.Private] {
			s.after = append(s.after, endpoint)
		}
	}
	return nil
}

// ownAgents keeps an endpoint to one account, as GuardDuty does with those that it makes (same guide).
func ownAgents(account string) string {
	all := []string{"*"}
	return iamdoc.Document(
		iamdoc.Statement{Sid: "All", Principal: iamdoc.Anyone, Action: all, Resource: all},
		iamdoc.Statement{
			Sid: "NoOtherAccount", Effect: "Deny", Principal: iamdoc.Anyone, Action: all, Resource: all,
			Condition: map[string]map[string]any{"StringNotEquals": {"aws:PrincipalAccount": account}},
		})
}

// createEndpointGroup lets HTTPS in from the network, and nothing out: an endpoint only answers.
func (b *builder) createEndpointGroup() (*ec2.SecurityGroup, error) {
	group, err := ec2.NewSecurityGroup(b.Ctx, b.Child("endpoints"), &ec2.SecurityGroupArgs{
		Name: pulumi.String(naming.AWSSecurityGroup.Name(append(b.FullName(), "endpoints")...)),
		// AWS cannot change a description, only replace the group, whose name would then be taken: never change it.
		Description: pulumi.String("HTTPS from the network to its private endpoints"),
		VpcId:       b.vpc.ID(),
		Tags:        b.TagInput("endpoints"),
	}, b.Options()...)
	if err != nil {
		return nil, err
	}
	_, err = vpc.NewSecurityGroupIngressRule(b.Ctx, b.Child("endpoints-https"), &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId: group.ID(),
		Description:     pulumi.String("HTTPS from the network"),
		IpProtocol:      pulumi.String("tcp"),
		FromPort:        pulumi.Int(443),
		ToPort:          pulumi.Int(443),
		CidrIpv4:        b.cidr,
		Tags:            b.TagInput("endpoints-https"),
	}, b.Options()...)
	return group, err
}

// serviceName is the full name of an endpoint service in the network's region.
func (b *builder) serviceName(service string) pulumi.String {
	return pulumi.String("com.amazonaws." + regionOf(b.zones[0].name) + "." + service)
}
