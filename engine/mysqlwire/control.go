package mysqlwire

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/credsql/credsql/engine/sqlerr"
)

// control is what one connection's statements may ask of the server: about the connections of its own user.
type control struct{ conn *conn }

var _ Control = (*control)(nil)

// Processes are the user's connections by number.
func (k *control) Processes() []Process {
	var out []Process
	me := k.conn.accountNow()
	for _, c := range k.conn.server.connections() {
		if p, ok := c.process(me); ok {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Process) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// process describes a connection to a user, if it is of the same.
func (c *conn) process(me *account) (Process, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.account == nil || me == nil || c.account.user.Name != me.user.Name {
		return Process{}, false
	}
	p := Process{ID: c.id, User: c.account.user.Name, Host: c.host, Database: c.schema, Command: "Sleep", Since: c.since}
	if c.running != nil {
		p.Command, p.Statement = "Query", c.running.text
	}
	return p, true
}

// errKilled is what a killed statement's client is told.
var errKilled = sqlerr.New(sqlerr.CodeQueryCanceled, "Query execution was interrupted")

// Kill implements KILL. Another user's connection is as unknown as one that is not there.
func (k *control) Kill(id uint64, queryOnly bool) error {
	me := k.conn.accountNow()
	for _, c := range k.conn.server.connections() {
		if uint64(c.id) != id {
			continue
		}
		if _, mine := c.process(me); !mine {
			break
		}
		switch {
		case queryOnly:
			c.killQuery(errKilled)
		default:
			c.kill(errKilled)
		}
		return nil
	}
	return sqlerr.New(codeNoThread, "Unknown thread id: %d", id)
}

// codeNoThread is a code of our own for MySQL's ER_NO_SUCH_THREAD.
const codeNoThread = "KS001"

// Status is SHOW STATUS.
func (k *control) Status() map[string]string {
	s := k.conn.server
	s.mu.Lock()
	connected, total := len(s.conns), s.lastID
	s.mu.Unlock()
	cipher, version := k.conn.cipher()
	return map[string]string{
		"Uptime":            strconv.Itoa(max(1, int(s.config.Clock().Sub(s.started).Seconds()))),
		"Threads_connected": strconv.Itoa(connected),
		"Threads_running":   "1",
		"Connections":       strconv.FormatUint(uint64(total), 10),
		"Questions":         strconv.FormatInt(s.metrics.questions.Load(), 10),
		"Ssl_cipher":        cipher,
		"Ssl_version":       version,
	}
}

// statistics answers COM_STATISTICS: one line of text, in no form but its own.
func (c *conn) statistics([]byte) error {
	status := (&control{conn: c}).Status()
	line := fmt.Sprintf("Uptime: %s  Threads: %s  Questions: %s  Slow queries: 0  Opens: 0  Flush tables: 0  Open tables: 0  Queries per second avg: 0.000",
		status["Uptime"], status["Threads_connected"], status["Questions"])
	return c.out.packet([]byte(line))
}
