package naming

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// strict exercises every part of a rule at once; it resembles a load balancer's on AWS.
var strict = Rule{Max: 32, Extra: "-", Separator: "-", Lower: true, LetterFirst: true, AlnumEnds: true, NotPrefixes: []string{"internal-"}}

// tight allows nothing but letters and digits, like a storage account on Azure.
var tight = Rule{Max: 24, Lower: true}

// patterns say the same as the rules in the words of the clouds' own documentation.
var patterns = map[string]struct {
	rule    Rule
	pattern *regexp.Regexp
}{
	"AWS role":            {AWSRole, regexp.MustCompile(`^[\w+=,.@-]{1,64}$`)},
	"AWS log group":       {AWSLogGroup, regexp.MustCompile(`^[.\-_/#A-Za-z0-9]{1,512}$`)},
	"AWS security group":  {AWSSecurityGroup, regexp.MustCompile(`^[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{1,255}$`)},
	"AWS bucket":          {AWSBucket, regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)},
	"AWS key alias":       {AWSKeyAlias, regexp.MustCompile(`^[a-zA-Z0-9/_-]{1,250}$`)},
	"AWS Kubernetes":      {AWSKubernetes, regexp.MustCompile(`^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$`)},
	"AWS node group":      {AWSNodeGroupPrefix, regexp.MustCompile(`^[0-9A-Za-z][A-Za-z0-9_-]{0,35}$`)},
	"AWS backup vault":    {AWSBackupVault, regexp.MustCompile(`^[a-zA-Z0-9_-]{2,50}$`)},
	"AWS backup plan":     {AWSBackupPlan, regexp.MustCompile(`^[a-zA-Z0-9_.-]{1,50}$`)},
	"AWS backup audit":    {AWSBackupAudit, regexp.MustCompile(`^[a-zA-Z][_a-zA-Z0-9]{0,255}$`)},
	"AWS restore test":    {AWSRestoreTest, regexp.MustCompile(`^[0-9A-Za-z_]{1,50}$`)},
	"AWS topic":           {AWSTopic, regexp.MustCompile(`^[a-zA-Z0-9_-]{1,256}$`)},
	"AWS event rule":      {AWSEventRule, regexp.MustCompile(`^[.\-_A-Za-z0-9]{1,64}$`)},
	"AWS state machine":   {AWSStateMachine, regexp.MustCompile(`^[0-9A-Za-z_-]{1,80}$`)},
	"AWS load balancer":   {AWSLoadBalancer, regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$`)},
	"AWS target group":    {AWSTargetGroup, regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$`)},
	"AWS web ACL":         {AWSWebACL, regexp.MustCompile(`^[\w-]{1,128}$`)},
	"AWS alarm":           {AWSAlarm, regexp.MustCompile(`^[a-zA-Z0-9_.-]{1,255}$`)},
	"AWS dashboard":       {AWSDashboard, regexp.MustCompile(`^[a-zA-Z0-9_-]{1,255}$`)},
	"AWS chat":            {AWSChat, regexp.MustCompile(`^[a-zA-Z0-9_-]{1,128}$`)},
	"AWS database":        {AWSDatabase, regexp.MustCompile(`^[a-z](-?[a-z0-9]){0,62}$`)},
	"AWS cluster":         {AWSDatabaseCluster, regexp.MustCompile(`^[a-z](-?[a-z0-9]){0,51}$`)},
	"AWS database group":  {AWSDatabaseGroup, regexp.MustCompile(`^[a-z](-?[a-z0-9]){0,254}$`)},
	"AWS secret":          {AWSSecret, regexp.MustCompile(`^[a-zA-Z0-9/_+=.@-]{1,512}$`)},
	"AWS role suffix":     {AWSServiceRoleSuffix, regexp.MustCompile(`^[a-zA-Z0-9+=,.@-]{1,35}$`)},
	"AWS launch template": {AWSLaunchTemplate, regexp.MustCompile(`^[a-zA-Z0-9().\-/_]{3,128}$`)},
	"AWS scaling group":   {AWSAutoScalingGroup, regexp.MustCompile(`^[a-zA-Z0-9.\-_/]{1,255}$`)},
	"AWS name tag":        {AWSNameTag, regexp.MustCompile(`^[a-zA-Z0-9 _.:/=+\-@]{1,256}$`)},
	"strict":              {strict, regexp.MustCompile(`^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$`)},
	"tight":               {tight, regexp.MustCompile(`^[a-z0-9]{1,24}$`)},
	"AWS cache":           {AWSCache, regexp.MustCompile(`^[a-z](-?[a-z0-9]){0,39}$`)},
	"AWS trail":           {AWSTrail, regexp.MustCompile(`^[a-zA-Z0-9](-?[a-zA-Z0-9]){2,127}$`)},
	"AWS namespace":       {AWSMetricNamespace, regexp.MustCompile(`^[^:*$]{1,255}$`)},
	"AWS Config rule":     {AWSConfigRule, regexp.MustCompile(`^[a-zA-Z0-9_-]{1,128}$`)},
	"AWS analyzer":        {AWSAnalyzer, regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,254}$`)},
	"AWS group":           {AWSGroup, regexp.MustCompile(`^[\w+=,.@-]{1,128}$`)},
	"AWS budget":          {AWSBudget, regexp.MustCompile(`^[^:\\/]{1,100}$`)},
}

func TestName(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule  Rule
		parts []string
		want  string
	}{
		{AWSRole, []string{"holdfast", "aws-dev", "main", "flow-logs"}, "holdfast-aws-dev-main-flow-logs"},
		{AWSRole, []string{"", "a", "", "b"}, "a-b"},
		{AWSLogGroup, []string{"/holdfast", "aws-dev", "main"}, "/holdfast/aws-dev/main"},
		{AWSLogGroup, []string{"aws", "x"}, "naws/x/wntwduqy"},
		{AWSSecurityGroup, []string{"sg", "x"}, "nsg-x-m2eyrz5j"},
		{AWSSecurityGroup, []string{"default"}, "ndefault-"},
		{AWSSecurityGroup, []string{"Default"}, "nDefault-"},
		{AWSSecurityGroup, []string{"default", "x"}, "default-x"},
		{AWSRole, []string{"naïve"}, "na-ve-"},
		{AWSRole, []string{strings.Repeat("x", 65)}, strings.Repeat("x", 55) + "-"},
		{strict, []string{"Main"}, "main-"},
		{strict, []string{"internal", "lb"}, "ninternal-lb-"},
		{strict, []string{"9lives"}, "n9lives-"},
		{strict, []string{"-a-"}, "a-"},
		{strict, []string{strings.Repeat("ab-", 20)}, "ab-ab-ab-ab-ab-ab-ab-ab-"},
		{strict, nil, "n"},
		{tight, []string{"My-App", "dev"}, "myappdev"},
		{tight, []string{"--"}, "n"},
		{AWSBucket, []string{"ab"}, "ab-"},
		{AWSDatabase, []string{"Shop", "dev", "main"}, "shop-dev-main-"},
		{AWSDatabase, []string{"a--b", "", "c-"}, "a-b-c-"},
		{AWSDatabase, []string{"9---9"}, "n9-9-"},
		{AWSDatabaseGroup, []string{"default"}, "ndefault-"},
		{AWSTrail, []string{"a", "-b-", "c"}, "a-b-c-"},
	}
	for _, test := range tests {
		got := test.rule.Name(test.parts...)
		full := strings.Join(test.parts, test.rule.Separator)
		if strings.HasPrefix(got, test.want) && got != test.want {
			assert.Len(t, strings.TrimPrefix(got, test.want), hashLength, "%q ends in a hash", full)
			continue
		}
		assert.Equal(t, test.want, got, "%q", full)
	}
}

func TestNamesStayApart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("platform-", 10)
	for name, p := range patterns {
		seen := map[string]string{}
		for _, part := range []string{long + "a", long + "b", "x y", "x_y", "x/y", "x~y", "x^y", "X", "x", "9", "-", "--", "", "internal-x", "é", "è"} {
			got := p.rule.Name(part)
			if p.rule.Valid(part) {
				assert.Equal(t, part, got, "%s: a valid name is left alone", name)
			}
			require.Empty(t, seen[got], "%s: %q and %q both become %q", name, part, seen[got], got)
			seen[got] = part + " "
		}
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	assert.True(t, strict.Valid("main"))
	for _, name := range []string{"", "Main", "-main", "main-", "9a", "a_b", "internal-a", strings.Repeat("a", 33)} {
		assert.False(t, strict.Valid(name), "%q", name)
	}
}

// Whatever the parts are, the name is one that the cloud accepts, and it is the same every time.
func FuzzName(f *testing.F) {
	f.Add("holdfast", "aws-dev", "main")
	f.Add("", "", "")
	f.Add("Ünïcode", "\x00\xff", "sg-")
	f.Add("internAl", " ", " ") // became "internal-" and a hash, which is reserved
	f.Add("internal-", strings.Repeat("-", 40), "a")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for name, p := range patterns {
			got := p.rule.Name(a, b, c)
			require.Regexp(t, p.pattern, got, "%s of %q %q %q", name, a, b, c)
			for _, prefix := range p.rule.NotPrefixes {
				require.False(t, strings.HasPrefix(got, prefix), "%s of %q %q %q", name, a, b, c)
			}
			require.True(t, p.rule.Valid(got))
			require.Equal(t, got, p.rule.Name(a, b, c))
			require.Equal(t, got, p.rule.Name(got), "a name's name is itself")
			if c != "" {
				require.NotEqual(t, got, p.rule.Name(a, b, c+"x"))
			}
		}
	})
}
