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

	// AWSDatabase: 1 to 63 letters, digits and hyphens, kept in lower case, starting with a letter, without a hyphen at
	// the end or two in a row. RDS API, CreateDBInstance, DBInstanceIdentifier; CreateDBCluster has the same. The names
	// of subnet, parameter and snapshot groups may be longer. Unique in the account and region.
	AWSDatabase = Rule{Max: 63, Extra: "-", Separator: "-", Lower: true, LetterFirst: true, AlnumEnds: true, NoDouble: true}

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
