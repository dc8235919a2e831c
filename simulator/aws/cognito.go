package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/cognitoidp/{user_pool,user_pool_client}.go; the Cognito user pools
// API's CreateUserPool, DeleteUserPool, CreateUserPoolClient.

var userPoolKind = &simulator.Kind{
	Noun:     "Cognito User Pool",
	ID:       func(c *simulator.Call) string { return c.Region + "_" + c.Hex("user pool", 9) },
	ARN:      "arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}",
	NotFound: "ResourceNotFoundException: User pool %s does not exist.",
}

var userPoolClientKind = &simulator.Kind{
	Noun: "Cognito User Pool Client",
	ID:   func(c *simulator.Call) string { return c.Hex("user pool client", 26) },
}

const cognitoClientSource = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/" +
	"API_CreateUserPoolClient.html"

func cognitoTypes() []*simulator.Type {
	return []*simulator.Type{userPoolType(), userPoolClientType()}
}

func userPoolType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:cognito/userPool:UserPool",
		Kind:      userPoolKind,
		Defaults:  map[string]any{"deletionProtection": "INACTIVE", "mfaConfiguration": "OFF"},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"aliasAttributes", "name", "usernameAttributes", "usernameConfiguration"},
		Sets:      []string{"aliasAttributes", "autoVerifiedAttributes", "schemas", "usernameAttributes"},
		AtMostOne: [][]string{{"aliasAttributes", "usernameAttributes"}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-cognito-deletion-protection",
				Source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html"},
			Stage: simulator.AtDelete,
			Error: "InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. " +
				"Deletion protection must be inactivated first.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Old.Text("deletionProtection") == "ACTIVE" {
					broken("deletionProtection")
				}
			},
		}},
		API: []string{"cognito-idp:CreateUserPool"},
		Parameters: map[string]string{
			"name": "PoolName",
			// The model is older than V3_0.
			"lambdaConfig.preTokenGenerationConfig.lambdaVersion": "",
		},
		Compute: func(c *simulator.Call) {
			domain, _ := partitionOf(c.Partition)
			message := map[string]any{"defaultEmailOption": "CONFIRM_WITH_CODE"}
			c.Set("endpoint", "cognito-idp."+c.Region+"."+domain+"/"+c.ID)
			setNew(c, map[string]any{
				"adminCreateUserConfig": map[string]any{"allowAdminCreateUserOnly": false}, "creationDate": created(c),
				"customDomain": "", "domain": "", "emailVerificationMessage": "", "emailVerificationSubject": "",
				"estimatedNumberOfUsers": 0, "lastModifiedDate": created(c),
				"passwordPolicy": map[string]any{
					"minimumLength": 8, "requireLowercase": true, "requireNumbers": true, "requireSymbols": true,
					"requireUppercase": true, "temporaryPasswordValidityDays": 7,
				},
				"signInPolicy":           map[string]any{"allowedFirstAuthFactors": []string{"PASSWORD"}},
				"smsConfiguration":       map[string]any{"externalId": "", "snsCallerArn": ""},
				"smsVerificationMessage": "", "userPoolTier": "ESSENTIALS",
				"usernameConfiguration": map[string]any{"caseSensitive": true}, "verificationMessageTemplate": message,
			})
		},
	}
}

func userPoolClientType() *simulator.Type {
	at := func(id, refusal string, find func(*simulator.Call, func(string, ...any))) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: id, Source: cognitoClientSource}, Stage: simulator.AtCheck,
			Error: "InvalidOAuthFlowException: " + refusal, Find: find,
		}
	}
	const flows, scopes = "allowedOauthFlows", "allowedOauthScopes"
	return &simulator.Type{
		Token:     "aws:cognito/userPoolClient:UserPoolClient",
		Kind:      userPoolClientKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"generateSecret", "userPoolId"},
		Sets: []string{
			"allowedOauthFlows", "allowedOauthScopes", "callbackUrls", "explicitAuthFlows", "logoutUrls", "readAttributes",
			"supportedIdentityProviders", "writeAttributes",
		},
		References: []simulator.Reference{{Property: "userPoolId", To: kinds(userPoolKind), OnDelete: simulator.Follow}},
		Constraints: []simulator.Constraint{
			at("aws-cognito-oauth-needs-flows", "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is "+
				"allowed to use OAuth flows.",
				func(c *simulator.Call, broken func(path string, args ...any)) {
					lacking := len(c.Texts(flows+"[*]")) == 0 || len(c.Texts(scopes+"[*]")) == 0
					if c.Flag("allowedOauthFlowsUserPoolClient") && c.Known(flows) && c.Known(scopes) && lacking {
						broken(flows)
					}
				}),
			at("aws-cognito-client-credentials-alone", "client_credentials flow can not be selected along with code flow or "+
				"implicit flow.",
				func(c *simulator.Call, broken func(path string, args ...any)) {
					if list := c.Texts(flows + "[*]"); slices.Contains(list, "client_credentials") && len(list) > 1 {
						broken(flows)
					}
				}),
			at("aws-cognito-client-credentials-secret", "client_credentials flow can not be selected if client does not have a "+
				"client secret.",
				func(c *simulator.Call, broken func(path string, args ...any)) {
					wanted := slices.Contains(c.Texts(flows+"[*]"), "client_credentials")
					if wanted && c.Known("generateSecret") && !c.Flag("generateSecret") {
						broken("generateSecret")
					}
				}),
		},
		API:        []string{"cognito-idp:CreateUserPoolClient", "cognito-idp:UpdateUserPoolClient"},
		Parameters: map[string]string{"name": "ClientName", "explicitAuthFlows": ""}, // the model is older than ALLOW_USER_AUTH
		Import:     lastPart,
		Compute: func(c *simulator.Call) {
			secret := ""
			if c.Flag("generateSecret") {
				secret = c.Hex("client secret", 51)
			}
			c.Set("clientSecret", secret)
			setNew(c, map[string]any{
				"accessTokenValidity": 0, "allowedOauthFlowsUserPoolClient": false, "authSessionValidity": 3,
				"defaultRedirectUri": "", "enablePropagateAdditionalUserContextData": false, "enableTokenRevocation": true,
				"idTokenValidity": 0, "preventUserExistenceErrors": "", "refreshTokenValidity": 30,
			})
		},
	}
}
