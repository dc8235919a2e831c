package aws

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/holdfast-iac/holdfast/simulator"
)

// A small catalogue of public machine images. Sources: the owners' own pages on how to find their images (Amazon Linux
// 2 and 2023 guides, "Ubuntu on AWS", wiki.debian.org/Cloud/AmazonEC2Image, EC2 Windows guide, ECS and EKS guides); the
// EC2 API's DescribeImages. Names, owners and root devices are those of real images; ids are made up, one for each
// region, as real ones differ from region to region.

// image is one public machine image.
type image struct {
	name, owner, arch string
	root              string // the root device
	size              int    // of the root volume, GiB
	volume            string // the type of the root volume
	created           string // day
	description       string
	windows           bool
	parameters        []string // the public SSM parameters that name it
	given             string   // the id of one that is not of the catalogue
}

// The accounts that own the images.
const (
	amazonLinuxOwner = "137112412989"
	windowsOwner     = "801119661308"
	ecsOwner         = "591542846629"
	eksOwner         = "602401143452"
	canonicalOwner   = "099720109477"
	debianOwner      = "136693071363"
)

// eksVersions are the Kubernetes versions with optimised images, and whether Amazon Linux 2 still has them.
var eksVersions = []struct {
	version string
	al2     bool
}{{"1.29", true}, {"1.30", true}, {"1.31", true}, {"1.32", true}, {"1.33", false}, {"1.34", false}, {"1.35", false}}

// images lists the catalogue, the older of a series first.
var images = sync.OnceValue(func() []image {
	list := slices.Concat(amazonImages(), ecsImages(), eksImages(), ubuntuImages())
	for _, a := range []struct{ arch, name string }{{intel, "amd64"}, {arm, "arm64"}} {
		for _, build := range []string{"20240717-1811", "20250316-2053"} {
			list = append(list, image{
				name: "debian-12-" + a.name + "-" + build, owner: debianOwner, arch: a.arch, root: "/dev/xvda", size: 8,
				volume: "gp3", created: day(build), description: "Debian 12 (" + build + ")",
				parameters: []string{"/aws/service/debian/release/12/latest/" + a.name},
			})
		}
	}
	for _, date := range []string{"2025.01.15", "2025.06.11"} {
		list = append(list, image{
			name: "Windows_Server-2022-English-Full-Base-" + date, owner: windowsOwner, arch: intel, root: "/dev/sda1", size: 30,
			volume: "gp2", created: strings.ReplaceAll(date, ".", "-"), windows: true,
			description: "Microsoft Windows Server 2022 Full Locale English AMI provided by Amazon",
			parameters:  []string{"/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base"},
		})
	}
	return list
})

// day reads the date that begins with a year somewhere in a build's name: 20250316-2053.
func day(build string) string {
	return build[:4] + "-" + build[4:6] + "-" + build[6:8]
}

func amazonImages() []image {
	const linux = "/aws/service/ami-amazon-linux-latest/"
	var list []image
	for _, arch := range []string{intel, arm} {
		for _, date := range []string{"20250108", "20250610"} {
			list = append(list, image{
				name: "amzn2-ami-hvm-2.0." + date + ".0-" + arch + "-gp2", owner: amazonLinuxOwner, arch: arch, root: "/dev/xvda",
				size: 8, volume: "gp2", created: day(date), description: "Amazon Linux 2 AMI 2.0." + date + ".0 " + arch + " HVM gp2",
				parameters: []string{linux + "amzn2-ami-hvm-" + arch + "-gp2"},
			}, image{
				name: "amzn2-ami-kernel-5.10-hvm-2.0." + date + ".0-" + arch + "-gp2", owner: amazonLinuxOwner, arch: arch,
				root: "/dev/xvda", size: 8, volume: "gp2", created: day(date),
				description: "Amazon Linux 2 Kernel 5.10 AMI 2.0." + date + ".0 " + arch + " HVM gp2",
				parameters:  []string{linux + "amzn2-ami-kernel-5.10-hvm-" + arch + "-gp2"},
			})
		}
		for _, series := range []struct{ kind, release, date string }{
			{"", "2023.6.20250107.0", "20250107"}, {"", "2023.7.20250609.0", "20250609"},
			{"-minimal", "2023.7.20250609.0", "20250609"},
		} {
			size := 8
			if series.kind != "" {
				size = 2
			}
			list = append(list, image{
				name: "al2023-ami" + series.kind + "-" + series.release + "-kernel-6.1-" + arch, owner: amazonLinuxOwner, arch: arch,
				root: "/dev/xvda", size: size, volume: "gp3", created: day(series.date),
				description: "Amazon Linux 2023 AMI " + series.release + " " + arch + " HVM kernel-6.1",
				parameters: []string{
					linux + "al2023-ami" + series.kind + "-kernel-default-" + arch,
					linux + "al2023-ami" + series.kind + "-kernel-6.1-" + arch,
				},
			})
		}
	}
	return list
}

func ecsImages() []image {
	const ecs = "/aws/service/ecs/optimized-ami/"
	var list []image
	for _, a := range []struct{ arch, folder string }{{intel, ""}, {arm, "/arm64"}} {
		for _, date := range []string{"20250102", "20250603"} {
			list = append(list, image{
				name: "amzn2-ami-ecs-hvm-2.0." + date + "-" + a.arch + "-ebs", owner: ecsOwner, arch: a.arch, root: "/dev/xvda",
				size: 30, volume: "gp2", created: day(date),
				description: "Amazon Linux AMI 2.0." + date + " " + a.arch + " ECS HVM GP2",
				parameters:  []string{ecs + "amazon-linux-2" + a.folder + "/recommended/image_id"},
			}, image{
				name: "al2023-ami-ecs-hvm-2023.0." + date + "-kernel-6.1-" + a.arch, owner: ecsOwner, arch: a.arch,
				root: "/dev/xvda", size: 30, volume: "gp3", created: day(date),
				description: "Amazon Linux AMI 2023.0." + date + " " + a.arch + " ECS HVM EBS",
				parameters:  []string{ecs + "amazon-linux-2023" + a.folder + "/recommended/image_id"},
			})
		}
	}
	return list
}

func eksImages() []image {
	const eks = "/aws/service/eks/optimized-ami/"
	var list []image
	add := func(name, arch, date, description string, parameter string) {
		list = append(list, image{
			name: name, owner: eksOwner, arch: arch, root: "/dev/xvda", size: 20, volume: "gp2", created: day(date),
			description: description, parameters: []string{parameter + "/recommended/image_id"},
		})
	}
	for _, v := range eksVersions {
		for _, date := range []string{"20250103", "20250610"} {
			for _, arch := range []string{intel, arm} {
				add("amazon-eks-node-al2023-"+arch+"-standard-"+v.version+"-v"+date, arch, date,
					"EKS-optimized Kubernetes node based on Amazon Linux 2023, (k8s: "+v.version+")",
					eks+v.version+"/amazon-linux-2023/"+arch+"/standard")
			}
			if !v.al2 {
				continue
			}
			about := "EKS Kubernetes Worker AMI with AmazonLinux2 image, (k8s: " + v.version + ")"
			add("amazon-eks-node-"+v.version+"-v"+date, intel, date, about, eks+v.version+"/amazon-linux-2")
			add("amazon-eks-arm64-node-"+v.version+"-v"+date, arm, date, about, eks+v.version+"/amazon-linux-2-arm64")
		}
	}
	return list
}

func ubuntuImages() []image {
	var list []image
	for _, release := range []struct{ folder, code, version, volume string }{
		{"hvm-ssd", "jammy", "22.04", "gp2"}, {"hvm-ssd-gp3", "noble", "24.04", "gp3"},
	} {
		for _, a := range []struct{ arch, name string }{{intel, "amd64"}, {arm, "arm64"}} {
			for _, date := range []string{"20250115", "20250610"} {
				list = append(list, image{
					name: fmt.Sprintf("ubuntu/images/%s/ubuntu-%s-%s-%s-server-%s", release.folder, release.code, release.version,
						a.name, date),
					owner: canonicalOwner, arch: a.arch, root: "/dev/sda1", size: 8, volume: release.volume, created: day(date),
					description: fmt.Sprintf("Canonical, Ubuntu, %s LTS, %s %s image", release.version, a.name, release.code),
					parameters: []string{fmt.Sprintf("/aws/service/canonical/ubuntu/server/%s/stable/current/%s/hvm/ebs-%s/ami-id",
						release.version, a.name, release.volume)},
				})
			}
		}
	}
	return list
}

// own reports whether the image is the account's, and private.
func (i image) own() bool { return i.given != "" }

// id returns the image's id in a region.
func (i image) id(region string) string {
	if i.own() {
		return i.given
	}
	sum := sha256.Sum256([]byte(region + " " + i.name))
	return "ami-" + hex.EncodeToString(sum[:])[:idDigits]
}

// snapshot returns the id of the snapshot that the root volume is made of.
func (i image) snapshot(region string) string {
	return "snap-" + strings.TrimPrefix(i.id(region), "ami-")
}

// imageIn is an image of the catalogue in one region.
type imageIn struct {
	*image
	region string
}

// imagesByID finds the catalogue's images by their ids.
var imagesByID = sync.OnceValue(func() map[string]imageIn {
	index := map[string]imageIn{}
	list := images()
	for region := range zones {
		for n := range list {
			index[list[n].id(region)] = imageIn{&list[n], region}
		}
	}
	return index
})

// publicSnapshot reports whether a snapshot is that of an image of the catalogue.
func publicSnapshot(id string) bool {
	_, ok := imagesByID()["ami-"+strings.TrimPrefix(id, "snap-")]
	return ok && strings.HasPrefix(id, "snap-")
}

// imageNamed returns the image of the catalogue with that id in the region, or nil: other images may well exist.
func imageNamed(region, id string) *image {
	if found, ok := imagesByID()[id]; ok && found.region == region {
		return found.image
	}
	return nil
}

// imageHere is the constraint that an image of the catalogue is used in its own region.
func imageHere(input string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-ec2-image-region",
			Source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"},
		Error: "InvalidAMIID.NotFound: The image id '[%s]' does not exist",
		Stage: simulator.AtCheck,
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			c.Each(input, func(path, id string) {
				if found, ok := imagesByID()[id]; ok && c.Region != "" && found.region != c.Region {
					broken(path, id)
				}
			})
		},
	}
}
