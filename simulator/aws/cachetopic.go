package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// cacheTopicEncrypted: ElastiCache takes an encrypted topic, and publishes nothing to it.
var cacheTopicEncrypted = simulator.Constraint{
	Origin: simulator.Origin{
		ID:     "aws-elasticache-topic-encrypted",
		Source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html",
	},
	Stage: simulator.Afterwards,
	Error: "nobody will hear of failovers: the topic %s is encrypted, to which ElastiCache does not publish",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if topic := cacheTopic(c); topic.Text("kmsMasterKeyId") != "" {
			broken("notificationTopicArn", topic.ARN)
		}
	},
}

// cacheTopicPolicy: ElastiCache publishes as the owner of the topic, for whom aws:SourceAccount never matches.
var cacheTopicPolicy = simulator.Constraint{
	Origin: simulator.Origin{
		ID:     "aws-elasticache-topic-source-account",
		Source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ECEvents.SNS.html",
	},
	Stage: simulator.Afterwards,
	Error: "nobody will hear of failovers: the policy of the topic %s has aws:SourceAccount, where ElastiCache needs aws:SourceOwner",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		topic := cacheTopic(c)
		policy := strings.ToLower(topic.Text("policy"))
		for _, attached := range topic.Users(topicPolicyKind) {
			policy = strings.ToLower(attached.Text("policy"))
		}
		if strings.Contains(policy, "aws:sourceaccount") && !strings.Contains(policy, "aws:sourceowner") {
			broken("notificationTopicArn", topic.ARN)
		}
	},
}

// cacheTopic is the topic that is told of a cache; nil for none, and for one that another stack made.
func cacheTopic(c *simulator.Call) *simulator.Object {
	return c.FindBy(topicKind, simulator.ByARN, c.Text("notificationTopicArn"))
}
