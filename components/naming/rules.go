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

	// AWSKubernetes: 1 to 100 letters, digits, - and _, a letter or digit first. EKS API, CreateCluster, name. Unique in
	// the account and region.
	AWSKubernetes = Rule{Max: 100, Extra: "-_", Separator: "-", AlnumEnds: true}

	// AWSNodeGroupPrefix: what comes before the 26 characters that end the name of a node group, which has up to 63 letters,
	// digits, - and _ (EKS API, CreateNodegroup, nodegroupName; terraform-plugin-sdk, id.PrefixedUniqueId).
	AWSNodeGroupPrefix = Rule{Max: 36, Extra: "-_", Separator: "-", AlnumEnds: true}

	// AWSBackupVault: 2 to 50 letters, digits, - and _. AWS Backup API, CreateBackupVault, BackupVaultName. Unique in the
	// account and region.
	AWSBackupVault = Rule{Min: 2, Max: 50, Extra: "-_", Separator: "-"}

	// AWSBackupPlan: 1 to 50 letters, digits and -_. characters. AWS Backup API, BackupPlanInput, BackupPlanName, and
	// BackupSelection, SelectionName. Need not be unique.
	AWSBackupPlan = Rule{Max: 50, Extra: "-_.", Separator: "-"}

	// AWSBackupAudit: 1 to 256 letters, digits and _, starting with a letter. AWS Backup API, CreateFramework,
	// FrameworkName, and CreateReportPlan, ReportPlanName. Unique in the account and region.
	AWSBackupAudit = Rule{Max: 256, Extra: "_", Separator: "_", LetterFirst: true}

	// AWSRestoreTest: 1 to 50 letters, digits and _. AWS Backup API, RestoreTestingPlanForCreate, RestoreTestingPlanName.
	// Unique in the account and region.
	AWSRestoreTest = Rule{Max: 50, Extra: "_", Separator: "_"}

	// AWSTopic: 1 to 256 letters, digits, - and _. SNS API, CreateTopic, Name. Unique in the account and region.
	AWSTopic = Rule{Max: 256, Extra: "-_", Separator: "-"}

	// AWSEventRule: 1 to 64 of [.\-_A-Za-z0-9]. EventBridge API, PutRule, Name. Unique on its event bus.
	AWSEventRule = Rule{Max: 64, Extra: ".-_", Separator: "-"}

	// AWSStateMachine: 1 to 80 letters, digits, - and _, which CloudWatch Logs takes too. Step Functions API,
	// CreateStateMachine, name. Unique in the account and region.
	AWSStateMachine = Rule{Max: 80, Extra: "-_", Separator: "-"}

	// AWSLoadBalancer: 1 to 32 letters, digits and hyphens, none of them at an end, not starting with internal-. ELB API,
	// CreateLoadBalancer, Name. Unique in the account and region.
	AWSLoadBalancer = Rule{Max: 32, Extra: "-", Separator: "-", AlnumEnds: true, NotPrefixes: []string{"internal-"}}

	// AWSTargetGroup: 1 to 32 letters, digits and hyphens, none of them at an end. ELB API, CreateTargetGroup, Name. Unique
	// in the account and region.
	AWSTargetGroup = Rule{Max: 32, Extra: "-", Separator: "-", AlnumEnds: true}

	// AWSWebACL: 1 to 128 letters, digits, hyphens and underscores. WAFV2 API, CreateWebACL, Name. Unique in the account,
	// region and scope.
	AWSWebACL = Rule{Max: 128, Extra: "-_", Separator: "-"}

	// AWSAlarm: up to 255 characters without control characters (CloudWatch API, PutMetricAlarm, AlarmName); these are the
	// ones that need no quoting anywhere, a composite alarm's rule included. Unique in the account and region.
	AWSAlarm = Rule{Max: 255, Extra: "-_.", Separator: "-"}

	// AWSDashboard: up to 255 characters of A-Z, a-z, 0-9, - and _. CloudWatch API, PutDashboard, DashboardName. Unique in
	// the account, whatever the region.
	AWSDashboard = Rule{Max: 255, Extra: "-_", Separator: "-"}

	// AWSChat: up to 128 characters of A-Z, a-z, 0-9, - and _. CloudFormation, AWS::Chatbot::SlackChannelConfiguration,
	// ConfigurationName. Unique in the account.
	AWSChat = Rule{Max: 128, Extra: "-_", Separator: "-"}

	// AWSDatabase: 1 to 63 letters, digits and hyphens, kept in lower case, starting with a letter, without a hyphen at
	// the end or two in a row. RDS API, CreateDBInstance, DBInstanceIdentifier. The names of subnet, parameter and snapshot
	// groups may be longer. Unique in the account and region.
	AWSDatabase = Rule{Max: 63, Extra: "-", Separator: "-", Lower: true, LetterFirst: true, AlnumEnds: true, NoDouble: true}

	// AWSDatabaseCluster: as AWSDatabase, up to 52 characters for Multi-AZ clusters, whose instances are named after them.
	// RDS API, CreateDBCluster, DBClusterIdentifier.
	AWSDatabaseCluster = Rule{Max: 52, Extra: "-", Separator: "-", Lower: true, LetterFirst: true, AlnumEnds: true, NoDouble: true}

	// AWSDatabaseGroup: as AWSDatabase, up to 255 characters; "default" is AWS's own. RDS API, CreateDBSubnetGroup,
	// DBSubnetGroupName, and CreateDBParameterGroup, DBParameterGroupName. ElastiCache has the same for its groups. Unique
	// in the account and region.
	AWSDatabaseGroup = Rule{
		Max: 255, Extra: "-", Separator: "-", Lower: true, LetterFirst: true, AlnumEnds: true, NoDouble: true,
		NotPrefixes: []string{"default"},
	}

	// AWSCache: 1 to 40 letters, digits and hyphens, kept in lower case, starting with a letter, without a hyphen at the
	// end or two in a row. ElastiCache API, CreateReplicationGroup, ReplicationGroupId; CreateUser and CreateUserGroup
	// take the same. Unique in the account and region.
	AWSCache = Rule{Max: 40, Extra: "-", Separator: "-", Lower: true, LetterFirst: true, AlnumEnds: true, NoDouble: true}

	// AWSSecret: 1 to 512 characters of a-z, A-Z, 0-9 and /_+=.@-, not ending in a hyphen and six more characters, which
	// would look like what Secrets Manager adds: the separator is a slash. Secrets Manager API, CreateSecret, Name. Unique
	// in the account and region.
	AWSSecret = Rule{Max: 512, Extra: "/_+=.@-", Separator: "/"}

	// AWSServiceRoleSuffix: what follows "AWSServiceRoleForAutoScaling_", the longest name that we give a suffix, to 64
	// characters of [\w+=,.@-] in all. IAM API, CreateServiceLinkedRole, CustomSuffix, and CreateRole, RoleName. Without _,
	// at which the provider takes the name apart again (terraform-provider-aws, internal/service/iam/service_linked_role.go).
	// Unique in the account.
	AWSServiceRoleSuffix = Rule{Max: 64 - len("AWSServiceRoleForAutoScaling_"), Extra: "+=,.@-", Separator: "-"}

	// AWSLaunchTemplate: 3 to 128 characters of letters, digits and ( ) . - / _. EC2 API, CreateLaunchTemplate,
	// LaunchTemplateName. Unique in the account and region.
	AWSLaunchTemplate = Rule{Min: 3, Max: 128, Extra: "().-/_", Separator: "-"}

	// AWSAutoScalingGroup: 1 to 255 ASCII characters without a colon; these are the ones that no command line minds. Auto
	// Scaling API, CreateAutoScalingGroup, AutoScalingGroupName. Unique in the account and region.
	AWSAutoScalingGroup = Rule{Max: 255, Extra: ".-_/", Separator: "-"}

	// AWSTrail: 3 to 128 letters, digits and ._-, with no two of the latter together, starting and ending with a letter or
	// digit, not in the form of an IP address. CloudTrail API, CreateTrail, Name. Unique in the account and region.
	AWSTrail = Rule{Min: 3, Max: 128, Extra: "-", Separator: "-", AlnumEnds: true, NoDouble: true}

	// AWSMetricNamespace: 1 to 255 characters without :, * and $; "AWS/" is AWS's own. CloudWatch Logs API,
	// MetricTransformation, metricNamespace. What shares it shares its metrics.
	AWSMetricNamespace = Rule{Max: 255, Extra: ".-_/#", Separator: "/", NotPrefixes: []string{"aws/"}}

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
