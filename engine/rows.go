package engine

import (
	"context"
	"io"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/tables"
)

// Rows is a statement's result as it is computed. It must be closed. It must not be used by two goroutines at once.
type Rows struct {
	Columns []Column

	session  *Session
	kind     string
	plan     plan.Node
	snapshot tables.Snapshot
	next     func() (*column.Batch, error, bool)
	stop     func()
	memory   *budget.Budget
	ctx      context.Context
	cancel   context.CancelCauseFunc
	started  time.Time
	elapsed  time.Duration
	rows     int64
	done     bool
	// notices are kept once noticed, after the last row.
	notices []tables.Notice
	noticed bool
	err     error
}

// Next gives some more rows, at least one; io.EOF after the last. A batch must not be changed.
func (r *Rows) Next() (b *column.Batch, err error) {
	if r.done {
		return nil, r.end(r.err)
	}
	defer func() {
		r.session.recovered(&err)
		if err != nil {
			r.finish(err)
		}
	}()
	b, err, ok := r.next()
	if err != nil {
		return nil, err
	}
	if !ok {
		// Sentinels that were met while reading can make an answer incomplete only now.
		if err := r.session.complete(r.snapshot); err != nil {
			return nil, err
		}
		return nil, io.EOF
	}
	r.rows += int64(b.N)
	return b, nil
}

func (r *Rows) end(err error) error {
	if err == nil {
		return io.EOF
	}
	return err
}

func (r *Rows) finish(err error) {
	if r.done {
		return
	}
	r.done = true
	if err != io.EOF {
		r.err = err
	}
	r.elapsed = since(r.started, r.session.engine.config.Clock)
	r.session.note(r)
	if r.stop != nil {
		r.stop()
	}
	r.memory.Close()
	if r.cancel != nil {
		r.cancel(nil)
	}
}

// Canceled is the error that the statement ends with if it was canceled or its time is over, nil as long as it may go on. Who takes long
// over a batch asks between its rows.
func (r *Rows) Canceled() error {
	if r.ctx == nil || r.done {
		return nil
	}
	return budget.Canceled(r.ctx)
}

// Close ends the statement, finished or not.
func (r *Rows) Close() { r.finish(io.EOF) }

// Summary is what there is to say about an answer beside its rows. It is complete once the rows have been read.
type Summary struct {
	Rows     int64
	Elapsed  time.Duration
	Coverage tables.Coverage
	Notices  []tables.Notice
}

// Summary says how complete the answer is.
func (r *Rows) Summary() Summary {
	s := Summary{Rows: r.rows, Elapsed: r.elapsed}
	if !r.done {
		s.Elapsed = since(r.started, r.session.engine.config.Clock)
	}
	if r.snapshot != nil {
		s.Coverage = r.snapshot.Coverage()
		s.Notices = r.Notices()
	}
	return s
}

// Notices are the Summary's, without the cost of the rest.
func (r *Rows) Notices() []tables.Notice {
	if r.snapshot == nil {
		return nil
	}
	if !r.done || !r.noticed {
		r.notices = append(append([]tables.Notice(nil), r.snapshot.Notices()...), r.notSupported()...)
		r.noticed = r.done
	}
	return r.notices
}

// Accounts are those that the statement reads, by id: the ones that it names, or all that there are.
func (r *Rows) Accounts() []string {
	if r.snapshot == nil {
		return nil
	}
	if need, _ := needOf(r.plan); need.Accounts != nil {
		return need.Accounts
	}
	var out []string
	for _, a := range r.snapshot.Coverage().Accounts {
		out = append(out, a.ID)
	}
	return out
}

// textRows is a result that was not computed by a plan: rows of text.
func (s *Session) textRows(names []string, rows [][]string) *Rows {
	r := &Rows{session: s, started: s.engine.config.Clock()}
	builders := make([]*column.Builder, len(names))
	for i, n := range names {
		r.Columns = append(r.Columns, Column{Name: n, Type: column.Text})
		builders[i] = column.NewBuilder(column.Text, len(rows))
	}
	batch := &column.Batch{N: len(rows)}
	for _, row := range rows {
		for i, cell := range row {
			builders[i].Append(cell)
		}
	}
	for _, b := range builders {
		batch.Cols = append(batch.Cols, b.Vector())
	}
	given := len(rows) == 0
	r.next = func() (*column.Batch, error, bool) {
		if given {
			return nil, nil, false
		}
		given = true
		return batch, nil, true
	}
	return r
}
