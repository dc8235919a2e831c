package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	parameterToken = "aws:ssm/parameter:Parameter"
	documentToken  = "aws:ssm/document:Document"
	windowToken    = "aws:ssm/maintenanceWindow:MaintenanceWindow"

	command = `{"schemaVersion":"2.2","description":"says hello","parameters":{"who":{"type":"String"}},"mainSteps":[]}`
)

func window(w *world, name string) thing {
	return w.Create(windowToken, name, inputs{"cutoff": 1, "duration": 3, "schedule": "cron(0 16 ? * TUE *)"})
}

func ssmFixtures() []simulatortest.Fixture {
	registered := func(t thing) string { return t.Text("windowId") + "/" + t.ID() }
	otherWindow := func(w *world, in inputs) inputs { return with(in, inputs{"windowId": window(w, "other").ID()}) }
	targets := []any{inputs{"key": "tag:role", "values": []any{"web"}}}
	return []simulatortest.Fixture{
		{
			Type: parameterToken, Inputs: func(*world) inputs { return inputs{"type": "String", "insecureValue": "one", "name": "/app/x"} },
			Update: changing(inputs{"insecureValue": "two"}), Replace: changing(inputs{"name": "/app/y"}),
		},
		{
			Type: parameterToken, Name: "secret", DeleteFirst: true,
			Inputs: func(w *world) inputs {
				return inputs{"name": "x", "type": "SecureString", "value": "s3cret", "keyId": key(w, "key").Text("arn"), "tier": "Advanced"}
			},
			Update: changing(inputs{"description": "a password"}), Replace: changing(inputs{"name": "y", "tier": "Standard"}),
		},
		{
			Type: documentToken, Inputs: func(*world) inputs { return inputs{"documentType": "Command", "content": command} },
			Update:  changing(inputs{"content": strings.Replace(command, "hello", "bye", 1)}),
			Replace: changing(inputs{"name": "hello"}),
		},
		{
			Type: "aws:ssm/association:Association",
			Inputs: func(w *world) inputs {
				document := w.Create(documentToken, "hello", inputs{"documentType": "Command", "content": command})
				return inputs{"name": document.ID(), "targets": targets}
			},
			Update: changing(inputs{"maxErrors": "10%"}), Replace: changing(inputs{"name": "AWS-RunPatchBaseline"}),
		},
		{
			Type:   windowToken,
			Inputs: func(*world) inputs { return inputs{"cutoff": 1, "duration": 3, "schedule": "rate(7 days)"} },
			Update: changing(inputs{"duration": 4}),
		},
		{
			Type: "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget", ImportID: registered,
			Inputs: func(w *world) inputs {
				return inputs{"windowId": window(w, "window").ID(), "resourceType": "INSTANCE", "targets": targets}
			},
			Update: changing(inputs{"description": "web"}), Replace: otherWindow,
		},
		{
			Type: "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", ImportID: registered,
			Inputs: func(w *world) inputs {
				return inputs{"windowId": window(w, "window").ID(), "taskType": "RUN_COMMAND", "taskArn": "AWS-RunShellScript", "targets": targets}
			},
			Update: changing(inputs{"priority": 2}), Replace: otherWindow,
		},
	}
}

func ssmCases() []simulatortest.Case {
	parameter := func(changes inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(parameterToken, "subject", with(inputs{"type": "String", "value": "one"}, changes))
			return err
		}
	}
	secret := inputs{"type": "SecureString", "keyId": "alias/app"}
	return []simulatortest.Case{
		{
			ID: "aws-ssm-parameter-exists", Code: "ParameterAlreadyExists", Text: "already exists",
			Fails: func(w *world) error {
				w.Create(parameterToken, "first", inputs{"type": "String", "value": "one", "name": "/app/x"})
				return parameter(inputs{"name": "/app/x"})(w)
			},
			Passes: parameter(inputs{"name": "/app/x"}),
		},
		{
			ID: "aws-ssm-parameter-reserved", Code: "AccessDeniedException", Text: "reserved parameter name: /aws/app",
			Fails: parameter(inputs{"name": "/aws/app"}), Passes: parameter(inputs{"name": "/app/aws"}),
		},
		{
			ID: "aws-ssm-parameter-levels", Code: "HierarchyLevelLimitExceededException", Text: "this one has 16",
			Fails:  parameter(inputs{"name": strings.Repeat("/a", 16)}),
			Passes: parameter(inputs{"name": strings.Repeat("/a", 15)}),
		},
		{
			ID: "aws-ssm-parameter-size", Code: "ValidationException", Text: "Standard tier parameters support a maximum parameter value of 4096",
			Fails:  parameter(inputs{"value": strings.Repeat("a", 4097)}),
			Passes: parameter(inputs{"value": strings.Repeat("a", 8192), "tier": "Intelligent-Tiering"}),
		},
		{
			ID: "aws-ssm-parameter-pattern", Code: "ParameterPatternMismatchException", Text: "allowedPattern: \\d+",
			Fails: parameter(inputs{"allowedPattern": `\d+`}), Passes: parameter(inputs{"allowedPattern": `\d+`, "value": "12"}),
		},
		{
			ID: "aws-ssm-parameter-insecure", Text: "cannot set type = SecureString and insecure_value",
			Fails:  parameter(inputs{"type": "SecureString", "value": nil, "insecureValue": "one"}),
			Passes: parameter(inputs{"value": nil, "insecureValue": "one"}),
		},
		{
			ID: "aws-ssm-parameter-key", Code: "InvalidKeyId", Text: "alias/app does not exist",
			Fails: parameter(secret),
			Passes: func(w *world) error {
				w.Create(aliasToken, "alias", inputs{"name": "alias/app", "targetKeyId": key(w, "key").ID()})
				return parameter(secret)(w)
			},
		},
		{
			ID: "aws-ssm-document-content", Code: "InvalidDocumentContent", Text: "lacks schemaVersion",
			Fails: func(w *world) error {
				_, err := w.Try(documentToken, "hello", inputs{"documentType": "Command", "content": `{"mainSteps":[]}`})
				return err
			},
			Passes: func(w *world) error {
				_, err := w.Try(documentToken, "hello", inputs{"documentType": "Command", "content": command})
				return err
			},
		},
		{
			ID: "aws-ssm-window-cutoff", Code: "ValidationException", Text: "Cutoff of 4 hours",
			Fails: func(w *world) error {
				_, err := w.Try(windowToken, "window", inputs{"cutoff": 4, "duration": 3, "schedule": "rate(7 days)"})
				return err
			},
			Passes: func(w *world) error {
				_, err := w.Try(windowToken, "window", inputs{"cutoff": 2, "duration": 3, "schedule": "rate(7 days)"})
				return err
			},
		},
	}
}

func TestParameterNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"ssm-app": "can't be prefixed", "/SSM/app": "can't be prefixed", "a b": "can't be prefixed", "app/x": "must be a fully qualified name",
	} {
		_, err := newWorld(t).Try(parameterToken, "parameter", inputs{"name": name, "type": "String", "value": "v"})
		assert.ErrorContains(t, err, want, name)
	}
	made := newWorld(t).Create(parameterToken, "parameter", inputs{"name": "/app/x", "type": "String", "value": "v"})
	assert.Equal(t, "arn:aws:ssm:us-west-2:123456789012:parameter/app/x", made.Text("arn"))
	assert.Equal(t, "Standard", made.Text("tier"))
	w := newWorld(t)
	w.Create(parameterToken, "parameter", inputs{"name": "/app/x", "type": "String", "insecureValue": "v"})
	stored := ask(t, w, "aws:ssm/getParameter:getParameter", inputs{"name": "/app/x"})
	assert.Equal(t, "v", stored["insecureValue"])
	assert.Equal(t, "arn:aws:ssm:us-west-2:123456789012:parameter/app/x", stored["arn"])
}

func TestDocumentVersions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := inputs{"name": "hello", "documentType": "Command", "content": command}
	made := w.Create(documentToken, "hello", in)
	assert.Equal(t, "1", made.Text("latestVersion"))
	assert.Equal(t, "2.2", made.Text("schemaVersion"))
	same, err := w.TryUpdate(made, with(in, inputs{"tags": inputs{"team": "platform"}}))
	assert.NoError(t, err)
	assert.Equal(t, "1", same.Text("latestVersion"))
	changed, err := w.TryUpdate(same, with(in, inputs{"content": strings.Replace(command, "hello", "bye", 1)}))
	assert.NoError(t, err)
	assert.Equal(t, "2", changed.Text("latestVersion"))
	assert.NotEqual(t, made.Text("hash"), changed.Text("hash"))
}
