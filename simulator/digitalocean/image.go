package digitalocean

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: the release notes of Droplets (slugs of the distributions' images); the API's specification of images.

// images are the distributions that programs mostly choose; there are others.
var images = []string{
	"almalinux-9-x64", "centos-stream-9-x64", "debian-12-x64", "debian-13-x64", "rockylinux-9-x64", "ubuntu-22-04-x64",
	"ubuntu-24-04-x64",
}

// getImage finds a distribution's image by its slug.
func getImage(c *simulator.Call) resource.PropertyMap {
	slug := c.Text("slug")
	if !slices.Contains(images, slug) {
		c.Fail("slug", "not_found: there is no public image %q here: there are %s; private images are not simulated",
			slug, strings.Join(images, ", "))
		return nil
	}
	distribution, _, _ := strings.Cut(slug, "-")
	id, _ := strconv.ParseUint(c.Fixed("image "+slug, 7), 16, 32)
	slugs := make([]any, len(regions))
	for i, region := range regionSlugs() {
		slugs[i] = region
	}
	for key, value := range map[string]any{
		"created": created(c), "description": strings.ReplaceAll(slug, "-", " "), "errorMessage": "", "id": int(id),
		"distribution": strings.ToUpper(distribution[:1]) + distribution[1:], "image": strconv.FormatUint(id, 10),
		"minDiskSize": 7, "name": strings.TrimSuffix(strings.TrimPrefix(slug, distribution+"-"), "-x64") + " x64", "private": false,
		"regions": slugs, "sizeGigabytes": 0.6, "slug": slug, "status": "available", "tags": []any{}, "type": "base",
	} {
		c.Set(key, value)
	}
	return c.Outputs
}
