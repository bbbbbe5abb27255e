package repl

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/render"
)

// showing are the commands that say how results are shown.
func showing() []*command {
	const group = "Show"
	return []*command{
		{name: "x", args: "[on|off|auto]", help: "each row on lines of its own; auto: if few rows do not fit", group: group, run: runExpanded, complete: choices("on", "off", "auto")},
		{name: "pset", args: "[NAME [VALUE]]", help: "how results are shown: format, expanded, pager, max_rows, timing", group: group, run: runPset, complete: psetWords},
		{name: "mode", aliases: []string{".mode"}, args: "[FORMAT]", help: "the format: table, csv, json, …; auto suits the result", group: group, run: runMode, complete: choices(formatNames()...)},
		{name: "timing", aliases: []string{".timer"}, args: "[on|off]", help: "say how long a statement took", group: group, run: runTiming, complete: choices("on", "off")},
		{name: "o", aliases: []string{".output"}, args: "[FILE | |PROGRAM]", help: "send results there from now on; without one, here again", group: group, run: runOutput, complete: fileNames},
		{name: "clear", aliases: []string{".clear"}, help: "empty the screen", group: group, run: runClear},
	}
}

func formatNames() []string {
	names := []string{"auto"}
	for _, f := range render.Formats() {
		names = append(names, string(f))
	}
	return names
}

func runExpanded(_ context.Context, s *Shell, c call) error {
	word := strings.ToLower(c.word(0))
	if word == "" && s.look.expanded == "on" {
		word = "auto"
	}
	return s.set("expanded", map[string]string{"": "on"}[word]+word)
}

func runMode(_ context.Context, s *Shell, c call) error {
	word := c.word(0)
	if word == "" {
		s.say("format " + s.get("format"))
		return nil
	}
	if word == "line" || word == "box" || word == "column" || word == "jsonlines" { // as sqlite and DuckDB call them
		word = map[string]string{"line": "vertical", "box": "table", "column": "table", "jsonlines": "jsonl"}[word]
	}
	return s.set("format", word)
}

func runTiming(_ context.Context, s *Shell, c call) error {
	now, ok := on(s.look.timing, c.word(0))
	if !ok {
		return usageError{s.commands.byName["timing"], c.word(0) + " is neither on nor off"}
	}
	return s.set("timing", onOff(now))
}

// settings are the names of \pset, in order.
var settings = []string{"format", "expanded", "max_rows", "pager", "timing"}

func (s *Shell) get(name string) string {
	switch name {
	case "format":
		if s.look.format == "" {
			return "auto"
		}
		return string(s.look.format)
	case "expanded":
		return s.look.expanded
	case "max_rows":
		return strconv.Itoa(s.look.maxRows)
	case "pager":
		return s.look.pager
	default:
		return onOff(s.look.timing)
	}
}

// set changes how results are shown, and says so.
func (s *Shell) set(name, value string) error {
	switch name {
	case "format":
		if value == "auto" {
			value = ""
		} else if _, err := render.ParseFormat(value); err != nil {
			return err
		}
		s.look.format = render.Format(value)
	case "expanded":
		if value != "on" && value != "off" && value != "auto" {
			return fmt.Errorf("expanded is on, off or auto, not %s", value)
		}
		s.look.expanded = value
	case "max_rows":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return fmt.Errorf("max_rows is a number, 0 for all rows, not %s", value)
		}
		s.look.maxRows = n
	case "pager", "timing":
		now, ok := on(s.get(name) == "on", value)
		if !ok {
			return fmt.Errorf("%s is on or off, not %s", name, value)
		}
		if name == "pager" {
			s.look.pager = onOff(now)
		} else {
			s.look.timing = now
		}
	default:
		return fmt.Errorf("there is nothing to set that is called %s; there is %s", name, strings.Join(settings, ", "))
	}
	s.say(name + " " + s.get(name))
	return nil
}

func runPset(_ context.Context, s *Shell, c call) error {
	words := c.words()
	if len(words) == 0 {
		var rows [][]string
		for _, name := range settings {
			rows = append(rows, []string{name, s.get(name)})
		}
		return s.listing([]string{"setting", "value"}, rows)
	}
	if len(words) == 1 && words[0] != "pager" && words[0] != "timing" {
		for _, name := range settings {
			if name == words[0] {
				s.say(name + " " + s.get(name))
				return nil
			}
		}
	}
	return s.set(words[0], strings.Join(words[1:], " "))
}

func psetWords(_ *Shell, words []string) []line.Item {
	if len(words) == 1 {
		return items(settings)
	}
	switch words[0] {
	case "format":
		return items(formatNames())
	case "expanded":
		return items([]string{"on", "off", "auto"})
	case "pager", "timing":
		return items([]string{"on", "off"})
	}
	return nil
}

func runOutput(_ context.Context, s *Shell, c call) error {
	s.output.reset(s)
	if c.args == "" {
		return nil
	}
	to, err := s.targetOf(c.args)
	if err != nil {
		return err
	}
	s.output.file, err = to.open()
	s.output.format = to.format
	return err
}

func runClear(_ context.Context, s *Shell, _ call) error {
	if s.config.Editing {
		_, err := s.config.Out.Write([]byte("\x1b[H\x1b[2J"))
		return err
	}
	return nil
}

// fileNames completes a file's name.
func fileNames(_ *Shell, words []string) []line.Item {
	typed := words[len(words)-1]
	dir, base := filepath.Split(typed)
	folder := dir
	if folder == "" {
		folder = "."
	}
	entries, err := os.ReadDir(folder)
	if err != nil || strings.HasPrefix(typed, "|") {
		return nil
	}
	var out []line.Item
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(base, ".") {
			continue
		}
		name := dir + e.Name()
		if info, err := os.Stat(filepath.Join(folder, e.Name())); err == nil && info.IsDir() { // a link to one as well
			name += string(filepath.Separator)
		}
		out = append(out, line.Item{Text: name})
		if len(out) == 500 {
			break
		}
	}
	return out
}
