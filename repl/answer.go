package repl

import (
	"context"
	"errors"
	"io"
	"syscall"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl/render"
)

// answer runs a statement and shows its rows.
func (s *Shell) answer(ctx context.Context, sql string, to target, params ...column.Value) error {
	sql = s.vars.Expand(sql, s.config.Lex)
	rows, err := s.config.Session.Query(ctx, sql, params...)
	if err != nil {
		return statementError{err, sql}
	}
	defer rows.Close()
	if len(rows.Columns()) == 0 {
		s.say("ok")
		return nil
	}
	if err := s.show(rows, to); err != nil {
		return statementError{err, sql}
	}
	return nil
}

// show writes the rows of a result, and then what there is to say about it.
func (s *Shell) show(rows Rows, to target) error {
	held, err := s.hold(rows)
	if err != nil {
		s.tell(rows.Notices())
		return err
	}
	out, err := to.open()
	if err != nil {
		return err
	}
	w, err := render.New(out, s.formatOf(to, rows.Columns(), held), s.renderOptions(to))
	if err == nil {
		err = copyRows(w, rows, held)
	}
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil && !errors.Is(err, syscall.EPIPE) { // who looks at it has seen enough
		s.tell(rows.Notices())
		return err
	}
	s.conclude(rows)
	return nil
}

// conclude tells what there is to say about a result.
func (s *Shell) conclude(rows Rows) {
	if s.config.Quiet {
		return
	}
	s.tell(rows.Notices())
	if footer := rows.Footer(s.look.timing); footer != "" {
		_, _ = io.WriteString(s.config.Err, s.style("\x1b[2m", render.Safe(footer))+"\n")
	}
}

func (s *Shell) tell(notices []string) {
	if s.config.Quiet {
		return
	}
	for _, n := range notices {
		s.warn(n)
	}
}

// fewRows is up to how many rows of many columns are shown one below the other.
const fewRows = 10

// held is the start of a result.
type held struct {
	batches []*column.Batch
	rows    int
	all     bool // there are no more
}

// hold reads as many rows as it takes to know how to show them.
func (s *Shell) hold(rows Rows) (held, error) {
	var h held
	for h.rows <= fewRows {
		b, err := rows.Next()
		if err == io.EOF {
			h.all = true
			break
		}
		if err != nil {
			return h, err
		}
		h.batches = append(h.batches, b)
		h.rows += b.N
	}
	return h, nil
}

func copyRows(w render.Writer, rows Rows, h held) error {
	if err := w.Begin(rows.Columns()); err != nil {
		return err
	}
	for _, b := range h.batches {
		if err := w.Write(b); err != nil {
			return err
		}
	}
	for !h.all {
		b, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if err := w.Write(b); err != nil {
			return err
		}
	}
	return w.End()
}

// formatOf chooses a format: the one that the user did, else a table, or vertical if there are few rows with more columns than fit.
func (s *Shell) formatOf(to target, columns []render.Column, h held) render.Format {
	switch {
	case to.expanded || s.look.expanded == "on" && to.format == "":
		return render.Vertical
	case to.format != "":
		return to.format
	case s.look.format != "" && s.look.format != render.Table:
		return s.look.format
	case s.look.expanded == "auto" && s.look.format == "" && to.terminal && h.all && h.rows <= fewRows && h.rows > 0 && s.isWide(columns):
		return render.Vertical
	}
	return render.Table
}

// isWide says whether a table could not show all columns.
func (s *Shell) isWide(columns []render.Column) bool {
	const least = 16 // a table leaves columns out rather than make them narrower
	width, _ := s.config.Size()
	total := 1
	for _, c := range columns {
		total += min(max(len(c.Name), len(c.Type.String())), least) + 3
	}
	return total > width
}

func (s *Shell) renderOptions(to target) render.Options {
	opts := render.Options{ExcelGuard: s.config.ExcelGuard}
	if to.terminal {
		opts.Width, _ = s.config.Size()
		opts.MaxRows, opts.Color, opts.Terminal = s.look.maxRows, s.config.Color, true
	}
	return opts
}
