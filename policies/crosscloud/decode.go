package crosscloud

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"unicode"
	"unicode/utf8"
)

// decodedLimit bounds what is unpacked, in bytes: user data is 16 KiB at most on AWS, and 256 KiB on Google Cloud.
const decodedLimit = 1 << 20

// decoded is the text that base64 stands for, unpacked if it is gzip, as user data may be. It reports false for what is
// no base64, or no text.
func decoded(text string) (string, bool) {
	if len(text) < 24 {
		return "", false
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "", false
	}
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		if raw, err = unpacked(raw); err != nil {
			return "", false
		}
	}
	return string(raw), isText(raw)
}

func unpacked(raw []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, decodedLimit))
}

// isText tells text from binary data that happens to be valid.
func isText(raw []byte) bool {
	if !utf8.Valid(raw) {
		return false
	}
	for _, r := range string(raw) {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}
