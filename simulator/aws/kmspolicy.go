package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: KMS guide, "Key policies", "Default key policy", "Grants"; EC2 Auto Scaling guide, "Required KMS key policy
// for use with encrypted volumes".

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
		return grant.Text("granteePrincipal") == principal && slices.Contains(stringsOf(grant.Output("operations")), operation)
	})
}

// resourcePolicyAllows reports whether a policy lets the principal do the action: a statement allows it and none
// forbids it. Resource means nothing here: it can only be what has the policy. Conditions are not judged: one that
// allows on a condition counts, one that forbids on a condition does not.
func resourcePolicyAllows(policy, region, principal, action string) bool {
	allowed := false
	for _, s := range statementsOf(text(policy)) {
		isMeant := func(element any) bool { return isPrincipal(element, region, principal) }
		if !given(s, "Principal", "NotPrincipal", isMeant) || !coversAction(s, action) {
			continue
		}
		if s["Effect"] == "Deny" && s["Condition"] == nil {
			return false
		}
		allowed = allowed || s["Effect"] == "Allow"
	}
	return allowed
}

// coversAction reports whether a statement is about the action.
func coversAction(s map[string]any, action string) bool {
	return given(s, "Action", "NotAction", func(value any) bool {
		return slices.ContainsFunc(textsOf(value), func(pattern string) bool {
			return wildcard(strings.ToLower(pattern), strings.ToLower(action))
		})
	})
}

// isPrincipal reports whether the principal, an ARN or a service, is among a statement's.
func isPrincipal(element any, region, principal string) bool {
	if element == "*" {
		return true
	}
	byType, _ := element.(map[string]any)
	identities, services := textsOf(byType["AWS"]), textsOf(byType["Service"])
	if slices.Contains(identities, "*") {
		return true
	}
	if strings.HasPrefix(principal, "arn:") {
		return slices.ContainsFunc(identities, func(name string) bool { return isIdentity(name, principal) })
	}
	return slices.ContainsFunc(services, func(name string) bool { return isService(name, region, principal) })
}

// isIdentity reports whether a name of type AWS stands for the ARN. That of the whole account leaves it to identity
// policies, which allow everything here; those of service-linked roles are AWS's own and allow no use of keys.
func isIdentity(name, arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	whole := len(parts) == 6 && (name == parts[4] || name == strings.Join(parts[:5], ":")+":root")
	return name == arn || whole && !strings.Contains(arn, ":role/aws-service-role/")
}

// isService reports whether a name of type Service stands for the service, which may be named with its region or
// without.
func isService(name, region, service string) bool {
	anywhere := func(s string) string { return strings.Replace(s, "."+region+".", ".", 1) }
	return name == service || anywhere(name) == service || name == anywhere(service)
}
