package assist

import (
	"sort"
	"strings"

	"github.com/credsql/credsql/repl/line"
)

// maxItems bounds a menu. Who sees so many types another letter.
const maxItems = 200

// candidate is something that could stand at the cursor; of two that match as well, that of the lower rank comes first.
type candidate struct {
	text, note string
	rank       int
}

// match keeps the candidates that fit what was typed: those that begin with it, else those with a word that does, else those that have its
// letters in order. The best come first.
func match(list []candidate, typed string) []line.Item {
	typed = strings.ToLower(typed)
	type scored struct {
		candidate
		score int
	}
	var found []scored
	best := 3
	for _, c := range list {
		if score := fits(strings.ToLower(strings.Trim(c.text, `"'`)), strings.Trim(typed, `"'`)); score < 3 {
			found = append(found, scored{c, score})
			best = min(best, score)
		}
	}
	sort.SliceStable(found, func(i, j int) bool {
		a, b := found[i], found[j]
		if a.score != b.score {
			return a.score < b.score
		}
		return a.rank < b.rank
	})
	var items []line.Item
	seen := map[string]bool{}
	for _, c := range found {
		if (best == 0 && c.score > 0) || seen[c.text] || len(items) == maxItems {
			continue
		}
		seen[c.text] = true
		items = append(items, line.Item{Text: c.text, Note: c.note})
	}
	return items
}

// fits says how: 0 at its start, 1 at the start of one of its words, 2 letters in order, 3 not at all.
func fits(name, typed string) int {
	switch {
	case strings.HasPrefix(name, typed):
		return 0
	case len(typed) < 2:
		return 3
	case strings.Contains(name, "_"+typed) || strings.Contains(name, "."+typed) || len(typed) > 2 && strings.Contains(name, typed):
		return 1
	case inOrder(name, typed):
		return 2
	}
	return 3
}

// inOrder says whether a name has the letters in order, the first at its start, as in pwlu for password_last_used.
func inOrder(name, typed string) bool {
	if name == "" || name[0] != typed[0] {
		return false
	}
	i := 0
	for j := 0; j < len(name) && i < len(typed); j++ {
		if name[j] == typed[i] {
			i++
		}
	}
	return i == len(typed)
}
