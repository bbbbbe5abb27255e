package mysqlwire

import (
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
)

// execution is what is remembered of one statement, for the audit log and the metrics.
type execution struct {
	conn    *conn
	text    string
	params  []column.Value
	started time.Time
	rows    int64
	bytes   int64
	kind    string
	outcome string // "ok", "error", "canceled", "gone"
	failure wireError
	// accounts are only asked for when there is an audit log.
	accounts []string
}

func (c *conn) newExecution(text string, b *bound) *execution {
	e := &execution{conn: c, text: text, started: c.server.config.Clock(), outcome: "ok"}
	if b != nil {
		e.params = b.params
	}
	return e
}

// fail notes the error that the client was told.
func (e *execution) fail(failure wireError) {
	e.failure = failure
	e.outcome = "error"
	if strings.HasPrefix(failure.state, "57") {
		e.outcome = "canceled"
	}
}

// conclude writes it down.
func (e *execution) conclude() {
	elapsed := e.conn.server.config.Clock().Sub(e.started)
	e.conn.server.metrics.statement(e, elapsed)
	e.conn.server.audit.statement(e, elapsed)
}
