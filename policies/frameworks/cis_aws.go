package frameworks

import (
	"slices"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CISAWSVersions are the versions of the CIS AWS Foundations Benchmark that this package knows, from the oldest.
func CISAWSVersions() []policy.Framework {
	versions := make([]policy.Framework, len(cisAWSVersions))
	for i, version := range cisAWSVersions {
		versions[i] = policy.Framework{Name: CISAWS.Name, Version: version}
	}
	return versions
}

var cisAWSVersions = [...]string{"3.0.0", "4.0.1", "5.0.0", "6.0.0", "7.0.0"}

// recommendation is one of the benchmark, with its id in each version: "-" in those that do not have it.
type recommendation struct {
	ids, title string
	evidence   Evidence
	why        string
}

// cisAWSOf are the controls of a version, in the order of their ids.
func cisAWSOf(f policy.Framework) []Control {
	var entries []entry
	for _, r := range cisAWS {
		if id := strings.Fields(r.ids)[slices.Index(cisAWSVersions[:], f.Version)]; id != "-" {
			entries = append(entries, entry{id, r.title, r.evidence, r.why})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return slices.Compare(numbers(a.id), numbers(b.id)) })
	return of(f, entries)
}

// numbers are those of an id, which sort as it does.
func numbers(id string) []int {
	var all []int
	for part := range strings.SplitSeq(id, ".") {
		n, _ := strconv.Atoi(part) // digits: a test holds it
		all = append(all, n)
	}
	return all
}

// cisAWS are the recommendations of the CIS Amazon Web Services Foundations Benchmark. Ids are those of prowler's
// compliance/aws/cis_{3.0,4.0,5.0,6.0,7.0}_aws.json at 3e000fa, where "4.0" is version 4.0.1 and a second "1.1" of 5.0
// stands for 1.10.
var cisAWS = []recommendation{
	{"1.1 1.1 1.1 2.1 2.2", "Contact details of the account", Partly, "contacts are resources, whether they are current is not seen"},
	{"1.2 1.2 1.2 2.2 2.3", "A contact for security", Yes, "the alternate contact is a resource"},
	{"1.3 1.3 - - -", "Security questions of the account", No, "set in the console only"},
	{"1.4 1.4 1.3 2.3 2.4", "No access key of the root user", No, "state of the account"},
	{"1.5 1.5 1.4 2.4 2.5", "MFA of the root user", No, "state of the account"},
	{"1.6 1.6 1.5 2.5 2.6", "Hardware MFA of the root user", No, "state of the account"},
	{"1.7 1.7 1.6 2.6 2.7", "No daily work as the root user", No, "about use"},
	{"1.8 1.8 1.7 2.7 2.8", "Passwords of at least 14 characters", Yes, "the password policy is a resource"},
	{"1.9 1.9 1.8 2.8 2.9", "No reuse of passwords", Yes, "the password policy is a resource"},
	{"1.10 1.10 1.9 2.9 2.10", "MFA of all users with a console password", Partly, "policies can demand it, devices are state"},
	{"1.11 1.11 1.10 2.10 -", "No access keys at the creation of console users", Partly, "keys that are deployed are visible"},
	{"1.12 1.12 1.11 2.11 2.11", "Credentials unused for 45 days are disabled", No, "about use"},
	{"1.13 1.13 1.12 2.12 -", "One active access key for each user", Partly, "keys that are deployed are visible"},
	{"1.14 1.14 1.13 2.13 2.12", "Access keys are rotated within 90 days", No, "about time"},
	{"1.15 1.15 1.14 2.14 2.13", "Users have permissions through groups only", Yes, "attachments are resources"},
	{"1.16 1.16 1.15 2.15 2.14", "No policy grants everything on everything", Yes, "policies are resources"},
	{"1.17 1.17 1.16 2.16 2.15", "A role for incidents with AWS Support", Yes, "the role is a resource"},
	{"1.18 1.18 1.17 2.17 2.16", "Instances use roles to reach AWS", Yes, "the instance profile is a setting"},
	{"1.19 1.19 1.18 2.18 2.17", "No expired certificates in IAM", No, "about time"},
	{"1.20 1.20 1.19 2.19 2.18", "Access Analyzer in all regions", Partly, "analyzers are resources, a stack seldom has all regions"},
	{"1.21 1.21 1.20 2.20 2.19", "Users come from one identity provider or organisation", Partly, "providers are resources, habits are not"},
	{"1.22 1.22 1.21 2.21 2.20", "Full access to CloudShell is restricted", Yes, "attachments are resources"},
	{"- - - - 2.21", "No resource policy for everybody", Yes, "resource policies are settings"},
	{"- - - - 2.1.1", "Root access is managed by the organisation", Yes, "the organisation's features are a resource"},
	{"- - - - 2.1.2", "Guard rails for all accounts of the organisation", Partly, "control policies are resources, accounts beyond the stack are not seen"},
	{"- - - - 2.1.3", "No workloads in the management account", Partly, "the stack's account is known, what else runs there is not"},
	{"- - - - 2.1.4", "Organisational units by environment and sensitivity", Partly, "units are resources, sensitivity is not"},
	{"- - - - 2.1.5", "A delegated administrator for the organisation's policies", Yes, "the delegation is a resource"},
	{"- - - - 2.1.6", "Delegated administrators for integrated services", Yes, "delegations are resources"},
	{"2.1.1 2.1.1 2.1.1 3.1.1 3.1.1", "Buckets refuse HTTP", Yes, "the bucket policy is a resource"},
	{"2.1.2 2.1.2 2.1.2 3.1.2 3.1.2", "MFA before objects are deleted for good", Yes, "a setting of versioning"},
	{"2.1.3 2.1.3 2.1.3 3.1.3 3.1.3", "Data in S3 is found, classified and secured", Partly, "Macie is a resource, decisions are not"},
	{"2.1.4 2.1.4 2.1.4 3.1.4 3.1.4", "S3 blocks public access", Yes, "the block is a resource"},
	{"2.2.1 5.1.1 5.1.1 6.1.1 6.1.1", "Encryption of EBS volumes in all regions", Yes, "the default and the volumes are resources"},
	{"- 5.1.2 5.1.2 6.1.2 6.1.2", "CIFS from trusted networks only", Yes, "firewall rules are settings"},
	{"2.3.1 2.2.1 2.2.1 3.2.1 3.2.1", "Encryption of RDS instances", Yes, "a setting"},
	{"2.3.2 2.2.2 2.2.2 3.2.2 3.2.2", "Minor upgrades of RDS by themselves", Yes, "a setting"},
	{"2.3.3 2.2.3 2.2.3 3.2.3 3.2.3", "RDS is not public", Yes, "a setting"},
	{"- 2.2.4 2.2.4 3.2.4 3.2.4", "RDS in more than one zone", Yes, "a setting"},
	{"2.4.1 2.3.1 2.3.1 3.3.1 3.3.1", "Encryption of EFS file systems", Yes, "a setting"},
	{"3.1 3.1 3.1 4.1 4.1", "CloudTrail in all regions", Yes, "a setting of the trail"},
	{"3.2 3.2 3.2 4.2 4.2", "CloudTrail validates its files", Yes, "a setting of the trail"},
	{"3.3 3.3 3.3 4.3 4.3", "AWS Config in all regions", Partly, "recorders are resources, a stack seldom has all regions"},
	{"3.4 3.4 3.4 4.4 4.4", "Access logs of the bucket of CloudTrail", Yes, "a setting of the bucket"},
	{"3.5 3.5 3.5 4.5 4.5", "CloudTrail encrypts with a key of one's own", Yes, "a setting of the trail"},
	{"3.6 3.6 3.6 4.6 4.6", "Keys of one's own rotate", Yes, "a setting of the key"},
	{"3.7 3.7 3.7 4.7 4.7", "Flow logs of all VPCs", Yes, "flow logs are resources"},
	{"3.8 3.8 3.8 4.8 4.8", "Writes to objects in S3 are logged", Yes, "event selectors are settings of the trail"},
	{"3.9 3.9 3.9 4.9 4.9", "Reads of objects in S3 are logged", Yes, "event selectors are settings of the trail"},
	{"- - - - 4.10", "Access logs of managed web front ends", Yes, "settings of load balancers, gateways and distributions"},
	{"4.1 4.1 4.1 5.1 5.1", "Alarm on refused API calls", Yes, "trail, filter, alarm and route are resources"},
	{"4.2 4.2 4.2 5.2 5.2", "Alarm on sign-in to the console without MFA", Yes, "trail, filter, alarm and route are resources"},
	{"4.3 4.3 4.3 5.3 5.3", "Alarm on use of the root user", Yes, "trail, filter, alarm and route are resources"},
	{"4.4 4.4 4.4 5.4 5.4", "Alarm on changes of IAM policies", Yes, "trail, filter, alarm and route are resources"},
	{"4.5 4.5 4.5 5.5 5.5", "Alarm on changes of CloudTrail", Yes, "trail, filter, alarm and route are resources"},
	{"4.6 4.6 4.6 5.6 5.6", "Alarm on failed sign-in to the console", Yes, "trail, filter, alarm and route are resources"},
	{"4.7 4.7 4.7 5.7 5.7", "Alarm on keys that are disabled or to be deleted", Yes, "trail, filter, alarm and route are resources"},
	{"4.8 4.8 4.8 5.8 5.8", "Alarm on changes of bucket policies", Yes, "trail, filter, alarm and route are resources"},
	{"4.9 4.9 4.9 5.9 5.9", "Alarm on changes of AWS Config", Yes, "trail, filter, alarm and route are resources"},
	{"4.10 4.10 4.10 5.10 5.10", "Alarm on changes of security groups", Yes, "trail, filter, alarm and route are resources"},
	{"4.11 4.11 4.11 5.11 5.11", "Alarm on changes of network ACLs", Yes, "trail, filter, alarm and route are resources"},
	{"4.12 4.12 4.12 5.12 5.12", "Alarm on changes of network gateways", Yes, "trail, filter, alarm and route are resources"},
	{"4.13 4.13 4.13 5.13 5.13", "Alarm on changes of route tables", Yes, "trail, filter, alarm and route are resources"},
	{"4.14 4.14 4.14 5.14 5.14", "Alarm on changes of VPCs", Yes, "trail, filter, alarm and route are resources"},
	{"4.15 4.15 4.15 5.15 5.15", "Alarm on changes of the organisation", Yes, "trail, filter, alarm and route are resources"},
	{"4.16 4.16 4.16 5.16 5.16", "Security Hub", Yes, "a resource"},
	{"5.1 5.2 5.2 6.2 6.2", "Network ACLs do not open administration to the internet", Yes, "rules are settings"},
	{"5.2 5.3 5.3 6.3 6.3", "Security groups do not open administration to IPv4", Yes, "rules are settings"},
	{"5.3 5.4 5.4 6.4 6.4", "Security groups do not open administration to IPv6", Yes, "rules are settings"},
	{"5.4 5.5 5.5 6.5 6.5", "Default security groups are closed", Yes, "rules are settings"},
	{"5.5 5.6 5.6 6.6 6.6", "Routes of VPC peerings are as narrow as can be", Partly, "routes are resources, the need for them is not"},
	{"5.6 5.7 5.7 6.7 6.7", "Instance metadata by IMDSv2 only", Yes, "a setting"},
	{"- - - - 6.8", "AWS services are reached by VPC endpoints", Yes, "endpoints are resources"},
}
