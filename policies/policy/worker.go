package policy

import (
	"sync"
	"time"
)

// worker runs rules one after another on a goroutine of its own. If one runs out of time, the goroutine is left to it:
// it ends with that rule, or with the process.
type worker struct {
	runs   []run
	target target
	ended  chan struct{} // closed when the goroutine has ended

	mu    sync.Mutex
	at    int       // which of the runs it is at
	since time.Time // when that began
	left  bool      // it must not begin another
}

// perform executes the runs in order. One goroutine does for all of them, but for those that come after a rule that ran
// out of time: that one keeps its goroutine and what was read of the target, and the others have another of both.
func (s *Session) perform(runs []run, on *target) {
	for len(runs) > 0 {
		w := &worker{runs: runs, target: *on, ended: make(chan struct{}), since: time.Now()}
		go w.work()
		last, expired := w.watch(s.pack.spec.TimeLimit)
		if expired {
			*on = *on.renewed(s)
		}
		if expired && runs[last].changes != nil {
			return // other changes could not be told from those of the rule that still runs
		}
		runs = runs[last+1:]
	}
}

func (w *worker) work() {
	defer close(w.ended)
	for i := range w.runs {
		if !w.begin(i) {
			return
		}
		w.runs[i].perform(w.target)
	}
}

// begin notes that a run begins, unless the worker was left behind.
func (w *worker) begin(i int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.left {
		return false
	}
	w.at, w.since = i, time.Now()
	return true
}

// watch waits until the goroutine ends, after all runs or with a rule that ended it, or until a run takes longer than the
// limit. It returns which run was the last to begin, and whether that one ran out of time.
func (w *worker) watch(limit time.Duration) (last int, expired bool) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		select {
		case <-w.ended:
			return w.at, false
		case <-timer.C:
		}
		rest := w.leave(limit)
		if rest <= 0 {
			return w.at, w.runs[w.at].expire(limit)
		}
		timer.Reset(rest)
	}
}

// leave leaves the worker behind if its run takes longer than the limit. Otherwise it returns the time the run has left.
func (w *worker) leave(limit time.Duration) (rest time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	rest = limit - time.Since(w.since)
	w.left = rest <= 0
	return rest
}
