package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/elasticache/{subnet_group,parameter_group,user,user_group}.go; the
// ElastiCache API's CreateCacheSubnetGroup, CreateUserGroup, DeleteUser; ElastiCache guide, "Role-Based Access".

const (
	cacheCreateSubnetGroup    = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html"
	cacheDeleteSubnetGroup    = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheSubnetGroup.html"
	cacheDeleteParameterGroup = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheParameterGroup.html"
	cacheCreateParameterGroup = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html"
	cacheCreateUser           = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html"
	cacheDeleteUser           = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteUser.html"
	cacheCreateUserGroup      = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html"
	cacheDeleteUserGroup      = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteUserGroup.html"
)

// namedLower is the id of things whose name AWS keeps in lower case.
func namedLower(input string) func(c *simulator.Call) string {
	return func(c *simulator.Call) string { return strings.ToLower(c.Text(input)) }
}

var cacheSubnetGroupKind = &simulator.Kind{
	Noun: "ElastiCache Subnet Group", ID: namedLower("name"),
	ARN:      "arn:{partition}:elasticache:{region}:{account}:subnetgroup:{id}",
	NotFound: "CacheSubnetGroupNotFoundFault: Cache Subnet Group %s does not exist.",
	InUse:    "CacheSubnetGroupInUse: Cache subnet group %s is currently in use by a cache cluster.",
}

var cacheParameterGroupKind = &simulator.Kind{
	Noun: "ElastiCache Parameter Group", ID: namedLower("name"),
	ARN:      "arn:{partition}:elasticache:{region}:{account}:parametergroup:{id}",
	NotFound: "CacheParameterGroupNotFound: CacheParameterGroup %s not found.",
	InUse: "InvalidCacheParameterGroupState: One or more cache clusters are still members of this parameter group %s, " +
		"so the group cannot be deleted.",
}

var cacheUserKind = &simulator.Kind{
	Noun: "ElastiCache User", ID: namedLower("userId"),
	ARN:      "arn:{partition}:elasticache:{region}:{account}:user:{id}",
	NotFound: "UserNotFound: User %s not found.",
}

var cacheUserGroupKind = &simulator.Kind{
	Noun: "ElastiCache User Group", ID: namedLower("userGroupId"),
	ARN:      "arn:{partition}:elasticache:{region}:{account}:usergroup:{id}",
	NotFound: "UserGroupNotFound: UserGroup %s not found.",
	InUse:    "InvalidUserGroupState: User group %s is associated with a replication group.",
}

func cacheGroupTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:      "aws:elasticache/subnetGroup:SubnetGroup",
			Kind:       cacheSubnetGroupKind,
			Defaults:   map[string]any{"description": managedByPulumi},
			AutoName:   &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-", Lower: true},
			Immutable:  []string{"name"},
			Sets:       []string{"subnetIds"},
			References: []simulator.Reference{{Property: "subnetIds[*]", To: kinds(subnetKind)}},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-elasticache-subnet-group-exists", Source: cacheCreateSubnetGroup},
				Properties: []string{"name"}, AnyCase: true,
				Error: "CacheSubnetGroupAlreadyExists: Cache subnet group %s already exists.",
			}},
			Constraints: []simulator.Constraint{oneVPC("aws-elasticache-subnet-group-one-vpc", cacheCreateSubnetGroup)},
			API:         []string{"elasticache:CreateCacheSubnetGroup"},
			Parameters:  map[string]string{"name": "CacheSubnetGroupName", "description": "CacheSubnetGroupDescription"},
			Compute:     func(c *simulator.Call) { c.Set("vpcId", networkOfSubnets(c, "subnetIds[*]")) },
		},
		{
			Token:     "aws:elasticache/parameterGroup:ParameterGroup",
			Kind:      cacheParameterGroupKind,
			Defaults:  map[string]any{"description": managedByPulumi},
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-", Lower: true},
			Immutable: []string{"description", "family", "name"},
			Sets:      []string{"parameters"},
			Rules: map[string]simulator.Rule{"family": simulator.Coded("InvalidParameterValue", simulator.OneOf(
				"memcached1.4", "memcached1.5", "memcached1.6", "redis2.6", "redis2.8", "redis3.2", "redis4.0", "redis5.0",
				"redis6.x", "redis7", "valkey7", "valkey8", "valkey9"))},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-elasticache-parameter-group-exists", Source: cacheCreateParameterGroup},
				Properties: []string{"name"}, AnyCase: true,
				Error: "CacheParameterGroupAlreadyExists: CacheParameterGroup %s already exists",
			}},
			Patient:    true,
			API:        []string{"elasticache:CreateCacheParameterGroup", "elasticache:ModifyCacheParameterGroup"},
			Parameters: map[string]string{"name": "CacheParameterGroupName", "family": "CacheParameterGroupFamily"},
		},
		cacheUserType(),
		{
			Token:     "aws:elasticache/userGroup:UserGroup",
			Kind:      cacheUserGroupKind,
			Immutable: []string{"engine", "userGroupId"},
			Sets:      []string{"userIds"},
			Rules:     map[string]simulator.Rule{"engine": cacheAccessEngine},
			References: []simulator.Reference{{
				Property: "userIds[*]", To: kinds(cacheUserKind), OnDelete: simulator.Ignore,
				Address: func(_ *simulator.Call, id string) (string, bool) { return strings.ToLower(id), id != "default" },
			}},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-elasticache-user-group-exists", Source: cacheCreateUserGroup},
				Properties: []string{"userGroupId"}, AnyCase: true, Error: "UserGroupAlreadyExists: User Group %s already exists.",
			}},
			Constraints: userGroupConstraints(),
			API:         []string{"elasticache:CreateUserGroup"},
		},
	}
}

// cacheAccessEngine allows the engines that have users, in any case of letters.
var cacheAccessEngine = simulator.Matches(`(?i)^(redis|valkey)$`, "redis and valkey are")

func cacheUserType() *simulator.Type {
	return &simulator.Type{
		Token:     "aws:elasticache/user:User",
		Kind:      cacheUserKind,
		Defaults:  map[string]any{"noPasswordRequired": false},
		Immutable: []string{"engine", "userId", "userName"},
		Sets:      []string{"passwords"},
		Rules: map[string]simulator.Rule{
			"engine": cacheAccessEngine, "authenticationMode.type": simulator.OneOf("iam", "no-password-required", "password"),
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-elasticache-user-exists", Source: cacheCreateUser},
			Properties: []string{"userId"}, AnyCase: true, Error: "UserAlreadyExists: User %s already exists.",
		}},
		Constraints: []simulator.Constraint{
			rdsConstraint("aws-elasticache-user-password", cacheCreateUser,
				"InvalidParameterValue: Passwords length must be between 16-128 characters.",
				func(c *simulator.Call, broken func(string, ...any)) {
					for _, list := range []string{"passwords[*]", "authenticationMode.passwords[*]"} {
						c.Each(list, func(path, password string) {
							if n := len(password); n < 16 || n > 128 {
								broken(path)
							}
						})
					}
				}),
			rdsConstraint("aws-elasticache-user-needs-password", cacheCreateUser, "InvalidParameterValue: No password was provided. "+
				"If you want to create/update the user without password, please use the NoPasswordRequired flag.",
				func(c *simulator.Call, broken func(string, ...any)) {
					known := c.Known("noPasswordRequired") && c.Known("authenticationMode")
					if known && !c.Flag("noPasswordRequired") && !c.Given("passwords") && !c.Given("authenticationMode") {
						broken("passwords")
					}
				}),
			rdsConstraint("aws-elasticache-iam-user-name", cacheCreateUser+"; terraform-aws-modules/terraform-aws-elasticache, issue 65",
				"InvalidParameterCombination: User Id and User name must be same for authentication type: iam",
				func(c *simulator.Call, broken func(string, ...any)) {
					known := c.Known("userId") && c.Known("userName")
					if known && c.Text("authenticationMode.type") == "iam" && c.Text("userId") != c.Text("userName") {
						broken("userName")
					}
				}),
			{
				Origin: simulator.Origin{ID: "aws-elasticache-default-user-in-group", Source: cacheDeleteUser},
				Stage:  simulator.AtDelete,
				Error:  "DefaultUserAssociatedToUserGroup: User is associated to user group(s) as a default user: %s",
				Find: func(c *simulator.Call, broken func(string, ...any)) {
					if groups := c.Old.Users(cacheUserGroupKind); c.Old.Text("userName") == "default" && len(groups) > 0 {
						broken("", groups[0].ID)
					}
				},
			},
		},
		API: []string{"elasticache:CreateUser", "elasticache:ModifyUser"},
		Compute: func(c *simulator.Call) {
			if c.Given("authenticationMode") {
				return
			}
			mode, count := "no-password", 0
			if n := len(c.Texts("passwords[*]")); n > 0 {
				mode, count = "password", n
			}
			c.Outputs["authenticationMode"] = resource.NewObjectProperty(resource.PropertyMap{
				"type": text(mode), "passwordCount": resource.NewNumberProperty(float64(count)),
			})
		},
	}
}

func userGroupConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		rdsApply("aws-elasticache-user-group-default", cacheCreateUserGroup,
			"DefaultUserRequired: User group needs to contain a user with the user name default.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if strings.EqualFold(c.Text("engine"), "redis") && !slices.Contains(userNames(c), "default") {
					broken("userIds")
				}
			}),
		rdsApply("aws-elasticache-user-group-names", cacheCreateUserGroup,
			"DuplicateUserName: User group can't contain multiple users with the same user name: %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				names := userNames(c)
				slices.Sort(names)
				for i := 1; i < len(names); i++ {
					if names[i] == names[i-1] {
						broken("userIds", names[i])
						return
					}
				}
			}),
	}
}

// userNames returns the names of a group's users. Every account has a user whose id and name are default.
func userNames(c *simulator.Call) []string {
	var names []string
	for _, id := range c.Texts("userIds[*]") {
		if user := c.Find(cacheUserKind, strings.ToLower(id)); user != nil {
			names = append(names, user.Text("userName"))
		} else if id == "default" {
			names = append(names, "default")
		}
	}
	return names
}
