package aws

// redisEnds are those of Redis OSS in the Amazon ElastiCache User Guide, "Engine versions and upgrading", as
// endoflife.date has them (products/amazon-elasticache-redis.md, 2026-05-01, at a70eca3). Version 7 has no end yet.
var redisEnds = ends{"4": "2026-01-31", "5": "2026-01-31", "6": "2027-01-31"}
