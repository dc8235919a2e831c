// Package aws simulates Amazon Web Services for Pulumi programs: what the provider and the cloud compute, refuse and
// look up. One file a service.
//
// The account begins with the default VPC of every region, which counts for no quota, and has permission for
// everything. Regions have their availability zones but no local zones. Identity policies are checked for their form,
// not for what they permit. Endpoint services are taken to exist when their name has the right form.
package aws

import (
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Options say how the simulated AWS is set up.
type Options struct {
	// Account is the account's number, 12 digits. Default: 123456789012, as in AWS's documentation.
	Account string
	// Region serves providers whose configuration names none, as the variable AWS_REGION does for the real one.
	// Default: none, and such a provider is refused.
	Region string
	// NoDefaultVPC is for accounts whose default VPCs were deleted.
	NoDefaultVPC bool
}

// DefaultAccount is the account's number unless Options says otherwise.
const DefaultAccount = "123456789012"

// New returns the simulated AWS.
func New(options Options) simulator.Cloud {
	if options.Account == "" {
		options.Account = DefaultAccount
	}
	return simulator.Cloud{
		Name:        "aws",
		Schema:      schema.AWS,
		API:         api,
		Types:       slices.Clone(types()),
		Lookups:     slices.Clone(lookups()),
		Connect:     options.connect,
		Begin:       options.begin,
		Fixed:       []string{"region"}, // pulumi-terraform-bridge, ForcesProviderReplace
		Prepare:     tagAll,
		Computed:    []string{"tagsAll"},
		Placeholder: placeholder,
		Elsewhere:   elsewhere,
	}
}

// types lists every modelled resource type. Tables never change, so that all accounts share them.
var types = sync.OnceValue(func() []*simulator.Type {
	return slices.Concat(
		vpcTypes(),
		defaultVPCTypes(),
		subnetTypes(),
		gatewayTypes(),
		eipTypes(),
		routeTableTypes(),
		securityGroupTypes(),
		securityRuleTypes(),
		networkACLTypes(),
		peeringTypes(),
		networkOptionTypes(),
		prefixListTypes(),
		transitGatewayTypes(),
		endpointTypes(),
		flowLogTypes(),
		logTypes(),
		iamTypes(),
		iamUserTypes(),
		iamAccountTypes(),
		kmsTypes(),
		keyGrantTypes(),
		backupVaultTypes(),
		backupPlanTypes(),
		backupAuditTypes(),
		cloudWatchTypes(),
		dashboardTypes(),
		logFilterTypes(),
		parameterTypes(),
		ssmTypes(),
		canaryTypes(),
		chatTypes(),
		bucketTypes(),
		eksTypes(),
		ecrTypes(),
		ecsTypes(),
		lambdaTypes(),
		restTypes(),
		httpAPITypes(),
		eventTypes(),
		stateMachineTypes(),
		cognitoTypes(),
		sqsTypes(),
		snsTypes(),
		keyPairTypes(),
		instanceProfileTypes(),
		volumeTables(),
		snapshotTypes(),
		networkInterfaceTypes(),
		launchTemplateTypes(),
		instanceTables(),
		autoScalingTypes(),
		scalingTypes(),
		appScalingTypes(),
		lifecyclePolicyTypes(),
		loadBalancerTypes(),
		targetGroupTypes(),
		listenerTypes(),
		certificateTypes(),
		hostedZoneTypes(),
		recordTypes(),
		webACLTypes(),
		distributionTypes(),
		cachePolicyTypes(),
		originAccessTypes(),
		bucketPolicyTypes(),
		rdsGroupTypes(),
		rdsInstanceTypes(),
		rdsSnapshotTypes(),
		rdsClusterTypes(),
		rdsCopyTypes(),
		cacheGroupTypes(),
		cacheTypes(),
		dynamoTypes(),
		secretTypes(),
		efsTypes(),
		bucketAccessTypes(),
		bucketVersionTypes(),
		bucketLifecycleTypes(),
		bucketSettingTypes(),
		bucketObjectTypes(),
		bucketNotificationTypes(),
		trailTypes(),
		configTypes(),
		configRuleTypes(),
		threatTypes(),
		budgetTypes(),
		accountSettingTypes(),
	)
})

// lookups lists every function that is answered.
var lookups = sync.OnceValue(func() []*simulator.Lookup {
	return slices.Concat(
		zoneLookups(),
		identityLookups(),
		policyLookups(),
		networkLookups(),
		eksLookups(),
		ecrLookups(),
		ecsLookups(),
		lambdaLookups(),
		sqsLookups(),
		snsLookups(),
		imageLookups(),
		typeLookups(),
		instanceLookups(),
		loadBalancerZoneLookups(),
		hostedZoneLookups(),
		cachePolicyLookups(),
		edgeLookups(),
		rdsLookups(),
		dynamoLookups(),
		secretLookups(),
		bucketLookups(),
		iamLookups(),
		trailLookups(),
		threatLookups(),
		kmsLookups(),
		backupLookups(), scalingLookups(),
		logLookups(),
	)
})

// connect reads a provider's configuration.
func (o Options) connect(config resource.PropertyMap) (simulator.Site, []schema.Problem) {
	site := simulator.Site{Account: o.Account, Region: o.Region}
	var problems []schema.Problem
	if config["region"].IsString() {
		site.Region = config["region"].StringValue()
	}
	switch {
	case config["region"].IsComputed():
	case site.Region == "":
		problems = append(problems, schema.Problem{Path: "region",
			Text: "Missing region configuration: set one, for example with `pulumi config set aws:region us-west-2`"})
	case zones[site.Region] == nil:
		problems = append(problems, schema.Problem{Path: "region",
			Text: "invalid AWS Region: " + site.Region + suggestion(site.Region)})
	}
	site.Partition = partitionName(site.Region)
	if tags := config["defaultTags"]; tags.IsObject() && tags.ObjectValue()["tags"].IsObject() {
		site.Tags = tags.ObjectValue()["tags"].ObjectValue()
	}
	return site, problems
}

// partitionName returns the part of AWS that a region is in.
func partitionName(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	default:
		return "aws"
	}
}

func suggestion(region string) string {
	if nearest := schema.Nearest(region, regionNames()); nearest != "" {
		return ": did you mean " + nearest + "?"
	}
	return ""
}

// elsewhere reports whether an address is an ARN outside the account: of another account, or of AWS itself, as its
// managed policies are.
func elsewhere(site simulator.Site, address string) bool {
	parts := strings.SplitN(address, ":", 6)
	return len(parts) == 6 && parts[0] == "arn" && parts[4] != site.Account && parts[4] != ""
}

// placeholder makes up the outputs that have a set form in AWS.
func placeholder(c *simulator.Call, name string, t schema.Type) (resource.PropertyValue, bool) {
	if t.Kind != schema.String {
		return resource.PropertyValue{}, false
	}
	switch name {
	case "arn":
		module, kind, _ := strings.Cut(strings.TrimPrefix(c.Token, "aws:"), "/")
		kind, _, _ = strings.Cut(kind, ":")
		return text("arn:" + c.Partition + ":" + module + ":" + c.Region + ":" + c.Account + ":" + kind + "/" + c.ID), true
	case "ownerId", "accountId", "registryId":
		return text(c.Account), true
	case "region":
		return text(c.Region), true
	case "name":
		if prefix := c.Text("namePrefix"); prefix != "" {
			return text(prefix + c.Hex("namePrefix", prefixDigits)), true
		}
	}
	return resource.PropertyValue{}, false
}

// prefixDigits is the number of characters that the provider appends to a name prefix (terraform-plugin-sdk,
// helper/id).
const prefixDigits = 26

func text(s string) resource.PropertyValue { return resource.NewStringProperty(s) }

// Sources that several files name.
const (
	ec2Errors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"
	vpcQuotas = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"
)
