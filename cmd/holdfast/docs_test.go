package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	// ownCommand is a call of holdfast in a document: between backticks, or a line of a block.
	ownCommand = regexp.MustCompile("(?m)`holdfast ([^`]+)`|^(?:go run ./cmd/)?holdfast (.+)$")
	// placeholder stands for what the reader fills in.
	placeholder = regexp.MustCompile(`[<\[]([a-z]+)[>\]]`)
)

// TestCommandsInDocuments holds every call of holdfast in the documents against the commands, their flags and arguments.
func TestCommandsInDocuments(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../docs/*/*.md")
	require.NoError(t, err)
	checked := 0
	for _, file := range append(files, "../../README.md") {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, found := range ownCommand.FindAllStringSubmatch(string(text), -1) {
			call, _, _ := strings.Cut(found[1]+found[2], "  #")
			checked++
			assert.NoError(t, tryCall(strings.Fields(placeholder.ReplaceAllString(call, "$1"))), "%s: holdfast %s", filepath.Base(file), call)
		}
	}
	assert.Greater(t, checked, 10, "the search has missed the documents")
	assert.ErrorContains(t, tryCall([]string{"rehearse", "--fast"}), "unknown flag: --fast")
	assert.Error(t, tryCall([]string{"practise"}))
	assert.Error(t, tryCall([]string{"policies", "explain"}))
}

// tryCall says whether there is a command for the arguments that takes them.
func tryCall(args []string) error {
	cmd, rest, err := rootCommand().Find(args)
	if err != nil {
		return err
	}
	if err := cmd.ParseFlags(rest); err != nil {
		return err
	}
	return cmd.ValidateArgs(cmd.Flags().Args())
}
