package engine

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
)

// keyService gives engines the key that they encrypt secrets with, as a Vault server's transit engine would: with a
// passphrase instead, each would take a quarter of a second to derive the key from it.
//
// It protects nothing and need not: the state is thrown away, and real secrets are replaced before they reach it.
type keyService struct {
	key    []byte
	server *http.Server
	url    string
}

const (
	// secretsProvider is how stack files and states name the service.
	secretsProvider = "hashivault://rehearsal"
	// wrappedKey stands for the key in them; the service unwraps nothing else.
	wrappedKey = "rehearsal"
)

func startKeyService() (*keyService, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serving the key of secrets: %w", err)
	}
	s := &keyService{key: make([]byte, config.SymmetricCrypterKeyBytes), url: "http://" + listener.Addr().String()}
	_, _ = rand.Read(s.key) // never fails
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /v1/transit/decrypt/rehearsal", s.decrypt)
	s.server = &http.Server{Handler: mux}
	go func() { _ = s.server.Serve(listener) }() // ends at Close
	return s, nil
}

// Close ends the service. What engines wrote can no longer be decrypted then.
func (s *keyService) Close() error { return s.server.Close() }

// env is what makes an engine use the service, and no settings of the user's own Vault.
func (s *keyService) env() []string {
	return []string{
		"VAULT_SERVER_URL=" + s.url, "VAULT_SERVER_TOKEN=none", "VAULT_NAMESPACE=", "VAULT_CACERT=", "VAULT_CAPATH=",
		"VAULT_CLIENT_CERT=", "VAULT_CLIENT_KEY=", "VAULT_PROXY_ADDR=", "VAULT_HTTP_PROXY=",
	}
}

func (s *keyService) decrypt(w http.ResponseWriter, r *http.Request) {
	var request struct{ Ciphertext string }
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil || request.Ciphertext != wrappedKey {
		http.Error(w, `{"errors": ["this is not the wrapped key"]}`, http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"data": map[string]any{"plaintext": s.key}})
}

// stackFile is a stack file with the configuration, whose secrets it encrypts.
func (s *keyService) stackFile(ctx context.Context, stack stackConfig) (map[string]any, error) {
	crypter := config.NewSymmetricCrypter(s.key)
	values := stack.config
	for key, secret := range stack.secrets {
		ciphertext, err := crypter.EncryptValue(ctx, secret)
		if err != nil {
			return nil, fmt.Errorf("encrypting %s: %w", key, err)
		}
		values[key] = map[string]any{"secure": ciphertext}
	}
	return map[string]any{
		"config": values, "secretsprovider": secretsProvider,
		"encryptedkey": base64.StdEncoding.EncodeToString([]byte(wrappedKey)),
	}, nil
}
