package platform

import "github.com/holdfast-iac/holdfast/components/spec"

// Recovery says what stands ready in a second region for the day that the first is lost. It needs the platform's own
// backups and database to have something to copy.
type Recovery struct {
	// Region is the region to recover in, in the cloud's own words ("us-west-2"). Required.
	Region string `pulumi:"region"`
	// Network is the network there. Its block must not overlap that of the platform's network. Default: three zones in
	// 10.128.0.0/16.
	Network spec.Network `pulumi:"network"`
	// Standby is how many machines of the cluster run there at all times, behind a load balancer of their own and with a
	// cache of their own, which begins empty. Users get there by themselves when the first region fails, if the platform has
	// a zone: 2 to 1000. With 0 the cluster is there without machines, to be scaled up by hand. Default 0.
	Standby int `pulumi:"standby"`
	// Certificate is the cloud's id of a certificate there, where the load balancer's own is given and not made. Default none.
	Certificate string `pulumi:"certificate"`
	// BaselineDisabled leaves the account's security in this region alone, where another stack sees to it. Default false: the
	// platform's baseline, if it has one, acts there too.
	BaselineDisabled bool `pulumi:"baselineDisabled"`
	// DatabaseReplica keeps a replica of the database there that follows within seconds. Default false: the database is
	// restored from the backups' copies.
	DatabaseReplica bool `pulumi:"databaseReplica"`
	// FailoverWithoutData lets users get by themselves to machines there that have no database until it is restored. Default
	// false: a platform with a database, whose users would, needs DatabaseReplica.
	FailoverWithoutData bool `pulumi:"failoverWithoutData"`
}

const (
	recoveryCIDR = "10.128.0.0/16"
	minStandby   = 2 // so that one can fail
	maxStandby   = 1000
)

// WithDefaults returns a copy with every unset field at its default.
func (r Recovery) WithDefaults() Recovery {
	if r.Network.CIDR == "" {
		r.Network.CIDR = recoveryCIDR
	}
	r.Network = r.Network.WithDefaults()
	return r
}

// Validate reports everything wrong with the recovery as one error that holds spec.Problems, or nil.
func (r Recovery) Validate() error {
	var ps spec.Problems
	if r.Region == "" {
		ps.Add("region", nil, "is missing; name the region to recover in")
	}
	ps.Collect("network", r.WithDefaults().Network.Validate())
	if r.Standby != 0 && (r.Standby < minStandby || r.Standby > maxStandby) {
		ps.Add("standby", r.Standby, "is out of range; use %d to %d machines, or leave it out for none", minStandby, maxStandby)
	}
	return ps.Err()
}
