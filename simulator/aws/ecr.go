package aws

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ecr/{repository,lifecycle_policy,repository_policy,
// authorization_token_data_source}.go; ECR guide, "Lifecycle policy properties".

var repositoryKind = &simulator.Kind{
	Noun:     "ECR Repository",
	ID:       func(c *simulator.Call) string { return c.Text("name") },
	ARN:      "arn:{partition}:ecr:{region}:{account}:repository/{id}",
	NotFound: "RepositoryNotFoundException: The repository with name '%s' does not exist in the registry",
}

var ecrLifecycleKind = &simulator.Kind{
	Noun: "ECR Lifecycle Policy",
	ID:   func(c *simulator.Call) string { return c.Text("repository") },
}

var repositoryPolicyKind = &simulator.Kind{
	Noun: "ECR Repository Policy",
	ID:   func(c *simulator.Call) string { return c.Text("repository") },
}

func ecrTypes() []*simulator.Type {
	ofRepository := simulator.Reference{Property: "repository", To: kinds(repositoryKind), OnDelete: simulator.Follow}
	registry := func(c *simulator.Call) { c.Set("registryId", c.Account) }
	return []*simulator.Type{
		{
			Token:     "aws:ecr/repository:Repository",
			Kind:      repositoryKind,
			Defaults:  map[string]any{"imageTagMutability": "MUTABLE"},
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 256, Separator: "-", Lower: true},
			Immutable: []string{"encryptionConfigurations", "name"},
			Rules: map[string]simulator.Rule{
				"name": simulator.Coded("InvalidParameterException", simulator.Matches(
					`^[a-z0-9]+([._-][a-z0-9]+|__[a-z0-9]+|-+[a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+|__[a-z0-9]+|-+[a-z0-9]+)*)*$`,
					"lower-case letters and digits are, with . _ - between them and / between parts")),
				"encryptionConfigurations[*].encryptionType": simulator.OneOf("AES256", "KMS", "KMS_DSSE"),
				"imageTagMutability": simulator.OneOf(
					"IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE", "MUTABLE_WITH_EXCLUSION"),
			},
			References: []simulator.Reference{
				ofARN("encryptionConfigurations[*].kmsKey", ":kms:", "KmsException: The KMS key %s does not exist", keyKind),
			},
			Unique: []simulator.Unique{{
				Properties: []string{"name"},
				Error:      "RepositoryAlreadyExistsException: The repository with name '%s' already exists in the registry",
			}},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-ecr-key-needs-kms",
					Source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html"},
				Stage: simulator.AtCheck,
				Error: "InvalidParameterException: a KMS key can be given with the encryption type KMS only",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					c.Objects("encryptionConfigurations[*]", func(path string, e resource.PropertyMap) {
						kind := e["encryptionType"]
						if stringOf(e["kmsKey"]) != "" && !kind.IsComputed() && !strings.HasPrefix(stringOf(kind), "KMS") {
							broken(path + ".kmsKey")
						}
					})
				},
			}},
			API: []string{"ecr:CreateRepository", "ecr:PutImageScanningConfiguration", "ecr:PutImageTagMutability"},
			Parameters: map[string]string{
				"name": "repositoryName", "encryptionConfigurations": "encryptionConfiguration",
				// The model is older than KMS_DSSE and the mutabilities with exclusions.
				"encryptionConfigurations[*].encryptionType": "", "imageTagMutability": "",
			},
			Compute: func(c *simulator.Call) {
				domain, _ := partitionOf(c.Partition)
				c.Set("name", c.ID)
				registry(c)
				c.Set("repositoryUrl", c.Account+".dkr.ecr."+c.Region+"."+domain+"/"+c.ID)
			},
		},
		{
			Token:      "aws:ecr/lifecyclePolicy:LifecyclePolicy",
			Kind:       ecrLifecycleKind,
			Normalize:  normalize("policy"),
			Immutable:  []string{"repository"},
			References: []simulator.Reference{ofRepository},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-ecr-lifecycle-policy",
					Source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html"},
				Stage: simulator.AtCheck,
				Error: "InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: " +
					"'Lifecycle policy validation failure: %s'",
				Find: findBadLifecycle,
			}},
			API:        []string{"ecr:PutLifecyclePolicy"},
			Parameters: map[string]string{"repository": "repositoryName", "policy": "lifecyclePolicyText"},
			Compute:    registry,
		},
		{
			Token:      "aws:ecr/repositoryPolicy:RepositoryPolicy",
			Kind:       repositoryPolicyKind,
			Normalize:  normalize("policy"),
			Immutable:  []string{"repository"},
			Rules:      map[string]simulator.Rule{"policy": simulator.Coded("InvalidParameterException", policyJSON)},
			References: []simulator.Reference{ofRepository},
			API:        []string{"ecr:SetRepositoryPolicy"},
			Parameters: map[string]string{"repository": "repositoryName", "policy": "policyText"},
			Compute:    registry,
		},
	}
}

// ecrRule is one rule of a lifecycle policy.
type ecrRule struct {
	RulePriority int
	Selection    struct {
		TagStatus      string
		TagPrefixList  []string
		TagPatternList []string
	}
}

// findBadLifecycle finds what the rules of a lifecycle policy must not be to one another.
func findBadLifecycle(c *simulator.Call, broken func(path string, args ...any)) {
	if c.Text("policy") == "" {
		return
	}
	var policy struct{ Rules []ecrRule }
	if json.Unmarshal([]byte(c.Text("policy")), &policy) != nil || len(policy.Rules) == 0 {
		broken("policy", "it is no JSON object with rules")
		return
	}
	taken, last, untargeted := map[int]bool{}, 0, 0
	for _, rule := range policy.Rules {
		switch {
		case rule.RulePriority < 1:
			broken("policy", "every rule needs a rulePriority from 1")
			return
		case taken[rule.RulePriority]:
			broken("policy", "the rules' rulePriority must be unique")
			return
		case rule.Selection.TagStatus == "tagged" && len(rule.Selection.TagPrefixList)+len(rule.Selection.TagPatternList) == 0:
			broken("policy", "tagStatus tagged needs tagPrefixList or tagPatternList")
			return
		case rule.Selection.TagStatus == "any":
			untargeted = rule.RulePriority
		}
		taken[rule.RulePriority] = true
		last = max(last, rule.RulePriority)
	}
	if untargeted != 0 && untargeted != last {
		broken("policy", "the rule with tagStatus any must have the highest rulePriority")
	}
}

func ecrLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:ecr/getAuthorizationToken:getAuthorizationToken", Answer: func(c *simulator.Call) resource.PropertyMap {
			domain, _ := partitionOf(c.Partition)
			password := c.Fixed("registry password", 64)
			c.Outputs["authorizationToken"] = resource.MakeSecret(text(base64.StdEncoding.EncodeToString([]byte("AWS:" + password))))
			c.Outputs["password"] = resource.MakeSecret(text(password))
			c.Set("userName", "AWS")
			c.Set("expiresAt", c.Now().UTC().Add(12*time.Hour).Format(time.RFC3339))
			c.Set("proxyEndpoint", "https://"+c.Account+".dkr.ecr."+c.Region+"."+domain)
			c.Set("id", c.Region)
			return c.Outputs
		}},
		{Token: "aws:ecr/getRepository:getRepository", Answer: lookUpRepository},
	}
}

func lookUpRepository(c *simulator.Call) resource.PropertyMap {
	repository := c.Find(repositoryKind, c.Text("name"))
	if repository == nil {
		c.Fail("name", repositoryKind.NotFound, c.Text("name"))
		return nil
	}
	for _, name := range []string{"arn", "imageTagMutability", "registryId", "repositoryUrl"} {
		c.Set(name, repository.Text(name))
	}
	scan := objectOf(repository, "imageScanningConfiguration")["scanOnPush"]
	c.Set("imageScanningConfigurations", []any{map[string]any{"scanOnPush": scan.IsBool() && scan.BoolValue()}})
	c.Set("encryptionConfigurations", []any{map[string]any{"encryptionType": "AES256", "kmsKey": ""}})
	eachObject(repository.Output("encryptionConfigurations"), func(given resource.PropertyMap) { // one
		c.Set("encryptionConfigurations", []any{map[string]any{
			"encryptionType": stringOf(given["encryptionType"]), "kmsKey": stringOf(given["kmsKey"]),
		}})
	})
	c.Set("mostRecentImageTags", []string{})
	c.Outputs["tags"] = resource.NewObjectProperty(repository.Tags())
	c.Set("id", repository.ID)
	return c.Outputs
}
