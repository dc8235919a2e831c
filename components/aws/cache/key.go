package cache

import "github.com/holdfast-iac/holdfast/components/aws/internal/key"

// createKey creates the key, unless one is given. ElastiCache uses it through grants that whoever creates the cache
// makes; only CloudWatch Logs must be let in by the key's policy, which one that is given may not do.
func (b *builder) createKey() error {
	if b.args.KeyARN != nil {
		b.keyARN = b.args.KeyARN.ToStringPtrOutput().Elem()
		b.cache.KeyARN = b.keyARN
		return nil
	}
	made, err := key.New(b.Family, b.account, "cache-key", "Encrypts the cache "+b.Name, key.ForLogs(b.account))
	if err != nil {
		return err
	}
	b.keyARN, b.ownKeyARN, b.cache.KeyARN = made.Arn, made.Arn, made.Arn
	return nil
}
