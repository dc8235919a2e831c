package gcp

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: Compute Engine's "Operating system details" (projects, families and disk sizes of public images);
// terraform-provider-google, google/services/compute/data_source_compute_image.go.

// family is a family of public images.
type family struct {
	project, name string
	disk          int // GB
}

// families are the public images that programs mostly choose; there are others.
var families = []family{
	{"debian-cloud", "debian-11", 10}, {"debian-cloud", "debian-12", 10}, {"ubuntu-os-cloud", "ubuntu-2204-lts", 10},
	{"ubuntu-os-cloud", "ubuntu-2404-lts-amd64", 10}, {"rocky-linux-cloud", "rocky-linux-8", 20},
	{"rocky-linux-cloud", "rocky-linux-9", 20}, {"cos-cloud", "cos-stable", 10}, {"windows-cloud", "windows-2022", 50},
}

// getImage finds the latest image of a public family, or one by its name.
func getImage(c *simulator.Call) resource.PropertyMap {
	if c.Given("filter") || c.Given("name") == c.Given("family") {
		c.Fail("family", "exactly one of name and family is needed: the simulated cloud does not filter images")
		return nil
	}
	for _, f := range families {
		name := f.name + "-v" + c.Now().UTC().Format("20060102")
		if f.project == project(c) && (f.name == c.Text("family") || name == c.Text("name")) {
			return describeImage(c, f, name)
		}
	}
	c.Fail("family", "notFound: Error 404: The resource 'projects/%s/global/images/family/%s' was not found, notFound",
		project(c), c.Text("family")+c.Text("name"))
	return nil
}

func describeImage(c *simulator.Call, f family, name string) resource.PropertyMap {
	path := "projects/" + f.project + "/global/images/" + name
	for key, value := range map[string]any{
		"archiveSizeBytes": f.disk << 28, "creationTimestamp": c.Now().UTC().Format("2006-01-02T15:04:05.000-07:00"),
		"description": strings.ReplaceAll(f.name, "-", " "), "diskSizeGb": f.disk, "family": f.name, "id": path,
		"imageEncryptionKeySha256": "", "imageId": digits(c.Fixed(path, 16)), "labelFingerprint": "42WmSpB8rSM=",
		"labels": map[string]any{}, "licenses": []any{}, "name": name, "project": f.project,
		"selfLink": "https://www.googleapis.com/compute/v1/" + path, "sourceDisk": "", "sourceDiskEncryptionKeySha256": "",
		"sourceDiskId": "", "sourceImageId": "", "status": "READY",
	} {
		c.Set(key, value)
	}
	return c.Outputs
}

// digits makes a number of hexadecimal digits, as the ids of images are.
func digits(hex string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' {
			return r - 'a' + '1'
		}
		return r
	}, hex)
}
