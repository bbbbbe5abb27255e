package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/repl"
	"github.com/credsql/credsql/repl/assist"
	"github.com/credsql/credsql/repl/lang"
)

// runShell is the interactive shell. Ctrl-C ends what it does, not the shell.
func (a *app) runShell(ctx context.Context) error {
	in, ok := a.io.In.(*os.File)
	if !ok {
		return usageError{errors.New("the shell needs a terminal")}
	}
	source, done, err := a.openLasting(ctx)
	if err != nil {
		return err
	}
	defer done()
	e, err := engine.New(engine.Config{Source: source, Clock: a.io.Clock, Timeout: a.query.timeout, MaxMemory: a.memory(), Settings: a.query.settings()})
	if err != nil {
		return err
	}
	config := a.shellConfig(e, &shellSource{app: a, source: source}, in)
	if config.Examples, err = examplesOf(); err != nil {
		return err
	}
	return repl.New(config).Run(ctx)
}

func (a *app) shellConfig(e *engine.Engine, from *shellSource, in *os.File) repl.Config {
	term, _ := a.io.Env("TERM")
	config := repl.Config{
		Session: &shellSession{app: a, session: e.NewSession(), source: from, told: told{}},
		Source:  from, Lex: lexer, Catalog: catalogOf(e), Values: newValues(e, from), Functions: functionsOf(e),
		In: in, Out: a.io.Out, Err: a.io.Err, Editing: term != "" && term != "dumb", Color: a.colorful(true),
		Size: a.size, Interrupt: a.io.Interrupt, Clock: a.io.Clock, Env: func(name string) (string, bool) { return a.io.Env(name) },
		Banner: a.banner(), Format: a.output.format.format, MaxRows: a.output.maxRows, ExcelGuard: a.output.csvExcel, Quiet: a.output.quiet, Variables: a.query.vars.Variables,
	}
	if config.Interrupt == nil {
		config.Interrupt = context.WithCancel
	}
	if a.io.StateDir != "" {
		config.HistoryFile = filepath.Join(a.io.StateDir, "credsql", "history")
	}
	if a.io.ConfigDir != "" {
		config.QueriesFile = filepath.Join(a.io.ConfigDir, "credsql", "queries.json")
	}
	return config
}

// size is the terminal's, as far as it is known.
func (a *app) size() (width, height int) {
	width = a.io.Width
	if a.io.Size != nil {
		width, height = a.io.Size()
	}
	if width <= 0 {
		width = defaultWidth
	}
	return width, height
}

// banner says what this is and what can be asked first, in lines that a narrow terminal has room for.
func (a *app) banner() string {
	return fmt.Sprintf(`credsql %s: SQL over AWS IAM credential reports
Source: %s

  SELECT account_id, user FROM aws.iam_credential_report
  WHERE password_enabled AND NOT mfa_active;

\examples has audit questions, \d the tables, \h the
functions, \? the commands. Tab completes, \q leaves.
`, programVersion(), a.sourceText())
}

// lexer is the engine's.
func lexer(text string) ([]lang.Token, string) {
	lexemes, open := engine.Lex(text)
	tokens := make([]lang.Token, len(lexemes))
	for i, l := range lexemes {
		tokens[i] = lang.Token{Kind: tokenKinds[l.Kind], Start: l.Start, End: l.End}
	}
	return tokens, open
}

// tokenKinds are the shell's names for the engine's kinds.
var tokenKinds = [...]lang.Kind{
	engine.LexWord: lang.Word, engine.LexKeyword: lang.Keyword, engine.LexName: lang.Name, engine.LexString: lang.String,
	engine.LexNumber: lang.Number, engine.LexParam: lang.Param, engine.LexOperator: lang.Operator, engine.LexPunct: lang.Punct,
	engine.LexComment: lang.Comment, engine.LexOther: lang.Other,
}

// catalogOf is what there is to name in a statement.
func catalogOf(e *engine.Engine) assist.Catalog {
	c := assist.Catalog{
		Keywords: engine.Keywords(), Settings: e.Settings(),
		Types: []string{"bigint", "boolean", "decimal", "double precision", "hstore", "inet", "interval", "json", "timestamp", "varchar"},
	}
	for _, d := range e.Tables() {
		t := assist.Table{Schema: d.Schema, Name: d.Name, Doc: d.Doc}
		for _, col := range d.Columns {
			t.Columns = append(t.Columns, assist.Column{Name: col.Name, Type: col.Type.String(), Doc: col.Doc})
		}
		c.Tables = append(c.Tables, t)
	}
	for _, f := range e.Functions() {
		if !f.Operator {
			c.Functions = append(c.Functions, assist.Function{Name: f.Name, Signature: f.Signatures[0], Doc: f.Doc, Table: f.Class == "table"})
		}
	}
	return c
}

// functionsOf is what help says of functions and operators.
func functionsOf(e *engine.Engine) []repl.Function {
	var out []repl.Function
	for _, f := range e.Functions() {
		g := repl.Function{Name: f.Name, Class: f.Class, Category: f.Category, Doc: f.Doc, Signatures: f.Signatures}
		for _, x := range f.Examples {
			g.Examples = append(g.Examples, [2]string{x.SQL, x.Want})
		}
		out = append(out, g)
	}
	return out
}
