package aws

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// limitingKeys are the condition keys that limit a statement to callers of one's own, lower-cased (AWS does not mind the
// case), each with what its values must be for that. They are those by which S3 and EFS tell that a policy is not public
// (Amazon S3 User Guide and Amazon EFS User Guide, "Blocking public access", "The meaning of public": by fixed values,
// without wildcards and policy variables) and those by which an AWS service names the account that it acts for. The name
// of a user is not among them: every account may have a user of that name.
var limitingKeys = map[string]func(value string) bool{
	"aws:principalaccount":                     fixed,
	"aws:principalarn":                         fixedOwner,
	"aws:principalorgid":                       fixed,
	"aws:principalorgpaths":                    fixedOrganization,
	"aws:sourceaccount":                        fixed,
	"aws:sourcearn":                            fixedOwner,
	"aws:sourceip":                             narrow,
	"aws:sourceorgid":                          fixed,
	"aws:sourceorgpaths":                       fixedOrganization,
	"aws:sourceowner":                          fixed,
	"aws:sourcevpc":                            fixed,
	"aws:sourcevpce":                           fixed,
	"aws:userid":                               fixedUser,
	"cognito-identity.amazonaws.com:aud":       fixed,
	"elasticfilesystem:accessedviamounttarget": func(value string) bool { return value == "true" }, // from within the VPC
	"elasticfilesystem:accesspointarn":         fixedOwner,
	"kms:calleraccount":                        fixed,
	"s3:dataaccesspointaccount":                fixed,
	"s3:dataaccesspointarn":                    fixedOwner,
}

// limited reports whether a condition limits who may use the statement.
func (s statement) limited() bool { return s.demands(limits) }

// limits reports whether the key with these values does: with each of them, as any one will do for a caller.
func limits(key string, values texts) bool {
	limit, known := limitingKeys[key]
	return known && !slices.ContainsFunc(values, func(value string) bool {
		return !limit(ofResource.ReplaceAllLiteralString(value, own))
	})
}

// ofResource are the policy variables that stand for the same whoever calls (IAM User Guide, "AWS global condition
// context keys", properties of the resource), and own is what is put in their place.
var ofResource = regexp.MustCompile(`(?i)\$\{aws:Resource(Account|OrgID)\}`)

const own = "own"

// demands reports whether f holds for the key, lower-cased, and the values of one of the conditions, but for those that
// hold for strangers, too: that something is not so, or is so if it is there at all.
func (s statement) demands(f func(key string, values texts) bool) bool {
	for operator, keys := range s.Condition {
		if meetsStrangers(strings.ToLower(operator)) {
			continue
		}
		for key, values := range keys {
			if f(strings.ToLower(key), values) {
				return true
			}
		}
	}
	return false
}

func meetsStrangers(operator string) bool {
	return strings.Contains(operator, "not") || strings.Contains(operator, "ifexists") ||
		strings.HasPrefix(operator, "forallvalues") || operator == "null"
}

// fixed reports whether a value is the same for every caller, without wildcards or variables that a stranger could fill.
// It does not matter that some operators take a star for a star: then the condition is a mistake of another kind, and S3
// reckons it as public all the same.
func fixed(value string) bool {
	return !strings.ContainsAny(value, "*?") && !strings.Contains(value, "${")
}

// fixedOwner reports whether an ARN says of which account the resources are, or of which bucket: the names of buckets are
// unique in all accounts, and their ARNs are without one, or with a wildcard for it (Amazon S3 User Guide, "Granting
// permissions to publish event notification messages to a destination"). Those of access points are not.
func fixedOwner(arn string) bool {
	parts := strings.Split(arn, ":") // arn:partition:service:region:account:resource
	if fixed(arn) || len(parts) < 6 {
		return fixed(arn)
	}
	if bucket, _, _ := strings.Cut(parts[5], "/"); parts[2] == "s3" && bucket != "accesspoint" && fixed(bucket) {
		return true
	}
	return parts[4] != "" && fixed(parts[4])
}

// fixedOrganization reports whether the path of an organization names that, whatever units follow: only its id is unique
// in all organizations (IAM User Guide, "AWS global condition context keys", aws:PrincipalOrgPaths).
func fixedOrganization(path string) bool {
	organization, _, _ := strings.Cut(path, "/")
	return fixed(organization)
}

// fixedUser reports whether the id of a caller names the role or user, whatever the session: ROLE:SESSION (IAM User
// Guide, "Variables and tags", principal key values).
func fixedUser(id string) bool {
	user, _, _ := strings.Cut(id, ":")
	return fixed(user)
}

// narrow reports whether a range of addresses is no broader than S3 takes for one's own: /8 of IPv4, /32 of IPv6. What is
// no range holds nobody: AWS refuses it.
func narrow(cidr string) bool {
	p, err := netip.ParsePrefix(cidr)
	if err != nil {
		return true
	}
	if p.Addr().Is4() {
		return p.Bits() >= 8
	}
	return p.Bits() >= 32
}
