package mysqlwire

import (
	"context"
	"errors"
	"time"
)

// watchDelay is how long a statement runs before its connection is watched: most are over by then, and need no second goroutine.
const watchDelay = 20 * time.Millisecond

// errGone is why a statement is canceled whose client has closed the connection.
var errGone = errors.New("the client has gone away")

// watcher reads ahead while a statement runs, which is how a closed connection shows. What it reads stays in the reader's buffer.
type watcher struct {
	conn  *conn
	timer *time.Timer
	done  chan struct{}
}

// watch cancels the statement when its client goes away.
func (c *conn) watch(cancel context.CancelCauseFunc) *watcher {
	w := &watcher{conn: c, done: make(chan struct{})}
	w.timer = time.AfterFunc(watchDelay, func() {
		defer close(w.done)
		// It may have sent its next command already, and be gone all the same: a goodbye is one.
		for c.in.room() > 0 {
			if err := c.in.fill(); err != nil {
				if !timedOut(err) {
					cancel(errGone)
				}
				return
			}
		}
	})
	return w
}

// stop ends the watch. After it the reader is the caller's alone again.
func (w *watcher) stop() {
	if w.timer.Stop() {
		return
	}
	_ = w.conn.net.SetReadDeadline(time.Unix(1, 0))
	<-w.done
}
