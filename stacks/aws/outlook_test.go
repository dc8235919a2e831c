package aws

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/internal/sla"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// What is exported is what the parts that keep data allow; a figure that there is none of is not exported.
func TestWhatIsLost(t *testing.T) {
	t.Parallel()
	away := &platform.Recovery{Region: "us-west-2"}
	saved := func(plan string) *spec.Cluster {
		return &spec.Cluster{Tags: map[string]string{spec.BackupTagKey: plan}}
	}
	hours := func(rto int) *spec.Backup { return &spec.Backup{RTOMinutes: rto} }
	idle := map[string]spec.BackupRule{}
	for _, rule := range []string{"hourly", "daily", "weekly", "monthly"} {
		idle[rule] = spec.BackupRule{CopyDisabled: true}
	}
	for name, test := range map[string]struct {
		spec platform.Spec
		want map[string]int
	}{
		"nothing kept":           {platform.Spec{Cluster: &spec.Cluster{}, Cache: &spec.Cache{}}, map[string]int{}},
		"a database":             {platform.Spec{Database: &spec.Database{}}, map[string]int{"rpoMinutes": 5, "rtoMinutes": 240}},
		"a database, vaulted":    {platform.Spec{Database: &spec.Database{}, Backup: hours(90)}, map[string]int{"rpoMinutes": 5, "rtoMinutes": 90}},
		"its backups away":       {platform.Spec{Database: &spec.Database{}, Recovery: away}, map[string]int{"rpoMinutes": 5, "copyRpoMinutes": 30, "rtoMinutes": 240}},
		"machines":               {platform.Spec{Cluster: &spec.Cluster{}, Backup: hours(0), Recovery: away}, map[string]int{}},
		"disks":                  {platform.Spec{Cluster: saved("true"), Backup: hours(0)}, map[string]int{"rpoMinutes": 120, "rtoMinutes": 240}},
		"disks away":             {platform.Spec{Cluster: saved("true"), Backup: hours(0), Recovery: away}, map[string]int{"rpoMinutes": 120, "copyRpoMinutes": 120, "rtoMinutes": 240}},
		"disks, by a tag of all": {platform.Spec{Cluster: &spec.Cluster{}, Tags: map[string]string{"Backup": "true"}, Backup: hours(0)}, map[string]int{"rpoMinutes": 120, "rtoMinutes": 240}},
		"disks, without a vault": {platform.Spec{Cluster: saved("true")}, map[string]int{}},
		"disks, by no plan":      {platform.Spec{Cluster: saved("rarely"), Backup: hours(0)}, map[string]int{}},
		"disks, by a plan":       {platform.Spec{Cluster: saved("rarely"), Backup: &spec.Backup{Plans: map[string]spec.BackupPlan{"rarely": {Rules: map[string]spec.BackupRule{"daily": {}}}}}}, map[string]int{"rpoMinutes": 1500, "rtoMinutes": 240}},
		"volumes":                {platform.Spec{Kubernetes: &spec.Kubernetes{}, Backup: hours(0)}, map[string]int{"rpoMinutes": 120, "rtoMinutes": 240}},
		"volumes not copied":     {platform.Spec{Kubernetes: &spec.Kubernetes{}, Backup: &spec.Backup{Rules: idle}, Recovery: away}, map[string]int{"rpoMinutes": 120, "rtoMinutes": 240}},
		"sessions":               {platform.Spec{Cache: &spec.Cache{Use: spec.CacheState}, Database: &spec.Database{}, Recovery: away}, map[string]int{"rpoMinutes": 1500, "rtoMinutes": 240}},
		"sessions, not saved":    {platform.Spec{Cache: &spec.Cache{Use: spec.CacheState, BackupsDisabled: true}}, map[string]int{"rtoMinutes": 240}},
		"a running copy": {platform.Spec{Database: &spec.Database{}, DatabasePassword: "correct-horse-battery",
			Recovery: &platform.Recovery{Region: "us-west-2", DatabaseReplica: true}}, map[string]int{"rpoMinutes": 5, "copyRpoMinutes": 5, "rtoMinutes": 240}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := map[string]int{}
			_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
				err := (&deployment{ctx: ctx, plan: newPlan("holdfast", "test", test.spec)}).promise()
				for name, value := range ctx.GetCurrentExportMap() {
					if minutes, ok := value.(pulumi.Int); ok {
						got[name] = int(minutes)
					}
				}
				return err
			})
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}

// What runs in Kubernetes needs its nodes too, and machines count once.
func TestMachinesCount(t *testing.T) {
	t.Parallel()
	nodes := []sla.Entry{sla.AWSInstances, sla.AWSKubernetes}
	assert.Equal(t, nodes, newPlan("holdfast", "test", platform.Spec{Kubernetes: &spec.Kubernetes{}}).outlook().Path)
	assert.Equal(t, nodes, newPlan("holdfast", "test", platform.Spec{Kubernetes: &spec.Kubernetes{}, Cluster: &spec.Cluster{}}).outlook().Path)
	assert.Equal(t, nodes[:1], newPlan("holdfast", "test", platform.Spec{Cluster: &spec.Cluster{}}).outlook().Path)
}
