package line

import (
	"fmt"
	"strings"
)

// search is a search of the history, as Ctrl-R begins it.
type search struct {
	words  []rune
	at     int // the entry that is shown; len(entries): none yet
	failed bool
	draft  state // the text before
}

func (e *Editor) openSearch() {
	e.search = &search{at: len(e.config.History.Entries()), draft: state{e.buf.String(), e.buf.pos}}
}

// seek shows the next older match, from the entry before an index.
func (e *Editor) seek(before int) {
	s := e.search
	if len(s.words) == 0 {
		s.failed = false
		return
	}
	i := e.config.History.find(string(s.words), before)
	if s.failed = i < 0; s.failed {
		return
	}
	s.at = i
	entry := e.config.History.Entries()[i]
	e.buf.set(entry)
	found := strings.Index(strings.ToLower(entry), strings.ToLower(string(s.words)))
	e.buf.pos = len([]rune(entry[:max(0, min(found, len(entry)))]))
}

// seekForward shows the next younger match.
func (e *Editor) seekForward() {
	s := e.search
	entries := e.config.History.Entries()
	for i := s.at + 1; i < len(entries); i++ {
		if strings.Contains(strings.ToLower(entries[i]), strings.ToLower(string(s.words))) {
			e.seek(i + 1)
			return
		}
	}
	s.failed = true
}

// searching handles a key while a search is open, and reports whether it was the search's.
func (e *Editor) searching(key rune) bool {
	s := e.search
	switch {
	case key == keySearch || key == keyUp:
		e.seek(s.at)
	case key == keySearchForward || key == keyDown:
		e.seekForward()
	case key == backspace || key == ctrlH:
		s.words = s.words[:max(0, len(s.words)-1)]
		e.seek(len(e.config.History.Entries()))
	case key == keyCancel || key == keyEscape:
		e.buf.set(s.draft.text)
		e.buf.pos = s.draft.pos
		e.search = nil
	case !isKey(key) && key >= ' ':
		s.words = append(s.words, key)
		e.seek(len(e.config.History.Entries()))
	default:
		e.search = nil
		return false
	}
	return true
}

func (s *search) line(color bool) []Segment {
	state := "history: "
	if s.failed {
		state = "not in the history: "
	}
	cursor := "_"
	if color {
		cursor = ""
	}
	return []Segment{{state, Faint}, {fmt.Sprintf("%s%s", string(s.words), cursor), Strong}}
}
