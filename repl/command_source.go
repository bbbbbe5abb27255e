package repl

import (
	"context"
	"fmt"
	"strings"

	"github.com/credsql/credsql/repl/line"
)

// reporting are the commands on the reports.
func reporting() []*command {
	const group = "Reports"
	return []*command{
		{name: "accounts", aliases: []string{".accounts"}, help: "every account, how old its report is, and what went wrong", group: group, run: runAccounts},
		{name: "refresh", help: "read the reports anew; AWS makes a new one after four hours", group: group, run: runRefresh},
		{name: "cache", args: "[clear]", help: "what is kept on disk, or remove it", group: group, run: runCache, complete: choices("clear")},
	}
}

// accountsSQL has ages as the prompt has them, so that the table fits a terminal.
const accountsSQL = `SELECT account_id, name, state, rows, CASE
    WHEN age < INTERVAL '1 hour' THEN CAST(FLOOR(EXTRACT(EPOCH FROM age) / 60) AS BIGINT) || 'm'
    WHEN age < INTERVAL '48 hours' THEN CAST(FLOOR(EXTRACT(EPOCH FROM age) / 3600) AS BIGINT) || 'h'
    ELSE CAST(FLOOR(EXTRACT(EPOCH FROM age) / 86400) AS BIGINT) || 'd' END AS age, error
FROM credsql.accounts ORDER BY account_id`

func runAccounts(ctx context.Context, s *Shell, _ call) error {
	to := s.target()
	to.bare = true
	return s.answer(ctx, accountsSQL, to)
}

func runRefresh(ctx context.Context, s *Shell, c call) error {
	if err := s.config.Source.Refresh(); err != nil {
		return err
	}
	return runAccounts(ctx, s, c)
}

func runCache(_ context.Context, s *Shell, c call) error {
	switch c.word(0) {
	case "":
	case "clear":
		n, err := s.config.Source.ClearCache()
		if err == nil {
			s.say(plural(n, "file") + " removed")
		}
		return err
	default:
		return usageError{s.commands.byName["cache"], c.word(0) + " is not known"}
	}
	entries, err := s.config.Source.Cache()
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		s.say("nothing is kept on disk for this source")
		return nil
	}
	var rows [][]string
	for _, e := range entries {
		rows = append(rows, []string{e.What, e.Account, shortAge(e.Age), fmt.Sprint(e.Size), e.Path})
	}
	return s.listing([]string{"holds", "account", "age", "bytes", "file"}, rows)
}

// runExamples lists the examples, or shows one and runs it.
func runExamples(ctx context.Context, s *Shell, c call) error {
	name := c.word(0)
	if name == "run" || name == "show" {
		name = c.word(1)
	}
	if name == "" {
		return s.page(s.exampleList())
	}
	for _, e := range s.config.Examples {
		if e.Name == name {
			return s.runExample(ctx, e, c.word(0) != "show")
		}
	}
	return fmt.Errorf(`there is no example %s; \examples lists them`, name)
}

func (s *Shell) exampleList() string {
	width, _ := s.config.Size()
	var b strings.Builder
	group := ""
	for _, e := range s.config.Examples {
		if e.Group != group {
			group = e.Group
			b.WriteString(s.style("\x1b[1m", group) + "\n")
		}
		b.WriteString(s.entry(e.Name, e.Title, width))
	}
	return b.String() + "\\examples NAME explains one and runs it.\n"
}

// runExample says why a question matters, shows its statement, and runs it. Variables that the user has set stay.
func (s *Shell) runExample(ctx context.Context, e Example, run bool) error {
	width, _ := s.config.Size()
	s.say(e.Title)
	s.say(wrap(e.Text, width, "", ""))
	vars := s.vars.Clone()
	defer func() { s.vars = vars }()
	for _, p := range e.Parameters {
		value, set := s.vars.Get(p[0])
		if !set {
			value = p[1]
		}
		if err := s.vars.Set(p[0], value); err != nil {
			return err
		}
		s.say(fmt.Sprintf(`%s is %s; \set %s changes it`, p[0], value, p[0]))
	}
	expanded := s.vars.Expand(e.SQL, s.config.Lex)
	s.say(expanded + ";")
	s.last = expanded
	if !run {
		return nil
	}
	return s.answer(ctx, expanded, s.target())
}

func exampleNames(s *Shell, words []string) []line.Item {
	if len(words) > 1 && words[0] != "run" && words[0] != "show" {
		return nil
	}
	var out []line.Item
	for _, e := range s.config.Examples {
		out = append(out, line.Item{Text: e.Name, Note: e.Title})
	}
	return out
}

// leaving is the command that ends the shell.
func leaving() []*command {
	return []*command{{name: "q", aliases: []string{"quit", "exit", ".quit", ".exit"}, help: "leave, as Ctrl-D does", group: "Leave",
		run: func(_ context.Context, s *Shell, _ call) error {
			s.leaving = true
			return nil
		}}}
}
