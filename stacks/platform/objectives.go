package platform

import (
	"fmt"
	"math"
	"strings"

	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/internal/sla"
)

// Objectives are what the platform promises. A stack whose parts cannot add up to them is refused.
type Objectives struct {
	// Availability is the share of a month, in percent, that the platform serves: 90 to 100. Default 99.9, 43 minutes of
	// downtime in a month. It is compared with what the cloud's service level agreements of the parts compose to.
	Availability float64 `pulumi:"availability"`
	// RPOMinutes is the greatest loss of data, in minutes before the disaster. A platform that keeps data without any
	// backup meets no objective. Default 1500: a day, and the hour within which a daily backup begins.
	RPOMinutes int `pulumi:"rpoMinutes"`
	// CopyRPOMinutes is the same for the loss of the whole region. Default 0: nothing is promised for it.
	CopyRPOMinutes int `pulumi:"copyRpoMinutes"`
	// RTOMinutes is the longest time to recover, in minutes. Default 480: eight hours.
	RTOMinutes int `pulumi:"rtoMinutes"`
}

// WithDefaults returns a copy with every unset field at its default.
func (o Objectives) WithDefaults() Objectives {
	if o.Availability == 0 {
		o.Availability = 99.9
	}
	if o.RPOMinutes == 0 {
		o.RPOMinutes = 25 * 60
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
	if d.CopyRPOMinutes < 0 {
		ps.Add("copyRpoMinutes", o.CopyRPOMinutes, "is out of range; use at least 1 minute")
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
	// Kept are the parts with data that is nowhere else.
	Kept []Kept
}

// Kept says how the data of a part comes back after a disaster.
type Kept struct {
	// Part is the part, by its key in the configuration.
	Part string
	// RPOMinutes is how many minutes' work is lost at the most, or Never.
	RPOMinutes int
	// CopyRPOMinutes is the same for the loss of the whole region.
	CopyRPOMinutes int
	// RTOMinutes is how many minutes it takes until the data is back.
	RTOMinutes int
}

// Never is the RPO of data that nothing saves: it does not come back. No objective allows it.
const Never = math.MaxInt

// RPOMinutes is how many minutes' work is lost at the most: Never if there is data that nothing saves, 0 without data.
func (o Outlook) RPOMinutes() int { return o.worst(Kept.rpo) }

// CopyRPOMinutes is the same for the loss of the whole region.
func (o Outlook) CopyRPOMinutes() int { return o.worst(Kept.copyRPO) }

// RTOMinutes is how many minutes it takes until all data is back; 0 without data.
func (o Outlook) RTOMinutes() int { return o.worst(Kept.rto) }

func (k Kept) rpo() int     { return k.RPOMinutes }
func (k Kept) copyRPO() int { return k.CopyRPOMinutes }
func (k Kept) rto() int     { return k.RTOMinutes }

func (o Outlook) worst(minutes func(Kept) int) (worst int) {
	for _, kept := range o.Kept {
		worst = max(worst, minutes(kept))
	}
	return worst
}

// beyond lists the parts that need more minutes than are allowed: "database 31, cache all".
func (o Outlook) beyond(allowed int, minutes func(Kept) int) string {
	var parts []string
	for _, kept := range o.Kept {
		switch needed := minutes(kept); {
		case needed == Never:
			parts = append(parts, kept.Part+" all")
		case needed > allowed:
			parts = append(parts, fmt.Sprintf("%s %d", kept.Part, needed))
		}
	}
	return strings.Join(parts, ", ")
}

// Compare reports the objectives that the outlook does not meet, as spec.Problems under the objectives' own fields.
func (o Objectives) Compare(outlook Outlook) error {
	var ps spec.Problems
	d := o.WithDefaults()
	if !sla.Meets(d.Availability, outlook.Path...) {
		ps.Add("availability", d.Availability, "is more than the parts commit to: %s; use stronger parts, or promise less",
			sla.Arithmetic(outlook.Path...))
	}
	if late := outlook.beyond(d.RPOMinutes, Kept.rpo); late != "" {
		ps.Add("rpoMinutes", d.RPOMinutes, "is less than can be lost (%s); back up more often, or allow more", late)
	}
	if late := outlook.beyond(d.CopyRPOMinutes, Kept.copyRPO); late != "" && d.CopyRPOMinutes > 0 {
		ps.Add("copyRpoMinutes", d.CopyRPOMinutes, "is less than is lost with the region (%s); keep copies in another, or allow more", late)
	}
	if late := outlook.beyond(d.RTOMinutes, Kept.rto); late != "" {
		ps.Add("rtoMinutes", d.RTOMinutes, "is less than a restore takes (%s); measure one and say so in %sbackup.rtoMinutes, or allow more",
			late, namespace)
	}
	return ps.Err()
}

// Summary says how the outlook compares with the objective of availability, with the arithmetic.
func (o Objectives) Summary(outlook Outlook) string {
	return fmt.Sprintf("%s; the objective is %g %%", sla.Arithmetic(outlook.Path...), o.WithDefaults().Availability)
}
