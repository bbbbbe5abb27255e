package mysqlwire

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// conn is one client's connection. Its own goroutine uses it; others only what mu guards, and raw's deadlines.
type conn struct {
	server *Server
	id     uint32
	raw    net.Conn // as accepted
	net    net.Conn // raw, or TLS over it
	in     *packetReader
	out    packetWriter
	// secure says that nobody can listen: TLS, or a Unix socket, which local says.
	secure, local bool
	commonName    string // of the client's certificate
	host          string
	caps          uint32
	attrs         map[string]string
	// nonce and plugin are of the last login, which COM_CHANGE_USER goes on from.
	nonce   []byte
	plugin  string
	session Session
	stmts   statements

	mu      sync.Mutex
	account *account
	running *running
	since   time.Time // of the last change between running and not
	schema  string    // the current one, as of the last statement
	waiting bool      // for a command
	doomed  error     // why no more commands are read
}

// running is the statement that a connection is busy with.
type running struct {
	text   string
	cancel context.CancelCauseFunc
}

// errDrained ends connections when the server shuts down.
var errDrained = errors.New("the server is shutting down")

func (c *conn) accountNow() *account {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.account
}

func (c *conn) writeDeadline() error {
	if d := c.server.config.Limits.WriteTime; d > 0 {
		return c.net.SetWriteDeadline(c.server.now().Add(d))
	}
	return nil
}

// readDeadline bounds how long the next part of a packet that has begun may take to arrive.
func (c *conn) readDeadline() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d := c.server.config.Limits.WriteTime; d > 0 && c.doomed == nil {
		_ = c.net.SetReadDeadline(c.server.now().Add(d)) // if it cannot be set the read fails
	}
}

// await marks the connection idle and bounds how long it may be so.
func (c *conn) await() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.doomed != nil {
		return c.doomed
	}
	c.waiting = true
	if d := c.server.config.Limits.IdleTime; d > 0 {
		return c.net.SetReadDeadline(c.server.now().Add(d))
	}
	return c.net.SetReadDeadline(time.Time{})
}

// resume marks it busy.
func (c *conn) resume() {
	c.mu.Lock()
	c.waiting = false
	c.mu.Unlock()
}

// drain ends the connection when it is idle, now or soon.
func (c *conn) drain() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.doomed = errDrained
	if c.waiting || c.account == nil {
		_ = c.raw.SetReadDeadline(time.Unix(1, 0))
	}
}

// kill ends the connection and what it runs.
func (c *conn) kill(cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.doomed = cause
	if c.running != nil {
		c.running.cancel(cause)
		return // it tells its client, and ends then
	}
	_ = c.raw.SetReadDeadline(time.Unix(1, 0))
}

// killQuery ends what the connection runs.
func (c *conn) killQuery(cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running != nil {
		c.running.cancel(cause)
	}
}

// begin makes a statement's context, which ends when it is killed or its client goes away, and gives what ends the statement.
func (c *conn) begin(text string) (ctx context.Context, end func()) {
	ctx, cancel := context.WithCancelCause(c.server.ctx)
	c.mu.Lock()
	c.running = &running{text: text, cancel: cancel}
	c.since = c.server.config.Clock()
	doomed := c.doomed
	c.mu.Unlock()
	if doomed != nil && !errors.Is(doomed, errDrained) {
		cancel(doomed)
	}
	w := c.watch(cancel)
	return ctx, func() {
		w.stop()
		c.mu.Lock()
		c.running = nil
		c.schema = c.session.State().Database
		c.since = c.server.config.Clock()
		c.mu.Unlock()
		cancel(nil)
	}
}

// timedOut says whether an error is a deadline's.
func timedOut(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }
