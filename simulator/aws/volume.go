package aws

import (
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{ebs_volume,ebs_volume_attachment}.go; the EC2 API's
// CreateVolume, ModifyVolume, AttachVolume and its list of error codes; EBS guide, "Amazon EBS volume types".

const volumeTypes = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html"

var volumeKind = &simulator.Kind{
	Noun:     "EBS Volume",
	IDPrefix: "vol-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:volume/{id}",
	NotFound: "InvalidVolume.NotFound: The volume '%s' does not exist.",
	InUse:    "VolumeInUse: Volume %s is currently attached",
}

var volumeAttachmentKind = &simulator.Kind{
	Noun: "EBS Volume Attachment",
	ID: func(c *simulator.Call) string {
		return attachmentID(c.Text("deviceName"), c.Text("volumeId"), c.Text("instanceId"))
	},
}

// attachmentID is made up by the provider of what it attaches.
func attachmentID(device, volume, instance string) string {
	sum := crc32.ChecksumIEEE([]byte(device + "-" + instance + "-" + volume + "-"))
	return "vai-" + strconv.FormatUint(uint64(sum), 10)
}

func volumeTables() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:    "aws:ebs/volume:Volume",
			Kind:     volumeKind,
			Defaults: map[string]any{"finalSnapshot": false},
			Immutable: []string{
				"availabilityZone", "encrypted", "kmsKeyId", "multiAttachEnabled", "outpostArn", "snapshotId",
			},
			Rules: map[string]simulator.Rule{
				"throughput": simulator.Between(125, 1000), "kmsKeyId": validARN, "outpostArn": validARN,
				"type": simulator.OneOf("gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"),
			},
			References: []simulator.Reference{
				{
					Property: "snapshotId", To: kinds(snapshotKind), OnDelete: simulator.Ignore,
					Address: func(_ *simulator.Call, id string) (string, bool) { return id, !publicSnapshot(id) },
				},
				{
					Property: "kmsKeyId", To: kinds(keyKind, aliasKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
					Address: func(c *simulator.Call, arn string) (string, bool) { return arn, arn != volumeKey(c) },
				},
			},
			Patient:     true,
			Check:       checkVolume,
			Constraints: volumeConstraints(),
			API:         []string{"ec2:CreateVolume", "ec2:ModifyVolume"},
			Parameters:  map[string]string{"type": "VolumeType"},
			Compute:     computeVolume,
		},
		{
			Token:     "aws:ec2/volumeAttachment:VolumeAttachment",
			Kind:      volumeAttachmentKind,
			Immutable: []string{"deviceName", "instanceId", "volumeId"},
			References: []simulator.Reference{
				{
					Origin:   simulator.Origin{ID: "aws-ebs-volume-attached", Source: ec2Errors},
					Property: "volumeId", To: kinds(volumeKind),
				},
				{Property: "instanceId", To: kinds(instanceKind), OnDelete: simulator.Ignore},
			},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-ebs-attached-once", Source: ec2Errors},
				Error:  "VolumeInUse: %s is already attached to an instance",
				Keys: func(c *simulator.Call) []string {
					if volume := c.Find(volumeKind, c.Text("volumeId")); volume == nil || volume.Flag("multiAttachEnabled") {
						return nil
					}
					return c.Texts("volumeId")
				},
			}, {
				Origin:     simulator.Origin{ID: "aws-ebs-device-taken", Source: ec2Errors},
				Properties: []string{"instanceId", "deviceName"},
				Error: "InvalidParameterValue: Invalid value '%[1]s' for unixDevice. " +
					"Attachment point %[1]s is already in use",
			}},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-ebs-same-zone", Source: ec2Errors},
				Error:  "InvalidVolume.ZoneMismatch: The volume '%s' is not in the same availability zone as instance '%s'",
				Stage:  simulator.AtApply,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					volume, instance := c.Find(volumeKind, c.Text("volumeId")), c.Find(instanceKind, c.Text("instanceId"))
					if volume != nil && instance != nil && volume.Text("availabilityZone") != instance.Text("availabilityZone") {
						broken("volumeId", volume.ID, instance.ID)
					}
				},
			}},
			API:        []string{"ec2:AttachVolume"},
			Parameters: map[string]string{"deviceName": "Device"},
			Import: func(id string) string {
				if parts := strings.Split(id, ":"); len(parts) == 3 {
					return attachmentID(parts[0], parts[1], parts[2])
				}
				return id
			},
		},
	}
}

func checkVolume(c *simulator.Call) {
	c.Each("availabilityZone", func(path, value string) {
		if _, ok := zoneNamed(c.Region, value); !ok && c.Region != "" {
			c.Fail(path, "InvalidZone.NotFound: The zone '%s' does not exist.", value)
		}
	})
	if !c.Given("size") && !c.Given("snapshotId") {
		c.Fail("size", "one of size, snapshotId must be specified")
	}
}

// volumeType returns the type of a volume's input: gp2 when none is given.
func volumeType(c *simulator.Call) string {
	if kind := c.Text("type"); kind != "" {
		return kind
	}
	return "gp2"
}

func computeVolume(c *simulator.Call) {
	kind := volumeType(c)
	snapshot := c.Find(snapshotKind, c.Text("snapshotId"))
	c.Set("type", kind)
	c.SetNew("createTime", c.Now().UTC().Format(time.RFC3339))
	c.SetNew("snapshotId", "")
	if snapshot != nil && !c.Given("size") {
		c.Outputs["size"] = snapshot.Output("volumeSize")
	}
	size := 0.0
	if given := c.Outputs["size"]; given.IsNumber() {
		size = given.NumberValue()
	}
	if !c.Given("iops") {
		c.Set("iops", map[string]float64{
			"gp2": max(100, min(16000, 3*size)), "gp3": 3000, "standard": 0, "st1": 0, "sc1": 0,
		}[kind])
	}
	if !c.Given("throughput") {
		throughput := 0
		if kind == "gp3" {
			throughput = 125
		}
		c.Set("throughput", throughput)
	}
	encrypted := c.Flag("encrypted") || snapshot != nil && snapshot.Flag("encrypted") || encryptedByDefault(c)
	if c.Old != nil {
		encrypted = c.Old.Flag("encrypted")
	}
	c.Set("encrypted", encrypted)
	key := ""
	if encrypted {
		key = volumeKey(c)
	}
	c.SetNew("kmsKeyId", key)
}

// volumeKey returns the ARN of the key that AWS keeps for volumes.
func volumeKey(c *simulator.Call) string {
	return "arn:" + c.Partition + ":kms:" + c.Region + ":" + c.Account + ":key/" + managedKey(c, "alias/aws/ebs")
}

// sizeLimits are the smallest and the largest volumes of a type, in GiB.
var sizeLimits = map[string][2]float64{
	"gp2": {1, 16384}, "gp3": {1, 65536}, "io1": {4, 16384}, "io2": {4, 65536}, "st1": {125, 16384}, "sc1": {125, 16384},
	"standard": {1, 1024},
}

// iopsPerGiB limits how many operations a GiB of a volume can have.
var iopsPerGiB = map[string]float64{"gp3": 500, "io1": 50, "io2": 1000}

// includedIOPS are those that a gp3 volume of any size has.
const includedIOPS = 3000

// provisioned reports whether the number of operations of a volume type is the program's choice.
func provisioned(kind string) bool { return slices.Contains([]string{"gp3", "io1", "io2"}, kind) }
