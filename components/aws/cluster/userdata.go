package cluster

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strings"
	"unicode"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

const (
	// maxUserData is the most that EC2 takes, in bytes before they are encoded. EC2 User Guide, "Run commands when you
	// launch an EC2 instance with user data input".
	maxUserData = 16 * 1024
	// mergeType lets parts of cloud-config add to one another; otherwise the later part's lists would take the place of
	// the earlier one's, or be lost. cloud-init documentation, "Merging user data sections".
	mergeType = "list(append)+dict(no_replace,recurse_list)+str()"
)

// part is one part of the user data.
type part struct{ name, text string }

// userData returns the launch template's user data, encoded as it wants it.
func (b *builder) userData() pulumi.StringOutput {
	late := pulumi.StringMap(b.args.UserData).ToStringMapOutput()
	return pulumi.All(b.cluster.LogGroupName, late).ApplyT(func(known []any) (string, error) {
		logGroup, texts := known[0].(string), known[1].(map[string]string)
		data, err := b.args.assemble(logGroup, texts)
		return base64.StdEncoding.EncodeToString([]byte(data)), err
	}).(pulumi.StringOutput)
}

// assemble puts the user data together, of what the cluster adds, StartUp and the texts of UserData, or says what is wrong
// with it. Validate asks with the texts that are known before anything is created, the launch template with all of them.
func (a *Args) assemble(logGroup string, texts map[string]string) (string, error) {
	var ps spec.Problems
	given := map[string]string{}
	maps.Copy(given, a.StartUp)
	maps.Copy(given, texts)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		spec.CheckStartUp(&ps, "userData."+name, texts[name])
	}
	data, err := userData(a.parts(logGroup, given))
	ps.Collect("startUp", err)
	return data, ps.Err()
}

// parts returns the parts of the user data: the agent first, for it shows what happens to the others.
func (a *Args) parts(logGroup string, given map[string]string) []part {
	var parts []part
	if !a.Agent.Disabled {
		parts = append(parts, part{"agent", agentSetup(logGroup, a.Agent.Files)})
	}
	if len(a.StartUp) == 0 && len(a.UserData) == 0 && a.ImageID == nil && a.ImageParameter == "" {
		parts = append(parts, part{"placeholder", placeholder(a.Port)})
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		parts = append(parts, part{name, given[name]})
	}
	return parts
}

// userData joins parts into one text that cloud-init takes apart again, or says that it is too long. Nothing in it depends
// on the time or on chance: a machine's start is replaced only when it changes.
func userData(parts []part) (string, error) {
	if len(parts) == 0 {
		return "", nil
	}
	var body strings.Builder
	writer := multipart.NewWriter(&body)
	if err := writer.SetBoundary(boundary(parts)); err != nil {
		return "", err
	}
	for _, p := range parts {
		header, text := p.encode()
		section, err := writer.CreatePart(header)
		if err != nil {
			return "", err
		}
		if _, err := section.Write([]byte(text)); err != nil {
			return "", err
		}
	}
	if err := writer.Close(); err != nil {
		return "", err
	}
	text := "Content-Type: multipart/mixed; boundary=\"" + writer.Boundary() + "\"\nMIME-Version: 1.0\n\n" + body.String()
	if len(text) > maxUserData {
		return "", fmt.Errorf("makes %d bytes of user data with what the cluster adds, more than EC2's %d; "+
			"let it fetch what is long, or put it into the image", len(text), maxUserData)
	}
	return text, nil
}

// encode returns a part as it is sent. cloud-init garbles letters outside of ASCII unless they are encoded, which takes a
// third more room.
func (p part) encode() (textproto.MIMEHeader, string) {
	header, text := textproto.MIMEHeader{}, p.text
	header.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", p.name))
	header.Set("Content-Type", `text/x-shellscript; charset="utf-8"`)
	if strings.HasPrefix(text, "#cloud-config") {
		header.Set("Content-Type", `text/cloud-config; charset="utf-8"`)
		header.Set("X-Merge-Type", mergeType)
	}
	if strings.ContainsFunc(text, func(c rune) bool { return c > unicode.MaxASCII }) {
		header.Set("Content-Transfer-Encoding", "base64")
		text = base64.StdEncoding.EncodeToString([]byte(text))
	}
	return header, text
}

// boundary is a line that is in none of the parts, as far as anybody can help it.
func boundary(parts []part) string {
	sum := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(sum, "%q %q ", p.name, p.text)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:16])
}

// cloudConfig is the part of cloud-config that this package writes. JSON is YAML.
type cloudConfig struct {
	Packages   []string   `json:"packages,omitempty"`
	WriteFiles []file     `json:"write_files,omitempty"`
	RunCmd     [][]string `json:"runcmd,omitempty"`
}

type file struct {
	Path        string `json:"path"`
	Permissions string `json:"permissions"`
	Content     string `json:"content"`
}

func (c cloudConfig) String() string {
	text, err := json.Marshal(c)
	if err != nil { // lists of texts always have a JSON form
		panic(err)
	}
	return "#cloud-config\n" + string(text) + "\n"
}

// agentSetup installs, configures and starts the CloudWatch agent.
func agentSetup(logGroup string, files map[string]string) string {
	return cloudConfig{
		Packages:   []string{"amazon-cloudwatch-agent", "rsyslog"},
		WriteFiles: []file{{Path: agentConfig, Permissions: "0644", Content: agentConfiguration(logGroup, files)}},
		RunCmd: [][]string{
			{"systemctl", "enable", "--now", "rsyslog"},
			{agentControl, "-a", "fetch-config", "-m", "ec2", "-s", "-c", "file:" + agentConfig},
		},
	}.String()
}
