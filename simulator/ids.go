package simulator

import (
	"crypto/sha256"
	"encoding/hex"
)

// idDigits is the number of hexadecimal digits in a made-up id, as AWS has them: vpc-0123456789abcdef0.
const idDigits = 17

// digest returns n hexadecimal digits, at most 64, that depend on all parts.
func digest(n int, parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		hash.Write([]byte(part))
		hash.Write([]byte{0})
	}
	return hex.EncodeToString(hash.Sum(nil))[:min(n, 2*sha256.Size)]
}
