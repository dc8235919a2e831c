package kubernetes

import (
	"encoding/json"
	"maps"
	"regexp"
	"strconv"
	"strings"
)

// The add-ons that have settings here.
const (
	// observability takes the measures of nodes and pods and sends their logs: CloudWatch's Container Insights.
	observability = "amazon-cloudwatch-observability"
	// monitoringAgent finds faults of nodes in their logs, and reports them as conditions of the nodes.
	monitoringAgent = "eks-node-monitoring-agent"
	// volumeDriver makes the persistent volumes.
	volumeDriver = "aws-ebs-csi-driver"
)

type object = map[string]any

// settings are those of an add-on as JSON, as the schema of its version has them; empty for none. EKS refuses what a
// schema does not have.
func (b *builder) settings(addon, version string) string {
	var settings object
	switch addon {
	case observability:
		settings = observabilitySettings(version)
	case volumeDriver:
		settings = volumeSettings(b.args.Tags)
	}
	if settings == nil {
		return ""
	}
	text, err := json.Marshal(settings)
	if err != nil { // texts, truth values and maps of them always have a JSON form
		panic(err)
	}
	return string(text)
}

// observabilitySettings leave measures of requests to programs that ask for them: they would be taken of all, at a price for
// each. Version 6 has a switch for all of it; versions 4 and 5 have one for what they do unasked; those before do nothing
// unasked (the add-on's chart, aws-observability/helm-charts, releases 4.0.1, 4.5.0 and 6.2.0).
func observabilitySettings(version string) object {
	switch major := majorOf(version); {
	case major >= 6:
		return object{"applicationSignals": object{"enabled": false}}
	case major >= 4:
		return object{"manager": object{"applicationSignals": object{"autoMonitor": object{"monitorAllServices": false}}}}
	default:
		return nil
	}
}

// majorOf reads 6 from v6.4.0-eksbuild.1; 0 from what is no version.
func majorOf(version string) int {
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	number, err := strconv.Atoi(major)
	if err != nil {
		return 0
	}
	return number
}

var (
	// driverTag is what the driver's schema takes for the key and for the value of a tag: EC2 takes letters of every
	// language.
	driverTag = regexp.MustCompile(`^[a-zA-Z0-9 _.:/=+@-]*$`)
	// driversOwn are keys of the driver's own tags, or how they begin: it does not start when it is told to set them
	// (kubernetes-sigs/aws-ebs-csi-driver, validateExtraTags).
	driversOwn = regexp.MustCompile(`^(kubernetes\.io|CSIVolumeName|CSIVolumeSnapshotName|ebs\.csi\.aws\.com/)`)
)

// volumeSettings tag the volumes that the driver makes from now on; that for backups is on them alone. Those that there
// are keep their tags.
func volumeSettings(tags map[string]string) object {
	taken := maps.Clone(tags)
	maps.DeleteFunc(taken, func(key, value string) bool {
		return !driverTag.MatchString(key) || !driverTag.MatchString(value) || driversOwn.MatchString(key)
	})
	if len(taken) == 0 {
		return nil
	}
	return object{"controller": object{"extraVolumeTags": taken}}
}
