package loadbalancer

import (
	"testing"

	"github.com/stretchr/testify/assert"

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
