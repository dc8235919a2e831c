package aws

import "github.com/holdfast-iac/holdfast/simulator"

// The constraints of volumes. The provider itself refuses inputs that a type of volume does not have; the texts of the
// rest are EC2's. Sources: as in volume.go.

func volumeConstraints() []simulator.Constraint {
	provider := func(id string) simulator.Origin {
		return simulator.Origin{ID: id, Source: "terraform-provider-aws, internal/service/ec2/ebs_volume.go"}
	}
	limits := func(id string) simulator.Origin { return simulator.Origin{ID: id, Source: volumeTypes} }
	return []simulator.Constraint{
		{
			Origin: provider("aws-ebs-iops-needed"), Stage: simulator.AtCheck,
			Error: "'iops' must be set when 'type' is '%s'",
			Find: onVolumeType(func(c *simulator.Call, kind string, broken func(path string, args ...any)) {
				if (kind == "io1" || kind == "io2") && !c.Given("iops") {
					broken("iops", kind)
				}
			}),
		},
		{
			Origin: provider("aws-ebs-input-of-other-type"), Stage: simulator.AtCheck,
			Error: "'%s' must not be set when 'type' is '%s'",
			Find: onVolumeType(func(c *simulator.Call, kind string, broken func(path string, args ...any)) {
				if iops, given := c.Number("iops"); given && iops > 0 && !provisioned(kind) {
					broken("iops", "iops", kind)
				}
				if c.Given("throughput") && kind != "gp3" {
					broken("throughput", "throughput", kind)
				}
				if c.Flag("multiAttachEnabled") && kind != "io1" && kind != "io2" {
					broken("multiAttachEnabled", "multi_attach_enabled", kind)
				}
			}),
		},
		{
			Origin: limits("aws-ebs-throughput-ratio"), Stage: simulator.AtCheck,
			Error: "InvalidParameterValue: Throughput (MiBps) to iops ratio of %f is too high; maximum is 0.250000 MiBps per iops.",
			Find: onVolumeType(func(c *simulator.Call, kind string, broken func(path string, args ...any)) {
				throughput, given := c.Number("throughput")
				iops, chosen := c.Number("iops")
				if !chosen {
					iops = includedIOPS
				}
				if given && kind == "gp3" && c.Known("iops") && throughput/max(iops, 1) > 0.25 {
					broken("throughput", throughput/max(iops, 1))
				}
			}),
		},
		{
			Origin: limits("aws-ebs-iops-ratio"), Stage: simulator.AtCheck,
			Error: "InvalidParameterValue: Iops to volume size ratio of %f is too high; maximum is %f iops per GiB.",
			Find: onVolumeType(func(c *simulator.Call, kind string, broken func(path string, args ...any)) {
				iops, given := c.Number("iops")
				size, sized := c.Number("size")
				free := kind == "gp3" && iops <= includedIOPS
				if most := iopsPerGiB[kind]; given && sized && most > 0 && !free && iops/max(size, 1) > most {
					broken("iops", iops/max(size, 1), most)
				}
			}),
		},
		{
			Origin: limits("aws-ebs-smallest-size"), Stage: simulator.AtCheck,
			Error: "InvalidParameterValue: Volume of %.0fGiB is too small; minimum is %.0fGiB.",
			Find: onVolumeType(func(c *simulator.Call, kind string, broken func(path string, args ...any)) {
				if size, given := c.Number("size"); given && size < sizeLimits[kind][0] {
					broken("size", size, sizeLimits[kind][0])
				}
			}),
		},
		{
			Origin: limits("aws-ebs-largest-size"), Stage: simulator.AtCheck,
			Error: "InvalidParameterValue: Volume of %.0fGiB is too large; maximum is %.0fGiB.",
			Find: onVolumeType(func(c *simulator.Call, kind string, broken func(path string, args ...any)) {
				if size, given := c.Number("size"); given && size > sizeLimits[kind][1] {
					broken("size", size, sizeLimits[kind][1])
				}
			}),
		},
		{
			Origin: simulator.Origin{ID: "aws-ebs-no-shrinking",
				Source: "https://docs.aws.amazon.com/ebs/latest/userguide/modify-volume-requirements.html"},
			Stage: simulator.AtApply,
			Error: "InvalidParameterValue: New size cannot be smaller than existing size",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				size, given := c.Number("size")
				if c.Old == nil || !given {
					return
				}
				if before := c.Old.Output("size"); before.IsNumber() && size < before.NumberValue() {
					broken("size")
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-ebs-key-needs-encrypted",
				Source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html"},
			Stage: simulator.AtApply,
			Error: "InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be set.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Given("kmsKeyId") && !c.Flag("encrypted") && !encryptedByDefault(c) {
					broken("kmsKeyId")
				}
			},
		},
	}
}

// onVolumeType makes a Find of one that needs to know the volume's type.
func onVolumeType(
	find func(c *simulator.Call, kind string, broken func(path string, args ...any)),
) func(c *simulator.Call, broken func(path string, args ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Known("type") {
			find(c, volumeType(c), broken)
		}
	}
}
