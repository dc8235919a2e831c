package componenttest

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// SimulatedAWS returns an empty AWS account that is used from region. It refuses what AWS would refuse: misspelt
// properties, addresses outside of their network, references to what does not exist.
func SimulatedAWS(t require.TestingT, region string) pulumi.MockResourceMonitor {
	mocks, err := simulatortest.Mocks(nil, aws.New(aws.Options{Region: region}))
	require.NoError(t, err)
	return mocks
}
