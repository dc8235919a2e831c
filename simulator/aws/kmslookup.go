package aws

import (
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups of keys. Sources: terraform-provider-aws, internal/service/kms/{key,alias}_data_source.go.

func kmsLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:kms/getAlias:getAlias", Answer: answerAlias},
		{Token: "aws:kms/getKey:getKey", Answer: answerKey},
	}
}

// managedKey returns the id of the key that AWS keeps for a service, which is there when it is asked for.
func managedKey(c *simulator.Call, alias string) string {
	return asUUID(c.Fixed("key of "+alias, 32))
}

func answerAlias(c *simulator.Call) resource.PropertyMap {
	name := c.Text("name")
	prefix := "arn:" + c.Partition + ":kms:" + c.Region + ":" + c.Account + ":"
	id := managedKey(c, name)
	if !strings.HasPrefix(name, "alias/aws/") {
		key := findKey(c, name)
		if key == nil {
			c.Fail("name", "reading KMS Alias (%s): empty result", name)
			return nil
		}
		id = key.ID
	}
	c.Set("arn", prefix+name)
	c.Set("id", prefix+name)
	c.Set("name", name)
	c.Set("targetKeyId", id)
	c.Set("targetKeyArn", prefix+"key/"+id)
	return c.Outputs
}

func answerKey(c *simulator.Call) resource.PropertyMap {
	asked := c.Text("keyId")
	key := findKey(c, asked)
	alias := strings.TrimPrefix(asked, "arn:"+c.Partition+":kms:"+c.Region+":"+c.Account+":")
	owned := strings.HasPrefix(alias, "alias/aws/")
	switch {
	case key == nil && !owned && strings.HasPrefix(alias, "alias/"):
		c.Fail("keyId", "NotFoundException: Alias arn:%s:kms:%s:%s:%s is not found.", c.Partition, c.Region, c.Account, alias)
		return nil
	case key == nil && !owned:
		c.Fail("keyId", keyKind.NotFound, asked)
		return nil
	}
	for _, name := range []string{
		"cloudHsmClusterId", "customKeyStoreId", "deletionDate", "description", "expirationModel", "validTo",
	} {
		c.Set(name, "")
	}
	for name, value := range map[string]any{
		"keyManager": "AWS", "keyState": "Enabled", "enabled": true, "origin": "AWS_KMS", "keyUsage": "ENCRYPT_DECRYPT",
		"keySpec": "SYMMETRIC_DEFAULT", "customerMasterKeySpec": "SYMMETRIC_DEFAULT", "multiRegion": false,
		"multiRegionConfigurations": []any{}, "xksKeyConfigurations": []any{}, "pendingDeletionWindowInDays": 0,
		"awsAccountId": c.Account, "creationDate": c.Now().UTC().Format(time.RFC3339), "id": managedKey(c, alias),
	} {
		c.Set(name, value)
	}
	if key != nil {
		describeKey(c, key)
	}
	c.Set("arn", "arn:"+c.Partition+":kms:"+c.Region+":"+c.Account+":key/"+stringOf(c.Outputs["id"]))
	return c.Outputs
}

// describeKey sets what a look-up shows of a key that the account made.
func describeKey(c *simulator.Call, key *simulator.Object) {
	c.Set("id", key.ID)
	c.Set("keyManager", "CUSTOMER")
	c.Set("description", key.Text("description"))
	c.Set("multiRegion", strings.HasPrefix(key.ID, "mrk-"))
	for _, spec := range []string{key.Text("customerMasterKeySpec"), key.Text("keySpec")} {
		if spec != "" {
			c.Set("keySpec", spec)
			c.Set("customerMasterKeySpec", spec)
		}
	}
	c.Set("keyUsage", key.Text("keyUsage"))
	if !key.Flag("isEnabled") && !key.Flag("enabled") {
		c.Set("keyState", "Disabled")
		c.Set("enabled", false)
	}
}
