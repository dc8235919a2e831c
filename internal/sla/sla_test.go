package sla

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestInSeries(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 100.0, InSeries(), "nothing that can fail")
	assert.InDelta(t, 99.95, InSeries(AWSDatabase), 1e-9)
	assert.InDelta(t, 99.99*99.99*99.95/1e4, InSeries(AWSLoadBalancer, AWSInstances, AWSDatabase), 1e-9)
}

func TestMeets(t *testing.T) {
	t.Parallel()
	for _, e := range []Entry{AWSDatabase, AWSDatabaseOneZone, AWSLoadBalancer, AWSDNS, AWSNAT} {
		assert.True(t, Meets(e.Percent, e), e.Service)
		assert.False(t, Meets(e.Percent, e, AWSCache), e.Service)
	}
	assert.True(t, Meets(100))
}

func TestArithmetic(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "99.99 % (Elastic Load Balancing, two or more zones) × 99.95 % (RDS, Multi-AZ) = 99.940 %, 26 minutes a month",
		Arithmetic(AWSLoadBalancer, AWSDatabase))
	assert.Equal(t, "99.5 % (RDS, one instance) = 99.500 %, 216 minutes a month", Arithmetic(AWSDatabaseOneZone))
	assert.Equal(t, "100 % (Route 53) = 100.000 %, 0 minutes a month", Arithmetic(AWSDNS))
	assert.Equal(t, "99.5 % (EC2, one instance) × 99.5 % (EC2, one instance) = 99.002 %, 431 minutes a month",
		Arithmetic(AWSInstance, AWSInstance), "rounded to the worse side")
}

func TestDowntime(t *testing.T) {
	t.Parallel()
	assert.InDelta(t, 43.2, Downtime(99.9), 1e-9)
	assert.InDelta(t, 0, Downtime(100), 1e-9)
}
