package repl

import (
	"context"
	"errors"
	"io"
	"syscall"

	"github.com/rivo/uniseg"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
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
		s.tellUnless(err, rows)
		return err
	}
	out, err := to.open()
	if err != nil {
		return err
	}
	format := s.formatOf(to, rows.Columns(), held)
	w, err := render.New(render.Until(out, rows.Canceled), format, s.renderOptions(to))
	shown := 0
	if err == nil {
		shown, err = copyRows(w, rows, held)
	}
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil && !errors.Is(err, syscall.EPIPE) { // who looks at it has seen enough
		s.tellUnless(err, rows)
		return err
	}
	s.conclude(rows)
	if to.terminal && format == render.Table && !s.config.Quiet {
		most := s.maxRows(to)
		s.tip(&s.toldRows, most > 0 && shown > most, `\pset max_rows 0 shows all rows, in the pager`)
		s.tip(&s.toldColumns, !to.bare && s.isWide(rows.Columns(), held), `\gx shows all columns of the last statement, \x on those of every one`)
	}
	return nil
}

// tip says once how to see what a table leaves out.
func (s *Shell) tip(told *bool, when bool, text string) {
	if when && !*told {
		*told = true
		s.faint(text)
	}
}

// conclude tells what there is to say about a result.
func (s *Shell) conclude(rows Rows) {
	if s.config.Quiet {
		return
	}
	s.tell(rows.Notices())
	if footer := rows.Footer(s.look.timing); footer != "" {
		s.faint(footer)
	}
}

// tellUnless tells the warnings of a statement that failed, which may be the reason. Who canceled it knows the reason.
func (s *Shell) tellUnless(err error, rows Rows) {
	if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeQueryCanceled {
		s.tell(rows.Notices())
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

// copyRows writes all rows and counts them.
func copyRows(w render.Writer, rows Rows, h held) (n int, err error) {
	if err := w.Begin(rows.Columns()); err != nil {
		return 0, err
	}
	n = h.rows
	for _, b := range h.batches {
		if err := w.Write(b); err != nil {
			return n, err
		}
	}
	for !h.all {
		b, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return n, err
		}
		n += b.N
		if err := w.Write(b); err != nil {
			return n, err
		}
	}
	return n, w.End()
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
	case s.look.expanded == "auto" && s.look.format == "" && to.terminal && s.isShort(len(columns), h) && s.isWide(columns, h):
		return render.Vertical
	}
	return render.Table
}

// isShort says whether a result has few rows, and either one or no more than the screen has room for, one below the other.
func (s *Shell) isShort(columns int, h held) bool {
	if !h.all || h.rows == 0 || h.rows > fewRows {
		return false
	}
	const around = 2 // the footer and the prompt
	_, height := s.config.Size()
	return h.rows == 1 || height <= 0 || h.rows*(columns+1)+around <= height
}

// isWide says whether a table could not show all columns, as far as the rows that are held tell.
func (s *Shell) isWide(columns []render.Column, h held) bool {
	const least = 16 // a table leaves columns out rather than make them narrower
	width, _ := s.config.Size()
	total := 1
	var text []byte
	for i, c := range columns {
		wide := max(len(c.Name), len(c.Type.String()))
		for _, b := range h.batches {
			for row := 0; row < min(b.N, 2*fewRows) && wide < least; row++ {
				text = b.Cols[i].AppendText(text[:0], row)
				wide = max(wide, uniseg.StringWidth(string(text)))
			}
		}
		total += min(wide, least) + 3
	}
	return total > width
}

func (s *Shell) renderOptions(to target) render.Options {
	opts := render.Options{ExcelGuard: s.config.ExcelGuard, NoTypes: to.bare}
	if to.terminal {
		opts.Width, _ = s.config.Size()
		opts.MaxRows, opts.Color, opts.Terminal = s.maxRows(to), s.config.Color, true
	}
	return opts
}

// maxRows is how many rows a table shows: no more than the screen has room for, so that only who wants all rows meets the pager.
func (s *Shell) maxRows(to target) int {
	const around = 11 // lines of the frame, the heading, the mark of what is left out, the footer and the prompt
	_, height := s.config.Size()
	if s.look.maxRows == 0 || to.bare {
		return 0
	}
	if height > 0 {
		return min(s.look.maxRows, max(height-around, 4))
	}
	return s.look.maxRows
}
