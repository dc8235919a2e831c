// Package archive is what the generators of facts have in common: finding a Go module's source text, and packing what
// was read from it.
package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"slices"
)

// ModuleDir returns the folder of a module's source text, downloading it when the module cache lacks it.
func ModuleDir(module, version string) (string, error) {
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

// Pack writes files, by name, as a zip archive without times, so that the same source text gives the same archive.
func Pack(files map[string]string) ([]byte, error) {
	var buffer bytes.Buffer
	archive := zip.NewWriter(&buffer)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, files[name]); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}
