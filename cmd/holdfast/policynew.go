package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

type newFlags struct{ module, replace string }

func policiesNewCommand() *cobra.Command {
	var flags newFlags
	cmd := &cobra.Command{
		Use:   "new NAME [folder]",
		Short: "Begin a policy pack with a policy and its test",
		Long: `New writes a policy pack of one policy, with its test, into a new folder: by default one of the policy's name. The
policy is an example that works; its name is its id for good, by convention <cloud>-<service>-<what>.

The pack is a Go module, called like its folder, that requires the module of this command: at the version of this
command; or, inside a checkout of that module or with --replace, from that folder.

Nothing is ever overwritten: a folder that is there already must be empty.`,
		Example: "  holdfast policies new aws-ebs-volume-encrypted\n" +
			"  holdfast policies new aws-ebs-volume-encrypted policies/storage --module example.com/platform/policies/storage\n" +
			"  holdfast policies new aws-ebs-volume-encrypted --replace ~/src/holdfast",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := args[len(args)-1] // the name, unless there is a folder
			return newPack(cmd.OutOrStdout(), args[0], folder, flags)
		},
	}
	cmd.Flags().StringVar(&flags.module, "module", "", "the Go module to write (default: the name of the folder)")
	cmd.Flags().StringVar(&flags.replace, "replace", "", "a checkout of "+sdkModule+" to build the pack with")
	return cmd
}

func newPack(out io.Writer, name, folder string, flags newFlags) error {
	if err := checkPolicyName(name); err != nil {
		return err
	}
	dir, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	if err := checkVacant(dir); err != nil {
		return err
	}
	pack, err := describePack(name, dir, flags)
	if err != nil {
		return err
	}
	files, err := pack.render()
	if err != nil {
		return err
	}
	if err := writeNew(dir, files); err != nil {
		return err
	}
	fmt.Fprintf(out, "The policy pack %s is in %s:\n", pack.Pack, folder)
	for _, f := range files {
		fmt.Fprintf(out, "  %s\n", f.name)
	}
	_, err = fmt.Fprintf(out, "\nIn that folder, run\n  go mod tidy\n  go test ./...\n  go build -o bin/%s .\n"+
		"and in that of a Pulumi project\n  pulumi preview --policy-pack %s\n",
		pack.Pack, filepath.Join(dir, "bin", pack.Pack))
	return err
}

const longestName = 100 // as in the SDK

// policyName has at least two words: their camel case is then neither a keyword nor a name of the template.
var policyName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)+$`)

func checkPolicyName(name string) error {
	if policyName.MatchString(name) && len(name) <= longestName {
		return nil
	}
	return usageError{fmt.Errorf("%q cannot be the name of a policy, which is <cloud>-<service>-<what>: words of lower case "+
		"letters and digits joined by hyphens, at most %d characters; %q can", name, longestName, rightName(name))}
}

var (
	hump  = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	words = regexp.MustCompile(`[a-z0-9]+`)
)

// rightName is a name for a policy that is like the given one.
func rightName(given string) string {
	found := words.FindAllString(strings.ToLower(hump.ReplaceAllString(given, "$1-$2")), -1)
	if len(found) == 0 {
		return "aws-ebs-volume-encrypted"
	}
	if len(found) == 1 || found[0][0] < 'a' {
		found = append([]string{"any"}, found...)
	}
	name := strings.Join(found, "-")
	name = strings.TrimRight(name[:min(len(name), longestName)], "-")
	if !policyName.MatchString(name) { // cut in its first word
		name = "any-" + name[:longestName-len("any-")]
	}
	return name
}

// checkVacant refuses a folder that is there and holds anything.
func checkVacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case os.IsNotExist(err):
		return nil
	case err != nil:
		return usageError{fmt.Errorf("the pack needs a new folder: %w", err)}
	case len(entries) > 0:
		return usageError{fmt.Errorf("%s is not empty, and nothing is overwritten: name a new folder", dir)}
	}
	return nil
}

func writeNew(dir string, files []file) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		opened, err := os.OpenFile(filepath.Join(dir, f.name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = opened.WriteString(f.text)
		if closing := opened.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// inside reports whether the path lies in the folder.
func inside(path, folder string) (relative string, ok bool) {
	relative, err := filepath.Rel(path, folder)
	if err != nil {
		return "", false
	}
	steps := strings.Split(filepath.ToSlash(relative), "/")
	return relative, !slices.ContainsFunc(steps, func(s string) bool { return s != ".." })
}
