package baseline

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/account"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// createSettings sets the account's switches. They stay when the component is deleted, but for the disks' key, which may
// be deleted with it.
func (b *builder) createSettings() error {
	for _, set := range []func() error{b.encryptDisks, b.closeStorage, b.closeImages, b.requireTokens} {
		if err := set(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) encryptDisks() error {
	if b.args.Settings.UnencryptedDisks {
		return nil
	}
	_, err := ebs.NewEncryptionByDefault(b.Ctx, b.Child("disks"), &ebs.EncryptionByDefaultArgs{Enabled: pulumi.Bool(true)}, b.kept()...)
	if err != nil || b.args.DiskKeyARN == nil {
		return err
	}
	_, err = ebs.NewDefaultKmsKey(b.Ctx, b.Child("disks"), &ebs.DefaultKmsKeyArgs{
		KeyArn: b.args.DiskKeyARN.ToStringPtrOutput().Elem(),
	}, b.Options()...)
	return err
}

func (b *builder) closeStorage() error {
	if b.args.Settings.PublicStorage {
		return nil
	}
	_, err := s3.NewAccountPublicAccessBlock(b.Ctx, b.Child("storage"), &s3.AccountPublicAccessBlockArgs{
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, b.kept()...)
	return err
}

func (b *builder) closeImages() error {
	if b.args.Settings.PublicImages {
		return nil
	}
	_, err := ebs.NewSnapshotBlockPublicAccess(b.Ctx, b.Child("snapshots"), &ebs.SnapshotBlockPublicAccessArgs{
		State: pulumi.String("block-all-sharing"),
	}, b.kept()...)
	if err != nil {
		return err
	}
	_, err = ec2.NewImageBlockPublicAccess(b.Ctx, b.Child("images"), &ec2.ImageBlockPublicAccessArgs{
		State: pulumi.String("block-new-sharing"),
	}, b.kept()...)
	return err
}

// requireTokens makes IMDSv2 the default of new instances. How many hops away it answers is left to each: containers
// need two, others one.
func (b *builder) requireTokens() error {
	if b.args.Settings.UnsafeMetadata {
		return nil
	}
	_, err := ec2.NewInstanceMetadataDefaults(b.Ctx, b.Child("metadata"), &ec2.InstanceMetadataDefaultsArgs{
		HttpTokens: pulumi.String("required"),
	}, b.kept()...)
	return err
}

// createContact says whom AWS's security team writes to.
func (b *builder) createContact() error {
	contact := b.args.SecurityContact
	if contact == (spec.Contact{}) {
		return nil
	}
	_, err := account.NewAlternativeContact(b.Ctx, b.Child("contact"), &account.AlternativeContactArgs{
		AlternateContactType: pulumi.String("SECURITY"),
		Name:                 pulumi.String(contact.Name),
		Title:                pulumi.String(contact.Title),
		EmailAddress:         pulumi.String(contact.Email),
		PhoneNumber:          pulumi.String(contact.Phone),
	}, b.kept()...)
	return err
}
