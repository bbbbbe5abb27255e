// Package repl is the interactive shell: it reads statements and commands, runs them, and shows what comes of it. Statements go to
// a Session that who starts the shell provides; the shell knows no engine, no source of reports and no AWS.
//
// Below it, line reads what is typed, script tells statements from commands, assist colours and completes, render shows rows.
package repl

import (
	"context"
	"io"
	"os"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl/assist"
	"github.com/credsql/credsql/repl/lang"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/repl/script"
)

// Session answers statements. Errors that have a place are *sqlerr.Error.
type Session interface {
	// Query runs one statement; params are what $1, $2, … stand for.
	Query(ctx context.Context, sql string, params ...column.Value) (Rows, error)
}

// Rows is a result as it is read.
type Rows interface {
	Columns() []render.Column
	// Next gives some more rows; io.EOF after the last.
	Next() (*column.Batch, error)
	// Canceled is the error of a statement that was canceled or has run out of time, nil as long as it may go on.
	Canceled() error
	// Notices are warnings that the user has not been told yet; asking for them counts as telling.
	Notices() []string
	// Footer says in one line how many rows there were, how complete the answer is and, if timing is set, how long it took.
	Footer(timing bool) string
	Close()
}

// Source is where the reports come from.
type Source interface {
	// Name is short, for the prompt: demo, prod, 12 reports.
	Name() string
	// Status is how complete and how old the last answer was; known is false before the first.
	Status() (s Status, known bool)
	// Refresh has the next statement read everything anew.
	Refresh() error
	// Cache says what is kept on disk; it is empty for a source that keeps nothing.
	Cache() ([]CacheEntry, error)
	// ClearCache removes that, and says how much it was.
	ClearCache() (int, error)
}

// Status is how much of what was asked for is there.
type Status struct {
	Read, Wanted int
	Oldest       time.Duration // the age of the oldest report; 0: not known
}

// CacheEntry is a file of the cache.
type CacheEntry struct {
	What, Account, Path string
	Age                 time.Duration
	Size                int64
}

// Function is what help shows of a function or an operator.
type Function struct {
	Name, Class, Category, Doc string
	Signatures                 []string
	Examples                   [][2]string // a statement and its one value
}

// Example is a question that somebody might want to ask, with the statement that answers it.
type Example struct {
	Name, Group, Title, Text string
	// Parameters are variables of the statement with the values that they have if the user sets none.
	Parameters [][2]string
	SQL        string
}

// Config is all that a shell works with.
type Config struct {
	Session   Session
	Source    Source
	Lex       lang.Lexer
	Catalog   assist.Catalog
	Values    assist.Values
	Functions []Function
	Examples  []Example

	In  *os.File // the terminal, or a stand-in for one that can do nothing
	Out io.Writer
	Err io.Writer
	// Editing says that In and Out are a terminal that understands the usual sequences.
	Editing bool
	Color   bool
	Size    func() (width, height int)
	// Interrupt gives a context that the user's Ctrl-C ends, until stop is called.
	Interrupt func(context.Context) (ctx context.Context, stop context.CancelFunc)
	Clock     func() time.Time
	Env       func(name string) (string, bool)

	// HistoryFile and QueriesFile are kept between shells; empty: they are not.
	HistoryFile string
	QueriesFile string
	// Banner is shown first.
	Banner string
	// Format is how results are shown; empty: as suits them. MaxRows is how many rows a table shows.
	Format     render.Format
	MaxRows    int
	ExcelGuard bool
	Quiet      bool
	// Variables are set at the start.
	Variables script.Variables
}

// Shell is one user's session at a terminal.
type Shell struct {
	config    Config
	assistant *assistant
	history   *line.History
	commands  *commandTable
	queries   *queryFile

	vars                  script.Variables
	last                  string // the last statement
	next                  string // what the user is given to edit next
	output                *output
	look                  look
	leaving               bool
	toldRows, toldColumns bool // how to see what a table leaves out
	including             int  // files that run each other
}

// look is how results are shown.
type look struct {
	format   render.Format
	expanded string // on, off or auto
	timing   bool
	pager    string // on or off
	maxRows  int
}

// New makes a shell.
func New(config Config) *Shell {
	s := &Shell{
		config: config, commands: newCommandTable(), vars: config.Variables.Clone(),
		look: look{format: config.Format, expanded: "auto", timing: true, pager: "on", maxRows: config.MaxRows},
	}
	s.assistant = &assistant{shell: s, sql: assist.New(config.Lex, config.Catalog, config.Values)}
	s.output = &output{terminal: config.Out}
	s.queries = &queryFile{path: config.QueriesFile}
	return s
}

// historyLimit is how many texts are remembered.
const historyLimit = 2000

// Run reads and answers until the user leaves or ctx ends.
func (s *Shell) Run(ctx context.Context) error {
	s.history = line.NewHistory(historyLimit)
	if s.config.HistoryFile != "" {
		history, err := line.OpenHistory(s.config.HistoryFile, historyLimit)
		if err != nil {
			s.warn(err.Error())
		}
		s.history = history
	}
	in, err := s.newReader()
	if err != nil {
		return err
	}
	defer in.Close()
	if !s.config.Quiet {
		s.say(s.config.Banner)
	}
	defer s.output.reset(s)
	return s.loop(ctx, in)
}

func (s *Shell) loop(ctx context.Context, in reader) error {
	for !s.leaving && ctx.Err() == nil {
		initial := s.next
		s.next = ""
		text, err := in.Read(ctx, s.prompts(), initial)
		switch {
		case err == line.ErrInterrupt:
			continue
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if err := s.history.Add(text); err != nil {
			s.warn("the history could not be written: " + err.Error())
		}
		s.do(ctx, text)
	}
	return nil
}

// do runs all parts of a text, until one fails.
func (s *Shell) do(ctx context.Context, text string) bool {
	parts, _ := script.Parse(text, s.config.Lex)
	ctx, stop := s.config.Interrupt(ctx)
	defer stop()
	for _, p := range parts {
		if s.leaving {
			break
		}
		err := ctx.Err() // what is not a statement does not look at it
		if err == nil {
			err = s.part(ctx, p)
		}
		if err != nil {
			s.fail(ctx, err)
			return false
		}
	}
	return true
}

// part runs a statement or a command.
func (s *Shell) part(ctx context.Context, p script.Part) error {
	if p.SQL != "" {
		s.last = p.SQL
	}
	if p.Command != "" {
		return s.commands.run(ctx, s, p)
	}
	return s.answer(ctx, p.SQL, s.target())
}
