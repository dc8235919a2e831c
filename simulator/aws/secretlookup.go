package aws

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of secrets. Sources: terraform-provider-aws, internal/service/secretsmanager/{secret_data_source,
// secret_version_data_source,random_password_data_source}.go; the Secrets Manager API's GetRandomPassword.

func secretLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:secretsmanager/getSecret:getSecret", Answer: lookUpSecret},
		{Token: "aws:secretsmanager/getSecretVersion:getSecretVersion", Answer: lookUpSecretVersion},
		{Token: "aws:secretsmanager/getRandomPassword:getRandomPassword", Answer: randomPassword},
	}
}

func lookUpSecret(c *simulator.Call) resource.PropertyMap {
	if c.Given("arn") == c.Given("name") {
		c.Fail("name", "exactly one of arn, name is needed")
		return nil
	}
	found := findSecret(c, c.Text("arn")+c.Text("name"))
	if found == nil {
		c.Fail("name", secretKind.NotFound, c.Text("arn")+c.Text("name"))
		return nil
	}
	tell(c, found, "", "arn", "description", "kmsKeyId", "name", "policy")
	c.Set("createdDate", c.Now().UTC().Format(time.RFC3339))
	c.Set("lastChangedDate", c.Now().UTC().Format(time.RFC3339))
	c.Outputs["tags"] = resource.NewObjectProperty(found.Tags())
	c.Set("id", found.ARN)
	return c.Outputs
}

// lookUpSecretVersion answers with the value itself, in the clear as the real provider does: Pulumi's SDKs take no
// secrets from look-ups.
func lookUpSecretVersion(c *simulator.Call) resource.PropertyMap {
	secret := findSecret(c, c.Text("secretId"))
	if secret == nil {
		c.Fail("secretId", secretKind.NotFound, c.Text("secretId"))
		return nil
	}
	stage := c.Text("versionStage")
	if stage == "" {
		stage = "AWSCURRENT"
	}
	for _, version := range secret.Users(secretVersionKind) {
		stages, wanted := stringsOf(version.Output("versionStages")), c.Text("versionId")
		if wanted != "" && wanted != version.Text("versionId") || wanted == "" && !slices.Contains(stages, stage) {
			continue
		}
		c.Set("arn", secret.ARN)
		c.Set("id", secret.ARN+"|"+stage)
		c.Set("versionId", version.Text("versionId"))
		c.Set("versionStages", stages)
		c.Set("createdDate", c.Now().UTC().Format(time.RFC3339))
		c.Set("secretString", version.Text("secretString"))
		c.Set("secretBinary", version.Text("secretBinary"))
		return c.Outputs
	}
	c.Fail("secretId", "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: %s", stage)
	return nil
}

// randomPassword answers with a password of the characters asked for, always the same for the same question.
func randomPassword(c *simulator.Call) resource.PropertyMap {
	length := 32
	if n, given := c.Number("passwordLength"); given {
		length = int(n)
	}
	if length < 1 || length > 4096 {
		c.Fail("passwordLength", "InvalidParameterException: Invalid PasswordLength value.")
		return nil
	}
	excluded := c.Text("excludeCharacters")
	var sets []string
	for _, set := range characterSets {
		allowed := strings.Map(func(r rune) rune {
			if strings.ContainsRune(excluded, r) {
				return -1
			}
			return r
		}, set.characters)
		if asked := c.Flag(set.input) == set.includes; asked && allowed != "" {
			sets = append(sets, allowed)
		}
	}
	if len(sets) == 0 {
		c.Fail("", "InvalidParameterException: Your password requirements exclude all characters.")
		return nil
	}
	var password strings.Builder
	for i := range length {
		set := sets[i%len(sets)] // so that each kind occurs
		password.WriteByte(set[hexNumber(c.Fixed("password "+strconv.Itoa(i), 8))%uint64(len(set))])
	}
	c.Set("randomPassword", password.String())
	c.Set("id", c.Region)
	return c.Outputs
}

// characterSets are the kinds of characters of a password, and the inputs that leave them out or take them in.
var characterSets = []struct {
	input      string
	includes   bool
	characters string
}{
	{"excludeLowercase", false, "abcdefghijklmnopqrstuvwxyz"},
	{"excludeUppercase", false, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
	{"excludeNumbers", false, "0123456789"},
	{"excludePunctuation", false, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
	{"includeSpace", true, " "},
}
