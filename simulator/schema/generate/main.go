// Command generate reads the source text of Pulumi's Go SDKs and writes the facts about their resource types and
// functions as archives for the package schema, one <package>.zip a Pulumi package in the current folder. It never
// imports an SDK, and takes facts only: no prose.
//
//	go run ./generate aws azure-native gcp digitalocean
//
// All Pulumi Go SDKs are written by the same code generator, so one reader serves all: sources.go says where each lies.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/holdfast-iac/holdfast/simulator/internal/archive"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(packages []string) error {
	if len(packages) == 0 {
		return errors.New("which packages? for example: generate aws gcp")
	}
	for _, name := range packages {
		src, err := sourceOf(name)
		if err != nil {
			return err
		}
		files, err := generate(src)
		if err != nil {
			return err
		}
		packed, err := archive.Pack(files)
		if err != nil {
			return err
		}
		if err := os.WriteFile(name+".zip", packed, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate returns the files of the archive by name.
func generate(src source) (map[string]string, error) {
	var folders []folder
	for _, p := range src.parts {
		root, err := archive.ModuleDir(p.module, p.version)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder{p.name, filepath.Join(root, filepath.FromSlash(p.dir))})
	}
	sdk, err := parseSDK(folders...)
	if err != nil {
		return nil, err
	}
	facts, err := sdk.read(src.name)
	if err != nil {
		return nil, err
	}
	if src.pathNames {
		facts.fixPathNames()
	}
	if src.models != nil {
		known, err := src.models.read()
		if err != nil {
			return nil, err
		}
		facts.ground(known)
	}
	return facts.files(src.parts[0].version)
}
