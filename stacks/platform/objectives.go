package platform

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/internal/sla"
)

// Objectives are what the platform promises. A stack whose parts cannot add up to them is refused.
type Objectives struct {
	// Availability is the share of a month, in percent, that the platform serves: 90 to 100. Default 99.9, 43 minutes of
	// downtime in a month. It is compared with what the cloud's service level agreements of the parts compose to.
	Availability float64 `pulumi:"availability"`
	// RPOMinutes is the greatest loss of data, in minutes before the disaster. Default 1440: a day.
	RPOMinutes int `pulumi:"rpoMinutes"`
	// RTOMinutes is the longest time to recover, in minutes. Default 480: eight hours.
	RTOMinutes int `pulumi:"rtoMinutes"`
}

// WithDefaults returns a copy with every unset field at its default.
func (o Objectives) WithDefaults() Objectives {
	if o.Availability == 0 {
		o.Availability = 99.9
	}
	if o.RPOMinutes == 0 {
		o.RPOMinutes = 24 * 60
	}
	if o.RTOMinutes == 0 {
		o.RTOMinutes = 8 * 60
	}
	return o
}

// Validate reports everything wrong with the objectives as one error that holds spec.Problems, or nil.
func (o Objectives) Validate() error {
	var ps spec.Problems
	d := o.WithDefaults()
	if d.Availability < 90 || d.Availability > 100 {
		ps.Add("availability", o.Availability, "is out of range; use 90 to 100 percent")
	}
	if d.RPOMinutes < 1 {
		ps.Add("rpoMinutes", o.RPOMinutes, "is out of range; use at least 1 minute")
	}
	if d.RTOMinutes < 1 {
		ps.Add("rtoMinutes", o.RTOMinutes, "is out of range; use at least 1 minute")
	}
	return ps.Err()
}

// Outlook is what a platform's parts add up to.
type Outlook struct {
	// Path are the commitments of everything that a request needs.
	Path []sla.Entry
	// RPOMinutes and RTOMinutes are what the backups allow; 0 when there are none.
	RPOMinutes, RTOMinutes int
}

// Compare reports the objectives that the outlook does not meet, as spec.Problems under the objectives' own fields.
func (o Objectives) Compare(outlook Outlook) error {
	var ps spec.Problems
	d := o.WithDefaults()
	if !sla.Meets(d.Availability, outlook.Path...) {
		ps.Add("availability", d.Availability, "is more than the parts commit to: %s; use stronger parts, or promise less",
			sla.Arithmetic(outlook.Path...))
	}
	if outlook.RPOMinutes > d.RPOMinutes {
		ps.Add("rpoMinutes", d.RPOMinutes, "is less than the backups allow, %d; back up more often, or allow more", outlook.RPOMinutes)
	}
	if outlook.RTOMinutes > d.RTOMinutes {
		ps.Add("rtoMinutes", d.RTOMinutes, "is less than a restore takes, %d; keep a standby, or allow more", outlook.RTOMinutes)
	}
	return ps.Err()
}

// Summary says how the outlook compares with the objective of availability, with the arithmetic.
func (o Objectives) Summary(outlook Outlook) string {
	return fmt.Sprintf("%s; the objective is %g %%", sla.Arithmetic(outlook.Path...), o.WithDefaults().Availability)
}
