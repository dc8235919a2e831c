package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/secretsmanager/{secret,secret_version,secret_rotation,
// secret_policy}.go; the Secrets Manager API's CreateSecret, DeleteSecret, PutSecretValue, RotateSecret.

const (
	secretsCreate = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"
	secretsPut    = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html"
	secretsRotate = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html"
	secretsPolicy = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html"
)

var secretKind = &simulator.Kind{
	Noun: "Secrets Manager Secret", Name: "name",
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":secretsmanager:" + c.Region + ":" + c.Account + ":secret:" + nameOrPrefix(c) + "-" +
			c.Hex("secret", 6)
	},
	ARN:      "{id}",
	NotFound: "ResourceNotFoundException: Secrets Manager can't find the specified secret: %s",
}

var secretVersionKind = &simulator.Kind{
	Noun: "Secrets Manager Secret Version",
	ID: func(c *simulator.Call) string {
		return secretARN(c) + "|terraform-" + c.Hex("version", prefixDigits)
	},
}

// ofSecret is the id of what there is one of for each secret.
func ofSecret(c *simulator.Call) string { return secretARN(c) }

var (
	secretRotationKind = &simulator.Kind{Noun: "Secrets Manager Secret Rotation", ID: ofSecret}
	secretPolicyKind   = &simulator.Kind{Noun: "Secrets Manager Secret Policy", ID: ofSecret}
)

// findSecret returns the secret that an ARN or a name stands for, or nil.
func findSecret(c *simulator.Call, id string) *simulator.Object {
	if found := c.Find(secretKind, id); found != nil {
		return found
	}
	return c.FindBy(secretKind, simulator.ByName, id)
}

// secretARN returns the ARN of the secret that secretId or secretArn stands for.
func secretARN(c *simulator.Call) string {
	id := c.Text("secretId") + c.Text("secretArn")
	if found := findSecret(c, id); found != nil {
		return found.ARN
	}
	return id
}

// toSecret are the references of an input to a secret, by ARN or name.
func toSecret(input string) []simulator.Reference {
	return []simulator.Reference{
		{Property: input, To: kinds(secretKind), By: simulator.ByARN, OnDelete: simulator.Follow,
			Address: func(_ *simulator.Call, id string) (string, bool) {
				return id, strings.HasPrefix(id, "arn:") && !strings.Contains(id, ":secret:rds!")
			}},
		{Property: input, To: kinds(secretKind), By: simulator.ByName, OnDelete: simulator.Follow, Address: unlessARN},
	}
}

func secretTypes() []*simulator.Type {
	name := simulator.All(simulator.Length(1, 512), simulator.Matches(`^[0-9A-Za-z/_+=.@-]+$`, "letters, digits and / _ + = . @ - are"))
	return []*simulator.Type{
		{
			Token:     "aws:secretsmanager/secret:Secret",
			Kind:      secretKind,
			Defaults:  map[string]any{"forceOverwriteReplicaSecret": false, "recoveryWindowInDays": 30},
			Normalize: normalize("policy"),
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 512, Separator: "-"},
			Immutable: []string{"name", "namePrefix"},
			Sets:      []string{"replicas"},
			Rules: map[string]simulator.Rule{
				"name": name, "policy": policyJSON,
				"recoveryWindowInDays": func(value resource.PropertyValue) string {
					if value.IsNumber() && value.NumberValue() == 0 {
						return ""
					}
					return simulator.Between(7, 30)(value)
				},
			},
			AtMostOne: [][]string{{"name", "namePrefix"}},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-secretsmanager-secret-exists", Source: secretsCreate},
				Properties: []string{"name"},
				Error:      "ResourceExistsException: The operation failed because the secret %s already exists.",
			}},
			Lingers: func(c *simulator.Call) string {
				if days, given := c.Number("recoveryWindowInDays"); given && days == 0 {
					return ""
				}
				return "InvalidRequestException: You can't create this secret because a secret with this name is already " +
					"scheduled for deletion: %s"
			},
			API: []string{"secretsmanager:CreateSecret", "secretsmanager:UpdateSecret"},
			Compute: func(c *simulator.Call) {
				c.SetNew("name", nameOrPrefix(c))
				c.SetNew("namePrefix", "")
				c.SetNew("policy", "")
				c.SetNew("replicas", []any{})
			},
		},
		{
			Token:      "aws:secretsmanager/secretVersion:SecretVersion",
			Kind:       secretVersionKind,
			Immutable:  []string{"secretBinary", "secretId", "secretString"},
			Sets:       []string{"versionStages"},
			AtMostOne:  [][]string{{"secretBinary", "secretString"}},
			References: toSecret("secretId"),
			Constraints: []simulator.Constraint{rdsConstraint("aws-secretsmanager-value-required", secretsPut,
				"InvalidRequestException: You must provide either SecretString or SecretBinary.",
				func(c *simulator.Call, broken func(string, ...any)) {
					if !c.Given("secretString") && !c.Given("secretBinary") {
						broken("secretString")
					}
				})},
			API: []string{"secretsmanager:PutSecretValue"},
			Compute: func(c *simulator.Call) {
				_, version, _ := strings.Cut(c.ID, "|")
				c.Set("arn", secretARN(c))
				c.Set("versionId", version)
				c.SetNew("versionStages", []string{"AWSCURRENT"})
			},
		},
		{
			Token:      "aws:secretsmanager/secretRotation:SecretRotation",
			Kind:       secretRotationKind,
			Defaults:   map[string]any{"rotateImmediately": true},
			Immutable:  []string{"secretId"},
			ExactlyOne: [][]string{{"rotationRules.automaticallyAfterDays", "rotationRules.scheduleExpression"}},
			References: toSecret("secretId"),
			Constraints: []simulator.Constraint{rdsApply("aws-secretsmanager-rotation-function", secretsRotate,
				"InvalidRequestException: No Lambda rotation function ARN is associated with this secret.",
				func(c *simulator.Call, broken func(string, ...any)) {
					if !c.Given("rotationLambdaArn") && findSecret(c, c.Text("secretId")) != nil {
						broken("rotationLambdaArn")
					}
				})},
			API:     []string{"secretsmanager:RotateSecret"},
			Compute: func(c *simulator.Call) { c.Set("rotationEnabled", true) },
		},
		{
			Token:      "aws:secretsmanager/secretPolicy:SecretPolicy",
			Kind:       secretPolicyKind,
			Normalize:  normalize("policy"),
			Immutable:  []string{"secretArn"},
			Rules:      map[string]simulator.Rule{"policy": policyJSON},
			References: toSecret("secretArn"),
			Constraints: []simulator.Constraint{rdsConstraint("aws-secretsmanager-public-policy", secretsPolicy,
				"PublicPolicyException: The resource policy grants broad access to the secret, which BlockPublicPolicy refuses.",
				func(c *simulator.Call, broken func(string, ...any)) {
					if c.Flag("blockPublicPolicy") && openSecret(c.Inputs["policy"]) {
						broken("policy")
					}
				})},
			API:        []string{"secretsmanager:PutResourcePolicy"},
			Parameters: map[string]string{"policy": "ResourcePolicy"},
		},
	}
}

// openSecret reports whether a policy allows everybody something without a condition.
func openSecret(value resource.PropertyValue) bool {
	policy, refusal := parsePolicy(value)
	if refusal != "" {
		return false
	}
	for _, statement := range listOf(policy["Statement"]) {
		s, _ := statement.(map[string]any)
		principal := s["Principal"]
		if named, ok := principal.(map[string]any); ok {
			principal = named["AWS"]
		}
		if s["Effect"] == "Allow" && principal == "*" && s["Condition"] == nil {
			return true
		}
	}
	return false
}
