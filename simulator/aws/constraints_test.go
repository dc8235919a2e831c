package aws_test

import (
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestConstraints shows every constraint of the tables both ways: a list for each file of tables.
func TestConstraints(t *testing.T) {
	t.Parallel()
	simulatortest.Constraints(t, aws.New(aws.Options{}), oregon, slices.Concat(
		gatewayCases(),
		eksCases(),
		registryCases(),
		ecsCases(),
		lambdaCases(),
		restCases(),
		httpAPICases(),
		eventCases(),
		cognitoCases(),
		messageCases(),
		loadBalancerCases(),
		targetGroupCases(),
		listenerCases(),
		certificateCases(),
		hostedZoneCases(),
		recordCases(),
		accessLogCases(),
		webACLCases(),
		distributionCases(),
		deletionCases(),
		vpcCases(),
		defaultVPCCases(),
		routeCases(),
		securityGroupCases(),
		revokeCases(),
		networkACLCases(),
		endpointCases(),
		flowLogCases(),
		peeringCases(),
		networkOptionCases(),
		prefixListCases(),
		transitCases(),
		iamCases(),
		logCases(),
		bucketPolicyCases(),
		bucketCases(),
		bucketSettingCases(),
		notificationCases(),
		trailCases(),
		configCases(),
		threatCases(),
		accountSettingCases(),
		iamUserCases(),
		kmsCases(),
		instanceCases(),
		namedCases(),
		volumeCases(),
		groupCases(),
		scalingCases(),
		lifecyclePolicyCases(),
		rdsGroupCases(),
		rdsInstanceCases(),
		rdsPlacementCases(),
		rdsClusterCases(),
		rdsCopyCases(),
		cacheCases(),
		appScalingCases(),
		cacheUserCases(),
		dynamoCases(),
		secretCases(),
		efsCases(),
		backupCases(),
		cloudWatchCases(),
		logFilterCases(),
		logDestinationCases(),
		ssmCases(),
		canaryCases(),
		chatCases(),
	))
}

// try creates the resource that a case is about, and returns the refusal.
func try(w *world, token string, in inputs) error {
	_, err := w.Try(token, "subject", in)
	return err
}
