package repl

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/credsql/credsql/repl/assist"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/render"
)

// describing are the commands that say what there is.
func describing() []*command {
	const group = "Look around"
	return []*command{
		{name: "?", aliases: []string{"help", ".help"}, help: "list these commands", group: group, run: runHelp},
		{name: "h", args: "[TOPIC]", help: "the dialect: a statement, a function, an operator, or a category of them", group: group, run: runTopic, complete: topics},
		{name: "d", aliases: []string{"describe", ".schema"}, args: "[PATTERN]", help: "tables, or the columns of those that are named; + adds what they mean", group: group, run: runDescribe, complete: tableNames},
		{name: "dt", aliases: []string{".tables"}, args: "[PATTERN]", help: "tables", group: group, run: runTables, complete: tableNames},
		{name: "df", args: "[PATTERN]", help: "functions", group: group, run: runFunctions, complete: functionNames},
		{name: "l", help: "schemas", group: group, run: runSchemas},
		{name: "examples", aliases: []string{".examples"}, args: "[NAME]", help: "audit questions that are ready to run", group: group, run: runExamples, complete: exampleNames},
	}
}

// listing is rows of text with headings, shown as a result is.
func (s *Shell) listing(headings []string, rows [][]string) error {
	to := s.target()
	if to.terminal {
		to.format = render.Table
	}
	to.bare = true
	return s.show(textRows(headings, rows), to)
}

// matching are the tables that a pattern names: with or without schema, * and ? stand for anything.
func (s *Shell) matching(pattern string) []*assist.Table {
	pattern = strings.ToLower(strings.Trim(pattern, `"; `))
	var out []*assist.Table
	for i := range s.config.Catalog.Tables {
		t := &s.config.Catalog.Tables[i]
		if pattern == "" || glob(pattern, t.QualifiedName()) || glob(pattern, t.Name) {
			out = append(out, t)
		}
	}
	return out
}

func glob(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

func runTables(_ context.Context, s *Shell, c call) error {
	var rows [][]string
	for _, t := range s.matching(c.word(0)) {
		rows = append(rows, []string{t.Schema, t.Name, t.Doc})
	}
	return s.listing([]string{"schema", "table", "holds"}, rows)
}

func runDescribe(ctx context.Context, s *Shell, c call) error {
	if c.args == "" {
		return runTables(ctx, s, c)
	}
	found := s.matching(c.word(0))
	if len(found) == 0 {
		return fmt.Errorf(`there is no table %s; \d lists them`, c.word(0))
	}
	for _, t := range found {
		width, _ := s.config.Size()
		s.say(wrap(t.QualifiedName()+": "+t.Doc, width, "", ""))
		headings := []string{"column", "type"}
		if c.plus || len(found) == 1 {
			headings = append(headings, "means")
		}
		var rows [][]string
		for _, col := range t.Columns {
			rows = append(rows, []string{col.Name, col.Type, col.Doc}[:len(headings)])
		}
		if c.plus {
			s.sayColumns(t)
			continue
		}
		if err := s.listing(headings, rows); err != nil {
			return err
		}
	}
	return nil
}

// sayColumns says of each column all that there is to say, wrapped to the terminal.
func (s *Shell) sayColumns(t *assist.Table) {
	width, _ := s.config.Size()
	for _, c := range t.Columns {
		s.say("  " + c.Name + " " + c.Type)
		s.say(wrap(c.Doc, width, "      ", "      "))
	}
}

func runFunctions(_ context.Context, s *Shell, c call) error {
	pattern := strings.ToLower(strings.TrimSuffix(c.word(0), "("))
	var rows [][]string
	for _, f := range s.config.Functions {
		if pattern == "" || glob(pattern, f.Name) || strings.EqualFold(pattern, f.Category) {
			rows = append(rows, []string{f.Name, strings.Join(f.Signatures, "\n"), f.Category, f.Doc})
		}
	}
	if len(rows) == 0 {
		return fmt.Errorf(`there is no function %s; \df *part* finds names, \h lists categories`, pattern)
	}
	for i := range rows {
		if n := strings.Count(rows[i][1], "\n"); n > 0 {
			first, _, _ := strings.Cut(rows[i][1], "\n")
			rows[i][1] = fmt.Sprintf("%s (and %d more)", first, n)
		}
	}
	return s.listing([]string{"function", "called as", "category", "gives"}, rows)
}

func runSchemas(_ context.Context, s *Shell, _ call) error {
	var rows [][]string
	for _, t := range s.config.Catalog.Tables {
		if n := len(rows); n > 0 && rows[n-1][0] == t.Schema {
			rows[n-1][1] += ", " + t.Name
			continue
		}
		rows = append(rows, []string{t.Schema, t.Name})
	}
	return s.listing([]string{"schema", "tables"}, rows)
}

func tableNames(s *Shell, words []string) []line.Item {
	if len(words) > 1 {
		return nil
	}
	var out []line.Item
	for _, t := range s.config.Catalog.Tables {
		out = append(out, line.Item{Text: t.QualifiedName(), Note: t.Doc})
	}
	for _, t := range s.config.Catalog.Tables {
		out = append(out, line.Item{Text: t.Name, Note: t.Doc})
	}
	return out
}

func functionNames(s *Shell, words []string) []line.Item {
	if len(words) > 1 {
		return nil
	}
	var out []line.Item
	for _, f := range s.config.Functions {
		out = append(out, line.Item{Text: f.Name, Note: f.Doc})
	}
	return out
}
