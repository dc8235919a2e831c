package aws

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of machine images. Sources: terraform-provider-aws, internal/service/ec2/{ec2_ami_data_source,
// ec2_ami_ids_data_source}.go, internal/service/ssm/parameter_data_source.go; the EC2 API's DescribeImages.

func imageLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:ec2/getAmi:getAmi", Answer: lookUpImage},
		{Token: "aws:ec2/getAmiIds:getAmiIds", Answer: lookUpImageIDs},
		{Token: "aws:ssm/getParameter:getParameter", Answer: lookUpParameter},
	}
}

// likeAny reports whether a value matches one of the patterns of a filter, where * stands for any text and ? for any
// character.
func likeAny(patterns []string, value string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		if !strings.ContainsAny(pattern, "*?") {
			return pattern == value
		}
		quoted := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(pattern))
		return regexp.MustCompile(`(?s)^` + quoted + `$`).MatchString(value)
	})
}

// findImages returns the images that a look-up asks for, the newest first.
func findImages(c *simulator.Call) []image {
	named, err := regexp.Compile(c.Text("nameRegex"))
	if err != nil {
		c.Fail("nameRegex", "%q is no regular expression", c.Text("nameRegex"))
		return nil
	}
	owners := c.Texts("owners[*]")
	var found []image
	for _, i := range append(images(), ownImages(c)...) {
		by := "amazon"
		if i.own() {
			by = "self"
		}
		owned := len(owners) == 0 || slices.Contains(owners, i.owner) || slices.Contains(owners, by)
		passes := matches(c, func(filter string) ([]string, bool) {
			value, ok := i.attributes(c.Region)[filter]
			if key, isTag := strings.CutPrefix(filter, "tag"); isTag && (key == "-key" || strings.HasPrefix(key, ":")) {
				return nil, true // public images show no tags
			}
			return []string{value}, ok
		})
		if owned && passes && named.MatchString(i.name) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b image) int { return strings.Compare(b.created, a.created) })
	return found
}

// imageID is the form of an image's id.
var imageID = regexp.MustCompile(`^ami-([0-9a-f]{8}|[0-9a-f]{17})$`)

// ownImages are the images that a look-up names by their ids and that the catalogue lacks: others may well exist. They
// are the account's, and in what nobody can know of them here as Amazon Linux is, with the architecture that is asked for.
func ownImages(c *simulator.Call) []image {
	var ids []string
	arch := intel
	c.Objects("filters[*]", func(_ string, filter resource.PropertyMap) {
		switch values := stringsOf(filter["values"]); stringOf(filter["name"]) {
		case "image-id":
			ids = values
		case "architecture":
			arch = strings.Join(values[:min(1, len(values))], "")
		}
	})
	var found []image
	for _, id := range ids {
		if _, public := imagesByID()[id]; !public && imageID.MatchString(id) {
			found = append(found, image{
				given: id, name: "own-" + id, owner: c.Account, arch: arch, root: "/dev/xvda", size: 8, volume: "gp3",
				created: "2025-01-01", description: "An image of one's own",
			})
		}
	}
	return found
}

// attributes are what filters of DescribeImages ask for.
func (i image) attributes(region string) map[string]string {
	alias := "amazon"
	if i.own() {
		alias = ""
	}
	platform, details := "", "Linux/UNIX"
	if i.windows {
		platform, details = "windows", "Windows"
	}
	return map[string]string{
		"name": i.name, "architecture": i.arch, "owner-id": i.owner, "owner-alias": alias, "image-id": i.id(region),
		"virtualization-type": "hvm", "hypervisor": "xen", "root-device-type": "ebs", "root-device-name": i.root,
		"state": "available", "image-type": "machine", "is-public": strconv.FormatBool(!i.own()), "ena-support": "true", "description": i.description,
		"platform": platform, "platform-details": details, "creation-date": i.timestamp(), "manifest-location": "amazon/" + i.name,
		"block-device-mapping.device-name": i.root, "block-device-mapping.volume-type": i.volume,
		"block-device-mapping.volume-size":           strconv.Itoa(i.size),
		"block-device-mapping.delete-on-termination": "true", "block-device-mapping.encrypted": "false",
	}
}

func (i image) timestamp() string { return i.created + "T00:00:00.000Z" }

func lookUpImage(c *simulator.Call) resource.PropertyMap {
	found := findImages(c)
	switch {
	case len(found) == 0:
		c.Fail("", "Your query returned no results. Please change your search criteria and try again.")
		return nil
	case len(found) > 1 && !c.Flag("mostRecent"):
		c.Fail("", "Your query returned more than one result. Please try a more specific search criteria, "+
			"or set `most_recent` attribute to true.")
		return nil
	}
	i := found[0]
	attributes, id := i.attributes(c.Region), i.id(c.Region)
	for output, attribute := range map[string]string{
		"architecture": "architecture", "creationDate": "creation-date", "description": "description", "hypervisor": "hypervisor",
		"imageLocation": "manifest-location", "imageOwnerAlias": "owner-alias", "imageType": "image-type", "name": "name",
		"ownerId": "owner-id", "platform": "platform", "platformDetails": "platform-details", "rootDeviceName": "root-device-name",
		"rootDeviceType": "root-device-type", "state": "state", "virtualizationType": "virtualization-type",
	} {
		c.Set(output, attributes[attribute])
	}
	for _, output := range []string{"kernelId", "lastLaunchedTime", "ramdiskId", "tpmSupport"} {
		c.Set(output, "")
	}
	operation, imds := "RunInstances", ""
	if i.windows {
		operation = "RunInstances:0002"
	}
	if strings.HasPrefix(i.name, "al2023") {
		imds = "v2.0"
	}
	c.Set("id", id)
	c.Set("imageId", id)
	c.Set("arn", "arn:"+c.Partition+":ec2:"+c.Region+"::image/"+id)
	c.Set("bootMode", "uefi-preferred")
	c.Set("deprecationTime", "")
	c.Set("enaSupport", true)
	c.Set("public", !i.own())
	c.Set("imdsSupport", imds)
	c.Set("sriovNetSupport", "simple")
	c.Set("usageOperation", operation)
	c.Set("rootSnapshotId", i.snapshot(c.Region))
	c.Set("productCodes", []any{})
	c.Set("stateReason", map[string]any{"code": "UNSET", "message": "UNSET"})
	c.Set("tags", map[string]any{})
	c.Set("blockDeviceMappings", []any{map[string]any{
		"deviceName": i.root, "noDevice": "", "virtualName": "",
		"ebs": map[string]any{
			"delete_on_termination": "true", "encrypted": "false", "iops": "0", "snapshot_id": i.snapshot(c.Region),
			"throughput": "0", "volume_size": strconv.Itoa(i.size), "volume_type": i.volume,
		},
	}})
	return c.Outputs
}

func lookUpImageIDs(c *simulator.Call) resource.PropertyMap {
	ids := []string{}
	for _, i := range findImages(c) {
		ids = append(ids, i.id(c.Region))
	}
	if c.Flag("sortAscending") {
		slices.Reverse(ids)
	}
	c.Set("ids", ids)
	c.Set("id", c.Fixed("image ids "+strings.Join(ids, ","), 10))
	return c.Outputs
}

// lookUpParameter answers the public parameters that name images, and those that the account stores.
func lookUpParameter(c *simulator.Call) resource.PropertyMap {
	name := c.Text("name")
	if stored := c.Find(parameterKind, name); stored != nil {
		return storedParameter(c, stored)
	}
	value := publicParameter(c.Region, name)
	if value == "" {
		c.Fail("name", "ParameterNotFound: there is no parameter %s, or the simulated cloud does not know it", name)
		return nil
	}
	answerParameter(c, "arn:"+c.Partition+":ssm:"+c.Region+"::parameter"+name, "String", value)
	c.Set("version", 1)
	return c.Outputs
}

// publicParameter returns the value of a public parameter, "" when there is none.
func publicParameter(region, name string) string {
	value := ""
	for _, i := range images() { // the newest comes last
		switch {
		case slices.Contains(i.parameters, name):
			value = i.id(region)
		case slices.Contains(i.parameters, name+"/image_id") && i.owner == ecsOwner:
			encoded, err := json.Marshal(map[string]any{"schema_version": 1, "image_name": i.name, "image_id": i.id(region)})
			if err == nil {
				value = string(encoded)
			}
		}
	}
	return value
}

func storedParameter(c *simulator.Call, stored *simulator.Object) resource.PropertyMap {
	value := cmp.Or(stored.Text("value"), stored.Text("insecureValue"))
	answerParameter(c, stored.ARN, stored.Text("type"), value)
	c.Set("version", 1)
	if version := stored.Output("version"); version.IsNumber() {
		c.Outputs["version"] = version
	}
	return c.Outputs
}

func answerParameter(c *simulator.Call, arn, kind, value string) {
	c.Set("id", c.Text("name"))
	c.Set("name", c.Text("name"))
	c.Set("arn", arn)
	c.Set("type", kind)
	c.Outputs["value"] = resource.MakeSecret(text(value))
	insecure := value
	if kind == "SecureString" {
		insecure = ""
	}
	c.Set("insecureValue", insecure)
}
