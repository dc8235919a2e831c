package engine

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadStackConfig(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		file string
		want stackConfig
		err  string
	}{
		"plain values stay": {
			file: "config:\n  aws:region: eu-west-1\n  p:network: {zones: 3}\n",
			want: stackConfig{
				config:  map[string]any{"aws:region": "eu-west-1", "p:network": map[string]any{"zones": 3}},
				secrets: map[string]string{},
			},
		},
		"secrets are replaced, at any depth": {
			file: "config:\n  p:token: {secure: c1}\n  p:db: {user: app, passwords: [{secure: c2}]}\nencryptionsalt: s\n",
			want: stackConfig{
				config: map[string]any{},
				secrets: map[string]string{
					"p:token": "simulated-secret",
					"p:db":    `{"passwords":["simulated-secret"],"user":"app"}`,
				},
			},
		},
		"secret URLs are replaced by a URL": {
			file: "config:\n  p:hookUrl: {secure: c1}\n  p:hooks: {pager: {url: {secure: c2}}}\n",
			want: stackConfig{
				config: map[string]any{},
				secrets: map[string]string{
					"p:hookUrl": "https://simulated-secret.invalid/",
					"p:hooks":   `{"pager":{"url":"https://simulated-secret.invalid/"}}`,
				},
			},
		},
		"the change is not configuration": {
			file: "config:\n  rehearsal:change: {\"p:name\": moon}\n  rehearsal:unlock: {\"p:name\": null}\n",
			want: stackConfig{
				config: map[string]any{}, secrets: map[string]string{},
				patches: map[string]map[string]any{ChangeKey: {"p:name": "moon"}, UnlockKey: {"p:name": nil}},
			},
		},
		"a change that is no map": {
			file: "config:\n  rehearsal:change: moon\n",
			err:  "rehearsal:change must be a map of configuration keys to new values",
		},
		"no YAML": {file: "config: [", err: "Pulumi.dev.yaml: yaml: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "Pulumi.dev.yaml"), []byte(test.file), 0o600))
			got, err := project{dir: dir}.stackConfig("dev")
			if test.err != "" {
				require.ErrorContains(t, err, test.err)
				return
			}
			require.NoError(t, err)
			if test.want.patches == nil {
				test.want.patches = map[string]map[string]any{}
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestStackWithoutFileHasNoConfiguration(t *testing.T) {
	t.Parallel()
	got, err := project{dir: t.TempDir()}.stackConfig("dev")
	require.NoError(t, err)
	assert.Empty(t, got.config)
}

func TestStacks(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"", "stacks"} {
		dir := t.TempDir()
		write := func(path, text string) {
			t.Helper()
			path = filepath.Join(dir, path)
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		}
		write("Pulumi.yaml", "name: p\nruntime: go\nstackConfigDir: \""+folder+"\"\n")
		write(filepath.Join(folder, "Pulumi.prod.yaml"), "config: {p:a: b}\n")
		write(filepath.Join(folder, "Pulumi.dev.eu.yaml"), "config: {}\n")
		stacks, err := Stacks(dir)
		require.NoError(t, err)
		assert.Equal(t, []string{"dev.eu", "prod"}, stacks)

		p, err := readProject(dir)
		require.NoError(t, err)
		config, err := p.stackConfig("prod")
		require.NoError(t, err)
		assert.Equal(t, map[string]any{"p:a": "b"}, config.config)
	}
	_, err := Stacks(t.TempDir())
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// The cases are those of RFC 7396, appendix A, whose target is an object.
func TestMergePatch(t *testing.T) {
	t.Parallel()
	type m = map[string]any
	for _, test := range []struct{ target, patch, want m }{
		{m{"a": "b"}, m{"a": "c"}, m{"a": "c"}},
		{m{"a": "b"}, m{"b": "c"}, m{"a": "b", "b": "c"}},
		{m{"a": "b"}, m{"a": nil}, m{}},
		{m{"a": "b", "b": "c"}, m{"a": nil}, m{"b": "c"}},
		{m{"a": []any{"b"}}, m{"a": "c"}, m{"a": "c"}},
		{m{"a": "c"}, m{"a": []any{"b"}}, m{"a": []any{"b"}}},
		{m{"a": m{"b": "c"}}, m{"a": m{"b": "d", "c": nil}}, m{"a": m{"b": "d"}}},
		{m{"e": nil}, m{"a": 1}, m{"e": nil, "a": 1}},
		{m{}, m{"a": m{"bb": m{"ccc": nil}}}, m{"a": m{"bb": m{}}}},
	} {
		before := mergePatch(test.target, nil)
		assert.Equal(t, test.want, mergePatch(test.target, test.patch), "%v patched with %v", test.target, test.patch)
		assert.Equal(t, before, test.target, "the target must not change")
	}
}
