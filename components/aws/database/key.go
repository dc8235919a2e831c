package database

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/topic"
)

func (b *builder) createKey() (err error) {
	b.keyARN, b.ownKeyARN, err = createKey(b.Family, b.account, "database-key", b.args.KeyARN, b.args.ownTopic(b.args.TopicARN))
	if err != nil {
		return err
	}
	b.database.KeyARN = b.keyARN
	b.logsKeyARN, err = logs.Key(b.Family, b.account, "database-logs-key", b.args.LogsKeyARN, b.ownKeyARN)
	return err
}

// createKey returns the key given, or creates one, which it returns twice. RDS and Secrets Manager use a key through
// grants that whoever creates the database makes; only CloudWatch Logs and the sender of events must be let in by the
// key's policy, which one that is given may not do.
func createKey(
	f family.Family, account family.Account, part string, given pulumi.StringPtrInput, topics bool,
) (pulumi.StringOutput, pulumi.StringPtrInput, error) {
	if given != nil {
		return given.ToStringPtrOutput().Elem(), nil, nil
	}
	uses := []iamdoc.Statement{key.ForLogs(account)}
	if topics {
		uses = append(uses, topic.KeyUse(account, "", topic.Databases(account))...)
	}
	made, err := key.New(f, account, part, "Encrypts the database "+f.Name, uses...)
	if err != nil {
		return pulumi.StringOutput{}, nil, err
	}
	return made.Arn, made.Arn.ToStringPtrOutput(), nil
}
