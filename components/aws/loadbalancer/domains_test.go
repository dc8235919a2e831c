package loadbalancer

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The certificate is proved by one record per domain, shared with the wildcard under it, and used when it is issued.
func TestCertificate(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{
		Domain: "shop.example.com", AlternateDomains: []string{"*.shop.example.com", "*.api.example.com"},
	}})
	certificate := named(t, r, certType, "main-certificate")
	assert.Equal(t, "shop.example.com", text(certificate, "domainName"))
	assert.Equal(t, "DNS", text(certificate, "validationMethod"))
	var proofs []string
	for _, record := range r.OfType(recordType) {
		if text(record, "type") == "CNAME" {
			proofs = append(proofs, record.Name)
			assert.True(t, record.Inputs["allowOverwrite"].BoolValue())
		}
	}
	assert.Equal(t, []string{"main-proof-api.example.com", "main-proof-shop.example.com"}, proofs)
	validation := named(t, r, validationType, "main-certificate")
	assert.Len(t, validation.Inputs["validationRecordFqdns"].ArrayValue(), 2)
	assert.True(t, dependsOn(named(t, r, listenerType, "main-listener"), validationType))
	alias := named(t, r, recordType, "main-a-shop.example.com").Inputs["aliases"].ArrayValue()[0].ObjectValue()
	assert.Equal(t, "Z35SXDOTRQ7X7K", alias["zoneId"].StringValue())
	assert.True(t, alias["evaluateTargetHealth"].BoolValue())

	r = run(t, Args{LoadBalancer: spec.LoadBalancer{Domain: "shop.example.com", Certificate: certificateARN}})
	assert.Empty(t, r.OfType(certType), "one that exists is used")
	assert.Len(t, r.OfType(recordType), 1)
}

// Two load balancers can have the same domain: its records stand side by side.
func TestFailover(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		world, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		zone, err := world.Add(zoneType, "zone", pulumi.Map{"name": pulumi.String("example.com")})
		if err != nil {
			return err
		}
		for _, role := range []string{"primary", "secondary"} {
			if _, err := New(ctx, role, &Args{
				LoadBalancer: spec.LoadBalancer{Domain: "shop.example.com", Certificate: certificateARN}, Failover: role,
				VpcID: network.VpcID, SubnetIDs: network.Public, ZoneID: zone.ID().ToStringOutput(),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(t, err)
	for role, form := range map[string]string{"primary": "PRIMARY", "secondary": "SECONDARY"} {
		record := named(t, r, recordType, role+"-a-shop.example.com")
		assert.Equal(t, role, text(record, "setIdentifier"))
		assert.Equal(t, form, record.Inputs["failoverRoutingPolicies"].ArrayValue()[0].ObjectValue()["type"].StringValue())
	}
	shop := spec.LoadBalancer{Domain: "shop.example.com"}
	alone, shared := run(t, Args{LoadBalancer: shop}), run(t, Args{LoadBalancer: shop, Failover: "primary"})
	assert.NotContains(t, named(t, alone, recordType, "main-a-shop.example.com").Inputs, resource.PropertyKey("setIdentifier"))
	assert.False(t, named(t, alone, recordType, "main-proof-shop.example.com").Request.GetRetainOnDelete())
	assert.True(t, named(t, shared, recordType, "main-proof-shop.example.com").Request.GetRetainOnDelete(), "the other needs it too")
}
