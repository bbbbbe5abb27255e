package repl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/repl/line"
)

// keysHelp is what \? says of the editor.
const keysHelp = `Keys: Enter runs a statement that ends with ; and else begins a line, Alt-Enter always begins one. Tab completes, Ctrl-R searches the
history, Right takes what is suggested. Ctrl-C clears the statement or stops it, Ctrl-D leaves.`

func runHelp(_ context.Context, s *Shell, _ call) error {
	width, _ := s.config.Size()
	var b strings.Builder
	var habits []string
	for _, group := range groups {
		b.WriteString(s.style("\x1b[1m", group) + "\n")
		for _, c := range s.commands.list {
			if c.group == group {
				b.WriteString(s.entry(strings.TrimSpace(`\`+c.name+" "+c.args), c.help, width))
				habits = append(habits, c.aliases...)
			}
		}
	}
	for i, name := range habits {
		if bare := strings.HasPrefix(name, ".") || name == "help" || name == "exit" || name == "quit"; !bare {
			habits[i] = `\` + name
		}
	}
	slices.Sort(habits)
	b.WriteString(wrap("Also, for the habits of other shells: "+strings.Join(habits, " "), width, "", "") + "\n")
	b.WriteString(wrap(keysHelp, width, "", "") + "\n")
	return s.page(b.String())
}

// entry is a line of help: what is typed, and what it does in a column of its own.
func (s *Shell) entry(usage, help string, width int) string {
	const column = 28
	indent := strings.Repeat(" ", column)
	text := wrap(help, max(width, column+24), indent, indent)
	if n := uniseg.StringWidth(usage); n <= column-4 {
		return "  " + usage + text[n+2:] + "\n"
	}
	return "  " + usage + "\n" + text + "\n"
}

// page shows a long text, with the pager if it does not fit.
func (s *Shell) page(text string) error {
	out, err := s.openTerminal()
	if err != nil {
		return err
	}
	_, err = out.Write([]byte(text))
	if closed := out.Close(); err == nil {
		err = closed
	}
	return err
}

// runTopic explains a function, an operator or a category; without one it lists the categories.
func runTopic(_ context.Context, s *Shell, c call) error {
	topic := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(c.args), "("))
	if topic == "" {
		return s.page(s.categories())
	}
	var b strings.Builder
	b.WriteString(s.statement(topic))
	for _, f := range s.config.Functions {
		if f.Name == topic {
			b.WriteString(s.explained(f))
		}
	}
	if b.Len() == 0 {
		b.WriteString(s.category(topic))
	}
	if b.Len() == 0 {
		if near := s.nearestFunction(topic); near != "" {
			return fmt.Errorf(`there is no help on %s; did you mean %s? \h lists the topics`, topic, near)
		}
		return fmt.Errorf(`there is no help on %s; \h lists the topics`, topic)
	}
	return s.page(strings.TrimPrefix(b.String(), "\n"))
}

// categories lists what there is help on.
func (s *Shell) categories() string {
	var order []string
	names := map[string][]string{}
	for _, f := range s.config.Functions {
		if names[f.Category] == nil {
			order = append(order, f.Category)
		}
		if list := names[f.Category]; len(list) == 0 || list[len(list)-1] != f.Name {
			names[f.Category] = append(list, f.Name)
		}
	}
	slices.Sort(order)
	width, _ := s.config.Size()
	var b strings.Builder
	const about = `The dialect is DDSQL: PostgreSQL's SELECT with joins, WITH, windows and set operations. \h NAME explains one of these.`
	b.WriteString(wrap(about, width, "", "") + "\n")
	b.WriteString("Statements\n  " + strings.Join(statementNames(), "  ") + "\n")
	for _, category := range order {
		b.WriteString(category + "\n" + wrap(strings.Join(names[category], "  "), max(width, 40), "  ", "  ") + "\n")
	}
	return b.String()
}

// explained is all that there is to say about a function.
func (s *Shell) explained(f Function) string {
	width, _ := s.config.Size()
	var b strings.Builder
	for _, sig := range f.Signatures {
		b.WriteString("\n" + s.style("\x1b[1m", sig))
	}
	b.WriteString("\n" + wrap(f.Doc, max(width, 40), "  ", "  ") + "\n")
	for _, x := range f.Examples {
		b.WriteString("  " + x[0] + "\n    → " + x[1] + "\n")
	}
	return b.String()
}

// category lists the functions of a category with their first sentence.
func (s *Shell) category(topic string) string {
	width, _ := s.config.Size()
	var b strings.Builder
	for _, f := range s.config.Functions {
		if strings.EqualFold(f.Category, topic) || strings.EqualFold(f.Class, topic) {
			b.WriteString(s.entry(f.Signatures[0], f.Doc, width))
		}
	}
	return b.String()
}

func (s *Shell) nearestFunction(name string) string {
	var known []string
	for _, f := range s.config.Functions {
		known = append(known, f.Name)
	}
	return sqlerr.Nearest(name, known)
}

func topics(s *Shell, words []string) []line.Item {
	out := functionNames(s, words)
	for _, name := range statementNames() {
		out = append(out, line.Item{Text: name, Note: "a statement or clause"})
	}
	seen := map[string]bool{}
	for _, f := range s.config.Functions {
		if !seen[f.Category] {
			seen[f.Category] = true
			out = append(out, line.Item{Text: f.Category, Note: "a category"})
		}
	}
	return out
}
