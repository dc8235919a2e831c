package simulator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Options say what to simulate.
type Options struct {
	Clouds []Cloud // each at most once
	// Seed decides the ids and names that the clouds make up. The same program gets the same with the same seed.
	// Default: empty.
	Seed string
	// Now tells the time that resources are created at. Default: DefaultTime, always, so that outputs do not depend on
	// when a program runs.
	Now func() time.Time
	// Patience is how long a creation waits for what Constraint.Retried is about, and a deletion for what still uses
	// the resource to go, where the real provider repeats the deletion for minutes: resources that Pulumi deletes at
	// the same time may go in any order. Default: DefaultPatience. Negative: none, so that the deletion fails at once.
	Patience time.Duration
	// Faults make calls go wrong. Each counts the calls of all clouds; of several that befall a call, the first comes
	// first. Default: none.
	Faults []Fault
	// Quotas changes the limits of quotas, by their codes (L-F678F1CE). Default: the clouds' own defaults.
	Quotas map[string]int
}

// DefaultPatience is how long deletions wait unless Options says otherwise.
const DefaultPatience = 5 * time.Second

// DefaultTime is when everything is created unless Options says otherwise.
var DefaultTime = time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)

// Simulation serves simulated clouds to Pulumi.
type Simulation struct {
	accounts map[string]*Account
	servers  []*server
	faults   *injector
	stop     func() error
}

// Start serves the clouds on this machine's loopback interface until the context ends or Close is called. Each cloud
// begins with an empty account. It fails when a fault is not valid or is about no type of these clouds.
//
// A Pulumi command or program that is given the variables of Env uses the simulated clouds in place of the real
// providers.
func Start(ctx context.Context, options Options) (*Simulation, error) {
	packages := make([]*schema.Package, len(options.Clouds))
	for i, cloud := range options.Clouds {
		known, err := cloud.Schema()
		if err != nil {
			return nil, err
		}
		packages[i] = known
	}
	faults, err := newInjector(options.Faults, packages...)
	if err != nil {
		return nil, err
	}
	s := &Simulation{accounts: map[string]*Account{}, faults: faults}
	s.stop = sync.OnceValue(s.close)
	for i, cloud := range options.Clouds {
		if _, twice := s.accounts[cloud.Name]; twice {
			return nil, errors.Join(fmt.Errorf("the cloud %s is given twice", cloud.Name), s.Close())
		}
		account, err := newAccount(cloud, packages[i], options, faults)
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		server, err := serve(account)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("serving %s: %w", cloud.Name, err), s.Close())
		}
		s.accounts[cloud.Name] = account
		s.servers = append(s.servers, server)
	}
	context.AfterFunc(ctx, func() { _ = s.Close() })
	return s, nil
}

// Env returns the environment variables, as NAME=value, that make Pulumi use the simulated clouds. Where the
// environment already has such a variable, use Providers to extend it.
func (s *Simulation) Env() []string {
	return []string{"PULUMI_DEBUG_PROVIDERS=" + s.Providers()}
}

// Providers returns the value of PULUMI_DEBUG_PROVIDERS: aws:PORT,gcp:PORT.
func (s *Simulation) Providers() string {
	list := make([]string, len(s.servers))
	for i, server := range s.servers {
		list[i] = fmt.Sprintf("%s:%d", server.account.cloud.Name, server.port)
	}
	return strings.Join(list, ",")
}

// Account returns the account in the cloud of that name (aws), or nil.
func (s *Simulation) Account(cloud string) *Account { return s.accounts[cloud] }

// Resources returns what exists in all clouds now because something created it, sorted. After a complete destroy it is
// empty.
func (s *Simulation) Resources() []Resource {
	var list []Resource
	for _, server := range s.servers {
		list = append(list, server.account.Resources()...)
	}
	slices.SortStableFunc(list, func(a, b Resource) int { return strings.Compare(a.Cloud, b.Cloud) })
	return list
}

// Faults returns how the faults of the options fared so far, in their order.
func (s *Simulation) Faults() []FaultOutcome { return s.faults.report() }

// Close stops serving; requests under way fail. What exists in the clouds can still be asked for. It may be called more
// than once.
func (s *Simulation) Close() error { return s.stop() }

func (s *Simulation) close() error {
	s.faults.close()
	for _, server := range s.servers {
		server.close()
	}
	return nil
}
