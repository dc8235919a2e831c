package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/apimodel"
	"github.com/holdfast-iac/holdfast/simulator/internal/archive"
)

// TestArchivesAreUpToDate reads the models again and compares with what is embedded.
func TestArchivesAreUpToDate(t *testing.T) {
	t.Setenv("GOPROXY", "off") // what the module cache has must do
	for name, src := range sources {
		t.Run(name, func(t *testing.T) {
			if _, err := archive.ModuleDir(src.module, src.version); err != nil {
				t.Skipf("%s is not in the module cache: %v", src.module, err)
			}
			files, err := src.files()
			require.NoError(t, err)
			embedded, err := os.ReadFile("../" + name + ".zip")
			require.NoError(t, err)
			reader, err := zip.NewReader(bytes.NewReader(embedded), int64(len(embedded)))
			require.NoError(t, err)
			have := map[string]string{}
			for _, file := range reader.File {
				content, err := file.Open()
				require.NoError(t, err)
				text, err := io.ReadAll(content)
				require.NoError(t, err)
				have[file.Name] = string(text)
			}
			assert.Equal(t, have, files, "run go generate ./simulator/apimodel")
		})
	}
}

func number(n float64) *float64 { return &n }

func TestReadAWS(t *testing.T) {
	t.Parallel()
	s, err := readAWS("testdata", "demo")
	require.NoError(t, err)
	prune(s)
	assert.Equal(t, &apimodel.Service{
		Operations: map[string]*apimodel.Operation{
			"CreateVault": {Input: "CreateVaultInput", Errors: []string{"Plain", "VaultTaken"}},
		},
		Shapes: map[string]*apimodel.Shape{
			"CreateVaultInput": {Kind: apimodel.Structure, Required: []string{"VaultName"}, Members: map[string]string{
				"VaultName": "VaultName", "Password": "Secret", "Tags": "Tags", "Rules": "Rules", "At": "Time",
			}},
			"VaultName": {Kind: apimodel.String, Pattern: `^[a-z\x{0041}-Z]{2,5}$`, Min: number(2), Max: number(5)},
			"Secret":    {Kind: apimodel.String, Sensitive: true},
			"Tags":      {Kind: apimodel.Map, Key: "VaultName", Elem: "Mode", Max: number(1)},
			"Mode":      {Kind: apimodel.String, Enum: []string{"ON", "OFF"}},
			"Rules":     {Kind: apimodel.List, Elem: "CreateVaultInput"},
			"Time":      {Kind: apimodel.Other},
		},
	}, s)
	_, err = readAWS("testdata", "none")
	require.ErrorContains(t, err, "no such service")
}

func TestReadGoogle(t *testing.T) {
	t.Parallel()
	s, err := readGoogle("testdata", "demo/v1")
	require.NoError(t, err)
	prune(s)
	assert.Equal(t, &apimodel.Service{
		Operations: map[string]*apimodel.Operation{"projects.vaults.create": {Input: "Vault"}},
		Shapes: map[string]*apimodel.Shape{
			"Vault": {Kind: apimodel.Structure, Required: []string{"name"}, Members: map[string]string{
				"name": "Vault.name", "size": "Vault.size", "bytes": "Vault.bytes", "labels": "Vault.labels", "parts": "Vault.parts",
				"inline": "Vault.inline",
			}},
			"Vault.name":        {Kind: apimodel.String, Pattern: "[a-z]+"},
			"Vault.size":        {Kind: apimodel.Number, Min: number(1), Max: number(9)},
			"Vault.bytes":       {Kind: apimodel.Other},
			"Vault.labels":      {Kind: apimodel.Map, Elem: "Vault.labels.{}"},
			"Vault.labels.{}":   {Kind: apimodel.String},
			"Vault.parts":       {Kind: apimodel.List, Elem: "Part"},
			"Vault.inline":      {Kind: apimodel.Structure, Members: map[string]string{"mode": "Vault.inline.mode"}},
			"Vault.inline.mode": {Kind: apimodel.String, Enum: []string{"ON"}},
			"Part":              {Kind: apimodel.Structure, Members: map[string]string{"on": "Part.on"}},
			"Part.on":           {Kind: apimodel.Boolean},
		},
	}, s)
	_, err = readGoogle("testdata", "none/v1")
	require.Error(t, err)
}

func TestPattern(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		`^[a-z]{2,50}$`:                `^[a-z]{2,50}$`,
		`[\u0009\u000A\u0020-\u00FF]*`: `[\x{0009}\x{000A}\x{0020}-\x{00FF}]*`,
		`^(?!aws)[a-z]+$`:              "", // Go has no look-ahead
		`.*`:                           "", // allows everything
		`^[\s\S]*$`:                    "",
		`[\p{Unheard}-]`:               "", // a class that Go does not have
		`[\p{Alnum}_]+`:                `[a-zA-Z0-9_]+`,
		`\p{Print}+`:                   `[ -~]+`,
	} {
		assert.Equal(t, want, pattern(written), written)
	}
}
