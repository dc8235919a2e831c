package loadbalancer

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/bucket"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
)

// Where in the bucket the logs of requests and of connections lie. AWS refuses prefixes with "AWSLogs" in them.
const (
	accessPrefix     = "access"
	connectionPrefix = "connections"
)

// logWriter is who writes logs of Application Load Balancers, since September 2025 in every region; before, the older
// regions had an account each (ELB user guides, document history of 2025-09-10).
const logWriter = "logdelivery.elasticloadbalancing.amazonaws.com"

// createLogs makes the bucket of the access and connection logs. Load balancers can write to buckets with S3's own keys
// alone (ELB user guide, "Enable access logs").
func (b *builder) createLogs() error {
	b.out.LogBucketName = pulumi.String("").ToStringOutput()
	if b.args.AccessLogs.Disabled {
		return nil
	}
	created, err := bucket.New(b.Family, b.account, "logs", bucket.Args{
		RetentionDays: b.args.AccessLogs.RetentionDays,
		Statements:    b.logStatements,
	})
	if err != nil {
		return err
	}
	b.logs = created
	b.out.LogBucketName = created.ID().ToStringOutput()
	return nil
}

// logStatements let load balancers of this account write. The account's number in the path is what keeps others out: a
// load balancer writes under the number of the account that it belongs to.
func (b *builder) logStatements(arn string) []iamdoc.Statement {
	var objects []string
	for _, prefix := range []string{accessPrefix, connectionPrefix} {
		objects = append(objects, arn+"/"+prefix+"/AWSLogs/"+b.account.ID+"/*")
	}
	return []iamdoc.Statement{{
		Sid: "LoadBalancer", Principal: iamdoc.Service(logWriter), Action: []string{"s3:PutObject"}, Resource: objects,
	}}
}
