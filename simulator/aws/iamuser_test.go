package aws_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	userToken            = "aws:iam/user:User"
	iamGroupToken        = "aws:iam/group:Group"
	accessKeyToken       = "aws:iam/accessKey:AccessKey"
	membershipToken      = "aws:iam/groupMembership:GroupMembership"
	userMembershipToken  = "aws:iam/userGroupMembership:UserGroupMembership"
	userPolicyToken      = "aws:iam/userPolicy:UserPolicy"
	groupPolicyToken     = "aws:iam/groupPolicy:GroupPolicy"
	userAttachmentToken  = "aws:iam/userPolicyAttachment:UserPolicyAttachment"
	groupAttachmentToken = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"
	policyUseToken       = "aws:iam/policyAttachment:PolicyAttachment"
	passwordToken        = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
	accountAliasToken    = "aws:iam/accountAlias:AccountAlias"
	oidcToken            = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
	samlToken            = "aws:iam/samlProvider:SamlProvider"
	linkedRoleToken      = "aws:iam/serviceLinkedRole:ServiceLinkedRole"

	readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess"
	github   = "https://token.actions.githubusercontent.com"
)

func user(w *world, name string) thing { return w.Create(userToken, name, inputs{"name": name}) }

func iamGroup(w *world, name string) thing {
	return w.Create(iamGroupToken, name, inputs{"name": name})
}

func iamFixtures() []simulatortest.Fixture {
	of := func(kind, input string, more inputs) func(*world) inputs {
		return func(w *world) inputs {
			if kind == "user" {
				return with(inputs{input: user(w, "one").ID()}, more)
			}
			return with(inputs{input: iamGroup(w, "one").ID()}, more)
		}
	}
	own := changing(inputs{"policy": `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`})
	attach := func(w *world, in inputs) inputs {
		return with(in, inputs{"policyArn": w.Create(policyToken, "own", inputs{"policy": permit}).Text("arn")})
	}
	metadata := func(fill string) string {
		return "<EntityDescriptor>" + strings.Repeat(fill, 1000) + "</EntityDescriptor>"
	}
	return []simulatortest.Fixture{
		{Type: userToken, Inputs: func(*world) inputs { return inputs{} }, Update: changing(inputs{"path": "/people/"})},
		{Type: iamGroupToken, Inputs: func(*world) inputs { return inputs{} }, Update: changing(inputs{"path": "/people/"})},
		{
			Type: accessKeyToken, Inputs: of("user", "user", nil), Update: changing(inputs{"status": "Inactive"}),
			Replace: changing(inputs{"pgpKey": "keybase:somebody"}),
		},
		{
			Type: membershipToken,
			Inputs: func(w *world) inputs {
				return inputs{"group": iamGroup(w, "team").ID(), "users": []any{user(w, "one").ID()}}
			},
			Update:  func(w *world, in inputs) inputs { return with(in, inputs{"users": []any{"one", user(w, "two").ID()}}) },
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"group": iamGroup(w, "other").ID()}) },
		},
		{
			Type: userMembershipToken,
			Inputs: func(w *world) inputs {
				return inputs{"user": user(w, "one").ID(), "groups": []any{iamGroup(w, "team").ID()}}
			},
			Update: func(w *world, in inputs) inputs {
				return with(in, inputs{"groups": []any{"team", iamGroup(w, "other").ID()}})
			},
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"user": user(w, "two").ID()}) },
		},
		{
			Type: userPolicyToken, Inputs: of("user", "user", inputs{"policy": permit}), Update: own,
			Replace: changing(inputs{"namePrefix": "deliver-"}),
		},
		{
			Type: groupPolicyToken, Inputs: of("group", "group", inputs{"policy": permit}), Update: own,
			Replace: changing(inputs{"name": "deliver"}),
		},
		{Type: userAttachmentToken, Inputs: of("user", "user", inputs{"policyArn": readOnly}), Replace: attach},
		{Type: groupAttachmentToken, Inputs: of("group", "group", inputs{"policyArn": readOnly}), Replace: attach},
		{
			Type: policyUseToken, Inputs: func(w *world) inputs { return inputs{"policyArn": readOnly, "users": []any{user(w, "one").ID()}} },
			Update: func(w *world, in inputs) inputs {
				return with(in, inputs{"groups": []any{iamGroup(w, "team").ID()}, "roles": []any{role(w, "logs").ID()}})
			},
			Replace: changing(inputs{"name": "read"}),
		},
		{
			Type: passwordToken, Inputs: func(*world) inputs { return inputs{"minimumPasswordLength": 14} },
			Update: changing(inputs{"maxPasswordAge": 90, "requireSymbols": true}),
		},
		{
			Type: accountAliasToken, Inputs: func(*world) inputs { return inputs{"accountAlias": "holdfast"} },
			Replace: changing(inputs{"accountAlias": "holdfast-iac"}),
		},
		{
			Type:    oidcToken,
			Inputs:  func(*world) inputs { return inputs{"url": github, "clientIdLists": []any{"sts.amazonaws.com"}} },
			Update:  changing(inputs{"thumbprintLists": []any{strings.Repeat("0", 40)}}),
			Replace: changing(inputs{"url": "https://holdfast.example"}),
		},
		{
			Type: samlToken, Inputs: func(*world) inputs { return inputs{"samlMetadataDocument": metadata("a")} },
			Update: changing(inputs{"samlMetadataDocument": metadata("b")}), Replace: changing(inputs{"name": "directory"}),
		},
		{
			Type: linkedRoleToken, Inputs: func(*world) inputs { return inputs{"awsServiceName": "autoscaling.amazonaws.com"} },
			Update: changing(inputs{"description": "scales"}), Replace: changing(inputs{"customSuffix": "web"}),
		},
	}
}

func TestIAM(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	refuses(t, w, "aws:iam/getAccountAlias:getAccountAlias", nil, "empty result")
	one := w.Create(userToken, "one", inputs{"name": "one", "path": "/people/"})
	assert.Equal(t, "arn:aws:iam::123456789012:user/people/one", one.Text("arn"))
	team := iamGroup(w, "team")
	w.Create(membershipToken, "members", inputs{"group": "team", "users": []any{"one"}})
	key := w.Create(accessKeyToken, "key", inputs{"user": "one"})
	assert.Len(t, key.ID(), 20)
	assert.True(t, key.Outputs["secret"].IsSecret())
	assert.Len(t, key.Outputs["secret"].SecretValue().Element.StringValue(), 40)
	assert.Empty(t, key.Text("encryptedSecret"))
	linked := w.Create(linkedRoleToken, "spot", inputs{"awsServiceName": "spot.amazonaws.com"})
	assert.Equal(t, "arn:aws:iam::123456789012:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot", linked.ID())
	assert.Equal(t, linked.ID(), linked.Text("arn"))
	expiring := w.Create(passwordToken, "p", inputs{"maxPasswordAge": 90})
	assert.True(t, expiring.Outputs["expirePasswords"].BoolValue())
	w.Create(accountAliasToken, "alias", inputs{"accountAlias": "holdfast"})
	provider := w.Create(oidcToken, "github", inputs{"url": github, "clientIdLists": []any{"sts.amazonaws.com"}})
	assert.Equal(t, "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com", provider.Text("arn"))
	logs := role(w, "logs")
	policy := w.Create(policyToken, "own", inputs{"name": "own", "policy": permit})
	w.Create(roleAttachmentToken, "a", inputs{"role": "logs", "policyArn": policy.ID()})

	assert.Equal(t, "holdfast", ask(t, w, "aws:iam/getAccountAlias:getAccountAlias", nil)["accountAlias"])
	assert.Equal(t, one.Text("arn"), ask(t, w, "aws:iam/getUser:getUser", inputs{"userName": "one"})["arn"])
	members := ask(t, w, "aws:iam/getGroup:getGroup", inputs{"groupName": "team"})
	assert.Equal(t, team.Text("arn"), members["arn"])
	assert.Equal(t, "one", members["users"].([]any)[0].(map[string]any)["userName"])
	found := ask(t, w, "aws:iam/getRole:getRole", inputs{"name": "logs"})
	assert.Equal(t, logs.Text("arn"), found["arn"])
	assert.EqualValues(t, 3600, found["maxSessionDuration"])
	assert.Equal(t, linked.ID(), ask(t, w, "aws:iam/getRole:getRole", inputs{"name": "AWSServiceRoleForEC2Spot"})["arn"])
	for _, args := range []inputs{{"url": github}, {"arn": provider.ID()}} {
		answer := ask(t, w, "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", args)
		assert.Equal(t, provider.ID(), answer["arn"])
		assert.Equal(t, "token.actions.githubusercontent.com", answer["url"])
	}
	for _, args := range []inputs{{"name": "own"}, {"arn": policy.ID()}} {
		answer := ask(t, w, "aws:iam/getPolicy:getPolicy", args)
		assert.Equal(t, policy.ID(), answer["arn"])
		assert.EqualValues(t, 1, answer["attachmentCount"])
	}
	assert.Equal(t, readOnly, ask(t, w, "aws:iam/getPolicy:getPolicy", inputs{"name": "ReadOnlyAccess"})["arn"])
	task := ask(t, w, "aws:iam/getPolicy:getPolicy", inputs{"name": "AmazonECSTaskExecutionRolePolicy"})
	assert.Equal(t, "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy", task["arn"])
	byARN := ask(t, w, "aws:iam/getPolicy:getPolicy", inputs{"arn": task["arn"]})
	assert.Equal(t, "AmazonECSTaskExecutionRolePolicy", byARN["name"])
	assert.Equal(t, "/service-role/", byARN["path"])
	session := ask(t, w, "aws:iam/getSessionContext:getSessionContext", inputs{"arn": "arn:aws:sts::123456789012:assumed-role/logs/me"})
	assert.Equal(t, logs.Text("arn"), session["issuerArn"])
	assert.Equal(t, "me", session["sessionName"])
	assert.Equal(t, one.Text("arn"), ask(t, w, "aws:iam/getSessionContext:getSessionContext", inputs{"arn": one.Text("arn")})["issuerArn"])

	refuses(t, w, "aws:iam/getUser:getUser", inputs{"userName": "two"}, "NoSuchEntity")
	refuses(t, w, "aws:iam/getGroup:getGroup", inputs{"groupName": "two"}, "NoSuchEntity")
	refuses(t, w, "aws:iam/getRole:getRole", inputs{"name": "two"}, "NoSuchEntity")
	refuses(t, w, "aws:iam/getPolicy:getPolicy", inputs{"name": "two"}, "no IAM policy found")
	refuses(t, w, "aws:iam/getPolicy:getPolicy", inputs{"arn": "arn:aws:iam::123456789012:policy/two"}, "no IAM policy found")
	refuses(t, w, "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", inputs{"url": "https://two"}, "NoSuchEntity")
	refuses(t, w, "aws:iam/getSessionContext:getSessionContext", inputs{"arn": "arn:aws:sts::123456789012:assumed-role/two/me"}, "NoSuchEntity")
}

func TestIAMRefusals(t *testing.T) {
	t.Parallel()
	runRefusals(t, []refusal{
		{"user of a taken name", userToken, func(w *world) inputs {
			user(w, "one")
			return inputs{"name": "ONE"}
		}, "EntityAlreadyExists", "User with name ONE"},
		{"user of a bad path", userToken, given(inputs{"path": "people"}), "ValidationError", "begin and end with /"},
		{"key of no user", accessKeyToken, given(inputs{"user": "none"}), "NoSuchEntity", "name none"},
		{"member of no group", membershipToken, func(w *world) inputs {
			return inputs{"group": "none", "users": []any{user(w, "one").ID()}}
		}, "NoSuchEntity", "group with name none"},
		{"provider without https", oidcToken, given(inputs{"url": "http://a", "clientIdLists": []any{"b"}}), "InvalidInput", "https://"},
		{"short passwords", passwordToken, given(inputs{"minimumPasswordLength": 5}), "ValidationError", "greater than or equal to 6"},
		{"old passwords", passwordToken, given(inputs{"passwordReusePrevention": 25}), "ValidationError", "less than or equal to 24"},
		{"role of no service", linkedRoleToken, given(inputs{"awsServiceName": "spot"}), "", "names of services"},
		{
			"role with an odd suffix", linkedRoleToken,
			given(inputs{"awsServiceName": "autoscaling.amazonaws.com", "customSuffix": "a/b"}), "", "letters, digits and",
		},
	})
}

func iamUserCases() []simulatortest.Case {
	// deleting makes something, what it has, and deletes it.
	deleting := func(token, name string, in inputs, has func(*world)) func(*world) error {
		return func(w *world) error {
			kept := w.Create(token, name, with(inputs{"name": name}, in))
			if has != nil {
				has(w)
			}
			return w.TryDelete(kept)
		}
	}
	key := func(w *world) { w.Create(accessKeyToken, "key", inputs{"user": "one"}) }
	attachedUser := func(w *world) { w.Create(userAttachmentToken, "a", inputs{"user": "one", "policyArn": readOnly}) }
	writtenUser := func(w *world) { w.Create(userPolicyToken, "p", inputs{"user": "one", "policy": permit}) }
	// limited takes one thing up to a quota of 1, and another of another's.
	limited := func(code, text, token, input string, make func(*world, string) thing, more func(n int) inputs) simulatortest.Case {
		create := func(w *world, of string, n int) error { return try(w, token, with(more(n), inputs{input: of})) }
		return simulatortest.Case{
			ID: code, Code: "LimitExceeded", Text: "Cannot exceed quota for " + text + ": 1", Quotas: map[string]int{code: 1},
			Fails: func(w *world) error {
				make(w, "one")
				w.Create(token, "first", with(more(1), inputs{input: "one"}))
				return create(w, "one", 2)
			},
			Passes: func(w *world) error {
				make(w, "one")
				make(w, "two")
				w.Create(token, "first", with(more(1), inputs{input: "one"}))
				return create(w, "two", 2)
			},
		}
	}
	managed := func(n int) inputs { return inputs{"policyArn": fmt.Sprint(readOnly, n)} }
	// together writes two policies of some length into one entity.
	together := func(id, what, token string, make func(*world, string) thing, limit int) simulatortest.Case {
		write := func(length int) func(*world) error {
			return func(w *world) error {
				make(w, "one")
				w.Create(token, "first", inputs{what: "one", "policy": longPolicy(100)})
				return try(w, token, inputs{what: "one", "policy": longPolicy(length)})
			}
		}
		return simulatortest.Case{
			ID: id, Code: "LimitExceeded", Text: fmt.Sprintf("policy size of %d bytes exceeded for %s one", limit, what),
			Fails: write(limit - 200), Passes: write(limit - 400),
		}
	}
	trusting := func(arn string) func(*world) error {
		return func(w *world) error {
			role(w, "deployer")
			user(w, "one")
			return try(w, roleToken, inputs{"name": "trusting", "assumeRolePolicy": `{"Statement":[{"Effect":"Allow",` +
				`"Action":"sts:AssumeRole","Principal":{"AWS":["arn:aws:iam::123456789012:user/one","` + arn + `"]}}]}`})
		}
	}
	groups := func(n int) func(*world) error {
		return func(w *world) error {
			var names []any
			for i := range n {
				names = append(names, iamGroup(w, fmt.Sprint("team-", i)).ID())
			}
			return try(w, userMembershipToken, inputs{"user": user(w, "one").ID(), "groups": names})
		}
	}
	link := func(suffix string) func(*world) error {
		return func(w *world) error {
			w.Create(linkedRoleToken, "first", inputs{"awsServiceName": "autoscaling.amazonaws.com"})
			return try(w, linkedRoleToken, inputs{"awsServiceName": "autoscaling.amazonaws.com", "customSuffix": suffix})
		}
	}
	provider := func(url string) func(*world) error {
		return func(w *world) error {
			w.Create(oidcToken, "first", inputs{"url": github, "clientIdLists": []any{"sts.amazonaws.com"}})
			return try(w, oidcToken, inputs{"url": url, "clientIdLists": []any{"sts.amazonaws.com"}})
		}
	}
	const inUse = "aws-iam-user-in-use"
	return []simulatortest.Case{
		{
			ID: inUse, Code: "DeleteConflict", Text: "must delete access keys first",
			Fails: deleting(userToken, "one", nil, key), Passes: deleting(userToken, "one", inputs{"forceDestroy": true}, key),
		},
		{
			ID: inUse, Code: "DeleteConflict", Text: "must detach all policies first",
			Fails: deleting(userToken, "one", nil, attachedUser), Passes: deleting(userToken, "one", nil, nil),
		},
		{
			ID: inUse, Code: "DeleteConflict", Text: "must delete policies first",
			Fails: deleting(userToken, "one", nil, writtenUser), Passes: deleting(userToken, "one", nil, nil),
		},
		{
			ID: "aws-iam-group-in-use", Code: "DeleteConflict", Text: "must remove users from group first",
			Fails: deleting(iamGroupToken, "team", nil, func(w *world) {
				w.Create(membershipToken, "m", inputs{"group": "team", "users": []any{user(w, "one").ID()}})
			}),
			Passes: deleting(iamGroupToken, "team", nil, nil),
		},
		{
			ID: "aws-iam-group-in-use", Code: "DeleteConflict", Text: "must detach all policies first",
			Fails: deleting(iamGroupToken, "team", nil, func(w *world) {
				w.Create(groupAttachmentToken, "a", inputs{"group": "team", "policyArn": readOnly})
			}),
			Passes: deleting(iamGroupToken, "team", nil, nil),
		},
		{
			ID: "aws-iam-group-in-use", Code: "DeleteConflict", Text: "must delete policies first",
			Fails: deleting(iamGroupToken, "team", nil, func(w *world) {
				w.Create(groupPolicyToken, "p", inputs{"group": "team", "policy": permit})
			}),
			Passes: deleting(iamGroupToken, "team", nil, nil),
		},
		limited("aws-iam-access-keys-per-user", "AccessKeysPerUser", accessKeyToken, "user", user, func(int) inputs { return inputs{} }),
		limited("L-4019AD8B", "PoliciesPerUser", userAttachmentToken, "user", user, managed),
		limited("L-384571C4", "PoliciesPerGroup", groupAttachmentToken, "group", iamGroup, managed),
		together("aws-iam-user-inline-size", "user", userPolicyToken, user, 2048),
		together("aws-iam-group-inline-size", "group", groupPolicyToken, iamGroup, 5120),
		{
			ID: "aws-iam-invalid-principal", Code: "MalformedPolicyDocument",
			Text:   `Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/none"`,
			Fails:  trusting("arn:aws:iam::123456789012:role/none"),
			Passes: trusting("arn:aws:iam::123456789012:role/deployer"),
		},
		{
			ID: "aws-iam-invalid-principal", Code: "MalformedPolicyDocument", Text: "user/none",
			Fails: trusting("arn:aws:iam::123456789012:user/none"), Passes: trusting("arn:aws:iam::123456789012:user/rehearsal"),
		},
		{
			ID: "aws-iam-groups-per-user", Code: "LimitExceeded", Text: "GroupsPerUser: 10", Fails: groups(11), Passes: groups(10),
		},
		{
			ID: "aws-iam-attachment-to-nothing", Text: "one of groups, roles, users",
			Fails: func(w *world) error { return try(w, policyUseToken, inputs{"policyArn": readOnly}) },
			Passes: func(w *world) error {
				return try(w, policyUseToken, inputs{"policyArn": readOnly, "roles": []any{role(w, "logs").ID()}})
			},
		},
		{
			ID: "aws-iam-service-linked-role", Code: "InvalidInput", Text: "AWSServiceRoleForAutoScaling has been taken",
			Fails: link(""), Passes: link("web"),
		},
		{
			ID: "aws-iam-oidc-provider-url", Code: "EntityAlreadyExists", Text: "Provider with url " + github,
			Fails: provider(github), Passes: provider("https://holdfast.example"),
		},
		{
			ID: "L-858F3967", Code: "LimitExceeded", Text: "OpenIdConnectProvidersPerAccount: 1", Quotas: map[string]int{"L-858F3967": 1},
			Fails: provider("https://holdfast.example"),
			Passes: func(w *world) error {
				return try(w, oidcToken, inputs{"url": github, "clientIdLists": []any{"sts.amazonaws.com"}})
			},
		},
		{
			ID: "aws-s3-invalid-principal", Code: "MalformedPolicy", Text: "arn:aws:iam::123456789012:role/none",
			Fails:  set(bucketPolicyToken, inputs{"policy": strings.Replace(bucketGrant("data", "a"), `"Service":"a"`, `"AWS":"arn:aws:iam::123456789012:role/none"`, 1)}),
			Passes: set(bucketPolicyToken, inputs{"policy": strings.Replace(bucketGrant("data", "a"), `"Service":"a"`, `"AWS":"arn:aws:iam::210987654321:role/none"`, 1)}),
		},
	}
}
