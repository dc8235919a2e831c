package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/holdfast-iac/holdfast/simulator"
)

// stateFolder is a folder in which what the simulated clouds hold lies between runs, a file a cloud. A nil one keeps
// nothing.
type stateFolder struct {
	path string
	lock *flock.Flock
}

// openState takes the folder for this command alone, and makes it if it is not there. "" is for none.
func openState(path string) (*stateFolder, error) {
	if path == "" {
		return nil, nil
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(path, ".lock"), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("taking the state in %s: %w", path, err)
	case !held:
		return nil, fmt.Errorf("the state in %s is in use by another command", path)
	}
	return &stateFolder{path, lock}, nil
}

func (f *stateFolder) close() {
	if f != nil {
		_ = f.lock.Close()
	}
}

func (f *stateFolder) file(cloud simulator.Cloud) string {
	return filepath.Join(f.path, cloud.Name+".json")
}

// load gives the clouds what the folder holds.
func (f *stateFolder) load(sim *simulator.Simulation) error {
	if f == nil {
		return nil
	}
	for _, cloud := range clouds() {
		file, err := os.Open(f.file(cloud))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		err = sim.Account(cloud.Name).Load(file)
		_ = file.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", f.file(cloud), err)
		}
	}
	return nil
}

// save puts what the clouds hold into the folder. All is written before any file takes the place of an older one.
func (f *stateFolder) save(sim *simulator.Simulation) error {
	if f == nil {
		return nil
	}
	written := map[string]string{} // by what each is to replace
	defer func() {
		for _, path := range written {
			_ = os.Remove(path) // is not there any more when all went well
		}
	}()
	for _, cloud := range clouds() {
		file, err := os.CreateTemp(f.path, "."+cloud.Name+"-*") // readable by its owner alone
		if err != nil {
			return fmt.Errorf("keeping the state: %w", err)
		}
		written[f.file(cloud)] = file.Name()
		if err := errors.Join(sim.Account(cloud.Name).Save(file), file.Sync(), file.Close()); err != nil {
			return fmt.Errorf("keeping the state: %w", err)
		}
	}
	for target, path := range written {
		if err := os.Rename(path, target); err != nil {
			return fmt.Errorf("keeping the state: %w", err)
		}
	}
	return nil
}
