package main

import (
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/holdfast-iac/holdfast/internal/rehearsal"
)

// progress shows what a rehearsal is doing: on a terminal one line that changes, elsewhere a line a phase.
type progress struct {
	out      io.Writer
	terminal bool

	mu   sync.Mutex
	name string // of the running phase
	open bool   // the last line is not ended
}

func newProgress(out io.Writer) *progress {
	file, ok := out.(*os.File)
	return &progress{out: out, terminal: ok && term.IsTerminal(int(file.Fd()))}
}

// Write prints whole lines of text between the lines of progress.
func (p *progress) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endLine()
	return p.out.Write(text)
}

func (p *progress) phase(phase rehearsal.Phase) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.name = phase.Name
	switch {
	case phase.Status == "" && p.terminal:
		p.line("%s …", phase.Name)
	case phase.Status != "":
		p.line("%s %s in %.1f s", phase.Name, phase.Status, phase.Seconds)
		p.endLine()
	}
}

func (p *progress) step(done int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminal {
		p.line("%s … %d resources", p.name, done)
	}
}

// line replaces the open line.
func (p *progress) line(format string, args ...any) {
	if p.open {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	fmt.Fprintf(p.out, "  "+format, args...)
	p.open = true
}

func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endLine()
}

func (p *progress) endLine() {
	if p.open {
		fmt.Fprintln(p.out)
		p.open = false
	}
}
