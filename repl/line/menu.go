package line

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// menuRows is how many items are shown at once.
const menuRows = 8

// menu is a list of completions under the text.
type menu struct {
	items      []Item
	note       string
	chosen     int // -1: none
	start, end int // the runes that the items stand for, as the text is now
	first      int // the first item that is shown
	later      <-chan struct{}
}

// openMenu completes at the cursor: at once if there is one way, else as far as all agree, with a list.
func (e *Editor) openMenu() {
	c := e.complete()
	switch len(c.items) {
	case 0:
		if c.note != "" {
			e.menu = c
			e.follow(c)
		}
	case 1:
		e.buf.replace(c.start, c.end, []rune(c.items[0].Text))
	default:
		if same := agreed(c.items, string(e.buf.text[c.start:c.end])); same != "" {
			e.buf.replace(c.start, c.end, []rune(same))
			c.end = e.buf.pos
		}
		e.menu = c
	}
}

// follow completes once more when there is more to say, unless the user has gone on.
func (e *Editor) follow(c *menu) {
	if c.later == nil {
		return
	}
	go func() {
		<-c.later
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.reading && e.menu == c {
			e.menu = nil
			e.openMenu()
			e.draw()
		}
	}()
}

// complete asks the assistant.
func (e *Editor) complete() *menu {
	text := e.buf.String()
	c := e.config.Assistant.Complete(text, len(string(e.buf.text[:e.buf.pos])))
	return &menu{items: c.Items, note: c.Note, later: c.Later, chosen: -1, start: len([]rune(text[:c.Start])), end: len([]rune(text[:c.End]))}
}

// refreshMenu follows what is typed while the menu is open.
func (e *Editor) refreshMenu() {
	e.menu = e.complete()
	if len(e.menu.items) == 0 || len(e.menu.items) == 1 && e.menu.items[0].Text == string(e.buf.text[e.menu.start:e.menu.end]) {
		e.menu = nil
	}
}

// choose moves the choice and puts it into the text.
func (e *Editor) choose(by int) {
	m := e.menu
	n := len(m.items)
	if n == 0 {
		e.menu = nil
		return
	}
	if m.chosen < 0 && by < 0 {
		m.chosen = n
	}
	m.chosen = ((m.chosen+by)%n + n) % n
	e.buf.replace(m.start, m.end, []rune(m.items[m.chosen].Text))
	m.end = e.buf.pos
	if n == 1 {
		e.menu = nil
		return
	}
	if m.chosen < m.first {
		m.first = m.chosen
	}
	if m.chosen >= m.first+menuRows {
		m.first = m.chosen - menuRows + 1
	}
}

// agreed is the longest start that all items share, if it is more than what was typed.
func agreed(items []Item, typed string) string {
	same := items[0].Text
	for _, it := range items[1:] {
		for !strings.HasPrefix(it.Text, same) {
			same = strings.TrimSuffix(same, lastRune(same))
		}
	}
	if len(same) > len(typed) && strings.EqualFold(same[:len(typed)], typed) {
		return same
	}
	return ""
}

func lastRune(s string) string {
	r := []rune(s)
	return string(r[len(r)-1:])
}

// lines are the rows of the menu.
func (m *menu) lines() [][]Segment {
	if len(m.items) == 0 {
		return [][]Segment{{{"  " + m.note, Faint}}}
	}
	last := min(len(m.items), m.first+menuRows)
	wide := 0
	for _, it := range m.items[m.first:last] {
		wide = max(wide, min(uniseg.StringWidth(it.Text), 40))
	}
	var out [][]Segment
	for i, it := range m.items[m.first:last] {
		style, mark := Plain, "  "
		if m.first+i == m.chosen {
			style, mark = Chosen, "> "
		}
		name := it.Text + strings.Repeat(" ", max(0, wide-uniseg.StringWidth(it.Text)))
		out = append(out, []Segment{{mark, Plain}, {name, style}, {"  " + it.Note, Faint}})
	}
	if len(m.items) > menuRows {
		out = append(out, []Segment{{fmt.Sprintf("  %d to %d of %d; Tab and Shift-Tab choose", m.first+1, last, len(m.items)), Faint}})
	}
	return out
}
