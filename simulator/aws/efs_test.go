package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	fileSystemToken  = "aws:efs/fileSystem:FileSystem"
	mountTargetToken = "aws:efs/mountTarget:MountTarget"
)

func fileSystem(w *world) thing { return w.Create(fileSystemToken, "files", inputs{"encrypted": true}) }

func efsFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: fileSystemToken,
			Inputs: func(*world) inputs {
				return inputs{"encrypted": true, "throughputMode": "elastic", "tags": inputs{"Name": "files"}}
			},
			Update:  changing(inputs{"throughputMode": "bursting"}),
			Replace: changing(inputs{"encrypted": false}),
		},
		{
			Type: fileSystemToken, Name: "One Zone",
			Inputs:  func(*world) inputs { return inputs{"availabilityZoneName": "us-west-2b", "creationToken": "one"} },
			Replace: changing(inputs{"availabilityZoneName": "us-west-2c", "creationToken": "two"}),
		},
		{
			Type: mountTargetToken,
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return inputs{
					"fileSystemId": fileSystem(w).ID(), "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID(),
					"securityGroups": []any{group(w, v, "files").ID()},
				}
			},
			Replace:     changing(inputs{"ipAddress": "10.0.1.9"}),
			DeleteFirst: true,
		},
		{
			Type: "aws:efs/accessPoint:AccessPoint",
			Inputs: func(w *world) inputs {
				return inputs{"fileSystemId": fileSystem(w).ID(), "posixUser": inputs{"uid": 1000, "gid": 1000}}
			},
			Update:  tagged,
			Replace: changing(inputs{"posixUser": inputs{"uid": 1001, "gid": 1000}}),
		},
		{
			Type: "aws:efs/backupPolicy:BackupPolicy",
			Inputs: func(w *world) inputs {
				return inputs{"fileSystemId": fileSystem(w).ID(), "backupPolicy": inputs{"status": "ENABLED"}}
			},
			Update: changing(inputs{"backupPolicy": inputs{"status": "DISABLED"}}),
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"fileSystemId": w.Create(fileSystemToken, "other", inputs{}).ID()})
			},
		},
	}
}

func TestFileSystemOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	files := fileSystem(w)
	assert.Regexp(t, `^fs-[0-9a-f]{17}$`, files.ID())
	assert.Equal(t, files.ID()+".efs.us-west-2.amazonaws.com", files.Text("dnsName"))
	target := w.Create(mountTargetToken, "target", inputs{
		"fileSystemId": files.ID(), "subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(),
	})
	assert.Equal(t, "us-west-2a."+files.Text("dnsName"), target.Text("mountTargetDnsName"))
	assert.Regexp(t, `^10\.0\.1\.`, target.Text("ipAddress"))
}

func efsCases() []simulatortest.Case {
	one := func(id, text string, bad, good inputs) simulatortest.Case {
		return refusedInputs(id, "BadRequest", text, fileSystemToken, bad, good)
	}
	// beside makes a mount target in zone a, and tries another one.
	beside := func(zone string, elsewhere bool) func(*world) error {
		return func(w *world) error {
			v, files := vpc(w), fileSystem(w)
			w.Create(mountTargetToken, "a", inputs{"fileSystemId": files.ID(), "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID()})
			more := "10.0.2.0/24"
			if elsewhere {
				v, more = otherVPC(w), "10.1.2.0/24"
			}
			return creating(mountTargetToken, inputs{"fileSystemId": files.ID(), "subnetId": subnet(w, v, more, zone).ID()})(w)
		}
	}
	oneZone := func(zone string) func(*world) error {
		return func(w *world) error {
			files := w.Create(fileSystemToken, "files", inputs{"availabilityZoneName": "us-west-2a"})
			return creating(mountTargetToken, inputs{
				"fileSystemId": files.ID(), "subnetId": subnet(w, vpc(w), "10.0.1.0/24", zone).ID(),
			})(w)
		}
	}
	guarded := func(elsewhere bool) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			in := inputs{"fileSystemId": fileSystem(w).ID(), "subnetId": subnet(w, v, "10.0.1.0/24", "a").ID()}
			if elsewhere {
				v = otherVPC(w)
			}
			return creating(mountTargetToken, with(in, inputs{"securityGroups": []any{group(w, v, "files").ID()}}))(w)
		}
	}
	return []simulatortest.Case{
		one("aws-efs-provisioned-throughput", "is needed with the throughput mode provisioned", inputs{"throughputMode": "provisioned"},
			inputs{"throughputMode": "provisioned", "provisionedThroughputInMibps": 10}),
		one("aws-efs-elastic-performance", "performance mode maxIO", inputs{"throughputMode": "elastic", "performanceMode": "maxIO"},
			inputs{"throughputMode": "elastic"}),
		one("aws-efs-one-zone-performance", "One Zone file systems do not support",
			inputs{"availabilityZoneName": "us-west-2a", "performanceMode": "maxIO"}, inputs{"performanceMode": "maxIO"}),
		refusedSecond("aws-efs-creation-token", "FileSystemAlreadyExists", "creation token one", fileSystemToken,
			inputs{"creationToken": "one"}, inputs{"creationToken": "two"}),
		{ID: "aws-efs-one-target-per-zone", Code: "MountTargetConflict", Text: "already exists in this AZ",
			Fails: beside("a", false), Passes: beside("b", false)},
		{ID: "aws-efs-one-vpc", Code: "MountTargetConflict", Text: "not in the same VPC",
			Fails: beside("b", true), Passes: beside("b", false)},
		{ID: "aws-efs-one-zone-target", Code: "AvailabilityZonesMismatch", Text: "us-west-2b is not that of",
			Fails: oneZone("b"), Passes: oneZone("a")},
		{ID: "aws-efs-security-group-vpc", Code: "SecurityGroupNotFound", Text: "in the subnet's VPC",
			Fails: guarded(true), Passes: guarded(false)},
		refusedWhileUsed("aws-efs-file-system-in-use", "FileSystemInUse", "has mount targets", func(w *world) (used, user thing) {
			used = fileSystem(w)
			return used, w.Create(mountTargetToken, "target", inputs{
				"fileSystemId": used.ID(), "subnetId": subnet(w, vpc(w), "10.0.1.0/24", "a").ID(),
			})
		}),
	}
}
