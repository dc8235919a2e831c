package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/efs/{file_system,mount_target,access_point,backup_policy}.go; the
// EFS API's CreateFileSystem, DeleteFileSystem, CreateMountTarget.

const (
	efsCreateFileSystem  = "https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html"
	efsDeleteFileSystem  = "https://docs.aws.amazon.com/efs/latest/ug/API_DeleteFileSystem.html"
	efsCreateMountTarget = "https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html"
	efsPerformance       = "https://docs.aws.amazon.com/efs/latest/ug/performance.html"
)

var fileSystemKind = &simulator.Kind{
	Noun: "EFS File System", IDPrefix: "fs-",
	ARN:      "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}",
	NotFound: "FileSystemNotFound: File system '%s' does not exist.",
	InUse:    "FileSystemInUse: File system '%s' has mount targets.",
}

var mountTargetKind = &simulator.Kind{
	Noun: "EFS Mount Target", IDPrefix: "fsmt-", NotFound: "MountTargetNotFound: Mount target '%s' does not exist.",
}

var accessPointKind = &simulator.Kind{
	Noun: "EFS Access Point", IDPrefix: "fsap-",
	ARN:      "arn:{partition}:elasticfilesystem:{region}:{account}:access-point/{id}",
	NotFound: "AccessPointNotFound: Access point '%s' does not exist.",
}

var fileBackupKind = &simulator.Kind{
	Noun: "EFS Backup Policy", ID: func(c *simulator.Call) string { return c.Text("fileSystemId") },
}

func efsTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:    "aws:efs/fileSystem:FileSystem",
			Kind:     fileSystemKind,
			Defaults: map[string]any{"throughputMode": "bursting"},
			Immutable: []string{
				"availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode",
			},
			Rules: map[string]simulator.Rule{"kmsKeyId": validARN},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-efs-creation-token", Source: efsCreateFileSystem},
				Properties: []string{"creationToken"},
				Error:      "FileSystemAlreadyExists: A file system with the creation token %s already exists",
			}},
			References: []simulator.Reference{{
				Property: "kmsKeyId", To: kinds(keyKind), By: simulator.ByARN, OnDelete: simulator.Ignore, Address: ifHereARN,
				NotFound: "BadRequest: The specified KMS key does not exist: %s",
			}},
			Constraints: fileSystemConstraints(),
			API:         []string{"elasticfilesystem:CreateFileSystem", "elasticfilesystem:UpdateFileSystem"},
			Compute:     computeFileSystem,
		},
		{
			Token:     "aws:efs/mountTarget:MountTarget",
			Kind:      mountTargetKind,
			Immutable: []string{"fileSystemId", "ipAddress", "subnetId"},
			Sets:      []string{"securityGroups"},
			Rules:     map[string]simulator.Rule{"ipAddress": ipv4Address},
			References: []simulator.Reference{
				{
					Origin:   simulator.Origin{ID: "aws-efs-file-system-in-use", Source: efsDeleteFileSystem},
					Property: "fileSystemId", To: kinds(fileSystemKind),
				},
				{Property: "subnetId", To: kinds(subnetKind)},
				{Property: "securityGroups[*]", To: kinds(securityGroupKind)},
			},
			Constraints: mountTargetConstraints(),
			API:         []string{"elasticfilesystem:CreateMountTarget"},
			Compute:     computeMountTarget,
		},
		{
			Token:      "aws:efs/accessPoint:AccessPoint",
			Kind:       accessPointKind,
			Immutable:  []string{"fileSystemId", "posixUser", "rootDirectory"},
			References: []simulator.Reference{{Property: "fileSystemId", To: kinds(fileSystemKind), OnDelete: simulator.Follow}},
			API:        []string{"elasticfilesystem:CreateAccessPoint"},
			Compute: func(c *simulator.Call) {
				c.Set("fileSystemArn", c.Find(fileSystemKind, c.Text("fileSystemId")).Text("arn"))
				c.Set("ownerId", c.Account)
				c.SetNew("rootDirectory", map[string]any{"path": "/"})
			},
		},
		{
			Token:      "aws:efs/backupPolicy:BackupPolicy",
			Kind:       fileBackupKind,
			Immutable:  []string{"fileSystemId"},
			Rules:      map[string]simulator.Rule{"backupPolicy.status": simulator.OneOf("DISABLED", "ENABLED")},
			References: []simulator.Reference{{Property: "fileSystemId", To: kinds(fileSystemKind), OnDelete: simulator.Follow}},
			API:        []string{"elasticfilesystem:PutBackupPolicy"},
		},
	}
}

func fileSystemConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		rdsConstraint("aws-efs-provisioned-throughput", efsCreateFileSystem,
			"BadRequest: ProvisionedThroughputInMibps is needed with the throughput mode provisioned.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if c.Text("throughputMode") == "provisioned" && !c.Given("provisionedThroughputInMibps") {
					broken("provisionedThroughputInMibps")
				}
			}),
		rdsConstraint("aws-efs-elastic-performance", efsPerformance,
			"BadRequest: Elastic throughput is not supported with the performance mode %s.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if c.Text("throughputMode") == "elastic" && c.Text("performanceMode") == "maxIO" {
					broken("performanceMode", "maxIO")
				}
			}),
		rdsConstraint("aws-efs-one-zone-performance", efsPerformance,
			"BadRequest: One Zone file systems do not support the performance mode %s.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if c.Given("availabilityZoneName") && c.Text("performanceMode") == "maxIO" {
					broken("performanceMode", "maxIO")
				}
			}),
	}
}

func computeFileSystem(c *simulator.Call) {
	domain, _ := partitionOf(c.Partition)
	z, _ := zoneNamed(c.Region, c.Text("availabilityZoneName"))
	c.SetNew("availabilityZoneName", "")
	c.Set("availabilityZoneId", z.id)
	c.SetNew("creationToken", "terraform-"+c.Hex("creation token", prefixDigits))
	c.SetNew("encrypted", false)
	key := ""
	if c.Flag("encrypted") {
		key = managedKeyARN(c, "elasticfilesystem")
	}
	c.SetNew("kmsKeyId", key)
	c.SetNew("performanceMode", "generalPurpose")
	c.SetNew("protection", map[string]any{"replicationOverwrite": "ENABLED"})
	c.Set("dnsName", c.ID+".efs."+c.Region+"."+domain)
	c.Set("name", stringOf(tagsOf(c)["Name"]))
	c.SetNew("numberOfMountTargets", 0)
	c.Set("ownerId", c.Account)
	c.SetNew("sizeInBytes", []any{map[string]any{"value": 6144, "valueInIa": 0, "valueInStandard": 6144}})
}

// tagsOf returns the tags that the resource asks for, the provider's included.
func tagsOf(c *simulator.Call) resource.PropertyMap {
	if all := c.Inputs["tagsAll"]; all.IsObject() {
		return all.ObjectValue()
	}
	return resource.PropertyMap{}
}

func mountTargetConstraints() []simulator.Constraint {
	// others returns the file system's mount targets but this one.
	others := func(c *simulator.Call) []*simulator.Object {
		return c.Others(c.Find(fileSystemKind, c.Text("fileSystemId")).Users(mountTargetKind))
	}
	return []simulator.Constraint{
		rdsApply("aws-efs-one-vpc", efsCreateMountTarget, "MountTargetConflict: requested subnet for new mount target is not in "+
			"the same VPC as existing mount targets",
			func(c *simulator.Call, broken func(string, ...any)) {
				subnet := c.Find(subnetKind, c.Text("subnetId"))
				for _, other := range others(c) {
					if other.Target(subnetKind).Text("vpcId") != subnet.Text("vpcId") {
						broken("subnetId")
						return
					}
				}
			}),
		rdsApply("aws-efs-one-target-per-zone", efsCreateMountTarget, "MountTargetConflict: mount target already exists in this AZ",
			func(c *simulator.Call, broken func(string, ...any)) {
				subnet := c.Find(subnetKind, c.Text("subnetId"))
				for _, other := range others(c) {
					there := other.Target(subnetKind)
					same := there.Text("availabilityZone") == subnet.Text("availabilityZone")
					if same && there.Text("vpcId") == subnet.Text("vpcId") {
						broken("subnetId")
						return
					}
				}
			}),
		rdsApply("aws-efs-one-zone-target", efsCreateMountTarget, "AvailabilityZonesMismatch: The mount target's Availability "+
			"Zone %s is not that of the One Zone file system, %s.",
			func(c *simulator.Call, broken func(string, ...any)) {
				zone := c.Find(fileSystemKind, c.Text("fileSystemId")).Text("availabilityZoneName")
				if at := c.Find(subnetKind, c.Text("subnetId")).Text("availabilityZone"); zone != "" && at != zone {
					broken("subnetId", at, zone)
				}
			}),
		rdsApply("aws-efs-security-group-vpc", efsCreateMountTarget, "SecurityGroupNotFound: The security group '%s' does not "+
			"exist in the subnet's VPC",
			func(c *simulator.Call, broken func(string, ...any)) {
				subnet := c.Find(subnetKind, c.Text("subnetId"))
				c.Each("securityGroups[*]", func(path, id string) {
					if c.Find(securityGroupKind, id).Text("vpcId") != subnet.Text("vpcId") {
						broken(path, id)
					}
				})
			}),
	}
}

func computeMountTarget(c *simulator.Call) {
	domain, _ := partitionOf(c.Partition)
	subnet, files := c.Find(subnetKind, c.Text("subnetId")), c.Find(fileSystemKind, c.Text("fileSystemId"))
	zone := subnet.Text("availabilityZone")
	host := files.Identity() + ".efs." + c.Region + "." + domain
	c.Set("availabilityZoneName", zone)
	c.Set("availabilityZoneId", subnet.Text("availabilityZoneId"))
	c.Set("dnsName", host)
	c.Set("mountTargetDnsName", zone+"."+host)
	c.Set("fileSystemArn", files.Text("arn"))
	c.SetNew("ipAddress", hostIn(subnet.Text("cidrBlock"), c.Hex("ip address", 8)))
	c.Set("networkInterfaceId", "eni-"+c.Hex("interface", idDigits))
	c.Set("ownerId", c.Account)
	c.SetNew("securityGroups", []any{})
}
