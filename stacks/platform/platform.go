// Package platform is the cloud-neutral description of a platform: what a stack's configuration says, with defaults
// filled in and everything wrong with it reported at once, under the keys that its author typed.
//
// The configuration lies in the namespace of the project, for example:
//
//	config:
//	  holdfast:cloud: aws
//	  holdfast:network:
//	    zones: 2
//	    nat: one
//	  aws:region: eu-west-1
package platform

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// namespace is the part of the configuration that describes the platform. The others belong to cloud providers and
// tools.
const namespace = "holdfast:"

// Spec describes a platform. A field is the configuration key of its tag, in the namespace "holdfast".
type Spec struct {
	// Cloud is the cloud to deploy to: "aws". Required.
	Cloud string `pulumi:"cloud"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
	// DeletionAllowed lets the platform be destroyed, with its records and backups: it takes off every protection against
	// deletion that can be taken off. Default false.
	DeletionAllowed bool `pulumi:"deletionAllowed"`
	// Network describes the network. Default: see spec.Network.
	Network spec.Network `pulumi:"network"`

	// The sections below are parts that a platform has when its configuration has the section, be it empty: "cache: {}" is
	// a cache with every default. Their concepts are those of package spec.

	// LoadBalancer is what users reach the cluster through. It needs a Cluster, and makes the cluster's backends.
	LoadBalancer *spec.LoadBalancer `pulumi:"loadBalancer"`
	// Cluster is the machines that serve.
	Cluster *spec.Cluster `pulumi:"cluster"`
	// Database is the database that the cluster uses.
	Database *spec.Database `pulumi:"database"`
	// Cache is the cache that the cluster uses.
	Cache *spec.Cache `pulumi:"cache"`
	// Kubernetes is a Kubernetes cluster, which may use the database and the cache too.
	Kubernetes *spec.Kubernetes `pulumi:"kubernetes"`
	// Backup is the vault that the database and the persistent volumes of Kubernetes are backed up to. The disks of Cluster's
	// machines, which come and go, are not, unless its tags have Backup: "true".
	Backup *spec.Backup `pulumi:"backup"`
	// Monitoring watches the other parts.
	Monitoring *spec.Monitoring `pulumi:"monitoring"`
	// Baseline keeps the account secure. One stack of an account has it.
	Baseline *spec.Baseline `pulumi:"baseline"`

	// Zone is the name of a DNS zone to make for the platform, such as "shop.example.com"; all domains of LoadBalancer lie in it.
	// Its name servers are an output: the parent zone must delegate to them before certificates can be made. Default: none
	// is made, see LoadBalancer.Zone for one that exists.
	Zone string `pulumi:"zone"`
	// Administrators are who may administer Kubernetes and, in an emergency, the account: the cloud's own ids of people or
	// roles, by a name that stays. On AWS, only users have to show a second factor for the latter; let the sign-on that hands
	// out a role ask for one. Default none.
	Administrators map[string]string `pulumi:"administrators"`
	// DatabasePassword is the password of the database's first user. Keep it secret: pulumi config set --secret. Only what
	// needs it given asks for it. Default: the cloud makes one up and keeps it.
	DatabasePassword string `pulumi:"databasePassword"`

	// Release says how a new version of the cluster takes over. Default: it rolls.
	Release Release `pulumi:"release"`
	// Recovery is what stands ready in a second region.
	Recovery *Recovery `pulumi:"recovery"`
	// AWS says what only AWS has.
	AWS *AWS `pulumi:"aws"`
	// Objectives are what the platform promises. Default 99.9 % availability.
	Objectives Objectives `pulumi:"objectives"`
}

// Cloud deploys platforms to one cloud.
type Cloud struct {
	// Check reports, as spec.Problems under configuration keys, what this cloud cannot do of what the description
	// asks, and what it needs of the rest of the configuration.
	Check func(s Spec, config map[string]string) error
	// Deploy registers the platform's resources and the stack's outputs.
	Deploy func(ctx *pulumi.Context, s Spec) error
}

// Load reads the description from a program's configuration: full keys ("holdfast:network") and values as Pulumi
// passes them, objects and lists as JSON. Keys of other namespaces are ignored. The error holds spec.Problems with
// everything that is wrong; the values of secretKeys do not appear in it. The Spec holds what could be read, with its
// defaults, even so.
func Load(config map[string]string, secretKeys ...string) (Spec, error) {
	var s Spec
	var ps spec.Problems
	decodeConfig(config, &s, &ps)
	if _, ok := config[namespace+"cloud"]; !ok {
		ps.Add(namespace+"cloud", nil, "is missing; set it to the cloud to deploy to, for example aws")
	}
	for _, part := range s.parts() {
		judge(&ps, namespace+part.key, part.validate())
	}
	judge(&ps, "", s.checkTogether())
	s.Network = s.Network.WithDefaults()
	s.Release = s.Release.WithDefaults()
	s.Objectives = s.Objectives.WithDefaults()
	return s, hideSecrets(ps, secretKeys).Err()
}

// Run deploys the platform that the configuration describes to the cloud that it names, one of clouds. It registers
// nothing unless the whole configuration is valid for that cloud.
func Run(ctx *pulumi.Context, config map[string]string, secretKeys []string, clouds map[string]Cloud) error {
	s, err := Load(config, secretKeys...)
	var ps spec.Problems
	ps.Collect("", err)
	cloud, ok := clouds[s.Cloud]
	switch {
	case ok:
		judge(&ps, "", cloud.Check(s, config))
	case s.Cloud != "":
		ps.Add(namespace+"cloud", s.Cloud, "is not a cloud that this program is built for; %s", spec.DidYouMean(s.Cloud, keys(clouds)))
	}
	if err := hideSecrets(ps, secretKeys).Err(); err != nil {
		return err
	}
	return cloud.Deploy(ctx, s)
}

// judge records the problems in err, under path prefix, of those fields that have no problem yet: what could not even
// be read, or what the description itself forbids, needs no second opinion.
func judge(ps *spec.Problems, prefix string, err error) {
	var found spec.Problems
	found.Collect(prefix, err)
	for _, p := range found {
		if !slices.ContainsFunc(*ps, func(known spec.Problem) bool { return known.Field == p.Field }) {
			*ps = append(*ps, p)
		}
	}
}

// hideSecrets masks the problems whose configuration key is a secret.
func hideSecrets(ps spec.Problems, secretKeys []string) spec.Problems {
	hidden := make(spec.Problems, 0, len(ps))
	for _, p := range ps {
		one := spec.Problems{p}
		for _, key := range secretKeys {
			if rest, ok := strings.CutPrefix(p.Field, key); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
				one = one.Masked()
			}
		}
		hidden = append(hidden, one...)
	}
	return hidden
}
