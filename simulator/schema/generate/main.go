// Command generate reads the source text of a Pulumi Go SDK and writes the
// facts about its resource types and functions as an archive for the package
// schema. It never imports the SDK, and takes facts only: no prose.
//
//	go run ./generate -package aws -module github.com/pulumi/pulumi-aws/sdk/v6 -version v6.83.2 -dir go/aws -out aws.zip
//
// All Pulumi Go SDKs are written by the same code generator, so one reader
// serves all: the flags say which.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// source says which SDK to read.
type source struct {
	Package string // the Pulumi package: aws
	Module  string // the Go module of its SDK
	Version string // the module's version
	Dir     string // the folder inside the module that holds the packages
}

func run(args []string) error {
	var src source
	var out string
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.StringVar(&src.Package, "package", "", "the Pulumi package, such as aws")
	flags.StringVar(&src.Module, "module", "", "the Go module of its SDK")
	flags.StringVar(&src.Version, "version", "", "the module's version")
	flags.StringVar(&src.Dir, "dir", ".", "the folder inside the module that holds the packages")
	flags.StringVar(&out, "out", "", "the archive to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if src.Package == "" || src.Module == "" || src.Version == "" || out == "" {
		return errors.New("-package, -module, -version and -out are needed")
	}
	files, err := generate(src)
	if err != nil {
		return err
	}
	archive, err := pack(files)
	if err != nil {
		return err
	}
	return os.WriteFile(out, archive, 0o644)
}

// generate returns the files of the archive by name.
func generate(src source) (map[string]string, error) {
	root, err := moduleDir(src.Module, src.Version)
	if err != nil {
		return nil, err
	}
	sdk, err := parseSDK(filepath.Join(root, filepath.FromSlash(src.Dir)))
	if err != nil {
		return nil, err
	}
	facts, err := sdk.read(src.Package)
	if err != nil {
		return nil, err
	}
	return facts.files(src.Version)
}

// moduleDir returns the folder of a module's source text, downloading it when
// the module cache lacks it.
func moduleDir(module, version string) (string, error) {
	var info struct{ Dir, Error string }
	text, err := exec.Command("go", "mod", "download", "-json", module+"@"+version).Output()
	if jsonErr := json.Unmarshal(text, &info); jsonErr == nil && info.Error != "" {
		return "", errors.New(info.Error)
	}
	if err != nil {
		return "", fmt.Errorf("go mod download %s@%s: %w", module, version, err)
	}
	return info.Dir, nil
}
