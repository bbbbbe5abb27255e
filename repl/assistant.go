package repl

import (
	"strings"

	"github.com/credsql/credsql/repl/assist"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/script"
)

// assistant helps with what is typed: statements as assist knows them, and commands.
type assistant struct {
	shell *Shell
	sql   *assist.Assistant
}

var _ line.Assistant = (*assistant)(nil)

// Done says whether Enter runs the text.
func (a *assistant) Done(text string) bool { return script.Done(text, a.shell.config.Lex) }

// Open says what is open where each line begins.
func (a *assistant) Open(text string) []string { return a.sql.Open(text) }

// Paint colours statements and commands.
func (a *assistant) Paint(text string, pos int) []line.Span {
	start, end, ok := a.commandAt(text, len(text))
	if !ok {
		return a.sql.Paint(text, pos)
	}
	spans := a.sql.Paint(text[:start], pos)
	return append(spans, line.Span{Start: start, End: end, Style: line.Meta})
}

// commandAt finds the command that a text ends with, up to a place: where it begins and where its name ends.
func (a *assistant) commandAt(text string, pos int) (start, end int, ok bool) {
	head := text[:pos]
	lineStart := strings.LastIndexByte(head, '\n') + 1
	if trimmed := strings.TrimLeft(head, " "); lineStart == 0 && len(trimmed) > 1 && trimmed[0] == '.' && trimmed[1]|0x20 >= 'a' && trimmed[1]|0x20 <= 'z' {
		start = len(head) - len(trimmed)
	} else {
		tokens, _ := a.shell.config.Lex(head)
		start = -1
		for _, t := range tokens {
			if t.Start >= lineStart && head[t.Start] == '\\' && t.End == t.Start+1 {
				start = t.Start
				break
			}
		}
		if start < 0 {
			return 0, 0, false
		}
	}
	end = start + 1
	for end < len(text) && text[end] != ' ' && text[end] != '\n' {
		end++
	}
	return start, end, true
}

// Complete says what could stand at a place.
func (a *assistant) Complete(text string, pos int) line.Completion {
	start, end, ok := a.commandAt(text, pos)
	if !ok {
		return a.sql.Complete(text, pos)
	}
	if pos <= end {
		return line.Completion{Start: start, End: pos, Items: beginning(a.shell.commands.all(), text[start:pos])}
	}
	return a.arguments(text, start, end, pos)
}

// arguments completes what follows a command's name.
func (a *assistant) arguments(text string, start, end, pos int) line.Completion {
	c := a.shell.commands.byName[strings.TrimRight(strings.TrimPrefix(text[start:end], `\`), "+")]
	words := strings.Fields(text[end:pos])
	if len(words) == 0 || text[pos-1] == ' ' {
		words = append(words, "")
	}
	typed := words[len(words)-1]
	done := line.Completion{Start: pos - len(typed), End: pos}
	if c != nil && c.complete != nil {
		done.Items = beginning(c.complete(a.shell, words), typed)
	}
	return done
}

// beginning keeps the items that begin with what was typed, whatever its case.
func beginning(all []line.Item, typed string) []line.Item {
	var out []line.Item
	for _, it := range all {
		if len(it.Text) >= len(typed) && strings.EqualFold(it.Text[:len(typed)], typed) {
			out = append(out, it)
		}
	}
	return out
}
