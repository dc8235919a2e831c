package cluster

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// section is one part of user data, as cloud-init sees it.
type section struct{ name, kind, merge, text string }

func sectionsOf(t *testing.T, data string) []section {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(data))
	require.NoError(t, err)
	kind, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	require.NoError(t, err)
	require.Equal(t, "multipart/mixed", kind)
	reader := multipart.NewReader(message.Body, params["boundary"])
	var sections []section
	for {
		p, err := reader.NextPart()
		if err == io.EOF {
			return sections
		}
		require.NoError(t, err)
		body, err := io.ReadAll(p)
		require.NoError(t, err)
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			body, err = base64.StdEncoding.DecodeString(string(body))
			require.NoError(t, err)
		}
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		require.NoError(t, err)
		sections = append(sections, section{p.FileName(), kind, p.Header.Get("X-Merge-Type"), string(body)})
	}
}

func TestUserData(t *testing.T) {
	t.Parallel()
	const script, config = "#!/bin/sh\necho größer\n", "#cloud-config\npackages: [nginx]\n"
	r := run(t, Args{
		Cluster:  spec.Cluster{StartUp: map[string]string{"zz": script}},
		UserData: map[string]pulumi.StringInput{"app": pulumi.Sprintf("%s", config)},
	})
	data := decoded(t, r)
	assert.NotRegexp(t, `[^\x00-\x7f]`, data, "cloud-init would garble other letters")
	sections := sectionsOf(t, data)
	require.Len(t, sections, 3)
	assert.Equal(t, "agent", sections[0].name, "it shows what the others do")
	assert.Equal(t, section{"app", "text/cloud-config", mergeType, config}, sections[1])
	assert.Equal(t, section{"zz", "text/x-shellscript", "", script}, sections[2])
	assert.Equal(t, data, decoded(t, run(t, Args{
		Cluster:  spec.Cluster{StartUp: map[string]string{"zz": script}},
		UserData: map[string]pulumi.StringInput{"app": pulumi.String(config)},
	})), "the same parts make the same user data")
}

func TestUserDataOfNothing(t *testing.T) {
	t.Parallel()
	args := Args{ImageID: pulumi.String("ami-1"), Cluster: spec.Cluster{Agent: spec.Agent{Disabled: true}}}
	r := runOn(t, imageCloud("/dev/xvda"), args)
	assert.Empty(t, decoded(t, r))
}

// What is known only while deploying is checked then, and not shown.
func TestUserDataThatIsKnownLate(t *testing.T) {
	t.Parallel()
	for late, want := range map[string]string{
		"password=hunter2": `userData.late: is neither cloud-config nor a script`,
		"#!/bin/sh\n" + strings.Repeat("#hunter2", 2048): `startUp: makes `,
	} {
		_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			_, err := inWorld(ctx, Args{UserData: map[string]pulumi.StringInput{"late": pulumi.Sprintf("%s", late)}}, []string{"main"})
			return err
		})
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "hunter2")
	}
}

// The limit is EC2's: as many bytes as it takes are taken.
func TestUserDataLimit(t *testing.T) {
	t.Parallel()
	at := func(length int) (string, error) {
		return userData([]part{{"app", "#!/bin/sh\n" + strings.Repeat("#", length)}})
	}
	empty, err := at(0)
	require.NoError(t, err)
	full, err := at(maxUserData - len(empty))
	require.NoError(t, err)
	assert.Len(t, full, 16384)
	_, err = at(maxUserData - len(empty) + 1)
	require.ErrorContains(t, err, "makes 16385 bytes of user data")
}

func TestAgentConfiguration(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Cluster: spec.Cluster{Agent: spec.Agent{Files: map[string]string{"app": "/var/log/app/*.log"}}}})
	var setup cloudConfig
	text, isConfig := strings.CutPrefix(sectionsOf(t, decoded(t, r))[0].text, "#cloud-config\n")
	require.True(t, isConfig)
	require.NoError(t, json.Unmarshal([]byte(text), &setup))
	assert.Equal(t, []string{"amazon-cloudwatch-agent", "rsyslog"}, setup.Packages)
	require.Len(t, setup.WriteFiles, 1)
	assert.Equal(t, "file:"+setup.WriteFiles[0].Path, setup.RunCmd[1][len(setup.RunCmd[1])-1], "what is written is read")
	stream := func(name, path string) map[string]any {
		return map[string]any{"file_path": path, "log_group_name": "/holdfast/test/main/logs", "log_stream_name": "{instance_id}/" + name}
	}
	assert.Equal(t, map[string]any{
		"agent": map[string]any{"metrics_collection_interval": 60.0},
		"metrics": map[string]any{
			"namespace":              "CWAgent",
			"append_dimensions":      map[string]any{"AutoScalingGroupName": "${aws:AutoScalingGroupName}", "InstanceId": "${aws:InstanceId}"},
			"aggregation_dimensions": []any{[]any{"AutoScalingGroupName"}},
			"metrics_collected": map[string]any{
				"mem":  map[string]any{"measurement": []any{"mem_used_percent"}},
				"disk": map[string]any{"measurement": []any{"disk_used_percent"}, "resources": []any{"/"}, "drop_device": true},
			},
		},
		"logs": map[string]any{"logs_collected": map[string]any{"files": map[string]any{"collect_list": []any{
			stream("app", "/var/log/app/*.log"), stream("cloud-init", "/var/log/cloud-init-output.log"), stream("messages", "/var/log/messages"),
			stream("secure", "/var/log/secure"), stream("ssm", "/var/log/amazon/ssm/amazon-ssm-agent.log"),
		}}}},
	}, decode(t, setup.WriteFiles[0].Content))
}

// cloud-init itself finds nothing wrong with what this package writes.
func TestCloudInitSchema(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("cloud-init")
	if err != nil {
		t.Skip("cloud-init is not installed here")
	}
	for name, text := range map[string]string{"agent": agentSetup("/logs", nil), "placeholder": placeholder(8080)} {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		out, err := exec.Command(program, "schema", "--config-file", path).CombinedOutput()
		assert.NoError(t, err, "%s: %s", name, out)
	}
}

// merging prints as JSON what cloud-init makes of the user data that it reads: its cloud-config, and its scripts.
const merging = `
import json, os, sys, tempfile
from cloudinit import helpers, user_data, util
from cloudinit.handlers.cloud_config import CloudConfigPartHandler

there = tempfile.mkdtemp()
paths = helpers.Paths({"cloud_dir": there, "run_dir": there})
handler = CloudConfigPartHandler(paths)
handler.cloud_fn = os.path.join(there, "config")
scripts = []
handler.handle_part(None, "__begin__", None, None, None, None)
for part in user_data.UserDataProcessor(paths).process(sys.stdin.buffer.read()).walk():
    if part.get_content_type() == "text/cloud-config":
        handler.handle_part(None, "text/cloud-config", part.get_filename(), util.fully_decoded_payload(part), None, part)
    if part.get_content_type() == "text/x-shellscript":
        scripts.append(util.fully_decoded_payload(part))
handler.handle_part(None, "__end__", None, None, None, None)
print(json.dumps([util.load_yaml(util.load_file(handler.cloud_fn)), scripts]))
`

// cloud-init merges cloud-config of the user's with this package's, and gets every letter right.
func TestCloudInitMerges(t *testing.T) {
	t.Parallel()
	if err := exec.Command("python3", "-c", "import cloudinit").Run(); err != nil {
		t.Skip("cloud-init is not installed here")
	}
	const script = "#!/bin/sh\necho größer\n"
	args := Args{Cluster: spec.Cluster{StartUp: map[string]string{
		"app": "#cloud-config\npackages: [nginx]\nwrite_files:\n- {path: /x, content: größer}\nruncmd:\n- [echo, app]\n", "zz": script,
	}}}
	data, err := userData(args.parts("/logs", args.StartUp))
	require.NoError(t, err)
	command := exec.Command("python3", "-c", merging)
	command.Stdin = strings.NewReader(data)
	out, err := command.Output()
	require.NoError(t, err)
	var config cloudConfig
	var scripts []string
	require.NoError(t, json.Unmarshal(out, &[]any{&config, &scripts}))
	assert.Equal(t, []string{script}, scripts)
	assert.Equal(t, []string{"amazon-cloudwatch-agent", "rsyslog", "nginx"}, config.Packages)
	require.Len(t, config.WriteFiles, 2)
	assert.Equal(t, file{Path: "/x", Content: "größer"}, config.WriteFiles[1])
	assert.Len(t, config.RunCmd, 3)
}

// The placeholder answers whatever a load balancer asks for.
func TestPlaceholder(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("Python is not installed here")
	}
	var setup cloudConfig
	require.NoError(t, json.Unmarshal([]byte(strings.TrimPrefix(placeholder(8081), "#cloud-config\n")), &setup))
	assert.Contains(t, setup.WriteFiles[1].Content, "ExecStart=/usr/bin/python3 "+setup.WriteFiles[0].Path+" 8081\n")
	path := filepath.Join(t.TempDir(), "placeholder.py")
	// The port is the system's to choose: the program says which.
	program := strings.Replace(setup.WriteFiles[0].Content, "http.server.ThreadingHTTPServer((\"\", int(sys.argv[1])), Placeholder).serve_forever()",
		"s = http.server.ThreadingHTTPServer((\"127.0.0.1\", int(sys.argv[1])), Placeholder)\nprint(s.server_port, flush=True)\ns.serve_forever()", 1)
	require.NotEqual(t, setup.WriteFiles[0].Content, program)
	require.NoError(t, os.WriteFile(path, []byte(program), 0o600))
	server := exec.Command(python, path, "0")
	out, err := server.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, server.Start())
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	var port int
	_, err = fmt.Fscan(out, &port)
	require.NoError(t, err)
	client := http.Client{Timeout: 10 * time.Second}
	for _, path := range []string{"/", "/healthz", "/a?b=c"} {
		answer, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d%s", port, path))
		require.NoError(t, err)
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		assert.Equal(t, http.StatusOK, answer.StatusCode)
		assert.Contains(t, string(body), "nothing to run yet")
	}
}
