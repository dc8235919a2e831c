package database

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
)

func (b *builder) createKey() (err error) {
	b.keyARN, b.logsKeyARN, err = createKey(b.Family, b.account, "database-key", b.args.KeyARN)
	b.database.KeyARN = b.keyARN
	if b.args.LogsKeyARN != nil {
		b.logsKeyARN = b.args.LogsKeyARN
	}
	return err
}

// createKey returns the key given, or creates one, and the key for logs. RDS and Secrets Manager use a key through
// grants that whoever creates the database makes; only CloudWatch Logs must be let in by the key's policy, which one
// that is given may not do.
func createKey(
	f family.Family, account family.Account, part string, given pulumi.StringPtrInput,
) (pulumi.StringOutput, pulumi.StringPtrInput, error) {
	if given != nil {
		return given.ToStringPtrOutput().Elem(), nil, nil
	}
	made, err := key.New(f, account, part, "Encrypts the database "+f.Name, key.ForLogs(account))
	if err != nil {
		return pulumi.StringOutput{}, nil, err
	}
	return made.Arn, made.Arn.ToStringPtrOutput(), nil
}
