// Package logs makes the CloudWatch log groups of the AWS components.
package logs

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/key"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// retentions are the days that CloudWatch Logs offers (Logs API, PutRetentionPolicy, retentionInDays).
var retentions = []int{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

// CheckRetention records at field that days is no period that CloudWatch Logs offers. What is out of the range of every
// cloud is left to package spec.
func CheckRetention(ps *spec.Problems, field string, days int) {
	if days < 1 || days > retentions[len(retentions)-1] {
		return
	}
	if i, offered := slices.BinarySearch(retentions, days); !offered {
		ps.Add(field, days, "is not a period that CloudWatch Logs offers; the next longer one is %d days", retentions[i])
	}
}

// Key returns the key that encrypts the logs of a component: the first candidate that is not nil, or a new key. Candidates
// are the key that the user gives for logs and one that the component has made already, whose policies let CloudWatch Logs
// in; a key that is given for something else need not. Part names the new key as key.New asks for.
func Key(f family.Family, account family.Account, part string, candidates ...pulumi.StringPtrInput) (pulumi.StringPtrInput, error) {
	for _, candidate := range candidates {
		if candidate != nil {
			return candidate, nil
		}
	}
	made, err := key.New(f, account, part, "Encrypts the logs of "+f.Name, key.ForLogs(account))
	if err != nil {
		return nil, err
	}
	return made.Arn, nil
}

// New creates a log group that keeps its records for days, encrypted with the key that Key returns. An empty name gives the
// group a name of its own; services that choose their group's name need it.
func New(f family.Family, part, name string, days int, keyARN pulumi.StringPtrInput) (*cloudwatch.LogGroup, error) {
	if name == "" {
		name = naming.AWSLogGroup.Name(append([]string{"/" + f.Ctx.Project()}, f.FullName(part)[1:]...)...)
	}
	return cloudwatch.NewLogGroup(f.Ctx, f.Child(part), &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(name),
		RetentionInDays: pulumi.Int(days),
		KmsKeyId:        keyARN,
		Tags:            f.TagInput(part),
	}, f.Options()...)
}
