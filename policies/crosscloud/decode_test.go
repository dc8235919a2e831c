package crosscloud

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDecoded(t *testing.T) {
	t.Parallel()
	encode := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	script := "#!/bin/sh\nset -e\n\techo größer\n"
	for name, c := range map[string]struct{ text, want string }{
		"text":                      {encode(script), script},
		"packed":                    {zipped(t, script), script},
		"in lines":                  {encode(script)[:20] + "\n" + encode(script)[20:] + "\n", script},
		"as short as it may be":     {encode("0123456789abcdef"), "0123456789abcdef"},
		"packed, and larger":        {zipped(t, strings.Repeat("x", decodedLimit+1)), strings.Repeat("x", decodedLimit)},
		"shorter":                   {encode("0123456789abcde"), ""},
		"shorter, with empty lines": {encode("0123456789abcde") + "\n\n\n", ""},
		"begins like base64":        {encode(script) + "!", ""},
		"binary":                    {encode(strings.Repeat("\x00", 24)), ""},
		"no UTF-8":                  {encode(strings.Repeat("\xff", 24)), ""},
		"begins like packed":        {encode("\x1f\x8b and then no more of it"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := decoded(c.text)
			assert.Equal(t, c.want != "", ok)
			if ok {
				assert.Equal(t, c.want, got)
			}
		})
	}
}
