package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/tables"
)

// runQuery is the command query: every statement of every text, in order, until one fails.
func (a *app) runQuery(cmd *cobra.Command, args []string) error {
	ctx := cmd.Context()
	texts, err := a.texts(ctx, args)
	if err != nil {
		return err
	}
	source, done, err := a.openSource(ctx)
	if err != nil {
		return err
	}
	defer done()
	b, err := a.newBatch(source, a.query.settings())
	if err != nil {
		return err
	}
	for _, t := range texts {
		if err := b.runText(ctx, t); err != nil {
			return err
		}
	}
	if b.failed != nil {
		return b.failed
	}
	if a.query.failOnRows && b.rows > 0 {
		return errRows
	}
	return nil
}

// batch is a run of several statements in one session.
type batch struct {
	app     *app
	session *engine.Session
	results int
	rows    int64
	told    told
	// complete says that no account was missing from an answer so far.
	complete bool
	// failed is the first failure that --on-error continue went on after.
	failed error
	hashed bool // the reports were read with their SHA-256
}

func (a *app) newBatch(source tables.Source, settings map[string]string) (*batch, error) {
	e, err := engine.New(engine.Config{Source: source, Clock: a.io.Clock, Timeout: a.query.timeout, MaxMemory: a.memory(), Settings: settings})
	if err != nil {
		return nil, err
	}
	return &batch{app: a, session: e.NewSession(), told: told{}, complete: true}, nil
}

// runText runs the statements of a text. With --on-error continue the first failure is kept and the rest run all the same.
func (b *batch) runText(ctx context.Context, t text) error {
	t.sql = b.app.query.vars.Expand(t.sql, lexer)
	pieces, _ := engine.Split(t.sql)
	if len(pieces) == 0 {
		return usageError{errors.New(strings.TrimSpace("no statement in " + t.where()))}
	}
	for _, p := range pieces {
		err := b.runStatement(ctx, t.sql[p.Start:p.End])
		if e, ok := sqlerr.As(err); ok && ctx.Err() == nil {
			e = b.hinted(movedBy(e, p.Start), t.sql)
			b.app.print(render.SafeLines(t.place() + e.Render(t.sql)))
			err = shownError{err}
		}
		switch {
		case err == nil:
		case b.app.query.onError == "continue" && ctx.Err() == nil && errors.As(err, new(shownError)):
			b.failed = cmp.Or(b.failed, err)
		default:
			return err
		}
	}
	return nil
}

// hinted says of an error at a variable that is not set, or at a command of the shell, what to do.
func (b *batch) hinted(e *sqlerr.Error, text string) *sqlerr.Error {
	if e.Hint != "" || e.Pos < 1 || e.Pos > len(text) {
		return e
	}
	if name := b.app.query.vars.Missing(text, e.Pos-1); name != "" {
		return e.WithHint("the variable " + name + " is not set: -v " + name + "=value")
	}
	if text[e.Pos-1] == '\\' {
		return e.WithHint("commands with a backslash are for the shell, which runs at a terminal")
	}
	return e
}

// where names the text in a sentence, place before an error.
func (t text) where() string {
	if t.name == "" {
		return "the argument"
	}
	return t.name
}

func (t text) place() string {
	if t.name == "" {
		return ""
	}
	return t.name + ": "
}

// movedBy is e with a position that counts from the start of the whole text.
func movedBy(e *sqlerr.Error, offset int) *sqlerr.Error {
	moved := *e
	if moved.Pos > 0 {
		moved.Pos += offset
	}
	return &moved
}

func (b *batch) runStatement(ctx context.Context, sql string) error {
	if b.app.output.envelope {
		b.fingerprint(ctx)
	}
	rows, err := b.session.Query(ctx, sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	if len(rows.Columns) == 0 && rows.Kind() != "query" { // SET says nothing; SELECT FROM has rows all the same
		return nil
	}
	if b.app.output.envelope {
		err = b.writeEnvelope(sql, rows)
	} else {
		err = b.write(rows)
	}
	if err != nil {
		b.app.warn(rows.Summary().Notices, b.told)
		return err
	}
	summary := rows.Summary()
	b.rows += summary.Rows
	b.complete = b.complete && summary.Coverage.Complete()
	b.app.conclude(summary, b.told)
	return nothingRead(summary.Coverage)
}

// nothingRead is the error of an answer that shows how accounts stand when not one of them could be read.
func nothingRead(c tables.Coverage) error {
	for _, a := range c.Accounts {
		if a.State != tables.StateFailed && a.State != tables.StateDenied && a.State != tables.StateSkipped {
			return nil
		}
	}
	if len(c.Accounts) == 0 {
		return nil
	}
	return sourceError{errors.New("no account could be read")}
}

// writer makes the writer of the next result. Results for people stand apart.
func (b *batch) writer(rows *engine.Rows) (render.Writer, error) {
	format := b.app.format()
	b.results++
	if b.results > 1 && (format == render.Table || format == render.Vertical || format == render.Markdown) {
		if _, err := io.WriteString(b.app.io.Out, "\n"); err != nil {
			return nil, outputError(err)
		}
	}
	return render.New(render.Until(b.app.io.Out, rows.Canceled), format, b.app.renderOptions())
}

// write streams the rows. The heading waits for the first of them: a statement that fails before it has any leaves nothing
// behind that looks like an answer.
func (b *batch) write(rows *engine.Rows) error {
	some, err := rows.Next()
	if err != nil && err != io.EOF {
		return err
	}
	w, problem := b.writer(rows)
	if problem != nil {
		return problem
	}
	if err := w.Begin(renderColumns(rows.Columns)); err != nil {
		return outputError(err)
	}
	for ; err == nil; some, err = rows.Next() {
		if err := w.Write(some); err != nil {
			return outputError(err)
		}
	}
	if err != io.EOF {
		return err
	}
	return outputError(w.End())
}

func outputError(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := sqlerr.As(err); ok {
		return err // the statement's own
	}
	return outputFailed{fmt.Errorf("write the result: %w", err)}
}
