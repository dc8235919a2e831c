package naming

// The rules, one per kind of resource, each with its source.
var (
	// AWSRole: 1 to 64 characters of [\w+=,.@-]. IAM API, CreateRole, RoleName. Unique in the account.
	AWSRole = Rule{Max: 64, Extra: "+=,.@-_", Separator: "-"}

	// AWSLogGroup: 1 to 512 characters of [\.\-_/#A-Za-z0-9]; "aws/" is AWS's own.
	// CloudWatch Logs API, CreateLogGroup, logGroupName. Unique in the account and region.
	AWSLogGroup = Rule{Max: 512, Extra: ".-_/#", Separator: "/", NotPrefixes: []string{"aws/"}}

	// AWSSecurityGroup: up to 255 characters of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*, not starting with
	// "sg-"; "default" is the name of the group that comes with the VPC. EC2 API, CreateSecurityGroup, GroupName; EC2's
	// error code InvalidParameterValue. Unique in the VPC.
	AWSSecurityGroup = Rule{
		Max: 255, Extra: " ._-:/()#,@[]+=&;{}!$*", Separator: "-",
		NotPrefixes: []string{"sg-"}, NotNames: []string{"default"},
	}

	// AWSBucket: 3 to 63 characters of a-z, 0-9 and hyphens (dots are allowed too, but break TLS), starting and ending with
	// a letter or digit, not starting with xn--, sthree- or amzn-s3-demo-. S3 User Guide, "General purpose bucket naming
	// rules". Unique among all accounts of a partition.
	AWSBucket = Rule{
		Min: 3, Max: 63, Extra: "-", Separator: "-", Lower: true, AlnumEnds: true,
		NotPrefixes: []string{"xn--", "sthree-", "amzn-s3-demo-"},
	}

	// AWSKeyAlias: what follows "alias/", up to 250 characters of a-z, A-Z, 0-9, /, _ and -; "aws/" is AWS's own. KMS API,
	// CreateAlias, AliasName. Unique in the account and region.
	AWSKeyAlias = Rule{Max: 250, Extra: "/_-", Separator: "-", NotPrefixes: []string{"aws/"}}

	// AWSTrail: 3 to 128 letters, digits and ._-, with no two of the latter together, starting and ending with a letter or
	// digit, not in the form of an IP address. CloudTrail API, CreateTrail, Name. Unique in the account and region.
	AWSTrail = Rule{Min: 3, Max: 128, Extra: "-", Separator: "-", AlnumEnds: true, NoRuns: true}

	// AWSTopic: 1 to 256 letters, digits, hyphens and underscores. SNS API, CreateTopic, Name. Unique in the account and
	// region.
	AWSTopic = Rule{Max: 256, Extra: "-_", Separator: "-"}

	// AWSMetricNamespace: 1 to 255 characters without :, * and $; "AWS/" is AWS's own. CloudWatch Logs API,
	// MetricTransformation, metricNamespace. What shares it shares its metrics.
	AWSMetricNamespace = Rule{Max: 255, Extra: ".-_/#", Separator: "/", NotPrefixes: []string{"aws/"}}

	// AWSAlarm: 1 to 255 characters of UTF-8 without control characters. CloudWatch API, PutMetricAlarm, AlarmName. Unique
	// in the account and region.
	AWSAlarm = Rule{Max: 255, Extra: " ._-/", Separator: "-"}

	// AWSConfigRule: 1 to 128 characters. AWS Config API, ConfigRule, ConfigRuleName. Unique in the account and region.
	AWSConfigRule = Rule{Max: 128, Extra: "-_", Separator: "-"}

	// AWSAnalyzer: 1 to 255 letters, digits and ._-, a letter first. IAM Access Analyzer API, CreateAnalyzer,
	// analyzerName. Unique in the account and region.
	AWSAnalyzer = Rule{Max: 255, Extra: "._-", Separator: "-", LetterFirst: true}

	// AWSGroup: 1 to 128 characters of [\w+=,.@-]. IAM API, CreateGroup, GroupName. Unique in the account, whatever its
	// case.
	AWSGroup = Rule{Max: 128, Extra: "+=,.@-_", Separator: "-"}

	// AWSBudget: 1 to 100 characters without : and \, and without "/action/". AWS Budgets API, Budget, BudgetName. Unique
	// in the account.
	AWSBudget = Rule{Max: 100, Extra: " -_.", Separator: "-"}

	// AWSNameTag: the value of a Name tag, up to 256 characters (see AWSTags). Need not be unique.
	AWSNameTag = Rule{Max: 256, Extra: AWSTags.Extra, Separator: "-"}
)

// The rules for tags and labels, one per cloud, each with its source.
var (
	// AWSTags: EC2 User Guide, "Tag your Amazon EC2 resources", tag restrictions. EC2 itself allows more characters;
	// these are the ones that every service allows.
	AWSTags = TagRule{
		Max: 50, MaxKey: 128, MaxValue: 256, Extra: " _.:/=+-@",
		Unicode: true, NotPrefixes: []string{"aws:"},
	}
)
