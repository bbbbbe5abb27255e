package repl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl/line"
)

// naming are the commands on statements that have a name.
func naming() []*command {
	const group = "Text of the statement"
	return []*command{
		{name: "n", args: "[NAME [ARGUMENT]...]", help: "run a named statement, its arguments for $1, $2, …; or list them", group: group, run: runNamed, complete: queryNames},
		{name: "ns", args: "NAME [STATEMENT]", help: "name a statement, or the last one", group: group, run: runNameSave, complete: queryNames},
		{name: "nd", args: "NAME", help: "forget a named statement", group: group, run: runNameDelete, complete: queryNames},
	}
}

// queryFile is the named statements. It is read anew each time, because another shell may have written it.
type queryFile struct {
	path string            // empty: they are kept in memory
	kept map[string]string // when they are
}

func (f *queryFile) load() (map[string]string, error) {
	if f.path == "" {
		return maps.Clone(f.kept), nil
	}
	b, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list map[string]string
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	return list, nil
}

// change loads, changes and stores. The file is replaced whole.
func (f *queryFile) change(change func(map[string]string) error) error {
	list, err := f.load()
	if err != nil {
		return err
	}
	if list == nil {
		list = map[string]string{}
	}
	if err := change(list); err != nil {
		return err
	}
	if f.path == "" {
		f.kept = list
		return nil
	}
	b, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(f.path), ".queries-*") // made with mode 0600
	if err != nil {
		return err
	}
	_, err = temp.Write(append(b, '\n'))
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), f.path)
	}
	return err
}

func runNamed(ctx context.Context, s *Shell, c call) error {
	list, err := s.queries.load()
	if err != nil {
		return err
	}
	words := c.words()
	if len(words) == 0 {
		var rows [][]string
		for _, name := range slices.Sorted(maps.Keys(list)) {
			rows = append(rows, []string{name, list[name]})
		}
		if len(rows) == 0 {
			s.say(`no statement has a name yet; \ns NAME gives the last one a name`)
			return nil
		}
		return s.listing([]string{"name", "statement"}, rows)
	}
	sql, ok := list[words[0]]
	if !ok {
		return fmt.Errorf(`no statement is named %s; \n lists them`, words[0])
	}
	var params []column.Value
	for _, w := range words[1:] {
		params = append(params, w)
	}
	s.last = sql
	return s.answer(ctx, sql, s.target(), params...)
}

func runNameSave(_ context.Context, s *Shell, c call) error {
	name, sql, _ := strings.Cut(c.args, " ")
	sql = strings.TrimRight(strings.TrimSpace(sql), ";")
	if sql == "" {
		sql = c.sql
	}
	switch {
	case name == "":
		return usageError{s.commands.byName["ns"], "a name is needed"}
	case !isQueryName(name):
		return usageError{s.commands.byName["ns"], name + " is no name: letters, digits, - and _ are"}
	case sql == "":
		return errNoStatement
	}
	err := s.queries.change(func(list map[string]string) error {
		list[name] = sql
		return nil
	})
	if err == nil {
		s.say(`kept; \n ` + name + " runs it")
	}
	return err
}

// isQueryName says whether a statement can be called that: a word that no command's arguments are cut at.
func isQueryName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' && r != '-' })
}

func runNameDelete(_ context.Context, s *Shell, c call) error {
	if c.word(0) == "" {
		return usageError{s.commands.byName["nd"], "a name is needed"}
	}
	return s.queries.change(func(list map[string]string) error {
		if _, ok := list[c.word(0)]; !ok {
			return fmt.Errorf(`no statement is named %s; \n lists them`, c.word(0))
		}
		delete(list, c.word(0))
		return nil
	})
}

func queryNames(s *Shell, words []string) []line.Item {
	list, err := s.queries.load()
	if err != nil || len(words) > 1 {
		return nil
	}
	var out []line.Item
	for _, name := range slices.Sorted(maps.Keys(list)) {
		out = append(out, line.Item{Text: name, Note: list[name]})
	}
	return out
}
