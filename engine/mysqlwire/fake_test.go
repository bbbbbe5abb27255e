package mysqlwire

import (
	"context"
	"io"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// fakeBackend answers a handful of words, so that tests see the protocol and nothing else: "1" one row, "rows N" N rows, "wait" nothing
// until it is canceled, "panic", "panic later", "kill N", "fail later" after its first rows.
type fakeBackend struct {
	// waiting counts statements that wait, canceled those that were told to stop, by why.
	waiting, canceled atomic.Int64
	lastCause         atomic.Pointer[string]
	sessions          atomic.Int64
}

func (b *fakeBackend) NewSession(client Client) (Session, error) {
	b.sessions.Add(1)
	return &fakeSession{backend: b, client: client}, nil
}

func (b *fakeBackend) Split(text string) []Span {
	var out []Span
	from := 0
	for _, part := range strings.SplitAfter(text, ";") {
		start := from + len(part) - len(strings.TrimLeft(part, " "))
		if end := from + len(strings.TrimRight(part, "; ")); end > start {
			out = append(out, Span{start, end})
		}
		from += len(part)
	}
	return out
}

func (b *fakeBackend) Disputed(text string) (int, bool) {
	i := strings.IndexByte(text, '\\')
	return i, i >= 0
}

type fakeSession struct {
	backend *fakeBackend
	client  Client
	state   State
}

func (s *fakeSession) UseDatabase(name string) error {
	if name == "nowhere" {
		return sqlerr.New(sqlerr.CodeUndefinedDatabase, "database %q does not exist", name)
	}
	s.state.Database = name
	return nil
}

func (s *fakeSession) Fields(table string) ([]Column, error) {
	return []Column{{Name: "a", Type: column.Int64, Table: table}, {Name: "b", Type: column.Text, Table: table}}, nil
}

func (s *fakeSession) State() State { return State{Autocommit: true} }
func (s *fakeSession) Reset()       { s.state = State{} }

func (s *fakeSession) Prepare(_ context.Context, text string) (Statement, error) {
	if strings.HasPrefix(text, "bad") {
		return nil, sqlerr.Syntax("bad statement")
	}
	return &fakeStatement{session: s, text: text}, nil
}

type fakeStatement struct {
	session *fakeSession
	text    string
}

func (s *fakeStatement) Params() int       { return strings.Count(s.text, "?") }
func (s *fakeStatement) Columns() []Column { return nil }

// Query answers "echo ? ?" with its parameters and their types.
func (s *fakeStatement) Query(ctx context.Context, params []column.Value) (Rows, error) {
	if !strings.HasPrefix(s.text, "echo") {
		return s.session.Query(ctx, s.text)
	}
	b := column.NewBuilder(column.Text, len(params))
	for _, p := range params {
		b.Append(typed(p))
	}
	return rowsOf(&column.Batch{N: len(params), Cols: []*column.Vector{b.Vector()}}), nil
}

func typed(p column.Value) string {
	text := string(column.AppendText(nil, p))
	switch p.(type) {
	case nil:
		return "null"
	case int64:
		return "int " + text
	case float64:
		return "float " + text
	case string:
		return "text " + text
	case column.Timestamp:
		return "timestamp " + text
	}
	return "?"
}

func (s *fakeSession) Query(ctx context.Context, text string) (Rows, error) {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "1":
		return counting(1, 1), nil
	case "rows":
		n, err := strconv.Atoi(rest)
		return counting(n, 1000), err
	case "wait":
		s.backend.waiting.Add(1)
		<-ctx.Done()
		s.backend.canceled.Add(1)
		why := context.Cause(ctx).Error()
		s.backend.lastCause.Store(&why)
		return nil, ctx.Err()
	case "panic":
		panic("as asked")
	case "sleep":
		d, err := time.ParseDuration(rest)
		time.Sleep(d)
		return counting(1, 1), err
	case "fail":
		r := counting(2500, 1000)
		r.err = sqlerr.New(sqlerr.CodeDivisionByZero, "division by zero")
		return r, nil
	case "who":
		b := column.NewBuilder(column.Text, 1)
		b.Append(s.client.User + " " + s.state.Database)
		return rowsOf(&column.Batch{N: 1, Cols: []*column.Vector{b.Vector()}}), nil
	case "id":
		return counting(int(s.client.ID), int(s.client.ID)), nil
	case "kill":
		id, err := strconv.ParseUint(rest, 10, 64)
		if err == nil {
			err = s.client.Control.Kill(id, false)
		}
		return nothing(), err
	case "cancel":
		id, err := strconv.ParseUint(rest, 10, 64)
		if err == nil {
			err = s.client.Control.Kill(id, true)
		}
		return nothing(), err
	case "set":
		return nothing(), nil
	}
	return nil, sqlerr.Syntax("syntax error at or near %q", word).At(0)
}

// fakeRows are batches of one column, then an error or the end.
type fakeRows struct {
	columns []Column
	batches []*column.Batch
	err     error
	closed  bool
}

func nothing() *fakeRows { return &fakeRows{} }

func rowsOf(batches ...*column.Batch) *fakeRows {
	return &fakeRows{columns: []Column{{Name: "x", Type: batches[0].Cols[0].Type}}, batches: batches}
}

// counting is 1 to n, some in each batch.
func counting(n, batch int) *fakeRows {
	r := &fakeRows{columns: []Column{{Name: "n", Type: column.Int64}}}
	for from := 0; from < n; from += batch {
		b := column.NewBuilder(column.Int64, batch)
		for i := from; i < min(n, from+batch); i++ {
			b.Append(int64(i + 1))
		}
		v := b.Vector()
		r.batches = append(r.batches, &column.Batch{N: v.N, Cols: []*column.Vector{v}})
	}
	return r
}

func (r *fakeRows) Columns() []Column  { return r.columns }
func (r *fakeRows) Canceled() error    { return nil }
func (r *fakeRows) Kind() string       { return "query" }
func (r *fakeRows) Warnings() int      { return 0 }
func (r *fakeRows) Accounts() []string { return []string{"111122223333"} }
func (r *fakeRows) Close()             { r.closed = true }

func (r *fakeRows) Next() (*column.Batch, error) {
	if len(r.batches) == 0 {
		if r.err != nil {
			return nil, r.err
		}
		return nil, io.EOF
	}
	b := r.batches[0]
	r.batches = r.batches[1:]
	return b, nil
}
