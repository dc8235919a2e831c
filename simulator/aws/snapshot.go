package aws

import "github.com/holdfast-iac/holdfast/simulator"

// Sources: terraform-provider-aws, internal/service/ec2/{ebs_snapshot,ebs_encryption_by_default}.go; the EC2 API's
// CreateSnapshot and EnableEbsEncryptionByDefault.

var snapshotKind = &simulator.Kind{
	Noun:     "EBS Snapshot",
	IDPrefix: "snap-",
	ARN:      "arn:{partition}:ec2:{region}::snapshot/{id}",
	NotFound: "InvalidSnapshot.NotFound: The snapshot '%s' does not exist.",
}

// encryptionByDefaultKind is a setting of the account in a region.
var encryptionByDefaultKind = &simulator.Kind{
	Noun: "EBS Encryption By Default",
	ID:   func(c *simulator.Call) string { return c.Region },
}

// encryptedByDefault reports whether the account encrypts new volumes in the region although they do not ask for it.
func encryptedByDefault(c *simulator.Call) bool {
	setting := c.Find(encryptionByDefaultKind, c.Region)
	return setting != nil && setting.Flag("enabled")
}

func snapshotTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:      "aws:ebs/snapshot:Snapshot",
			Kind:       snapshotKind,
			Immutable:  []string{"description", "outpostArn", "volumeId"},
			Rules:      map[string]simulator.Rule{"storageTier": simulator.OneOf("archive", "standard")},
			References: []simulator.Reference{{Property: "volumeId", To: kinds(volumeKind), OnDelete: simulator.Ignore}},
			API:        []string{"ec2:CreateSnapshot"},
			Compute: func(c *simulator.Call) {
				c.SetNew("ownerId", c.Account)
				c.SetNew("ownerAlias", "")
				c.SetNew("dataEncryptionKeyId", "")
				c.SetNew("storageTier", "standard")
				if volume := c.Find(volumeKind, c.Text("volumeId")); volume != nil && c.Old == nil {
					c.Set("encrypted", volume.Flag("encrypted"))
					c.Set("kmsKeyId", volume.Text("kmsKeyId"))
					c.Outputs["volumeSize"] = volume.Output("size")
				}
			},
		},
		{
			Token:    "aws:ebs/encryptionByDefault:EncryptionByDefault",
			Setting:  true,
			Kind:     encryptionByDefaultKind,
			Defaults: map[string]any{"enabled": true},
		},
	}
}
