package main

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"text/template"
)

// templates are the files of a pack, each with .tmpl behind its name: so they are no Go to the go command.
//
//go:embed template/*.tmpl
var templates embed.FS

// file is one that a pack is made of.
type file struct{ name, text string }

// sdkModule is the module that packs require.
const sdkModule = "github.com/holdfast-iac/holdfast"

// goVersion is what the SDK needs; a test holds it to go.mod.
const goVersion = "1.26"

// packData is what the templates speak of.
type packData struct {
	ID, Var, Test         string // the policy, and what it and its test are called in Go
	Pack, Module, Go      string
	SDK, Version, Replace string // Replace is empty for a released version
}

// describePack fills in what the flags leave open.
func describePack(id, dir string, flags newFlags) (packData, error) {
	p := packData{ID: id, Pack: packName(dir), Module: flags.module, Go: goVersion, SDK: sdkModule}
	for i, word := range strings.Split(id, "-") {
		title := strings.ToUpper(word[:1]) + word[1:]
		p.Test += title
		if i == 0 {
			title = word
		}
		p.Var += title
	}
	if p.Module == "" {
		p.Module = filepath.Base(dir)
	}
	if err := checkModule(p.Module); err != nil {
		return p, err
	}
	return p, p.requireSDK(dir, flags.replace)
}

var notInPackName = regexp.MustCompile(`[^a-zA-Z0-9_.-]+`)

// packName makes the name of a pack from that of its folder.
func packName(dir string) string {
	name := notInPackName.ReplaceAllString(filepath.Base(dir), "-")
	return name[:min(len(name), longestName)]
}

// modulePath holds the paths that the go command takes from its own disk, and no others that it would refuse.
var modulePath = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$`)

func checkModule(path string) error {
	reserved := path == "std" || path == "cmd" || path == sdkModule
	dotted := strings.HasSuffix(path, ".") || strings.Contains(path, "./")
	if modulePath.MatchString(path) && !reserved && !dotted {
		return nil
	}
	return usageError{fmt.Errorf("%q cannot be the name of a Go module: "+
		"give one like example.com/policies with --module", path)}
}

// requireSDK decides where the pack gets the SDK from: a checkout that was named, the one around, or a released version.
func (p *packData) requireSDK(dir, named string) error {
	root := named
	switch version, released := ownVersion(); {
	case named != "" && !isCheckout(named):
		return usageError{fmt.Errorf("--replace: %s is not a checkout of %s", named, sdkModule)}
	case named != "":
	default:
		cwd, err := os.Getwd()
		if err != nil {
			return err
		}
		if root = checkoutAround(cwd); root != "" {
			break
		}
		if !released {
			return usageError{errors.New("this holdfast is of no released version that a pack could require: " +
				"name a checkout of " + sdkModule + " with --replace")}
		}
		p.Version = version
		return nil
	}
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	if relative, ok := inside(dir, root); ok {
		root = relative // stays right where the checkout is moved
	}
	p.Version, p.Replace = "v0.0.0", modString(filepath.ToSlash(root))
	return nil
}

// ownVersion is the version of this command, if others can get it.
func ownVersion() (version string, released bool) {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Path != sdkModule {
		return "", false
	}
	version = info.Main.Version
	return version, strings.HasPrefix(version, "v") && !strings.Contains(version, "+")
}

// checkoutAround is the checkout that the folder is in, empty if it is in none.
func checkoutAround(dir string) string {
	for {
		if isCheckout(dir) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

var sdkModuleLine = regexp.MustCompile(`(?m)^module[ \t]+"?` + regexp.QuoteMeta(sdkModule) + `"?[ \t\r]*(//.*)?$`)

func isCheckout(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && sdkModuleLine.Match(text)
}

// modString quotes a path where go.mod needs it.
func modString(path string) string {
	if strings.ContainsAny(path, " \t\"'`()[]{},\\") {
		return strconv.Quote(path)
	}
	return path
}

// render makes the files, in the order of their names.
func (p packData) render() ([]file, error) {
	all, err := template.ParseFS(templates, "template/*.tmpl")
	if err != nil {
		return nil, err
	}
	entries, err := templates.ReadDir("template")
	if err != nil {
		return nil, err
	}
	var files []file
	for _, entry := range entries {
		var text strings.Builder
		if err := all.ExecuteTemplate(&text, entry.Name(), p); err != nil {
			return nil, err
		}
		files = append(files, file{strings.TrimSuffix(entry.Name(), ".tmpl"), text.String()})
	}
	return files, nil
}
