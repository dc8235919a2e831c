package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// The stack-file keys of what a rehearsal changes, each a JSON merge patch over the configuration.
const (
	// ChangeKey is a representative change.
	ChangeKey = "rehearsal:change"
	// UnlockKey is what has to change before the stack can be destroyed: protection against deletion.
	UnlockKey = "rehearsal:unlock"
)

// What stands in for every secret of the stack file, so that a rehearsal needs no key of the user's.
const (
	secretPlaceholder = "simulated-secret"
	// secretURL stands in for those whose key says that they are URLs, which a program may look at. Nobody has the name
	// (RFC 2606).
	secretURL = "https://simulated-secret.invalid/"
)

func placeholder(key string) string {
	if strings.HasSuffix(strings.ToLower(key), "url") {
		return secretURL
	}
	return secretPlaceholder
}

// stackConfig is a stack file, less what must not reach a rehearsal: its secrets and the key they are encrypted with.
type stackConfig struct {
	config  map[string]any
	secrets map[string]string         // by key: the value with every secret replaced, JSON where it is not a plain string
	patches map[string]map[string]any // by ChangeKey and UnlockKey
}

// project is what a rehearsal needs to know of Pulumi.yaml.
type project struct {
	Name           string `yaml:"name"`
	StackConfigDir string `yaml:"stackConfigDir"` // where the stack files are; by default beside Pulumi.yaml
	dir            string
}

func readProject(dir string) (project, error) {
	p := project{dir: dir}
	path := filepath.Join(dir, "Pulumi.yaml")
	if err := readYAML(path, &p); err != nil {
		return p, err
	}
	if p.Name == "" {
		return p, fmt.Errorf("%s: the project has no name", path)
	}
	return p, nil
}

func (p project) stackFile(stack string) string {
	return filepath.Join(p.dir, p.StackConfigDir, "Pulumi."+stack+".yaml")
}

// Stacks lists the stacks of the project in dir that have a stack file, in alphabetical order.
func Stacks(dir string) ([]string, error) {
	p, err := readProject(dir)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(p.stackFile("*"))
	if err != nil {
		return nil, err
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "Pulumi."), ".yaml")
	}
	return files, nil
}

// stackConfig reads the stack's file; a stack without one has no configuration.
func (p project) stackConfig(stack string) (stackConfig, error) {
	result := stackConfig{config: map[string]any{}, secrets: map[string]string{}, patches: map[string]map[string]any{}}
	var document struct {
		Config map[string]any `yaml:"config"`
	}
	path := p.stackFile(stack)
	if err := readYAML(path, &document); err != nil && !errors.Is(err, os.ErrNotExist) {
		return result, err
	}
	for key, value := range document.Config {
		if key == ChangeKey || key == UnlockKey {
			patch, ok := value.(map[string]any)
			if !ok {
				return result, fmt.Errorf("%s: %s must be a map of configuration keys to new values", path, key)
			}
			result.patches[key] = patch
			continue
		}
		replaced, secret := withoutSecrets(key, value)
		if !secret {
			result.config[key] = value
			continue
		}
		text, err := configText(replaced)
		if err != nil {
			return result, fmt.Errorf("%s: %s: %w", path, key, err)
		}
		result.secrets[key] = text
	}
	return result, nil
}

func readYAML(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// withoutSecrets replaces each `secure: <ciphertext>` within the value of a key and tells whether there was one.
func withoutSecrets(key string, value any) (any, bool) {
	found := false
	switch value := value.(type) {
	case map[string]any:
		if _, ok := value["secure"]; ok && len(value) == 1 {
			return placeholder(key), true
		}
		replaced := maps.Clone(value)
		for name, element := range value {
			var secret bool
			replaced[name], secret = withoutSecrets(name, element)
			found = found || secret
		}
		return replaced, found
	case []any:
		replaced := slices.Clone(value)
		for i, element := range value {
			var secret bool
			replaced[i], secret = withoutSecrets(key, element)
			found = found || secret
		}
		return replaced, found
	}
	return value, false
}

// configText is a value as Pulumi passes it to programs: strings as they are, everything else as JSON.
func configText(value any) (string, error) {
	if text, ok := value.(string); ok {
		return text, nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}

// changeConfig applies patch, a JSON merge patch (RFC 7396), to the configuration in the stack file at path.
func changeConfig(path string, patch map[string]any) error {
	var document map[string]any
	if err := readYAML(path, &document); err != nil {
		return err
	}
	config, _ := document["config"].(map[string]any)
	document["config"] = mergePatch(config, patch)
	return writeYAML(path, document)
}

func mergePatch(target, patch map[string]any) map[string]any {
	merged := maps.Clone(target)
	if merged == nil {
		merged = map[string]any{}
	}
	for key, value := range patch {
		switch value := value.(type) {
		case nil:
			delete(merged, key)
		case map[string]any:
			before, _ := merged[key].(map[string]any)
			merged[key] = mergePatch(before, value)
		default:
			merged[key] = value
		}
	}
	return merged
}

func writeYAML(path string, document any) error {
	data, err := yaml.Marshal(document)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}
