package mysqlwire

import (
	"encoding/json"
	"io"
	"sync"
	"time"

	"github.com/credsql/credsql/engine/column"
)

// auditor writes a JSON line for each statement and login. A nil one writes nothing.
type auditor struct {
	clock func() time.Time
	mu    sync.Mutex
	out   *json.Encoder
}

func newAuditor(w io.Writer, clock func() time.Time) *auditor {
	if w == nil {
		return nil
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &auditor{clock: clock, out: enc}
}

// auditRecord is one line.
type auditRecord struct {
	Time       string   `json:"time"`
	Event      string   `json:"event"` // login, statement
	Connection uint32   `json:"connection"`
	User       string   `json:"user"`
	Host       string   `json:"host"`
	Outcome    string   `json:"outcome"`
	Kind       string   `json:"kind,omitempty"`
	Statement  string   `json:"statement,omitempty"`
	Params     []string `json:"params,omitempty"`
	Rows       *int64   `json:"rows,omitempty"`
	Millis     *float64 `json:"ms,omitempty"`
	Accounts   []string `json:"accounts,omitempty"`
	Error      string   `json:"error,omitempty"`
}

// maxAudited bounds the texts of a line.
const maxAudited = 64 << 10

func (a *auditor) write(r *auditRecord) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r.Time = a.clock().UTC().Format("2006-01-02T15:04:05.000Z")
	_ = a.out.Encode(r) // there is nobody to tell who is not already reading the log
}

func (a *auditor) login(c *conn, user, outcome string) {
	if a != nil {
		a.write(&auditRecord{Event: "login", Connection: c.id, User: printable(user), Host: c.host, Outcome: outcome})
	}
}

func (a *auditor) statement(e *execution, elapsed time.Duration) {
	if a == nil {
		return
	}
	ms := float64(elapsed.Microseconds()) / 1000
	r := &auditRecord{
		Event: "statement", Connection: e.conn.id, Host: e.conn.host, Outcome: e.outcome, Kind: e.kind,
		Statement: cut(e.text, maxAudited), Rows: &e.rows, Millis: &ms, Accounts: e.accounts, Error: e.failure.message,
	}
	if user := e.conn.accountNow(); user != nil {
		r.User = user.user.Name
	}
	for _, p := range e.params {
		if p == nil {
			r.Params = append(r.Params, "NULL")
			continue
		}
		r.Params = append(r.Params, cut(string(column.AppendText(nil, p)), maxAudited))
	}
	a.write(r)
}
