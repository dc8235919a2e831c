package baseline

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// A rule is one that AWS Config has ready, by its identifier (AWS Config Developer Guide, "List of AWS Config Managed
// Rules"), with the parameters that it needs or that differ from its own defaults.
type rule struct {
	identifier string
	parameters map[string]string
}

// rules are those about the account as a whole, and about the mistakes that let others in.
var rules = map[string]rule{
	"root-mfa":               {identifier: "ROOT_ACCOUNT_MFA_ENABLED"},
	"root-access-key":        {identifier: "IAM_ROOT_ACCESS_KEY_CHECK"},
	"user-mfa":               {identifier: "IAM_USER_MFA_ENABLED"},
	"user-policies":          {identifier: "IAM_USER_NO_POLICIES_CHECK"},
	"password-policy":        {identifier: "IAM_PASSWORD_POLICY"}, // its parameters are those of spec.Passwords
	"access-keys-rotated":    {"ACCESS_KEYS_ROTATED", map[string]string{"maxAccessKeyAge": "90"}},
	"unused-credentials":     {"IAM_USER_UNUSED_CREDENTIALS_CHECK", map[string]string{"maxCredentialUsageAge": "45"}},
	"admin-policies":         {identifier: "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"},
	"trail":                  {identifier: "MULTI_REGION_CLOUD_TRAIL_ENABLED"},
	"trail-validation":       {identifier: "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED"},
	"trail-encryption":       {identifier: "CLOUD_TRAIL_ENCRYPTION_ENABLED"},
	"threat-detection":       {identifier: "GUARDDUTY_ENABLED_CENTRALIZED"},
	"key-rotation":           {identifier: "CMK_BACKING_KEY_ROTATION_ENABLED"},
	"disk-encryption":        {identifier: "EC2_EBS_ENCRYPTION_BY_DEFAULT"},
	"public-snapshots":       {identifier: "EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK"},
	"public-storage":         {identifier: "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC"},
	"bucket-public-read":     {identifier: "S3_BUCKET_PUBLIC_READ_PROHIBITED"},
	"bucket-public-write":    {identifier: "S3_BUCKET_PUBLIC_WRITE_PROHIBITED"},
	"bucket-tls":             {identifier: "S3_BUCKET_SSL_REQUESTS_ONLY"},
	"database-public":        {identifier: "RDS_INSTANCE_PUBLIC_ACCESS_CHECK"},
	"database-encryption":    {identifier: "RDS_STORAGE_ENCRYPTED"},
	"database-snapshots":     {identifier: "RDS_SNAPSHOTS_PUBLIC_PROHIBITED"},
	"instance-metadata":      {identifier: "EC2_IMDSV2_CHECK"},
	"open-ssh":               {identifier: "INCOMING_SSH_DISABLED"},
	"default-security-group": {identifier: "VPC_DEFAULT_SECURITY_GROUP_CLOSED"},
	"flow-logs":              {identifier: "VPC_FLOW_LOGS_ENABLED"},
}

// ofAccount are the rules that say the same in every region: about IAM, the account's one trail, and its storage.
var ofAccount = []string{
	"root-mfa", "root-access-key", "user-mfa", "user-policies", "password-policy", "access-keys-rotated", "unused-credentials",
	"admin-policies", "trail", "trail-validation", "trail-encryption", "public-storage",
}

// createRules creates the rules; they want a recorder (NoAvailableConfigurationRecorderException).
func (b *builder) createRules() error {
	for _, name := range keysOf(rules) {
		if slices.Contains(b.args.Recording.Except, name) || b.args.Home != nil && slices.Contains(ofAccount, name) {
			continue
		}
		args := &cfg.RuleArgs{
			Name:   pulumi.String(naming.AWSConfigRule.Name(b.FullName(name)...)),
			Source: cfg.RuleSourceArgs{Owner: pulumi.String("AWS"), SourceIdentifier: pulumi.String(rules[name].identifier)},
			Tags:   b.TagInput("rule", name),
		}
		if parameters := b.parameters(name); len(parameters) > 0 {
			text, err := json.Marshal(parameters)
			if err != nil {
				return err
			}
			args.InputParameters = pulumi.String(string(text))
		}
		if _, err := cfg.NewRule(b.Ctx, b.Child("rule", name), args, b.Options(pulumi.DependsOn(b.recording))...); err != nil {
			return err
		}
	}
	return nil
}

// parameters returns a rule's parameters. The account's passwords are held to what the baseline asks of them, also where
// somebody else sets what is asked. Without an age, ages are not judged (AWS Security Hub User Guide, IAM.7, which is this
// very rule), although the rule's own page names a default of 90 days.
func (b *builder) parameters(name string) map[string]string {
	if name != "password-policy" {
		return rules[name].parameters
	}
	asked := map[string]string{
		"RequireUppercaseCharacters": "true", "RequireLowercaseCharacters": "true", "RequireNumbers": "true", "RequireSymbols": "true",
		"MinimumPasswordLength":   strconv.Itoa(b.args.Passwords.MinLength),
		"PasswordReusePrevention": strconv.Itoa(b.args.Passwords.History),
	}
	if days := b.args.Passwords.MaxAgeDays; days > 0 {
		asked["MaxPasswordAge"] = strconv.Itoa(days)
	}
	return asked
}
