package baseline

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// A pipelineService runs pipelines and vouches for them.
type pipelineService struct {
	host     string // whose tokens they are, without https://
	audience string // whom the tokens are for
	// branch and environment are the forms of a token's subject, for a repository and a name.
	branch, environment string
}

// pipelineServices are those of spec.CI. Sources: GitHub Docs, "Configuring OpenID Connect in Amazon Web Services" and
// "OpenID Connect reference"; GitLab Docs, "Configure OpenID Connect in AWS".
var pipelineServices = map[string]pipelineService{
	spec.GitHub: {
		host: "token.actions.githubusercontent.com", audience: "sts.amazonaws.com",
		branch: "repo:%s:ref:refs/heads/%s", environment: "repo:%s:environment:%s",
	},
	spec.GitLab: {
		host: "gitlab.com", audience: "https://gitlab.com", branch: "project_path:%s:ref_type:branch:ref:%s",
	},
}

// createCI lets one repository's pipeline take a role, without a secret on either side.
func (b *builder) createCI() error {
	if b.args.CI.Repository == "" {
		return nil
	}
	service := pipelineServices[b.args.CI.Service]
	provider, err := b.trustedService(service)
	if err != nil {
		return err
	}
	created, err := role.New(b.Family, "ci", role.Args{
		Description: "The pipeline of " + b.args.CI.Repository,
		Trust: provider.ApplyT(func(arn string) string {
			return iamdoc.Document(iamdoc.Statement{
				Principal: iamdoc.Federated(arn), Action: []string{"sts:AssumeRoleWithWebIdentity"},
				Condition: map[string]map[string]any{"StringEquals": {
					service.host + ":aud": service.audience,
					service.host + ":sub": service.subjects(b.args.CI),
				}},
			})
		}).(pulumi.StringOutput),
		Managed: b.args.CIPolicyARNs,
	})
	if err == nil {
		b.baseline.CIRoleARN = created.Arn
	}
	return err
}

// trustedService creates the account's trust in a service, of which there is one for each, or finds it.
func (b *builder) trustedService(service pipelineService) (pulumi.StringOutput, error) {
	url := "https://" + service.host
	if b.args.CI.Mode == spec.Adopt {
		found, err := iam.LookupOpenIdConnectProvider(b.Ctx, &iam.LookupOpenIdConnectProviderArgs{Url: &url}, pulumi.Parent(b.Parent))
		if err != nil {
			return pulumi.StringOutput{}, fmt.Errorf("looking up the OIDC provider to adopt: %w", err)
		}
		return pulumi.String(found.Arn).ToStringOutput(), nil
	}
	created, err := iam.NewOpenIdConnectProvider(b.Ctx, b.Child("ci"), &iam.OpenIdConnectProviderArgs{
		Url:           pulumi.String(url),
		ClientIdLists: pulumi.ToStringArray([]string{service.audience}),
		Tags:          b.TagInput("ci"),
	}, b.Options()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return created.Arn, nil
}

// subjects are the subjects of the tokens that are let in, in full.
func (s pipelineService) subjects(ci spec.CI) []string {
	var subjects []string
	for _, branch := range ci.Branches {
		subjects = append(subjects, fmt.Sprintf(s.branch, ci.Repository, branch))
	}
	for _, environment := range ci.Environments {
		subjects = append(subjects, fmt.Sprintf(s.environment, ci.Repository, environment))
	}
	return subjects
}
