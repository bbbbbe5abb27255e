package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/repl/script"
)

// running are the commands that run a statement: the one before them on the line, else the last.
func running() []*command {
	const group = "Run"
	return []*command{
		{name: "g", args: "[FILE | |PROGRAM]", help: "run the statement, into a file or a program", group: group, run: runGo, complete: fileNames},
		{name: "gx", aliases: []string{"G"}, args: "[FILE | |PROGRAM]", help: "run it and show each row on lines of its own", group: group, run: runGoVertical, complete: fileNames},
		{name: "watch", args: "[SECONDS] [TIMES]", help: "run it again and again, until Ctrl-C", group: group, run: runWatch},
		{name: "explain", aliases: []string{".explain"}, args: "[analyze]", help: "show the statement's plan, or what it did", group: group, run: runExplain, complete: choices("analyze")},
		{name: "chart", args: "[WIDTH]", help: "show a result of a name and a number as bars", group: group, run: runChart},
		{name: "gset", args: "[PREFIX]", help: "run it and keep its one row as variables", group: group, run: runGset},
		{name: "copy", args: "(QUERY) to FILE | TABLE to FILE", help: "write a result to a file, in the format of its name", group: group, run: runCopy, complete: copyWords},
		{name: "i", aliases: []string{"include", ".read"}, args: "FILE", help: "run the statements and commands of a file", group: group, run: runInclude, complete: fileNames},
	}
}

// errNoStatement is a command that needs a statement where there was none yet.
var errNoStatement = errors.New("there is no statement yet")

func runGo(ctx context.Context, s *Shell, c call) error {
	if c.sql == "" {
		return errNoStatement
	}
	to, err := s.targetOf(c.args)
	if err != nil {
		return err
	}
	return s.answer(ctx, c.sql, to)
}

func runGoVertical(ctx context.Context, s *Shell, c call) error {
	if c.sql == "" {
		return errNoStatement
	}
	to, err := s.targetOf(c.args)
	if err != nil {
		return err
	}
	to.expanded = true
	return s.answer(ctx, c.sql, to)
}

// leastWatch is how often a statement may run at most: what it reads changes by the hour.
const leastWatch = 100 * time.Millisecond

func runWatch(ctx context.Context, s *Shell, c call) error {
	if c.sql == "" {
		return errNoStatement
	}
	pause, times := 2*time.Second, 0
	if w := c.word(0); w != "" {
		seconds, err := strconv.ParseFloat(w, 64)
		if err != nil || !(seconds >= leastWatch.Seconds() && seconds <= 86400) { // NaN is neither
			return usageError{s.commands.byName["watch"], w + " is no number of seconds from 0.1 to 86400"}
		}
		pause = time.Duration(seconds * float64(time.Second))
	}
	if w := c.word(1); w != "" {
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 {
			return usageError{s.commands.byName["watch"], w + " is no number of times"}
		}
		times = n
	}
	to := target{open: func() (io.WriteCloser, error) { return stays{s.config.Out}, nil }, terminal: true}
	if s.output.file != nil {
		to = s.target()
	}
	for n := 1; ; n++ {
		s.say(s.config.Clock().UTC().Format(time.RFC3339) + ", every " + pause.String())
		if err := s.answer(ctx, c.sql, to); err != nil || n == times {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

func runExplain(ctx context.Context, s *Shell, c call) error {
	if c.sql == "" {
		return errNoStatement
	}
	verb := "EXPLAIN "
	switch strings.ToLower(c.word(0)) {
	case "":
	case "analyze":
		verb = "EXPLAIN ANALYZE "
	default:
		return usageError{s.commands.byName["explain"], c.word(0) + " is not known"}
	}
	return s.answer(ctx, verb+c.sql, s.target())
}

// collect runs a statement and gives all its rows, up to a number of them.
func (s *Shell) collect(ctx context.Context, sql string, most int) (Rows, []*column.Batch, error) {
	sql = s.vars.Expand(sql, s.config.Lex)
	rows, err := s.config.Session.Query(ctx, sql)
	if err != nil {
		return nil, nil, statementError{err, sql}
	}
	defer rows.Close()
	var batches []*column.Batch
	for n := 0; n <= most; {
		b, err := rows.Next()
		if err == io.EOF {
			return rows, batches, nil
		}
		if err != nil {
			return nil, nil, statementError{err, sql}
		}
		n += b.N
		batches = append(batches, b)
	}
	if most == 1 {
		return nil, nil, errors.New("there is more than one row")
	}
	return nil, nil, fmt.Errorf("there are more than %d rows", most)
}

func runGset(ctx context.Context, s *Shell, c call) error {
	if c.sql == "" {
		return errNoStatement
	}
	rows, batches, err := s.collect(ctx, c.sql, 1)
	if err != nil {
		return err
	}
	if len(batches) == 0 {
		return errors.New(`\gset: there is no row`)
	}
	for i, col := range rows.Columns() {
		v := batches[0].Cols[i]
		name := c.word(0) + col.Name
		if v.IsNull(0) {
			s.vars.Unset(name)
			continue
		}
		if err := s.vars.Set(name, string(v.AppendText(nil, 0))); err != nil {
			return err
		}
	}
	return nil
}

// runCopy is \copy (query) to file, as in psql.
func runCopy(ctx context.Context, s *Shell, c call) error {
	cmd := s.commands.byName["copy"]
	what, where, ok := cutLastTo(c.args)
	if !ok {
		return usageError{cmd, "it is not said where to"}
	}
	words := script.Words(where)
	if len(words) == 0 || what == "" {
		return usageError{cmd, "a query and a file are needed"}
	}
	if inner, ok := strings.CutPrefix(what, "("); ok && strings.HasSuffix(inner, ")") {
		if what = strings.TrimSpace(inner[:len(inner)-1]); what == "" {
			return usageError{cmd, "a query and a file are needed"}
		}
	} else {
		what = "SELECT * FROM " + what
	}
	to, err := s.targetOf(words[0])
	if err != nil {
		return err
	}
	for _, w := range words[1:] {
		w = strings.ToLower(strings.Trim(w, "(),;"))
		if w == "with" || w == "format" || w == "header" || w == "" { // as psql has it: WITH (FORMAT csv, HEADER)
			continue
		}
		if to.format, err = render.ParseFormat(w); err != nil {
			return err
		}
	}
	if to.format == "" {
		to.format = render.CSV
	}
	return s.answer(ctx, what, to)
}

// cutLastTo cuts arguments at the last TO that stands alone.
func cutLastTo(args string) (before, after string, ok bool) {
	for i := len(args) - len(" to "); i >= 0; i-- {
		if args[i] == ' ' && args[i+3] == ' ' && strings.EqualFold(args[i+1:i+3], "to") {
			return strings.TrimSpace(args[:i]), args[i+4:], true
		}
	}
	return "", "", false
}

func runInclude(ctx context.Context, s *Shell, c call) error {
	name := c.word(0)
	if name == "" {
		return usageError{s.commands.byName["i"], "a file is needed"}
	}
	if s.including >= 16 {
		return errors.New("files that run each other without end are not run")
	}
	text, err := readFile(name)
	if err != nil {
		return err
	}
	s.including++
	defer func() { s.including-- }()
	parts, open := script.Parse(text, s.config.Lex)
	if open != "" {
		return fmt.Errorf("%s ends inside of %s", name, open)
	}
	for _, p := range parts {
		if err := s.part(ctx, p); err != nil {
			return includeError{fmt.Sprintf("%s, line %d", name, 1+strings.Count(text[:p.Start], "\n")), err}
		}
		if s.leaving || ctx.Err() != nil {
			break
		}
	}
	return nil
}

// includeError is an error in a file, with its place there.
type includeError struct {
	where string
	error
}

func (e includeError) Unwrap() error { return e.error }

func copyWords(s *Shell, words []string) []line.Item {
	if len(words) == 1 {
		return tableNames(s, words)
	}
	if strings.EqualFold(words[len(words)-2], "to") {
		return fileNames(s, words[len(words)-1:])
	}
	return items([]string{"to"})
}
