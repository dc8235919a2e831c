package crosscloud

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// image is the name of a container's image, and where in a resource it is.
type image struct{ at, name string }

// pinned reports whether the name stands for the same image tomorrow, as far as a name can tell: by its digest, or by a
// tag that is not "latest", which is the default of image names. A digest has a colon, too.
func (i image) pinned() bool {
	_, tag, tagged := strings.Cut(path.Base(i.name), ":")
	return tagged && tag != "latest"
}

// open reports whether something else is put in place of the name, or a part of it, later.
func (i image) open() bool { return i.name == "" || strings.ContainsAny(i.name, "<$") }

// full is the name with its registry: without one, it is Docker Hub's (github.com/distribution/reference, normalize.go).
func (i image) full() string {
	first, _, more := strings.Cut(i.name, "/")
	if !more || !strings.ContainsAny(first, ".:") && first != "localhost" {
		return "docker.io/" + i.name
	}
	return i.name
}

// imageRules are rules for the types that name images, which check each image.
func imageRules(check func(*policy.Report, image)) []policy.Rule {
	each := func(r *policy.Report, images ...image) {
		for _, i := range images {
			if !i.open() {
				check(r, i)
			}
		}
	}
	listed := func(r *policy.Report, containers policy.List[container]) {
		containers.Each(func(n int, c container) { each(r, image{fmt.Sprintf("container %d", n), c.Image.Get()}) })
	}
	return []policy.Rule{
		policy.On(taskDefinitionType, func(r *policy.Report, t taskDefinition) { each(r, t.images()...) }),
		policy.On(functionType, func(r *policy.Report, f function) { each(r, image{"function", f.Image.Get()}) }),
		policy.On(appRunnerType, func(r *policy.Report, s appRunnerService) {
			each(r, image{"service", s.Source.Get().Repository.Get().Image.Get()})
		}),
		policy.On(runServiceType, func(r *policy.Report, s runService) { listed(r, s.Template.Get().Containers) }),
		policy.On(runJobType, func(r *policy.Report, j runJob) { listed(r, j.Template.Get().Template.Get().Containers) }),
		policy.On(oldRunServiceType, func(r *policy.Report, s oldRunService) { listed(r, s.Template.Get().Spec.Get().Containers) }),
		policy.On(appType, func(r *policy.Report, a app) {
			a.Spec.Get().each(func(at string, c appComponent) {
				if c.Image.Present() {
					each(r, image{at, c.Image.Get().name()})
				}
			})
		}),
	}
}

type container struct {
	Image policy.Value[string] `pulumi:"image"`
}

type containers struct {
	Containers policy.List[container] `pulumi:"containers"`
}

type runService struct {
	Template policy.Value[containers] `pulumi:"template"`
}

type runJob struct {
	Template policy.Value[runService] `pulumi:"template"`
}

type oldRunService struct {
	Template policy.Value[struct {
		Spec policy.Value[containers] `pulumi:"spec"`
	}] `pulumi:"template"`
}

type function struct {
	Image policy.Value[string] `pulumi:"imageUri"`
}

type appRunnerService struct {
	Source policy.Value[struct {
		Repository policy.Value[struct {
			Image policy.Value[string] `pulumi:"imageIdentifier"`
		}] `pulumi:"imageRepository"`
	}] `pulumi:"sourceConfiguration"`
}

type taskDefinition struct {
	Containers policy.Value[string] `pulumi:"containerDefinitions"`
}

// images are those of the containers, as far as they are some: ECS refuses what is not.
func (t taskDefinition) images() []image {
	var definitions []struct{ Name, Image string }
	_ = json.Unmarshal([]byte(t.Containers.Get()), &definitions)
	var images []image
	for _, d := range definitions {
		images = append(images, image{fmt.Sprintf("container %q", d.Name), d.Image})
	}
	return images
}

// registries are those of App Platform's registry types, as the names of images have them. Docker Hub needs none.
var registries = map[string]string{"GHCR": "ghcr.io", "DOCR": "registry.digitalocean.com"}

// name is the image's as others write it.
func (i appImage) name() string {
	parts := []string{registries[i.RegistryType.Get()], i.Registry.Get(), i.Repository.Get()}
	name := strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "/")
	if i.Digest.Present() {
		return name + "@" + i.Digest.Get()
	}
	return name + ":" + i.Tag.Or("latest")
}
