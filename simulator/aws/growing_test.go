package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestNewerValues: what AWS has come to take after the API's models were written is not refused.
func TestNewerValues(t *testing.T) {
	t.Parallel()
	pool := func(w *world) string { return w.Create(userPoolToken, "pool", inputs{}).ID() }
	zone := func(w *world) string { return w.Create(zoneToken, "zone", inputs{"name": "example.com"}).ID() }
	for name, tt := range map[string]struct {
		token string
		in    func(w *world) inputs
	}{
		"record of HTTPS": {recordToken, func(w *world) inputs {
			return inputs{"zoneId": zone(w), "name": "a", "type": "HTTPS", "ttl": 60, "records": []any{`1 . alpn="h2"`}}
		}},
		"doubly encrypted repository": {repositoryToken, given(inputs{"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
			"encryptionConfigurations": []any{inputs{"encryptionType": "KMS_DSSE"}}})},
		"rule for management events": {eventRuleToken, given(inputs{"eventPattern": `{"source": ["aws.ec2"]}`,
			"state": "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"})},
		"client that chooses its flow": {userPoolClientToken, func(w *world) inputs {
			return inputs{"userPoolId": pool(w), "explicitAuthFlows": []any{"ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}}
		}},
		"key for the time after quantum computers": {keyToken, given(inputs{"customerMasterKeySpec": "ML_DSA_65",
			"keyUsage": "SIGN_VERIFY"})},
		"analyzer of internal access": {"aws:accessanalyzer/analyzer:Analyzer", given(inputs{"analyzerName": "inside",
			"type": "ACCOUNT_INTERNAL_ACCESS"})},
		"distribution with a newer policy": {distributionToken, given(distributed(inputs{"viewerCertificate": inputs{
			"cloudfrontDefaultCertificate": true, "minimumProtocolVersion": "TLSv1.3_2025"}}))},
		"bucket encrypted twice": {bucketToken, given(inputs{"serverSideEncryptionConfigurations": []any{inputs{"rules": []any{
			inputs{"applyServerSideEncryptionByDefaults": []any{inputs{"sseAlgorithm": "aws:kms:dsse"}}}}}}})},
		"bucket with a lock": {bucketToken, given(inputs{"objectLockConfiguration": inputs{"objectLockEnabled": "Enabled"}})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			assert.NoError(t, try(w, tt.token, tt.in(w)))
		})
	}
}
