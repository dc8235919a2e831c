package tests

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/apimodel"
)

var (
	// awsCommand is a call of the AWS command line in a document, between backticks or in a line of a block: service,
	// operation, and what follows.
	awsCommand = regexp.MustCompile("(?m)`aws ([a-z0-9]+) ([a-z]+(?:-[a-z0-9]+)+)([^`]*)`|[^`]aws ([a-z0-9]+) ([a-z]+(?:-[a-z0-9]+)+)(.*)$")
	// awsOption is an option of it; what is quoted is the option's value.
	awsOption = regexp.MustCompile(`(?:^|\s)--([a-z][a-z0-9-]*)`)
	quoted    = regexp.MustCompile(`'[^']*'`)
	// notInModel are the beginnings of operations that the API model has not: it has those that make or change something.
	notInModel = regexp.MustCompile(`^(describe|filter|get|list|lookup|test|validate)-`)
	// awsServices are the services that the API model knows by another name.
	awsServices = map[string]string{
		"cloudwatch": "monitoring", "configservice": "config", "elbv2": "elasticloadbalancingv2", "s3api": "s3", "stepfunctions": "states",
	}
	// awsGlobal are the options of every operation (AWS CLI User Guide, "Global options").
	awsGlobal = []string{"output", "profile", "query", "region"}
)

// TestAWSCommandsExist holds the commands of the runbooks against AWS's own models: whoever needs one in an emergency must
// not find out then that an option is called otherwise. The AWS command line names operations and options after them.
func TestAWSCommandsExist(t *testing.T) {
	t.Parallel()
	model, err := apimodel.AWS()
	require.NoError(t, err)
	files, err := filepath.Glob("../docs/*/*.md")
	require.NoError(t, err)
	checked := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, command := range awsCommand.FindAllStringSubmatch(strings.ReplaceAll(string(text), "\\\n", " "), -1) {
			service, operation, options := command[1]+command[4], command[2]+command[5], command[3]+command[6]
			if notInModel.MatchString(operation) {
				continue
			}
			assert.Empty(t, mistakeIn(model, service, operation, options), "%s: %s", filepath.Base(file), command[0])
			checked++
		}
	}
	assert.Greater(t, checked, 15, "the search has missed the runbooks")
	assert.Contains(t, mistakeIn(model, "rds", "reboot-db-server", ""), "no operation")
	assert.Contains(t, mistakeIn(model, "rds", "reboot-db-instance", ` --db-instance-identifier "$DB" --failover`), "no option --failover")
	assert.Contains(t, mistakeIn(model, "kms", "enable-key", ` --region eu-west-1`), "no option --key-id")
}

// mistakeIn says what is wrong with a call of an operation that changes something; empty for nothing.
func mistakeIn(model *apimodel.Model, service, operation, options string) string {
	if other, ok := awsServices[service]; ok {
		service = other
	}
	api, ok := model.Service(service)
	if !ok {
		return "there is no service " + service
	}
	var input *apimodel.Shape
	for name, op := range api.Operations {
		if strings.EqualFold(name, joinedUp(operation)) {
			input = api.Shapes[op.Input]
		}
	}
	if input == nil {
		return "there is no operation " + operation
	}
	options = quoted.ReplaceAllString(options, "")
	var given []string
	for _, option := range awsOption.FindAllStringSubmatch(options, -1) {
		if slices.Contains(awsGlobal, option[1]) {
			continue
		}
		name, _, ok := api.Member(input, joinedUp(strings.TrimPrefix(option[1], "no-")))
		if !ok {
			return "there is no option --" + option[1]
		}
		given = append(given, name)
	}
	if strings.TrimSpace(options) == "" {
		return "" // in a sentence, that names the operation only
	}
	for _, name := range input.Required {
		if !slices.Contains(given, name) {
			return "there is no option --" + kebab(name) + ", which is required"
		}
	}
	return ""
}

// joinedUp is a name of the command line as the model has it, but for the capitals.
func joinedUp(name string) string { return strings.ReplaceAll(name, "-", "") }

var capital = regexp.MustCompile(`([a-z])([A-Z])`)

// kebab is a name of the model as the command line has it.
func kebab(name string) string { return strings.ToLower(capital.ReplaceAllString(name, "$1-$2")) }
