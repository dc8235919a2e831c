//go:build unix && !linux

package process

import "syscall"

// Systems without a parent-death signal rely on the sockets that die with this program: an engine whose simulated
// cloud and language host are gone fails its next call and ends.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func sameGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }
