package engine

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKeyServiceUnwrapsItsKeyAlone(t *testing.T) {
	t.Parallel()
	s, err := startKeyService()
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	for body, want := range map[string]int{
		`{"ciphertext": "rehearsal"}`: http.StatusOK,
		`{"ciphertext": "another"}`:   http.StatusBadRequest,
		`{}`:                          http.StatusBadRequest,
		`rehearsal`:                   http.StatusBadRequest,
	} {
		status, answer := put(t, s.url+"/v1/transit/decrypt/rehearsal", body)
		assert.Equal(t, want, status, body)
		assert.Equal(t, want == http.StatusOK, strings.Contains(answer, "plaintext"), body)
	}
	status, _ := put(t, s.url+"/v1/transit/decrypt/other", `{"ciphertext": "rehearsal"}`)
	assert.Equal(t, http.StatusNotFound, status)
}

func put(t *testing.T, url, body string) (status int, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader(body))
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(text)
}

func TestStackFileEncryptsSecrets(t *testing.T) {
	t.Parallel()
	s := &keyService{key: []byte(strings.Repeat("k", config.SymmetricCrypterKeyBytes))}
	file, err := s.stackFile(t.Context(), stackConfig{
		config: map[string]any{"p:plain": "a"}, secrets: map[string]string{"p:token": "simulated-secret"},
	})
	require.NoError(t, err)
	assert.Equal(t, secretsProvider, file["secretsprovider"])
	values := file["config"].(map[string]any)
	assert.Equal(t, "a", values["p:plain"])
	ciphertext := values["p:token"].(map[string]any)["secure"].(string)
	assert.NotContains(t, ciphertext, "simulated")
	text, err := config.NewSymmetricCrypter(s.key).DecryptValue(context.Background(), ciphertext)
	require.NoError(t, err)
	assert.Equal(t, "simulated-secret", text)
}
