package aws_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	roleToken           = "aws:iam/role:Role"
	policyToken         = "aws:iam/policy:Policy"
	inlineToken         = "aws:iam/rolePolicy:RolePolicy"
	roleAttachmentToken = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	logGroupToken       = "aws:cloudwatch/logGroup:LogGroup"
)

// longPolicy is one of about n characters, white space aside.
func longPolicy(n int) string {
	return strings.Replace(permit, `"Resource":"*"`, `"Resource": "arn:aws:logs:::`+strings.Repeat("a", n)+`"`, 1)
}

// trustingARN is a trust policy for a principal of the account.
func trustingARN(principal string) string {
	return fmt.Sprintf(`{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["%s"]}}]}`, principal)
}

func iamCases() []simulatortest.Case {
	const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess"
	role := func(name, policy string) func(*world) error {
		return making(roleToken, func(w *world) inputs {
			role(w, "logs")
			return inputs{"name": name, "assumeRolePolicy": policy}
		})
	}
	policy := func(name, document string) func(*world) error {
		return making(policyToken, func(w *world) inputs {
			w.Create(policyToken, "first", inputs{"name": "logs", "policy": permit})
			return inputs{"name": name, "policy": document}
		})
	}
	// asking is a role that asks who takes it for MFA by an operator.
	asking := func(principal, operator string) func(*world) error {
		return making(roleToken, given(inputs{"name": "asking", "assumeRolePolicy": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` +
			`"Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::210987654321:` + principal + `"},` +
			`"Condition":{"` + operator + `":{"aws:MultiFactorAuthPresent":"true"}}}]}`}))
	}
	inline := func(sizes ...int) func(*world) error {
		return func(w *world) error {
			for i, size := range sizes {
				if i == 0 {
					newRole(w)
				}
				if _, err := w.Try(inlineToken, fmt.Sprint(i), inputs{"role": "r", "policy": longPolicy(size)}); err != nil {
					return err
				}
			}
			return nil
		}
	}
	statements := func(list string) func(*world) error {
		return making(policyToken, given(inputs{"policy": `{"Version":"2012-10-17","Statement":[` + list + `]}`}))
	}
	statement := func(sid, resource string) string {
		return fmt.Sprintf(`{"Sid":"%s","Effect":"Allow","Action":"s3:*","Resource":["*","%s"]}`, sid, resource)
	}
	const arn = "arn:aws:s3:::flows/*"
	return []simulatortest.Case{
		{
			ID: "aws-iam-role-cannot-show-mfa", Text: "always be denied to arn:aws:iam::210987654321:role/ops",
			Fails: asking("role/ops", "Bool"), Passes: asking("user/ops", "Bool"),
		},
		{
			ID: "aws-iam-role-cannot-show-mfa", Text: "always be denied to arn:aws:iam::210987654321:role/ops",
			Fails: asking("role/ops", "Bool"), Passes: asking("role/ops", "BoolIfExists"),
		},
		{
			ID: "aws-iam-policy-sid-unique", Code: "MalformedPolicyDocument", Text: "must be unique: Flows",
			Fails:  statements(statement("Flows", arn) + "," + statement("Flows", arn)),
			Passes: statements(statement("Flows", arn) + "," + statement("", arn) + "," + statement("", arn)),
		},
		{
			ID: "aws-iam-policy-sid-form", Code: "MalformedPolicyDocument", Text: "must be alpha-numeric",
			Fails: statements(statement("flow-logs", arn)), Passes: statements(statement("FlowLogs", arn)),
		},
		{
			ID: "aws-iam-policy-sid-form", Code: "MalformedPolicyDocument", Text: "must be alpha-numeric",
			Fails:  role("r", strings.Replace(trust, `"Effect"`, `"Sid":"a b","Effect"`, 1)),
			Passes: role("r", strings.Replace(trust, `"Effect"`, `"Sid":"ab","Effect"`, 1)),
		},
		{
			ID: "aws-iam-policy-resource-arn", Code: "MalformedPolicyDocument", Text: `Resource flows/* must be in ARN format or "*"`,
			Fails: statements(statement("", "flows/*")), Passes: statements(statement("", arn)),
		},
		{
			ID: "aws-iam-role-exists", Code: "EntityAlreadyExists", Text: "Role with name LOGS already exists",
			Fails: role("LOGS", trust), Passes: role("flows", trust), // capitals do not matter
		},
		{
			ID: "aws-iam-role-trusts-itself", Code: "MalformedPolicyDocument", Text: `"AWS":"arn:aws:iam::123456789012:role/me"`,
			Fails:  role("me", trustingARN("arn:aws:iam::123456789012:role/me")),
			Passes: role("me", trustingARN("arn:aws:iam::123456789012:root")),
		},
		{
			ID: "aws-iam-policy-exists", Code: "EntityAlreadyExists", Text: "A policy called logs already exists",
			Fails: policy("logs", permit), Passes: policy("flows", permit),
		},
		{
			ID: "aws-iam-policy-size", Code: "LimitExceeded", Text: "Cannot exceed quota for PolicySize: 6144",
			Fails: policy("long", longPolicy(6200)), Passes: policy("long", longPolicy(5900)+strings.Repeat(" ", 400)),
		},
		{
			ID: "aws-iam-inline-policies-size", Code: "LimitExceeded", Text: "Maximum policy size of 10240 bytes exceeded for role r",
			Fails: inline(5000, 5200), Passes: inline(5000, 4900),
		},
		holds("aws-iam-role-in-use", "DeleteConflict", "must detach all policies first", func(w *world) (kept, user thing) {
			return newRole(w), w.Create(inlineToken, "p", inputs{"role": "r", "policy": permit})
		}),
		holds("aws-iam-role-in-use", "DeleteConflict", readOnly, func(w *world) (kept, user thing) {
			return newRole(w), w.Create(roleAttachmentToken, "a", inputs{"role": "r", "policyArn": readOnly})
		}),
		holds("aws-iam-policy-in-use", "DeleteConflict", "attached to entities", func(w *world) (kept, user thing) {
			newRole(w)
			p := w.Create(policyToken, "p", inputs{"policy": permit})
			return p, w.Create(roleAttachmentToken, "a", inputs{"role": "r", "policyArn": p.ID()})
		}),
		upTo("L-FE177D64", "LimitExceeded", "Cannot exceed quota for RolesPerAccount: 2", 2, func(w *world, n int) error {
			_, err := w.Try(roleToken, fmt.Sprint(n), inputs{"assumeRolePolicy": trust})
			return err
		}),
		upTo("L-E95E4862", "LimitExceeded", "Cannot exceed quota for PoliciesPerAccount: 1", 1, func(w *world, n int) error {
			_, err := w.Try(policyToken, fmt.Sprint(n), inputs{"policy": permit})
			return err
		}),
		{
			ID: "L-C07B4B0D", Code: "LimitExceeded", Text: "Cannot exceed quota for ACLSizePerRole: 2048",
			Fails: role("r", trustingARN("arn:aws:iam::210987654321:role/"+strings.Repeat("r", 2048))), Passes: role("r", trust),
		},
		{
			ID: "L-0DA4ABF3", Code: "LimitExceeded", Text: "Cannot exceed quota for PoliciesPerRole: 1",
			Quotas: map[string]int{"L-0DA4ABF3": 1},
			Fails:  attachments("AWSConfigRole", "ReadOnlyAccess"), Passes: attachments("ReadOnlyAccess"),
		},
		{
			ID: "L-0DA4ABF3", Code: "LimitExceeded", Text: "Cannot exceed quota for PoliciesPerRole: 1",
			Quotas: map[string]int{"L-0DA4ABF3": 1},
			Fails: making(roleToken, given(inputs{
				"assumeRolePolicy": trust, "managedPolicyArns": []any{readOnly, "arn:aws:iam::aws:policy/ViewOnlyAccess"},
			})),
			Passes: making(roleToken, given(inputs{"assumeRolePolicy": trust, "managedPolicyArns": []any{readOnly}})),
		},
	}
}

func newRole(w *world) thing { return role(w, "r") }

// attachments attaches AWS's policies to a role.
func attachments(policies ...string) func(*world) error {
	return func(w *world) error {
		newRole(w)
		for _, name := range policies {
			if _, err := w.Try(roleAttachmentToken, name, inputs{"role": "r", "policyArn": "arn:aws:iam::aws:policy/" + name}); err != nil {
				return err
			}
		}
		return nil
	}
}

func logCases() []simulatortest.Case {
	group := func(name string) func(*world) error {
		return making(logGroupToken, func(w *world) inputs {
			logGroup(w, "flows")
			return inputs{"name": name}
		})
	}
	return []simulatortest.Case{
		{
			ID: "aws-log-group-exists", Code: "ResourceAlreadyExistsException", Text: "already exists: flows",
			Fails: group("flows"), Passes: group("others"),
		},
	}
}

// TestForcedDetachment: a role that is to be deleted by force takes its policies with it.
func TestForcedDetachment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.Create(roleToken, "r", inputs{"name": "r", "assumeRolePolicy": trust, "forceDetachPolicies": true})
	w.Create(inlineToken, "p", inputs{"role": "r", "policy": permit})
	w.Create(roleAttachmentToken, "a", inputs{"role": "r", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"})
	w.Delete(r)
	assert.Empty(t, w.Account.Resources())
}

// TestInlinePoliciesTakeTheirPlace: PutRolePolicy and its like write over what another resource, or a state that was
// forgotten, has put there.
func TestInlinePoliciesTakeTheirPlace(t *testing.T) {
	t.Parallel()
	for token, owner := range map[string]func(*world) inputs{
		inlineToken:                       func(w *world) inputs { return inputs{"role": role(w, "web").Text("name")} },
		"aws:iam/userPolicy:UserPolicy":   func(w *world) inputs { return inputs{"user": w.Create("aws:iam/user:User", "ann", inputs{}).ID()} },
		"aws:iam/groupPolicy:GroupPolicy": func(w *world) inputs { return inputs{"group": w.Create("aws:iam/group:Group", "all", inputs{}).ID()} },
	} {
		w := newWorld(t)
		in := with(owner(w), inputs{"name": "data", "policy": permit})
		first := w.Create(token, "first", in)
		other := strings.ReplaceAll(permit, `"*"`, `"arn:aws:s3:::data/*"`)
		second := w.Create(token, "second", with(in, inputs{"policy": other}))
		assert.Equal(t, first.ID(), second.ID(), token)
		var holders []string
		for _, r := range w.Account.Resources() {
			if r.Type == token {
				holders = append(holders, r.URN.Name())
			}
		}
		assert.Equal(t, []string{"second"}, holders, token)
	}
}
