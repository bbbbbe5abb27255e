package line

import (
	"slices"
	"strings"
)

// History is the texts that were read before, the oldest first, each once: one that is entered again moves to the end.
type History struct {
	entries []string
	known   map[string]bool // the same
	limit   int
	file    *historyFile // nil: it is not kept
}

// NewHistory is a history that is kept nowhere.
func NewHistory(limit int) *History { return &History{limit: limit, known: map[string]bool{}} }

// Entries are the texts. The slice must not be changed.
func (h *History) Entries() []string { return h.entries }

// Add enters a text. One that begins with a space is not kept, nor is an empty one. The error is that of the file; the text is
// in the history all the same.
func (h *History) Add(text string) error {
	if strings.TrimSpace(text) == "" || text[0] == ' ' {
		return nil
	}
	text = strings.TrimRight(text, " \n")
	if n := len(h.entries); n > 0 && h.entries[n-1] == text {
		return nil
	}
	h.push(text)
	if h.file == nil {
		return nil
	}
	return h.file.append(text)
}

func (h *History) push(text string) {
	if h.known[text] {
		i := slices.Index(h.entries, text)
		h.entries = slices.Delete(h.entries, i, i+1)
	}
	h.known[text] = true
	h.entries = append(h.entries, text)
	for len(h.entries) > h.limit {
		delete(h.known, h.entries[0])
		h.entries = h.entries[1:]
	}
}

// find is the index of the youngest text before an index that holds the words, whatever their case; -1 if none does.
func (h *History) find(words string, before int) int {
	words = strings.ToLower(words)
	for i := min(before, len(h.entries)) - 1; i >= 0; i-- {
		if strings.Contains(strings.ToLower(h.entries[i]), words) {
			return i
		}
	}
	return -1
}

// rest is how the youngest text that begins with start goes on.
func (h *History) rest(start string) string {
	if strings.TrimSpace(start) == "" {
		return ""
	}
	for _, e := range slices.Backward(h.entries) {
		if after, ok := strings.CutPrefix(e, start); ok && after != "" {
			return after
		}
	}
	return ""
}
