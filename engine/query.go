package engine

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/bind"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/exec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/optimize"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// Piece is one statement's place in a text of several, without its semicolon.
type Piece struct{ Start, End int }

// Split cuts a text into statements. open tells what the text lacks at its end: "" nothing, else what is still open, such as "'" or "(".
func Split(text string) (pieces []Piece, open string) {
	found, lacking := ddsql.Split(text)
	for _, p := range found {
		pieces = append(pieces, Piece{Start: p.Start, End: p.End})
	}
	return pieces, lackingText[lacking]
}

// lackingText is what a continuation prompt shows for what is open.
var lackingText = map[ddsql.Open]string{ddsql.OpenNothing: "", ddsql.OpenString: "'", ddsql.OpenName: `"`, ddsql.OpenDollar: "$",
	ddsql.OpenComment: "/*", ddsql.OpenParen: "("}

// Query runs one statement. Its parameters, $1 and so on, take the given values. The error is a *sqlerr.Error with a position in text. The rows must
// be closed; an error may also come while they are read.
func (s *Session) Query(ctx context.Context, text string, params ...column.Value) (rows *Rows, err error) {
	defer s.recovered(&err)
	r, err := s.read(text, false)
	if err != nil {
		return nil, err
	}
	rows, err = s.run(ctx, r, params)
	if other, ok := s.reread(text, r, err); ok {
		if again, err := s.run(ctx, other, params); err == nil {
			return again.of(other), nil
		}
	}
	return rows.of(r), moved(err, r.start)
}

// moved makes an error's position count in the whole text, where its statement starts at an offset.
func moved(err error, start int) error {
	e, ok := sqlerr.As(err)
	if !ok || e.Pos == 0 || start == 0 {
		return err
	}
	out := *e
	out.Pos += start
	return &out
}

func oneStatement(n int) error {
	if n == 0 {
		return sqlerr.Syntax("there is no statement")
	}
	return sqlerr.Syntax("one statement at a time is needed, %d were given", n)
}

func (s *Session) run(ctx context.Context, r request, params []column.Value) (*Rows, error) {
	switch stmt := r.statement.(type) {
	case *syntax.Query:
		return s.query(ctx, stmt, params)
	case *syntax.Explain:
		return s.explain(ctx, stmt, params)
	case *syntax.Set:
		return s.set(stmt)
	case *syntax.Show:
		return s.show(stmt)
	}
	if r.sleep != nil {
		return s.sleep(ctx, r.sleep)
	}
	return s.answerClient(ctx, r.client, params)
}

// bind gives a query its meaning at a moment.
func (s *Session) bind(q *syntax.Query, params []column.Value) (*bind.Statement, *funcs.Ctx, error) {
	now := s.now()
	fctx := &funcs.Ctx{Context: context.Background(), Now: now, Setting: s.lookup(now)}
	stmt, err := bind.Bind(q, bind.Config{Catalog: s.engine.catalog, Registry: s.engine.registry, Ctx: fctx, Params: params, HasParams: true})
	if err != nil {
		return nil, nil, err
	}
	stmt.Root = optimize.Rewrite(stmt.Root, fctx)
	return stmt, fctx, nil
}

func (s *Session) query(ctx context.Context, q *syntax.Query, params []column.Value) (*Rows, error) {
	stmt, fctx, err := s.bind(q, params)
	if err != nil {
		return nil, err
	}
	s.client.limit(stmt)
	return s.start(ctx, stmt, fctx, nil)
}

// start takes a snapshot of what the plan reads, and starts it. A profile, if there is one, counts what the operators do.
func (s *Session) start(ctx context.Context, stmt *bind.Statement, fctx *funcs.Ctx, profile *exec.Profile) (*Rows, error) {
	started := s.engine.config.Clock()
	ctx, cancel := s.limited(ctx)
	need, reads := needOf(stmt.Root)
	var snap tables.Snapshot
	if reads {
		var err error
		if snap, err = s.source.Snapshot(ctx, need); err != nil {
			err = sourceError(ctx, err) // asks ctx, so before it is cancelled
			cancel(nil)
			return nil, err
		}
		if err := s.complete(snap); err != nil {
			cancel(nil)
			return nil, err
		}
	}
	fctx.Context = ctx
	rows := &Rows{session: s, plan: stmt.Root, snapshot: snap, ctx: ctx, cancel: cancel, started: started, Columns: columnsOf(stmt.Columns)}
	if err := s.execute(ctx, rows, fctx, profile); err != nil {
		rows.memory.Close()
		cancel(nil)
		return nil, err
	}
	return rows, nil
}

// limited is ctx with the statement's timeout and a way to end it.
func (s *Session) limited(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	d := s.timeout()
	if d == 0 {
		return ctx, cancel
	}
	late := sqlerr.New(sqlerr.CodeQueryCanceled, "canceling statement due to statement timeout").Wrap(context.DeadlineExceeded).
		WithHint("it took more than " + d.String() + "; raise --timeout or statement_timeout, or narrow the query")
	ctx, stop := context.WithTimeoutCause(ctx, d, late)
	return ctx, func(cause error) {
		cancel(cause)
		stop()
	}
}

// sourceError is a failed snapshot as the user sees it.
func sourceError(ctx context.Context, err error) error {
	if canceled := budget.Canceled(ctx); canceled != nil {
		return canceled
	}
	if _, ok := sqlerr.As(err); ok {
		return err
	}
	return sqlerr.New(sqlerr.CodeSource, "%v", err).Wrap(err)
}

// complete refuses an incomplete view when the session is strict.
func (s *Session) complete(snap tables.Snapshot) error {
	if snap == nil || !s.on(settingStrict) || s.on(settingPartial) {
		return nil
	}
	var missing []string
	for _, n := range snap.Notices() {
		if n.Incomplete {
			missing = append(missing, n.Message)
		}
	}
	if len(missing) == 0 && snap.Coverage().Complete() {
		return nil
	}
	const told = 10
	if more := len(missing) - told; more > 1 {
		missing = append(missing[:told:told], fmt.Sprintf("and %d more", more))
	}
	return sqlerr.New(sqlerr.CodeSource, "the answer would be incomplete").WithDetail(strings.Join(missing, "\n")).
		WithHint("credsql.accounts says what is missing; --allow-partial answers all the same")
}

// recovered turns a panic into an error: a broken statement must not take the process or another session with it.
func (s *Session) recovered(err *error) {
	if p := recover(); p != nil {
		s.engine.config.Logger.Error("panic in a statement", "panic", p, "stack", string(debug.Stack()))
		*err = sqlerr.Internal(fmt.Errorf("%v", p))
	}
}

func columnsOf(cols []plan.Col) []Column {
	out := make([]Column, len(cols))
	for i, c := range cols {
		out[i] = Column{Name: c.Name, Type: c.Type, Table: c.Table, Origin: c.Origin}
	}
	return out
}

func since(start time.Time, clock func() time.Time) time.Duration { return clock().Sub(start) }
