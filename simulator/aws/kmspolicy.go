package aws

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: KMS guide, "Key policies", "Default key policy", "Grants"; EC2 Auto Scaling guide, "Required KMS key policy for
// use with encrypted volumes".

// keyGrants reports whether a key lets a principal, which is a service (logs.us-west-2.amazonaws.com) or an ARN, do an
// action (kms:Decrypt): by its policy or by a grant. The key is named by id, ARN, or an alias of either form. Keys that
// are not in the account's sight count as granting.
func keyGrants(c *simulator.Call, key, principal, action string) bool {
	o := findKey(c, key)
	if o == nil {
		return true
	}
	policy := o.Text("policy")
	for _, separate := range o.Users(keyPolicyKind) {
		policy = separate.Text("policy")
	}
	return resourcePolicyAllows(policy, c.Region, principal, action) || hasGrant(o, principal, action)
}

// roleTrusts reports whether a role, named by its ARN, lets a service assume it. Roles out of sight count as doing so.
func roleTrusts(c *simulator.Call, role, service string) bool {
	o := c.FindBy(roleKind, simulator.ByARN, role)
	return o == nil || resourcePolicyAllows(o.Text("assumeRolePolicy"), c.Region, service, "sts:AssumeRole")
}

// findKey returns the key with that id, ARN or alias, or nil.
func findKey(c *simulator.Call, key string) *simulator.Object {
	for _, by := range []simulator.Address{simulator.ByID, simulator.ByARN} {
		if o := c.FindBy(keyKind, by, key); o != nil {
			return o
		}
		if alias := c.FindBy(aliasKind, by, key); alias != nil {
			return alias.Target(keyKind)
		}
	}
	return nil
}

// hasGrant reports whether one of the key's grants is for the principal and action.
func hasGrant(key *simulator.Object, principal, action string) bool {
	operation := strings.TrimPrefix(action, "kms:")
	return slices.ContainsFunc(key.Users(grantKind), func(grant *simulator.Object) bool {
		return grant.Text("granteePrincipal") == principal && slices.Contains(stringsOf(grant.Outputs["operations"]), operation)
	})
}

// resourcePolicyAllows reports whether a policy lets the principal do the action: a statement allows it and none forbids it.
// Conditions are not judged: one that allows on a condition counts, one that forbids on a condition does not.
func resourcePolicyAllows(policy, region, principal, action string) bool {
	allowed := false
	for _, s := range keyStatements(policy) {
		if !s.about(region, principal) || !s.covers(action) {
			continue
		}
		if s.Effect == "Deny" && len(s.Condition) == 0 {
			return false
		}
		allowed = allowed || s.Effect == "Allow"
	}
	return allowed
}

// keyStatement is a statement of a key's policy. Its Resource means nothing: it can only be the key.
type keyStatement struct {
	Effect                  string
	Principal, NotPrincipal any
	Action, NotAction       any
	Condition               map[string]any
}

// keyStatements returns a policy's statements; what is no policy has none.
func keyStatements(policy string) []keyStatement {
	parsed, _ := parsePolicy(resource.NewStringProperty(policy))
	var list []keyStatement
	for _, element := range listOf(parsed["Statement"]) {
		var s keyStatement
		if encoded, err := json.Marshal(element); err == nil && json.Unmarshal(encoded, &s) == nil {
			list = append(list, s)
		}
	}
	return list
}

// about reports whether the statement is about the principal.
func (s keyStatement) about(region, principal string) bool {
	if s.NotPrincipal != nil {
		return !principalIn(s.NotPrincipal, region, principal)
	}
	return principalIn(s.Principal, region, principal)
}

// principalIn reports whether the principal is among a statement's.
func principalIn(element any, region, principal string) bool {
	if element == "*" {
		return true
	}
	byType, _ := element.(map[string]any)
	isARN := strings.HasPrefix(principal, "arn:")
	for kind, match := range map[string]func(name, region, principal string) bool{"AWS": isIdentity, "Service": isService} {
		for _, name := range listOf(byType[kind]) {
			text, _ := name.(string)
			if text == "*" || isARN == (kind == "AWS") && match(text, region, principal) {
				return true
			}
		}
	}
	return false
}

// isIdentity reports whether a name of type AWS stands for the ARN. That of the whole account leaves it to identity
// policies, which allow everything here; those of service-linked roles are AWS's own and allow no use of keys.
func isIdentity(name, _, arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	whole := len(parts) == 6 && (name == parts[4] || name == strings.Join(parts[:5], ":")+":root")
	return name == arn || whole && !strings.Contains(arn, ":role/aws-service-role/")
}

// isService reports whether a name of type Service stands for the service, which may be named with its region or without.
func isService(name, region, service string) bool {
	anywhere := func(s string) string { return strings.Replace(s, "."+region+".", ".", 1) }
	return name == service || anywhere(name) == service || name == anywhere(service)
}

// covers reports whether the statement is about the action.
func (s keyStatement) covers(action string) bool {
	matches := func(list any) bool {
		return slices.ContainsFunc(listOf(list), func(pattern any) bool {
			text, _ := pattern.(string)
			return actionFits(text, action)
		})
	}
	if s.NotAction != nil {
		return !matches(s.NotAction)
	}
	return matches(s.Action)
}

// actionFits reports whether a pattern, in which * stands for anything and ? for one character, fits the text in any case.
func actionFits(pattern, text string) bool {
	quoted := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	fits, err := regexp.MatchString("(?i)^"+quoted+"$", text)
	return err == nil && fits
}
