package process

import (
	"os"
	"os/exec"
	"syscall"
)

func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

func sameGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

// Windows cannot interrupt another process group through the standard library, so stopping is killing.
func interruptGroup(p *os.Process) error { return p.Kill() }

func killGroup(*exec.Cmd) {}
