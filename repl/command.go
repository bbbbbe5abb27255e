package repl

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/script"
)

// command is one of the shell's own commands. The table of them is what runs, completes and explains them.
type command struct {
	name    string // without the backslash
	aliases []string
	args    string // as help shows them
	help    string
	group   string
	run     func(ctx context.Context, s *Shell, c call) error
	// complete says what its arguments could be, given those that are there and the start of the next; nil: nothing is known.
	complete func(s *Shell, words []string) []line.Item
}

// call is a command as it was given.
type call struct {
	name string
	args string // the rest of the line
	sql  string // the statement before it on the same line, else the last one
	own  bool   // sql stood before it
	plus bool   // \d+
}

func (c call) words() []string { return script.Words(c.args) }

// word is the nth argument, or empty.
func (c call) word(n int) string {
	if words := c.words(); n < len(words) {
		return words[n]
	}
	return ""
}

// usageError is a command that was not given what it needs.
type usageError struct {
	c    *command
	what string
}

func (e usageError) Error() string {
	return fmt.Sprintf("\\%s: %s; it is used as \\%s", e.c.name, e.what, strings.TrimSpace(e.c.name+" "+e.c.args))
}

// commandTable finds commands by name.
type commandTable struct {
	list   []*command
	byName map[string]*command
}

// groups are the headings of \?, in order.
var groups = []string{"Look around", "Run", "Show", "Text of the statement", "Variables and files", "Reports", "Leave"}

func newCommandTable() *commandTable {
	t := &commandTable{byName: map[string]*command{}}
	for _, list := range [][]*command{describing(), running(), showing(), editing(), storing(), naming(), reporting(), leaving()} {
		for _, c := range list {
			t.list = append(t.list, c)
			for _, name := range append([]string{c.name}, c.aliases...) {
				t.byName[name] = c
			}
		}
	}
	return t
}

// run finds a command and runs it.
func (t *commandTable) run(ctx context.Context, s *Shell, p script.Part) error {
	name, plus := p.Command, false
	c := t.byName[name]
	if c == nil && strings.HasSuffix(name, "+") {
		name, plus = strings.TrimSuffix(name, "+"), true
		c = t.byName[name]
	}
	if c == nil {
		return t.unknown(p.Command)
	}
	args := s.vars.Expand(p.Args, s.config.Lex)
	if keepsArgs[c.name] {
		args = p.Args
	}
	sql := p.SQL
	if sql == "" {
		sql = s.last
	}
	return c.run(ctx, s, call{name: name, args: args, sql: sql, own: p.SQL != "", plus: plus})
}

// keepsArgs are the commands whose arguments are statements or programs, in which variables are put later or never.
var keepsArgs = map[string]bool{"!": true, "copy": true, "ns": true, "set": true}

// unknown is the error for a name that no command has.
func (t *commandTable) unknown(name string) error {
	shown := `\` + name
	if strings.HasPrefix(name, ".") {
		shown = name
	}
	var known []string
	for _, k := range slices.Sorted(maps.Keys(t.byName)) {
		if strings.HasPrefix(k, ".") == strings.HasPrefix(name, ".") { // somebody who types dots is used to them
			known = append(known, k)
		}
	}
	hint := `\? lists all`
	if best := sqlerr.Nearest(name, known); best != "" && len(name) > 1 {
		if !strings.HasPrefix(best, ".") {
			best = `\` + best
		}
		hint = "did you mean " + best + "? " + hint
	}
	return fmt.Errorf("%s is no command; %s", shown, hint)
}

// on reads a switch: no word turns it around.
func on(was bool, word string) (bool, bool) {
	switch strings.ToLower(word) {
	case "":
		return !was, true
	case "on", "true", "1", "yes":
		return true, true
	case "off", "false", "0", "no":
		return false, true
	}
	return was, false
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// choices completes one of a few words as the first argument.
func choices(words ...string) func(*Shell, []string) []line.Item {
	return func(_ *Shell, given []string) []line.Item {
		if len(given) > 1 {
			return nil
		}
		return items(words)
	}
}

func items(words []string) []line.Item {
	out := make([]line.Item, len(words))
	for i, w := range words {
		out[i] = line.Item{Text: w}
	}
	return out
}

// all are the commands for the menu: with backslash, sorted.
func (t *commandTable) all() []line.Item {
	var out []line.Item
	for _, c := range t.list {
		out = append(out, line.Item{Text: `\` + c.name, Note: strings.TrimSpace(c.args + "  " + c.help)})
	}
	slices.SortFunc(out, func(a, b line.Item) int { return strings.Compare(a.Text, b.Text) })
	return out
}
