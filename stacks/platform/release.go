package platform

import (
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Strategy says how a new version of the cluster's machines takes over.
type Strategy string

// The strategies.
const (
	// Rolling replaces the machines of the one cluster, some at a time, and rolls back when an alarm fires. The default.
	Rolling Strategy = "rolling"
	// BlueGreen runs the new version on a second cluster, and shifts traffic to it by weight.
	BlueGreen Strategy = "blue-green"
)

// Colour names one of the two clusters that a platform may have.
type Colour string

// The colours.
const (
	Blue  Colour = "blue"
	Green Colour = "green"
)

// Other returns the other colour.
func (c Colour) Other() Colour {
	if c == Blue {
		return Green
	}
	return Blue
}

// Release says how new versions of the cluster take over. The zero value rolls.
//
// A blue-green release is a series of updates, each a change of this section: first a candidate of weight 0, which is
// created and checked but gets no traffic; then greater weights; at last live names the candidate's colour, image is the
// candidate's, and the candidate goes from this section: the old cluster is removed. When alarms have turned the traffic
// back meanwhile, the next update must say so: weight 0.
type Release struct {
	// Strategy is "rolling" or "blue-green". Default rolling.
	Strategy Strategy `pulumi:"strategy"`
	// Live is the colour that serves: it gets all traffic that the candidate does not. Default blue. A rolling release has this
	// cluster alone, so that a platform can change its strategy without a gap.
	Live Colour `pulumi:"live"`
	// Image is the machine image of the cluster, by its id in the cloud; of the live one, in a blue-green release. Default:
	// the newest that the cloud recommends, at every update.
	Image string `pulumi:"image"`
	// Candidate is the new version, on a cluster of the other colour. Default none. Only for blue-green.
	Candidate *Candidate `pulumi:"candidate"`
	// Rollback says when the candidate's traffic goes back to the live cluster by itself. To is the live colour, and not said.
	// Default: when more than 5 percent of its requests fail, or they take longer than Monitoring's objective. Only for
	// blue-green; a rolling release turns back on Monitoring's alarms.
	Rollback spec.Rollback `pulumi:"rollback"`
}

// Candidate is a version that may take over.
type Candidate struct {
	// Image is the machine image of the candidate, by its id in the cloud. Default: as that of Release.
	Image string `pulumi:"image"`
	// Weight is the share of traffic that the candidate gets, 0 to 100 percent. Required; a new candidate starts at 0.
	Weight *int `pulumi:"weight"`
}

// WithDefaults returns a copy with every unset field at its default.
func (r Release) WithDefaults() Release {
	if r.Strategy == "" {
		r.Strategy = Rolling
	}
	if r.Live == "" {
		r.Live = Blue
	}
	return r
}

// Validate reports everything wrong with the release as one error that holds spec.Problems, or nil.
func (r Release) Validate() error {
	var ps spec.Problems
	switch r.WithDefaults().Strategy {
	case BlueGreen:
	case Rolling:
		if r.Candidate != nil {
			ps.Add("candidate", nil, "has no effect on a rolling release; remove it, or use strategy blue-green")
		}
		if r.Rollback != (spec.Rollback{}) {
			ps.Add("rollback", nil, "has no effect on a rolling release, which monitoring's alarms turn back; remove it")
		}
	default:
		ps.Add("strategy", r.Strategy, "is not a strategy; %s",
			spec.DidYouMean(string(r.Strategy), []string{string(Rolling), string(BlueGreen)}))
	}
	if live := r.WithDefaults().Live; live != Blue && live != Green {
		ps.Add("live", live, "is not a colour; %s", spec.DidYouMean(string(live), []string{string(Blue), string(Green)}))
	}
	ps.Collect("rollback", r.Rollback.Validate())
	if r.Rollback.To != "" {
		ps.Add("rollback.to", r.Rollback.To, "is always the live colour; remove it")
	}
	if r.Candidate != nil {
		switch weight := r.Candidate.Weight; {
		case weight == nil:
			ps.Add("candidate.weight", nil, "is missing; use 0 for a new candidate, then up to 100 percent")
		case *weight < 0 || *weight > 100:
			ps.Add("candidate.weight", *weight, "is out of range; use 0 to 100 percent")
		}
	}
	return ps.Err()
}

// ImageOf returns the machine image of the cluster of that colour; empty for the default.
func (r Release) ImageOf(colour string) string {
	if r.Candidate != nil && r.Candidate.Image != "" && colour == string(r.WithDefaults().Live.Other()) {
		return r.Candidate.Image
	}
	return r.Image
}

// RollbackOf returns where the traffic of the cluster of that colour goes when it fails: nowhere, but for a candidate's.
func (r Release) RollbackOf(colour string) spec.Rollback {
	live := string(r.WithDefaults().Live)
	if r.Candidate == nil || colour == live {
		return spec.Rollback{}
	}
	if r.Rollback.Disabled {
		return spec.Rollback{Disabled: true}
	}
	rollback := r.Rollback
	rollback.To = live
	return rollback
}

// Weights returns the share of traffic, in percent, of each cluster that exists, by its colour.
func (r Release) Weights() map[string]int {
	r = r.WithDefaults()
	if r.Candidate == nil || r.Candidate.Weight == nil { // what Validate refuses has no traffic
		return map[string]int{string(r.Live): 100}
	}
	share := *r.Candidate.Weight
	return map[string]int{string(r.Live): 100 - share, string(r.Live.Other()): share}
}
