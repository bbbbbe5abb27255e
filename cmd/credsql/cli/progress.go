package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/tables/awsiam"
)

const (
	// drawEvery is how often the bar is drawn; a statement that is done before the second time shows none.
	drawEvery = 150 * time.Millisecond
	// sayEvery is how often a run without a terminal says how far it is.
	sayEvery = 10 * time.Second
)

// progress shows on standard error how far fetching is, while a statement waits for it: a bar on a terminal, gone when the rows
// come, and a line now and then elsewhere.
type progress struct {
	out      io.Writer
	quiet    bool
	terminal bool // it understands escapes
	color    bool
	width    int // in cells
	clock    func() time.Time
	cached   bool // what has been read is kept on disk

	mu      sync.Mutex
	latest  awsiam.Progress
	before  awsiam.Progress // when the waiting began
	since   time.Time
	moved   time.Time // when an account was last done
	waiting int       // statements
	aparts  int       // dialogues that have the terminal to themselves
	drawn   bool      // a bar is on the screen
	stop    chan struct{}
	stopped chan struct{}
}

func (a *app) newProgress() *progress {
	term, _ := a.io.Env("TERM")
	p := &progress{
		out: a.io.Err, quiet: a.output.quiet, terminal: a.io.ErrTTY && term != "dumb", color: a.colorful(a.io.ErrTTY),
		width: a.io.Width, clock: a.io.Clock,
	}
	if p.width <= 0 {
		p.width = defaultWidth
	}
	return p
}

// set takes how far it is.
func (p *progress) set(now awsiam.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Done+now.Failed != p.latest.Done+p.latest.Failed {
		p.moved = p.clock()
	}
	p.latest = now
}

// begin says that a statement waits.
func (p *progress) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting++
	if p.waiting > 1 {
		return
	}
	p.before, p.since = p.latest, p.clock()
	p.moved = p.since
	if !p.quiet {
		p.stop, p.stopped = make(chan struct{}), make(chan struct{})
		go p.show(p.stop, p.stopped)
	}
}

// end says that it waits no more, because it has what it wants or because it was given up.
func (p *progress) end(givenUp bool) {
	p.mu.Lock()
	p.waiting--
	last := p.waiting == 0
	text := stoppedText(p.fetched(), p.cached)
	stop, stopped := p.stop, p.stopped
	p.mu.Unlock()
	if p.quiet {
		return
	}
	if last {
		close(stop)
		<-stopped
	}
	if givenUp {
		_, _ = io.WriteString(p.out, text)
	}
}

// aside runs a dialogue that needs the terminal.
func (p *progress) aside(talk func()) {
	p.mu.Lock()
	p.erase()
	p.aparts++
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.aparts--
	}()
	talk()
}

// show draws until stop is closed.
func (p *progress) show(stop, stopped chan struct{}) {
	defer close(stopped)
	every := sayEvery
	if p.terminal {
		every = drawEvery
	}
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for n := 0; ; n++ {
		select {
		case <-stop:
			p.mu.Lock()
			defer p.mu.Unlock()
			p.erase()
			return
		case <-ticks.C:
			if p.terminal && n == 0 {
				continue
			}
			p.mu.Lock()
			p.draw()
			p.mu.Unlock()
		}
	}
}

// draw shows how far it is. The caller holds mu.
func (p *progress) draw() {
	if p.aparts > 0 {
		return
	}
	f := p.fetched()
	left := f.left(p.moved.Sub(p.since), p.clock().Sub(p.moved))
	if !p.terminal {
		_, _ = io.WriteString(p.out, "credsql: "+f.text(left)+"\n")
		return
	}
	line := f.bar(left, p.width-1) // a full last cell would wrap
	if p.color {
		line = "\x1b[2m" + line + "\x1b[0m"
	}
	_, _ = io.WriteString(p.out, "\r\x1b[K"+line)
	p.drawn = true
}

// erase takes the bar off the screen. The caller holds mu.
func (p *progress) erase() {
	if p.drawn {
		_, _ = io.WriteString(p.out, "\r\x1b[K")
		p.drawn = false
	}
}

// fetched is how far it is since the waiting began. The caller holds mu.
func (p *progress) fetched() fetched {
	f := fetched(p.latest)
	f.Accounts -= p.before.Accounts
	f.Done -= p.before.Done
	f.Failed -= p.before.Failed
	f.Rows -= p.before.Rows
	return f
}

// fetched is the part of the progress that one waiting has seen.
type fetched awsiam.Progress

// stage is what is said before it is known how many accounts there are to read; empty afterwards.
func (f fetched) stage() string {
	switch {
	case f.Accounts > 0:
		return ""
	case f.Listed > 0:
		return "listing accounts, " + count(int64(f.Listed), "account") + " so far"
	}
	return "asking AWS"
}

// text is the whole of it, for a log.
func (f fetched) text(left time.Duration) string {
	if s := f.stage(); s != "" {
		return s
	}
	return fmt.Sprintf("%d of %s read", f.Done, count(int64(f.Accounts), "account")) + f.rest(left, true, true)
}

// bar is all of it that fits width cells, with a bar where there is room for one.
func (f fetched) bar(left time.Duration, width int) string {
	if s := f.stage(); s != "" {
		return s[:min(len(s), max(width, 0))]
	}
	head := fmt.Sprintf("%d/%d", f.Done, f.Accounts)
	text := head + f.rest(left, true, true)
	if len(text) > width {
		text = head + f.rest(left, true, false)
	}
	if len(text) > width {
		text = head + f.rest(left, false, false)
	}
	if len(text) > width {
		return text[:max(width, 0)]
	}
	const least, most, frame = 4, 30, len("[] ")
	cells := min(most, width-len(text)-frame)
	if cells < least {
		return text
	}
	full := min(cells, cells*(f.Done+f.Failed)/f.Accounts)
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", cells-full) + "] " + text
}

// rest is what follows the accounts that are done.
func (f fetched) rest(left time.Duration, waiting, rows bool) string {
	var b strings.Builder
	if waiting && f.Waiting > 0 {
		fmt.Fprintf(&b, ", %d waiting", f.Waiting)
	}
	if f.Failed > 0 {
		fmt.Fprintf(&b, ", %d failed", f.Failed)
	}
	if rows {
		fmt.Fprintf(&b, ", %d rows", f.Rows)
	}
	if left > 0 {
		fmt.Fprintf(&b, ", %s left", left)
	}
	return b.String()
}

// left is how long it will take, to the second, if the rest goes as fast as what was done in took; idle has passed since. 0: not
// known, as when one account keeps all others waiting.
func (f fetched) left(took, idle time.Duration) time.Duration {
	ended := f.Done + f.Failed
	if ended == 0 || took+idle < time.Second || ended >= f.Accounts {
		return 0
	}
	return max(0, took*time.Duration(f.Accounts-ended)/time.Duration(ended)-idle).Round(time.Second)
}

// stoppedText says, when the user has had enough, what there is.
func stoppedText(f fetched, cached bool) string {
	if f.Accounts == 0 {
		return ""
	}
	s := fmt.Sprintf("stopped: %d of %s had been read", f.Done, count(int64(f.Accounts), "account"))
	if cached && f.Done > 0 {
		s += "; the cache keeps what there is"
	}
	return render.Safe(s) + "\n"
}
