package aws

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: Amazon EC2 Instance Types Guide, "Specifications for Amazon EC2 general purpose, compute optimized, memory
// optimized, storage optimized and accelerated computing instances"; the EC2 API's DescribeInstanceTypes.

// instanceType is what is known of an instance type.
type instanceType struct {
	name, family string
	vCPUs        int
	threads      int     // for each core
	memory       float64 // GiB
	arch         string  // as images have it
	nitro        bool    // xen otherwise
	metal        bool
	burstable    bool
	local        bool // has instance store volumes
	gpu          bool
	current      bool // of the current generation
}

// Architectures of images and instance types.
const (
	intel = "x86_64"
	arm   = "arm64"
)

// typeFamily is one line of the table: the sizes of a family and the GiB of memory for each vCPU. A size is followed by
// its number of vCPUs where the name does not tell.
type typeFamily struct {
	name  string
	ratio float64
	sizes string
}

// typeFamilies are the families that programs commonly use. A type of another family is taken to exist.
var typeFamilies = []typeFamily{
	{"m5", 4, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge metal=96"},
	{"m6i", 4, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge metal=128"},
	{"m6g", 4, "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal=64"},
	{"m7i", 4, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge metal-24xl=96 metal-48xl=192"},
	{"m7g", 4, "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal=64"},
	{"c5", 2, "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge metal=96"},
	{"c6i", 2, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge metal=128"},
	{"c6g", 2, "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal=64"},
	{"c7g", 2, "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal=64"},
	{"r5", 8, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge metal=96"},
	{"r6i", 8, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge metal=128"},
	{"r6g", 8, "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal=64"},
	{"i3", 7.625, "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge metal=72"},
	{"g4dn", 4, "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal=96"},
}

// burstableSizes are the sizes of the T families: memory, and the vCPUs of t2 and of the later ones.
var burstableSizes = []struct {
	name       string
	memory     float64
	t2, others int
}{
	{"nano", 0.5, 1, 2}, {"micro", 1, 1, 2}, {"small", 2, 1, 2}, {"medium", 4, 2, 2},
	{"large", 8, 2, 2}, {"xlarge", 16, 4, 4}, {"2xlarge", 32, 8, 8},
}

// instanceTypes returns the table of instance types by name.
var instanceTypes = sync.OnceValue(func() map[string]*instanceType {
	table := map[string]*instanceType{}
	add := func(family, size string, vCPUs int, memory float64) {
		t := &instanceType{
			name: family + "." + size, family: family, vCPUs: vCPUs, memory: memory, arch: intel, threads: 2,
			metal: strings.HasPrefix(size, "metal"), burstable: family[0] == 't', current: true,
			local: slices.Contains([]string{"i3", "g4dn"}, family), gpu: family == "g4dn",
		}
		t.nitro = family != "t2" && (family != "i3" || t.metal)
		if strings.HasSuffix(family, "g") {
			t.arch, t.threads = arm, 1
		}
		if family == "t2" || vCPUs == 1 {
			t.threads = 1
		}
		table[t.name] = t
	}
	for _, family := range typeFamilies {
		for size := range strings.FieldsSeq(family.sizes) {
			name, vCPUs := sizeOf(size)
			add(family.name, name, vCPUs, family.ratio*float64(vCPUs))
		}
	}
	table["i3.metal"].memory = 512
	for _, family := range []string{"t2", "t3", "t3a", "t4g"} {
		for _, size := range burstableSizes {
			vCPUs := size.others
			if family == "t2" {
				vCPUs = size.t2
			}
			add(family, size.name, vCPUs, size.memory)
		}
	}
	return table
})

// sizeOf reads a size of the table: "4xlarge" has 16 vCPUs, "metal=96" those it says.
func sizeOf(size string) (name string, vCPUs int) {
	name, explicit, given := strings.Cut(size, "=")
	number := 0
	switch {
	case given:
		_, _ = fmt.Sscan(explicit, &vCPUs)
		return name, vCPUs
	case name == "medium":
		return name, 1
	case name == "large":
		return name, 2
	case name == "xlarge":
		return name, 4
	}
	_, _ = fmt.Sscanf(name, "%dxlarge", &number)
	return name, 4 * number
}

// typeNames returns the names of the table, sorted.
func typeNames() []string { return slices.Sorted(maps.Keys(instanceTypes())) }

// noSuchType reports whether a name is surely of no instance type: it has not the form of one, or its family is in the
// table and has no such size.
func noSuchType(name string) bool {
	family, size, ok := strings.Cut(name, ".")
	if !ok || family == "" || size == "" || name != strings.ToLower(name) || strings.ContainsAny(name, " /_") {
		return true
	}
	known := slices.ContainsFunc(typeNames(), func(other string) bool { return strings.HasPrefix(other, family+".") })
	return known && instanceTypes()[name] == nil
}

// offered reports whether a zone, by its id, has an instance type. Those that lack one are known from the refusals that
// users met: the oldest zone of Virginia has no Nitro instances, the newest of Oregon no t2.
func (t *instanceType) offered(zoneID string) bool {
	switch zoneID {
	case "use1-az3":
		return !t.nitro
	case "usw2-az4":
		return t.family != "t2"
	}
	return true
}

// zonesOffering returns the names of the region's zones that have an instance type.
func (t *instanceType) zonesOffering(region string) []string {
	var names []string
	for _, z := range zones[region] {
		if t.offered(z.id) {
			names = append(names, z.name)
		}
	}
	return names
}

// typeKnown is the constraint that an instance type exists.
func typeKnown(input string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-ec2-instance-type",
			Source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html"},
		Error: "InvalidParameterValue: Invalid value '%s' for InstanceType.",
		Stage: simulator.AtCheck,
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			c.Each(input, func(path, value string) {
				if noSuchType(value) {
					broken(path, value)
				}
			})
		},
	}
}

// standardFamily matches the families whose vCPUs count together.
var standardFamily = regexp.MustCompile(`^[acdhimrtz][0-9]`)

// vCPUs is the quota for running on-demand instances of the standard families, for what is launched a number of times.
// The documented default is 5, but AWS raises it by itself as an account is used: it limits nothing unless
// Options.Quotas says how much there is.
func vCPUs(of func(*simulator.Call) *launch, times func(*simulator.Call) float64) simulator.Quota {
	return simulator.Quota{
		Code: "L-1216C47A", Source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html",
		Limit: math.MaxInt,
		Error: "VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of %d allows for the " +
			"instance bucket that the specified instance type belongs to. Please visit " +
			"http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.",
		Count: func(c *simulator.Call) int {
			l := of(c)
			if l == nil || len(l.types) == 0 || l.market == "spot" || !standardFamily.MatchString(l.types[0]) {
				return 0
			}
			_, size, _ := strings.Cut(l.types[0], ".")
			_, each := sizeOf(size)
			if t := instanceTypes()[l.types[0]]; t != nil {
				each = t.vCPUs
			}
			return each * int(times(c))
		},
	}
}
