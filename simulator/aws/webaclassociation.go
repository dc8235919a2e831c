package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What a web ACL protects, and where it writes. Sources: terraform-provider-aws, internal/service/wafv2/
// {web_acl_association,web_acl_logging_configuration}.go; the WAFV2 API's AssociateWebACL and PutLoggingConfiguration.

func webACLAssociation() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:wafv2/webAclAssociation:WebAclAssociation",
		Kind:      webACLAssociationKind,
		Immutable: []string{"resourceArn", "webAclArn"},
		References: []simulator.Reference{
			{Origin: wafInUseOrigin, Property: "webAclArn", To: kinds(webACLKind), By: simulator.ByARN},
			{Property: "resourceArn", To: kinds(loadBalancerKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "WAFUnavailableEntityException: AWS WAF couldn't retrieve the resource that you requested. " +
					"Retry your request: %s",
				Address: func(_ *simulator.Call, arn string) (string, bool) {
					return arn, strings.Contains(arn, ":loadbalancer/")
				}},
		},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-waf-association-resource",
				Source: "https://github.com/hashicorp/terraform-provider-aws/issues/28753"},
			Stage: simulator.AtApply,
			Error: wafBadARN + "field: RESOURCE_ARN, parameter: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				acl := c.FindBy(webACLKind, simulator.ByARN, c.Text("webAclArn"))
				if acl != nil && acl.Text("scope") == "CLOUDFRONT" {
					broken("webAclArn", acl.ARN)
					return
				}
				arn := c.Text("resourceArn")
				for _, never := range []string{":cloudfront:", ":loadbalancer/net/", ":loadbalancer/gwy/"} {
					if strings.Contains(arn, never) {
						broken("resourceArn", arn)
					}
				}
			},
		}},
		API: []string{"wafv2:AssociateWebACL"},
	}
}

func webACLLogging() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
		Kind:      webACLLoggingKind,
		Immutable: []string{"logDestinationConfigs", "resourceArn"},
		Sets:      []string{"logDestinationConfigs"},
		References: []simulator.Reference{
			{Property: "resourceArn", To: kinds(webACLKind), By: simulator.ByARN, OnDelete: simulator.Follow},
		},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-waf-log-destination",
				Source: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html"},
			Stage: simulator.AtApply,
			Error: wafBadARN + "field: LOG_DESTINATION, parameter: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				c.Each("logDestinationConfigs[*]", func(path, arn string) {
					parts := strings.SplitN(strings.TrimSuffix(arn, ":*"), ":", 6)
					name := parts[len(parts)-1] // log-group:name, deliverystream/name, or the name of a bucket
					name = name[strings.LastIndexAny(name, ":/")+1:]
					if !strings.HasPrefix(name, "aws-waf-logs-") {
						broken(path, arn)
					}
				})
			},
		}},
		API:        []string{"wafv2:PutLoggingConfiguration"},
		Parameters: map[string]string{"redactedFields": "", "loggingFilter": ""},
	}
}
