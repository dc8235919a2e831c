package aws

import (
	"fmt"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What an account has of IAM, and whom it trusts. Sources: terraform-provider-aws, internal/service/iam/
// {account_password_policy,account_alias,openid_connect_provider,saml_provider,service_linked_role}.go; the IAM API's
// CreateOpenIDConnectProvider and CreateServiceLinkedRole and their errors.

var (
	passwordPolicyKind = &simulator.Kind{
		Noun: "IAM Account Password Policy", Global: true,
		ID: func(*simulator.Call) string { return "iam-account-password-policy" },
	}
	accountAliasKind = &simulator.Kind{
		Noun: "IAM Account Alias", Global: true,
		ID: func(c *simulator.Call) string { return c.Text("accountAlias") },
	}
	oidcProviderKind = &simulator.Kind{
		Noun: "IAM OIDC Provider", Global: true, ARN: "{id}",
		ID: func(c *simulator.Call) string {
			return "arn:" + c.Partition + ":iam::" + c.Account + ":oidc-provider/" + strings.TrimPrefix(c.Text("url"), "https://")
		},
		NotFound: "NoSuchEntity: OpenIDConnect Provider not found for arn %s",
	}
	samlProviderKind = &simulator.Kind{
		Noun: "IAM SAML Provider", Global: true, ARN: "{id}",
		ID: func(c *simulator.Call) string {
			return "arn:" + c.Partition + ":iam::" + c.Account + ":saml-provider/" + c.Text("name")
		},
		NotFound: "NoSuchEntity: SAML provider %s does not exist",
	}
)

func iamAccountTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
			Setting:  true,
			Kind:     passwordPolicyKind,
			Defaults: map[string]any{"allowUsersToChangePassword": true, "minimumPasswordLength": 6},
			API:      []string{"iam:UpdateAccountPasswordPolicy"},
			Compute: func(c *simulator.Call) {
				age, _ := c.Number("maxPasswordAge")
				c.Set("expirePasswords", age > 0)
				for _, name := range []string{"maxPasswordAge", "passwordReusePrevention"} {
					c.SetNew(name, 0)
				}
				for _, name := range []string{
					"hardExpiry", "requireLowercaseCharacters", "requireNumbers", "requireSymbols", "requireUppercaseCharacters",
				} {
					c.SetNew(name, false)
				}
			},
		},
		{
			Token:     "aws:iam/accountAlias:AccountAlias",
			Kind:      accountAliasKind,
			Immutable: []string{"accountAlias"},
			API:       []string{"iam:CreateAccountAlias"},
		},
		{
			Token:     "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
			Kind:      oidcProviderKind,
			Immutable: []string{"url"},
			Sets:      []string{"clientIdLists"},
			Rules: map[string]simulator.Rule{"url": simulator.Text(func(url string) string {
				if !strings.HasPrefix(url, "https://") {
					return fmt.Sprintf("InvalidInput: %q must begin with https://", url)
				}
				return ""
			})},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-iam-oidc-provider-url",
					Source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html"},
				Properties: []string{"url"}, Error: "EntityAlreadyExists: Provider with url %s already exists.",
			}},
			Quotas: []simulator.Quota{{
				Code: "L-858F3967", Source: iamQuotas, Limit: 100,
				Error: "LimitExceeded: Cannot exceed quota for OpenIdConnectProvidersPerAccount: %d",
			}},
			API:        []string{"iam:CreateOpenIDConnectProvider"},
			Parameters: map[string]string{"clientIdLists": "ClientIDList", "thumbprintLists": "ThumbprintList"},
		},
		{
			Token:     "aws:iam/samlProvider:SamlProvider",
			Kind:      samlProviderKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
			Immutable: []string{"name"},
			Unique: []simulator.Unique{{
				Properties: []string{"name"}, Error: "EntityAlreadyExists: Another SAML Provider with the name %s exists",
			}},
			API: []string{"iam:CreateSAMLProvider"},
			Compute: func(c *simulator.Call) {
				c.SetNew("validUntil", c.Now().UTC().AddDate(100, 0, 0).Format(time.RFC3339))
			},
		},
		{
			Token:     "aws:iam/serviceLinkedRole:ServiceLinkedRole",
			Kind:      roleKind,
			Immutable: []string{"awsServiceName", "customSuffix"},
			Rules: map[string]simulator.Rule{
				"awsServiceName": simulator.Matches(`^[^:/]+\.amazonaws\.com(\.cn)?$`, "names of services, such as ecs.amazonaws.com, are"),
				"customSuffix": simulator.All(simulator.Length(1, 64), simulator.Matches(
					`^[A-Za-z0-9_+=,.@-]+$`, "letters, digits and _ + = , . @ - are")),
			},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-iam-service-linked-role",
					Source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html"},
				Keys:  func(c *simulator.Call) []string { return []string{linkedName(c)} },
				Error: "InvalidInput: Service role name %s has been taken in this account, please try a different suffix.",
			}},
			API: []string{"iam:CreateServiceLinkedRole"},
			Compute: func(c *simulator.Call) {
				c.Set("name", linkedName(c))
				c.Set("path", linkedPath(c.Text("awsServiceName")))
				c.Set("arn", c.ID)
				c.SetNew("uniqueId", "AROA"+strings.ToUpper(c.Hex("unique id", 17)))
				c.SetNew("createDate", c.Now().UTC().Format(time.RFC3339))
			},
		},
	}
}

// linkedPath is the path of the role that is linked to a service.
func linkedPath(service string) string { return "/aws-service-role/" + service + "/" }

// linkedNames are the ends of the names of service-linked roles that are not their services'.
var linkedNames = map[string]string{
	"access-analyzer": "AccessAnalyzer", "autoscaling": "AutoScaling", "backup": "Backup", "batch": "Batch",
	"cks.kms": "KeyManagementServiceCustomKeyStores", "cloudtrail": "CloudTrail", "config": "Config", "dax": "DAX",
	"ec2fleet": "EC2Fleet", "ecs": "ECS", "eks": "AmazonEKS", "eks-fargate": "AmazonEKSForFargate",
	"eks-nodegroup": "AmazonEKSNodegroup", "elasticache": "ElastiCache", "elasticloadbalancing": "ElasticLoadBalancing",
	"es": "AmazonElasticsearchService", "globalaccelerator": "GlobalAccelerator", "guardduty": "AmazonGuardDuty",
	"inspector2": "AmazonInspector2", "kafka": "Kafka", "macie": "AmazonMacie", "memorydb": "MemoryDB",
	"opensearchservice": "AmazonOpenSearchService", "ops.apigateway": "APIGateway", "organizations": "Organizations",
	"rds": "RDS", "redshift": "Redshift", "replication.ecr": "ECRReplication", "securityhub": "SecurityHub",
	"spot": "EC2Spot", "spotfleet": "EC2SpotFleet", "ssm": "AmazonSSM", "support": "Support",
	"transitgateway": "VPCTransitGateway", "trustedadvisor": "TrustedAdvisor", "wafv2": "WAFV2Logging",
}

// linkedName is the name of a service-linked role.
func linkedName(c *simulator.Call) string {
	service, _, _ := strings.Cut(c.Text("awsServiceName"), ".amazonaws.com")
	name, known := linkedNames[service]
	if !known {
		name = service
	}
	name = "AWSServiceRoleFor" + name
	if suffix := c.Text("customSuffix"); suffix != "" {
		name += "_" + suffix
	}
	return name
}

func iamLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:iam/getAccountAlias:getAccountAlias", Answer: getAccountAlias},
		{Token: "aws:iam/getGroup:getGroup", Answer: getGroup},
		{Token: "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", Answer: getOIDCProvider},
		{Token: "aws:iam/getPolicy:getPolicy", Answer: getPolicy},
		{Token: "aws:iam/getRole:getRole", Answer: getRole},
		{Token: "aws:iam/getSessionContext:getSessionContext", Answer: getSessionContext},
		{Token: "aws:iam/getUser:getUser", Answer: getUser},
	}
}

func getAccountAlias(c *simulator.Call) resource.PropertyMap {
	aliases := c.All(accountAliasKind)
	if len(aliases) == 0 {
		c.Fail("", "reading IAM Account Alias: empty result")
		return nil
	}
	c.Set("accountAlias", aliases[0].ID)
	c.Set("id", aliases[0].ID)
	return c.Outputs
}

// found returns what a look-up asks for by name, and fails when it does not exist.
func found(c *simulator.Call, kind *simulator.Kind, input string) *simulator.Object {
	o := c.FindBy(kind, simulator.ByName, c.Text(input))
	if o == nil {
		c.Fail(input, kind.NotFound, c.Text(input))
	}
	return o
}

// answer copies outputs of what was found.
func answer(c *simulator.Call, o *simulator.Object, names ...string) {
	for _, name := range names {
		c.Set(name, o.Text(name))
	}
}

func getRole(c *simulator.Call) resource.PropertyMap {
	role := found(c, roleKind, "name")
	if role == nil {
		return nil
	}
	answer(c, role, "arn", "assumeRolePolicy", "createDate", "description", "name", "path", "permissionsBoundary", "uniqueId")
	c.Set("id", role.Text("name"))
	c.Set("maxSessionDuration", 3600)
	if seconds := role.Output("maxSessionDuration"); seconds.IsNumber() {
		c.Set("maxSessionDuration", seconds.NumberValue())
	}
	c.Set("roleLastUseds", []any{})
	c.Set("tags", role.Tags())
	return c.Outputs
}

func getUser(c *simulator.Call) resource.PropertyMap {
	user := found(c, userKind, "userName")
	if user == nil {
		return nil
	}
	answer(c, user, "arn", "path", "permissionsBoundary")
	c.Set("id", user.Text("uniqueId"))
	c.Set("userId", user.Text("uniqueId"))
	c.Set("userName", user.Text("name"))
	c.Set("tags", user.Tags())
	return c.Outputs
}

func getGroup(c *simulator.Call) resource.PropertyMap {
	group := found(c, groupKind, "groupName")
	if group == nil {
		return nil
	}
	answer(c, group, "arn", "path")
	c.Set("id", group.Text("uniqueId"))
	c.Set("groupId", group.Text("uniqueId"))
	c.Set("groupName", group.Text("name"))
	var users []any
	for _, membership := range group.Users(groupMembershipKind) {
		for _, name := range stringsOf(membership.Output("users")) {
			if user := c.FindBy(userKind, simulator.ByName, name); user != nil {
				users = append(users, map[string]any{
					"arn": user.ARN, "path": user.Text("path"), "userId": user.Text("uniqueId"), "userName": name,
				})
			}
		}
	}
	c.Set("users", users)
	return c.Outputs
}

func getOIDCProvider(c *simulator.Call) resource.PropertyMap {
	arn := c.Text("arn")
	if arn == "" {
		arn = oidcProviderKind.ID(c)
	}
	provider := c.Find(oidcProviderKind, arn)
	if provider == nil {
		c.Fail("", oidcProviderKind.NotFound, arn)
		return nil
	}
	c.Set("arn", arn)
	c.Set("id", arn)
	c.Set("url", strings.TrimPrefix(provider.Text("url"), "https://"))
	for _, name := range []resource.PropertyKey{"clientIdLists", "thumbprintLists"} {
		c.Set(string(name), stringsOf(provider.Outputs[name]))
	}
	c.Set("tags", provider.Tags())
	return c.Outputs
}

func getSessionContext(c *simulator.Call) resource.PropertyMap {
	arn := c.Text("arn")
	c.Set("arn", arn)
	c.Set("id", arn)
	for _, name := range []string{"issuerId", "issuerName", "sessionName"} {
		c.Set(name, "")
	}
	c.Set("issuerArn", arn)
	_, session, assumed := strings.Cut(arn, ":assumed-role/")
	if !assumed {
		return c.Outputs
	}
	name, sessionName, _ := strings.Cut(session, "/")
	role := c.FindBy(roleKind, simulator.ByName, name)
	if role == nil {
		c.Fail("arn", roleKind.NotFound, name)
		return nil
	}
	c.Set("issuerArn", role.ARN)
	c.Set("issuerId", role.Text("uniqueId"))
	c.Set("issuerName", name)
	c.Set("sessionName", sessionName)
	return c.Outputs
}

// servicePolicies are policies of AWS that lie below /service-role/.
var servicePolicies = map[string]bool{
	"AWS_ConfigRole": true, "AWSBackupServiceRolePolicyForBackup": true, "AWSBackupServiceRolePolicyForRestores": true,
	"AWSLambdaBasicExecutionRole": true, "AWSLambdaVPCAccessExecutionRole": true, "AmazonEBSCSIDriverPolicy": true,
	"AmazonECSTaskExecutionRolePolicy": true, "AmazonRDSEnhancedMonitoringRole": true,
}

// getPolicy finds the account's policies; one that has the name of AWS's own is taken for such.
func getPolicy(c *simulator.Call) resource.PropertyMap {
	arn, name := c.Text("arn"), c.Text("name")
	for _, policy := range c.All(policyKind) {
		if policy.ARN != arn && (name == "" || policy.Text("name") != name) {
			continue
		}
		answer(c, policy, "arn", "description", "name", "path", "policy", "policyId")
		c.Set("id", policy.ARN)
		c.Set("attachmentCount", len(policy.Users(roleAttachmentKind))+len(policy.Users(userAttachmentKind))+
			len(policy.Users(groupAttachmentKind)))
		c.Set("tags", policy.Tags())
		return c.Outputs
	}
	ownedByAWS := "arn:" + c.Partition + ":iam::aws:policy/"
	path := "/"
	if rest, ok := strings.CutPrefix(arn, ownedByAWS); ok {
		name = rest[strings.LastIndex(rest, "/")+1:]
		path += strings.TrimSuffix(rest, name)
	} else if arn == "" && (strings.HasPrefix(name, "AWS") || strings.HasPrefix(name, "Amazon") || strings.HasSuffix(name, "Access")) {
		if servicePolicies[name] {
			path = "/service-role/"
		}
	} else {
		c.Fail("", "no IAM policy found matching criteria (ARN: %s, Name: %s); try different search", arn, name)
		return nil
	}
	c.Set("arn", ownedByAWS+strings.TrimPrefix(path, "/")+name)
	c.Set("id", ownedByAWS+strings.TrimPrefix(path, "/")+name)
	c.Set("name", name)
	c.Set("path", path)
	c.Set("policyId", "ANPA"+strings.ToUpper(c.Fixed("policy "+name, 17)))
	c.Set("attachmentCount", 0)
	for _, name := range []string{"description", "policy"} {
		c.Set(name, "")
	}
	c.Set("tags", map[string]any{})
	return c.Outputs
}
