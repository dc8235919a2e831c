package aws

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/database"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func (d *deployment) createDatabase() (err error) {
	args := d.plan.database()
	if args == nil {
		return nil
	}
	args.VpcID, args.SubnetIDs, args.ClientSecurityGroupIDs = d.network.VpcID, d.network.DataSubnetIDs, d.clients()
	if own := d.plan.spec.Database.Notifications; d.topics != nil && !own.Disabled && len(own.Emails) == 0 {
		args.TopicARN = d.told()[spec.Warning].ToStringOutput().ToStringPtrOutput()
	}
	if d.recovery != nil {
		args.ReplicaProvider = d.recovery.provider
		if d.plan.spec.Recovery.DatabaseReplica {
			n := d.recovery.network
			args.Replica = database.RegionReplica{
				VpcID: n.VpcID, SubnetIDs: n.DataSubnetIDs, ClientSecurityGroupIDs: d.recovery.clients(),
			}
		}
	}
	if d.database, err = database.New(d.ctx, "main", args); err != nil {
		return err
	}
	d.ctx.Export("databaseIdentifier", d.database.Identifier)
	d.ctx.Export("databaseEndpoint", d.database.Endpoint)
	d.ctx.Export("databaseSecurityGroupId", d.database.SecurityGroupID)
	d.ctx.Export("databaseKeyArn", d.database.KeyARN)
	d.ctx.Export("databaseReplicaArn", d.database.ReplicaARN)
	d.ctx.Export("databaseSecretArn", d.database.SecretARN)
	d.ctx.Export("databaseTopicArn", d.database.TopicARN)
	return nil
}

func (d *deployment) createCache() (err error) {
	args := d.plan.cache()
	if args == nil {
		return nil
	}
	args.VpcID, args.SubnetIDs, args.ClientSecurityGroupIDs = d.network.VpcID, d.network.DataSubnetIDs, d.clients()
	if d.cache, err = cache.New(d.ctx, "main", args); err != nil {
		return err
	}
	d.ctx.Export("cacheId", d.cache.ID)
	d.ctx.Export("cacheEndpoint", d.cache.PrimaryEndpoint)
	d.ctx.Export("cacheKeyArn", d.cache.KeyARN)
	return d.createStandbyCache()
}

// store is the data of one region, and who uses it there.
type store struct {
	name     string                      // begins the names of what is made for it
	database *access                     // nil without
	cache    *cache.Cache                // nil without
	machines map[string]*cluster.Cluster // by name
	options  []pulumi.ResourceOption
}

// access is what it takes to sign in to a database.
type access struct{ endpoint, secretARN, keyARN pulumi.StringInput }

// publish tells the machines of each region where their data is.
func (d *deployment) publish() error {
	home := store{name: "main", cache: d.cache, machines: d.clusters}
	if d.database != nil {
		home.database = &access{d.database.Endpoint, d.database.SecretARN, d.database.KeyARN}
	}
	if err := d.tell(home); err != nil || d.recovery == nil {
		return err
	}
	away := store{
		name: "recovery", cache: d.recovery.cache, options: []pulumi.ResourceOption{pulumi.Provider(d.recovery.provider)},
	}
	if d.plan.spec.Recovery.DatabaseReplica {
		away.database = &access{d.database.ReplicaEndpoint, d.database.ReplicaSecretARN, d.database.ReplicaKeyARN}
	}
	if d.recovery.cluster != nil {
		away.machines = map[string]*cluster.Cluster{"recovery": d.recovery.cluster}
	}
	return d.tell(away)
}

// tell tells machines where their data is, by parameters of Systems Manager in their region under /<project>/<stack>, and
// lets them use it. Not by their user data: the database knows the machines' security groups, so the machines come first.
func (d *deployment) tell(s store) error {
	facts := map[string]pulumi.StringInput{}
	statements := pulumi.StringArray{}
	if s.database != nil {
		facts["database/endpoint"], facts["database/secret-arn"] = s.database.endpoint, s.database.secretARN
		statements = append(statements,
			allow("secretsmanager:GetSecretValue", s.database.secretARN), allow("kms:Decrypt", s.database.keyARN))
	}
	if s.cache != nil {
		facts["cache/endpoint"], facts["cache/user"] = s.cache.PrimaryEndpoint, s.cache.UserNames.MapIndex(pulumi.String("app"))
	}
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		parameter, err := ssm.NewParameter(d.ctx, s.name+"-"+name, &ssm.ParameterArgs{
			Name: pulumi.Sprintf("/%s/%s/%s", d.ctx.Project(), d.ctx.Stack(), name), Type: pulumi.String("String"),
			Value: facts[name], Tags: pulumi.ToStringMap(d.plan.tagged(nil)),
		}, s.options...)
		if err != nil {
			return err
		}
		statements = append(statements, allow("ssm:GetParameter", parameter.Arn))
	}
	if len(statements) == 0 {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(s.machines)) {
		if err := d.grant(s, name, statements); err != nil {
			return err
		}
	}
	return nil
}

// grant gives the machines of a cluster the permissions of the statements, and to sign in to the cache.
func (d *deployment) grant(s store, cluster string, statements pulumi.StringArray) error {
	role := s.machines[cluster].RoleName
	if _, err := iam.NewRolePolicy(d.ctx, cluster+"-data", &iam.RolePolicyArgs{
		Name: pulumi.String("data"), Role: role, Policy: statements.ToStringArrayOutput().ApplyT(document).(pulumi.StringOutput),
	}, s.options...); err != nil {
		return err
	}
	if s.cache == nil {
		return nil
	}
	_, err := iam.NewRolePolicy(d.ctx, cluster+"-cache", &iam.RolePolicyArgs{
		Name: pulumi.String("cache"), Role: role, Policy: s.cache.ConnectPolicies.MapIndex(pulumi.String("app")),
	}, s.options...)
	return err
}

// allow is a statement that allows one action on one resource.
func allow(action string, arn pulumi.StringInput) pulumi.StringOutput {
	return arn.ToStringOutput().ApplyT(func(arn string) (string, error) {
		text, err := json.Marshal(map[string]any{"Effect": "Allow", "Action": []string{action}, "Resource": []string{arn}})
		return string(text), err
	}).(pulumi.StringOutput)
}

// document is the policy of the statements.
func document(statements []string) (string, error) {
	all := make([]json.RawMessage, len(statements))
	for i, statement := range statements {
		all[i] = json.RawMessage(statement)
	}
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": all})
	return string(text), err
}

func (d *deployment) createBackup() (err error) {
	args := d.plan.backup()
	if args == nil {
		return nil
	}
	args.Plans = d.plan.plans() // whose rules the vault has judged in its main plan
	if d.recovery != nil {
		args.CopyProvider = d.recovery.provider
	}
	if len(d.clusters) > 0 {
		args.InstanceRoleARNs = map[string]pulumi.StringInput{}
		for colour, c := range d.clusters {
			args.InstanceRoleARNs[colour] = c.RoleARN
		}
	}
	d.testDatabase(args)
	if d.backup, err = backup.New(d.ctx, "main", args); err != nil {
		return err
	}
	d.ctx.Export("backupVaultName", d.backup.VaultName)
	d.ctx.Export("backupKeyArn", d.backup.KeyARN)
	d.ctx.Export("backupRestoreRoleArn", d.backup.RestoreRoleARN)
	return nil
}
