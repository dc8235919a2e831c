package aws

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// retentionOutsideLock: AWS takes a plan whose backups a vault's lock does not admit, and fails every job.
var retentionOutsideLock = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-backup-retention-outside-lock", Source: vaultLockAPI},
	Stage:  simulator.Afterwards,
	Error:  "every job will fail: the vault %s keeps backups %s, and the rule keeps them %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, rule := range backupRules(c) {
			vault := c.Find(vaultKind, stringOf(rule.props["targetVaultName"]))
			checkRetention(vault, rule.path, rule.props, broken)
			eachObject(rule.props["copyActions"], func(copied resource.PropertyMap) {
				vault := c.FindBy(vaultKind, simulator.ByARN, stringOf(copied["destinationVaultArn"]))
				checkRetention(vault, rule.path+".copyActions", copied, broken)
			})
		}
	},
}

func checkRetention(
	vault *simulator.Object, path string, props resource.PropertyMap, broken func(path string, args ...any),
) {
	low, high := retentionOf(vault)
	days := numberOr(property(props["lifecycle"], "deleteAfter"), 0)
	kept := fmt.Sprintf("%.0f days", days)
	if days == 0 { // for good
		days, kept = forever, "for good"
	}
	if days >= low && days <= high {
		return
	}
	admitted := fmt.Sprintf("%.0f days at least", low)
	if high < forever {
		admitted = fmt.Sprintf("%.0f to %.0f days", low, high)
	}
	broken(path+".lifecycle.deleteAfter", vault.ID, admitted, kept)
}

// forever is longer than any retention in days, which are 36500 at most.
const forever = 36501

// retentionOf returns the least and most days that a vault keeps its backups, by its lock or, of one that is air-gapped,
// by itself. What does not exist, or is another account's, takes any.
func retentionOf(vault *simulator.Object) (low, high float64) {
	low, high = 0, forever
	for _, holder := range append(vault.Users(vaultLockKind), vault) {
		low = max(low, numberOr(holder.Output("minRetentionDays"), low))
		high = min(high, numberOr(holder.Output("maxRetentionDays"), high))
	}
	return low, high
}
