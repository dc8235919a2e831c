package loadbalancer

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/bucket"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
)

// Where in the bucket the logs of requests and of connections lie. AWS refuses prefixes with "AWSLogs" in them.
const (
	accessPrefix     = "access"
	connectionPrefix = "connections"
)

// Who writes the logs of Application Load Balancers, since September 2025 in every region (before, the older regions had an
// account each; ELB user guides, document history of 2025-09-10), and of Network Load Balancers.
const (
	requestLogger    = "logdelivery.elasticloadbalancing.amazonaws.com"
	connectionLogger = "delivery.logs.amazonaws.com"
)

// createLogs makes the bucket of the access and connection logs. Application Load Balancers can write to buckets with S3's
// own keys alone, and Network Load Balancers log TLS connections alone (ELB user guides, "Enable access logs").
func (b *builder) createLogs() error {
	b.out.LogBucketName = pulumi.String("").ToStringOutput()
	if b.args.AccessLogs.Disabled || b.args.TCP && b.args.Unencrypted {
		return nil
	}
	statements := b.forRequestLogger
	if b.args.TCP {
		statements = b.forConnectionLogger
	}
	created, err := bucket.New(b.Family, b.account, "balancer-logs", bucket.Args{
		RetentionDays: b.args.AccessLogs.RetentionDays, Erasable: b.args.AccessLogs.Erasable, Statements: statements,
	})
	if err != nil {
		return err
	}
	b.logs = created
	b.out.LogBucketName = created.ID().ToStringOutput()
	return nil
}

// forRequestLogger lets load balancers of this account write. The account's number in the path is what keeps others out: a
// load balancer writes under the number of the account that it belongs to.
func (b *builder) forRequestLogger(arn string) []iamdoc.Statement {
	return []iamdoc.Statement{{
		Sid: "Write", Principal: iamdoc.Service(requestLogger), Action: []string{"s3:PutObject"},
		Resource: []string{b.logObjects(arn, accessPrefix), b.logObjects(arn, connectionPrefix)},
	}}
}

// forConnectionLogger lets AWS's common log delivery look at the bucket and write, on behalf of the account alone.
func (b *builder) forConnectionLogger(arn string) []iamdoc.Statement {
	ours := iamdoc.Equal("aws:SourceAccount", b.account.ID)
	ours["ArnLike"] = map[string]any{"aws:SourceArn": b.account.ARN("logs", "*")}
	return []iamdoc.Statement{
		{
			Sid: "Look", Principal: iamdoc.Service(connectionLogger), Action: []string{"s3:GetBucketAcl"},
			Resource: []string{arn}, Condition: ours,
		},
		{
			Sid: "Write", Principal: iamdoc.Service(connectionLogger), Action: []string{"s3:PutObject"},
			Resource: []string{b.logObjects(arn, accessPrefix)}, Condition: ours,
		},
	}
}

// logObjects are the objects that logs under a prefix become.
func (b *builder) logObjects(bucket, prefix string) string {
	return bucket + "/" + prefix + "/AWSLogs/" + b.account.ID + "/*"
}

// logsKey is the key of the log groups, of the firewall and of rollbacks. It is made with the first of them.
func (b *builder) logsKey() (_ pulumi.StringPtrInput, err error) {
	if b.logsKeyARN == nil {
		b.logsKeyARN, err = logs.Key(b.Family, b.account, "balancer-logs-key", b.args.LogsKeyARN)
	}
	return b.logsKeyARN, err
}
