package aws

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html and endoflife.date/amazon-eks, as
// of February 2026. Versions newer than the table are taken to exist: EKS adds three a year.

const eksVersionSource = "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html"

// kubernetesVersion is a minor version of Kubernetes that EKS offers.
type kubernetesVersion struct {
	minor                        int
	released, standard, extended string // dates: of release, and of the end of each kind of support
	coreDNS, vpcCNI              string // an add-on version that goes with it
}

var kubernetesVersions = []kubernetesVersion{
	{29, "2024-01-23", "2025-03-23", "2026-03-23", "v1.11.4-eksbuild.2", "v1.19.0-eksbuild.1"},
	{30, "2024-05-23", "2025-07-23", "2026-07-23", "v1.11.4-eksbuild.2", "v1.19.0-eksbuild.1"},
	{31, "2024-09-26", "2025-11-26", "2026-11-26", "v1.11.4-eksbuild.2", "v1.19.0-eksbuild.1"},
	{32, "2025-01-23", "2026-03-23", "2027-03-23", "v1.11.4-eksbuild.2", "v1.19.2-eksbuild.1"},
	{33, "2025-05-29", "2026-07-29", "2027-07-29", "v1.12.1-eksbuild.2", "v1.19.5-eksbuild.1"},
	{34, "2025-10-02", "2026-12-02", "2027-12-02", "v1.12.4-eksbuild.1", "v1.20.4-eksbuild.1"},
	{35, "2026-01-28", "2027-03-27", "2028-03-27", "v1.13.2-eksbuild.4", "v1.21.1-eksbuild.1"},
}

// newestKubernetes is what clusters get whose program names no version.
func newestKubernetes() kubernetesVersion { return kubernetesVersions[len(kubernetesVersions)-1] }

func (v kubernetesVersion) String() string { return fmt.Sprintf("1.%d", v.minor) }

// minorOf reads 1.33; 0 for what is no version.
func minorOf(version string) int {
	minor, ok := strings.CutPrefix(version, "1.")
	n, err := strconv.Atoi(minor)
	if !ok || err != nil || n < 0 {
		return 0
	}
	return n
}

// kubernetesOf returns the table's entry for a version, or its newest.
func kubernetesOf(version string) kubernetesVersion {
	for _, known := range kubernetesVersions {
		if known.minor == minorOf(version) {
			return known
		}
	}
	return newestKubernetes()
}

// findUnsupported finds a version that EKS offers no more, or that is none.
func findUnsupported(c *simulator.Call, broken func(path string, args ...any)) {
	version := c.Text("version")
	if version != "" && minorOf(version) < kubernetesVersions[0].minor {
		broken("version", version)
	}
}

// findVersionJump finds an update of the control plane by more than one minor version, or back.
func findVersionJump(c *simulator.Call, broken func(path string, args ...any)) {
	if c.Old == nil || !c.Given("version") {
		return
	}
	was, now := c.Old.Text("version"), c.Text("version")
	if was != now && minorOf(now) != minorOf(was)+1 {
		broken("version", was, now)
	}
}

// awsAddons are the add-ons whose versions all have the form v1.2.3-eksbuild.4.
var awsAddons = map[string]bool{"vpc-cni": true, "coredns": true, "kube-proxy": true, "aws-ebs-csi-driver": true}

var addonVersionForm = regexp.MustCompile(`^v1\.(\d+)\.\d+-eksbuild\.\d+$`)

// findAddonMismatch finds an add-on version that does not go with the cluster's Kubernetes version: kube-proxy may not
// be newer.
func findAddonMismatch(c *simulator.Call, broken func(path string, args ...any)) {
	name, version := c.Text("addonName"), c.Text("addonVersion")
	if version == "" || !awsAddons[name] {
		return
	}
	parts := addonVersionForm.FindStringSubmatch(version)
	if parts == nil {
		broken("addonVersion")
		return
	}
	minor, _ := strconv.Atoi(parts[1])
	cluster := c.Find(eksClusterKind, c.Text("clusterName"))
	if name == "kube-proxy" && cluster != nil && minor > minorOf(cluster.Text("version")) {
		broken("addonVersion")
	}
}

// observabilityChart is the chart that EKS makes the add-on of; its release 6.2.0 of June 2026, the first of version 6, has
// the setting. The text of the refusal: https://github.com/cookpad/terraform-aws-eks/pull/331.
const observabilityChart = "https://github.com/aws-observability/helm-charts"

// findUnknownSetting finds a setting of CloudWatch's add-on that its version does not have yet.
func findUnknownSetting(c *simulator.Call, broken func(path string, args ...any)) {
	const setting = "applicationSignals"
	major, _, _ := strings.Cut(strings.TrimPrefix(c.Text("addonVersion"), "v"), ".")
	number, err := strconv.Atoi(major)
	if c.Text("addonName") != "amazon-cloudwatch-observability" || err != nil || number >= 6 {
		return
	}
	var settings map[string]any
	if err := json.Unmarshal([]byte(c.Text("configurationValues")), &settings); err != nil {
		return // it may be YAML
	}
	if _, there := settings[setting]; there {
		broken("configurationValues", setting)
	}
}

// addonVersionFor returns a version of an add-on that goes with a Kubernetes version.
func addonVersionFor(addon, version string) string {
	known := kubernetesOf(version)
	switch addon {
	case "kube-proxy":
		return fmt.Sprintf("v%s.0-eksbuild.2", version)
	case "coredns":
		return known.coreDNS
	case "vpc-cni":
		return known.vpcCNI
	case "aws-ebs-csi-driver":
		return "v1.56.0-eksbuild.1"
	case "eks-pod-identity-agent":
		return "v1.3.4-eksbuild.1"
	default:
		return "v1.0.0-eksbuild.1"
	}
}

func addonVersionLookup(c *simulator.Call) resource.PropertyMap {
	c.Set("version", addonVersionFor(c.Text("addonName"), c.Text("kubernetesVersion")))
	c.Set("id", c.Text("addonName"))
	return c.Outputs
}

func clusterVersionsLookup(c *simulator.Call) resource.PropertyMap {
	wanted := c.Texts("clusterVersionsOnlies[*]")
	list := []any{}
	for _, v := range kubernetesVersions {
		isDefault := v == newestKubernetes()
		status := "STANDARD_SUPPORT"
		if v.standard < c.Now().UTC().Format("2006-01-02") {
			status = "EXTENDED_SUPPORT"
		}
		if c.Flag("defaultOnly") && !isDefault || !isWanted(wanted, v.String()) || !isWanted(c.Texts("versionStatus"), status) {
			continue
		}
		list = append(list, map[string]any{
			"clusterType": "eks", "clusterVersion": v.String(), "defaultPlatformVersion": "eks.1", "defaultVersion": isDefault,
			"releaseDate": v.released + "T00:00:00Z", "endOfStandardSupportDate": v.standard + "T00:00:00Z",
			"endOfExtendedSupportDate": v.extended + "T00:00:00Z", "kubernetesPatchVersion": v.String() + ".0",
			"versionStatus": status,
		})
	}
	c.Set("clusterVersions", list)
	c.Set("id", c.Region)
	return c.Outputs
}

// isWanted reports whether a list that is empty or holds the value wants it.
func isWanted(list []string, value string) bool {
	for _, one := range list {
		if one == value {
			return true
		}
	}
	return len(list) == 0
}
