package tests

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

// A named resource is one whose names a rule of components/naming makes.
type named struct {
	cloud  simulator.Cloud
	config map[string]any
	token  string
	rule   naming.Rule
	inputs func(name string) map[string]any
}

var amazon = aws.New(aws.Options{Region: "eu-west-1"})

// namedResources are the rules of components/naming, each with what it names. They are AWS's: what has no rule there
// gets no name from it in the other clouds.
var namedResources = map[string]named{
	"AWSRole": {amazon, nil, "aws:iam/role:Role", naming.AWSRole, func(name string) map[string]any {
		trust := `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}}`
		return map[string]any{"name": name, "assumeRolePolicy": trust}
	}},
	"AWSLogGroup": {amazon, nil, "aws:cloudwatch/logGroup:LogGroup", naming.AWSLogGroup, func(name string) map[string]any {
		return map[string]any{"name": name}
	}},
	"AWSSecurityGroup": {
		amazon, nil, "aws:ec2/securityGroup:SecurityGroup", naming.AWSSecurityGroup,
		func(name string) map[string]any {
			return map[string]any{"name": name, "vpcId": "vpc-0123456789abcdef0"}
		},
	},
	"AWSBucket": {amazon, nil, "aws:s3/bucketV2:BucketV2", naming.AWSBucket, func(name string) map[string]any {
		return map[string]any{"bucket": name}
	}},
	"AWSKeyAlias": {amazon, nil, "aws:kms/alias:Alias", naming.AWSKeyAlias, func(name string) map[string]any {
		return map[string]any{"name": "alias/" + name, "targetKeyId": "01234567-89ab-cdef-0123-456789abcdef"}
	}},
	"AWSKubernetes": {amazon, nil, "aws:eks/cluster:Cluster", naming.AWSKubernetes, func(name string) map[string]any {
		return map[string]any{
			"name": name, "roleArn": "arn:aws:iam::123456789012:role/r", "vpcConfig": map[string]any{"subnetIds": []any{"subnet-1", "subnet-2"}},
		}
	}},
	"AWSNodeGroupPrefix": {amazon, nil, "aws:eks/nodeGroup:NodeGroup", naming.AWSNodeGroupPrefix, func(name string) map[string]any {
		return map[string]any{
			"nodeGroupNamePrefix": name + "-", "clusterName": "c", "nodeRoleArn": "arn:aws:iam::123456789012:role/r",
			"subnetIds": []any{"subnet-1", "subnet-2"}, "scalingConfig": map[string]any{"minSize": 1, "desiredSize": 1, "maxSize": 1},
		}
	}},
	"AWSBackupVault": {amazon, nil, "aws:backup/vault:Vault", naming.AWSBackupVault, func(name string) map[string]any {
		return map[string]any{"name": name}
	}},
	"AWSBackupPlan": {amazon, nil, "aws:backup/selection:Selection", naming.AWSBackupPlan, func(name string) map[string]any {
		return map[string]any{
			"name": name, "planId": "01234567-89ab-cdef-0123-456789abcdef", "iamRoleArn": "arn:aws:iam::123456789012:role/backup",
		}
	}},
	"AWSBackupAudit": {amazon, nil, "aws:backup/framework:Framework", naming.AWSBackupAudit, func(name string) map[string]any {
		return map[string]any{"name": name, "controls": []any{map[string]any{"name": "BACKUP_RECOVERY_POINT_ENCRYPTED"}}}
	}},
	"AWSRestoreTest": {
		amazon, nil, "aws:backup/restoreTestingPlan:RestoreTestingPlan", naming.AWSRestoreTest,
		func(name string) map[string]any {
			return map[string]any{"name": name, "scheduleExpression": "cron(0 12 ? * MON *)"}
		},
	},
	"AWSTopic": {amazon, nil, "aws:sns/topic:Topic", naming.AWSTopic, func(name string) map[string]any {
		return map[string]any{"name": name}
	}},
	"AWSEventRule": {amazon, nil, "aws:cloudwatch/eventRule:EventRule", naming.AWSEventRule, func(name string) map[string]any {
		return map[string]any{"name": name, "eventPattern": `{"source":["aws.backup"]}`}
	}},
	"AWSStateMachine": {amazon, nil, "aws:sfn/stateMachine:StateMachine", naming.AWSStateMachine, func(name string) map[string]any {
		definition := `{"StartAt":"End","States":{"End":{"Type":"Succeed"}}}`
		return map[string]any{"name": name, "definition": definition, "roleArn": "arn:aws:iam::123456789012:role/r"}
	}},
	"AWSLoadBalancer": {amazon, nil, "aws:lb/loadBalancer:LoadBalancer", naming.AWSLoadBalancer, func(name string) map[string]any {
		return map[string]any{"name": name, "subnets": []any{"subnet-0123456789abcdef0", "subnet-0123456789abcdef1"}}
	}},
	"AWSTargetGroup": {amazon, nil, "aws:lb/targetGroup:TargetGroup", naming.AWSTargetGroup, func(name string) map[string]any {
		return map[string]any{"name": name, "port": 80, "protocol": "HTTP", "vpcId": "vpc-0123456789abcdef0"}
	}},
	"AWSWebACL": {amazon, nil, "aws:wafv2/webAcl:WebAcl", naming.AWSWebACL, func(name string) map[string]any {
		visibility := map[string]any{"cloudwatchMetricsEnabled": true, "metricName": "m", "sampledRequestsEnabled": true}
		return map[string]any{
			"name": name, "scope": "REGIONAL", "defaultAction": map[string]any{"allow": map[string]any{}}, "visibilityConfig": visibility,
		}
	}},
	"AWSAlarm": {amazon, nil, "aws:cloudwatch/compositeAlarm:CompositeAlarm", naming.AWSAlarm, func(name string) map[string]any {
		return map[string]any{"alarmName": name, "alarmRule": "TRUE"}
	}},
	"AWSDashboard": {amazon, nil, "aws:cloudwatch/dashboard:Dashboard", naming.AWSDashboard, func(name string) map[string]any {
		return map[string]any{"dashboardName": name, "dashboardBody": `{"widgets":[]}`}
	}},
	"AWSChat": {
		amazon, nil, "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", naming.AWSChat,
		func(name string) map[string]any {
			return map[string]any{
				"configurationName": name, "iamRoleArn": "arn:aws:iam::123456789012:role/chat",
				"slackChannelId": "C07EZ1ABC23", "slackTeamId": "T07EA123LEP",
			}
		},
	},
	"AWSDatabase": {amazon, nil, "aws:rds/instance:Instance", naming.AWSDatabase, func(name string) map[string]any {
		return map[string]any{"identifier": name, "replicateSourceDb": "main", "instanceClass": "db.m7g.large"}
	}},
	"AWSDatabaseCluster": {amazon, nil, "aws:rds/cluster:Cluster", naming.AWSDatabaseCluster, func(name string) map[string]any {
		return map[string]any{
			"clusterIdentifier": name, "engine": "postgres", "dbClusterInstanceClass": "db.m6gd.large", "allocatedStorage": 400,
			"storageType": "gp3", "iops": 12000, "masterUsername": "dbadmin", "manageMasterUserPassword": true,
		}
	}},
	"AWSDatabaseGroup": {amazon, nil, "aws:rds/parameterGroup:ParameterGroup", naming.AWSDatabaseGroup,
		func(name string) map[string]any { return map[string]any{"name": name, "family": "postgres17"} }},
	"AWSCache": {amazon, nil, "aws:elasticache/replicationGroup:ReplicationGroup", naming.AWSCache,
		func(name string) map[string]any {
			return map[string]any{"replicationGroupId": name, "description": "cache", "nodeType": "cache.m7g.large"}
		}},
	"AWSSecret": {amazon, nil, "aws:secretsmanager/secret:Secret", naming.AWSSecret, func(name string) map[string]any {
		return map[string]any{"name": name}
	}},
	"AWSServiceRoleSuffix": {
		amazon, nil, "aws:iam/serviceLinkedRole:ServiceLinkedRole", naming.AWSServiceRoleSuffix,
		func(name string) map[string]any {
			return map[string]any{"awsServiceName": "autoscaling.amazonaws.com", "customSuffix": name}
		},
	},
	"AWSLaunchTemplate": {
		amazon, nil, "aws:ec2/launchTemplate:LaunchTemplate", naming.AWSLaunchTemplate,
		func(name string) map[string]any { return map[string]any{"name": name} },
	},
	"AWSAutoScalingGroup": {
		amazon, nil, "aws:autoscaling/group:Group", naming.AWSAutoScalingGroup,
		func(name string) map[string]any {
			return map[string]any{
				"name": name, "minSize": 1, "maxSize": 1, "availabilityZones": []any{"eu-west-1a"},
				"launchTemplate": map[string]any{"id": "lt-0123456789abcdef0", "version": "1"},
			}
		},
	},
	"AWSTrail": {amazon, nil, "aws:cloudtrail/trail:Trail", naming.AWSTrail, func(name string) map[string]any {
		return map[string]any{"name": name, "s3BucketName": "records"}
	}},
	"AWSMetricNamespace": {
		amazon, nil, "aws:cloudwatch/logMetricFilter:LogMetricFilter", naming.AWSMetricNamespace,
		func(name string) map[string]any {
			metric := map[string]any{"name": "count", "namespace": name, "value": "1"}
			return map[string]any{"logGroupName": "trail", "pattern": "", "name": "filter", "metricTransformation": metric}
		},
	},
	"AWSConfigRule": {amazon, nil, "aws:cfg/rule:Rule", naming.AWSConfigRule, func(name string) map[string]any {
		source := map[string]any{"owner": "AWS", "sourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}
		return map[string]any{"name": name, "source": source}
	}},
	"AWSAnalyzer": {amazon, nil, "aws:accessanalyzer/analyzer:Analyzer", naming.AWSAnalyzer, func(name string) map[string]any {
		return map[string]any{"analyzerName": name}
	}},
	"AWSGroup": {amazon, nil, "aws:iam/group:Group", naming.AWSGroup, func(name string) map[string]any {
		return map[string]any{"name": name}
	}},
	"AWSBudget": {amazon, nil, "aws:budgets/budget:Budget", naming.AWSBudget, func(name string) map[string]any {
		return map[string]any{"name": name, "budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "1", "limitUnit": "USD"}
	}},
	"AWSNameTag": {amazon, nil, "aws:ec2/vpc:Vpc", naming.AWSNameTag, func(name string) map[string]any {
		return map[string]any{"cidrBlock": "10.0.0.0/16", "tags": map[string]any{"Name": name}}
	}},
}

// TestNamesAreAccepted: whatever resources are called, the simulated clouds take the names that components/naming makes
// of it.
func TestNamesAreAccepted(t *testing.T) {
	t.Parallel()
	tried := slices.Collect(maps.Keys(namedResources))
	require.ElementsMatch(t, rulesOf(t), tried, "every rule of components/naming is tried")
	for name, resource := range namedResources {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check := checker(t, resource.cloud, resource.config, resource.token)
			random := names{rand.New(rand.NewPCG(1, 2))}
			for range 10_000 {
				parts := random.parts()
				made := resource.rule.Name(parts...)
				require.Empty(t, check(resource.inputs(made)), "%q of %q", made, parts)
			}
		})
	}
}

// TestTagsAreAccepted: the simulated clouds take the tags that components/naming takes.
func TestTagsAreAccepted(t *testing.T) {
	t.Parallel()
	check := checker(t, amazon, nil, "aws:ec2/vpc:Vpc")
	random := names{rand.New(rand.NewPCG(3, 4))}
	taken := 0
	for range 20_000 {
		tags, given := map[string]string{}, map[string]any{}
		for range random.IntN(3) {
			tags[random.part()] = random.part()
		}
		for key, value := range tags {
			given[key] = value
		}
		if naming.AWSTags.Check("tags", tags) != nil {
			continue
		}
		taken++
		require.Empty(t, check(map[string]any{"cidrBlock": "10.0.0.0/16", "tags": given}), "%q", tags)
	}
	assert.Greater(t, taken, 10_000)
}

// checker returns what a simulated cloud says of a resource's inputs.
func checker(
	t *testing.T, cloud simulator.Cloud, config map[string]any, token string,
) func(map[string]any) []simulator.Problem {
	t.Helper()
	account, err := simulator.NewAccount(cloud, simulator.Options{})
	require.NoError(t, err)
	require.True(t, account.Modelled(token), "%s is only echoed: its names would pass anyway", token)
	provider, problems := account.Provider(resource.NewPropertyMapFromMap(config))
	require.Empty(t, problems)
	request := simulator.Request{URN: resource.URN("urn:pulumi:s::p::" + token + "::n"), Token: token}
	return func(inputs map[string]any) []simulator.Problem {
		_, problems := provider.Check(request, nil, resource.NewPropertyMapFromMap(inputs))
		return problems
	}
}

// rulesOf returns the names of the rules that components/naming has.
func rulesOf(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../components/naming/*.go")
	require.NoError(t, err)
	var rules []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, decl := range parsed.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok || general.Tok != token.VAR {
				continue
			}
			for _, spec := range general.Specs {
				variable := spec.(*ast.ValueSpec)
				value, ok := variable.Values[0].(*ast.CompositeLit)
				if ok && fmt.Sprint(value.Type) == "Rule" && variable.Names[0].IsExported() {
					rules = append(rules, variable.Names[0].Name)
				}
			}
		}
	}
	return rules
}

// names makes up what people, and their programs, call things.
type names struct{ *rand.Rand }

var (
	alphabets = []string{
		"abcdefghijklmnopqrstuvwxyz", "abcABC019", "0123456789", "-_./:", "-", " \t\n", "!\"#$%&'()*+,;<=>?@[\\]^{|}~`",
		"äöüßéèñçÅØ", "данные", "数据库網路", "👩🏽‍💻🚀", "\u200b\u202e\u0301", "\x00\x7f\xff\xfe",
	}
	reserved = []string{
		"aws", "aws:", "AWS/", "aws/", "/aws/", "sg-", "SG-", "sg", "internal-", "default", "Amazon", "goog", "google",
		"Azure", "Microsoft", "windows", "xn--", "-", "--", "..", "www", "con", "null", "${name}", "%s", "../..",
	}
)

func (n names) parts() []string {
	parts := make([]string, n.IntN(5))
	for i := range parts {
		parts[i] = n.part()
	}
	return parts
}

func (n names) part() string {
	switch n.IntN(10) {
	case 0:
		return ""
	case 1, 2:
		return reserved[n.IntN(len(reserved))]
	case 3:
		return reserved[n.IntN(len(reserved))] + n.text(n.IntN(8))
	case 4:
		return n.text(n.IntN(700)) // longer than any rule allows
	default:
		return n.text(1 + n.IntN(20))
	}
}

// text returns characters of one alphabet, or of two.
func (n names) text(length int) string {
	alphabet := []rune(alphabets[n.IntN(len(alphabets))])
	if n.IntN(2) == 0 {
		alphabet = append(alphabet, []rune(alphabets[n.IntN(3)])...)
	}
	var text strings.Builder
	for range length {
		text.WriteRune(alphabet[n.IntN(len(alphabet))])
	}
	return text.String()
}
