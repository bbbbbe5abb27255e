package funcs

import (
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/sqlerr"
)

// matcher says whether a whole text matches a pattern.
type matcher func(text string) bool

// compileLike compiles a LIKE pattern: % stands for any characters, _ for one, and the escape character makes the next one stand
// for itself. With fold the pattern is in lower case, as ILIKE asks, and so must be the text. The usual shapes cost one comparison
// or search.
func compileLike(pattern string, escape rune, fold bool) (matcher, error) {
	parts, err := splitLike(pattern, escape, fold)
	if err != nil {
		return nil, err
	}
	return matchParts(parts), nil
}

// likePart is what stands between two % signs: runs of literal text, with a number of characters before each that may be any.
type likePart []likeRun

type likeRun struct {
	skip int
	text string
}

// plain is the part's text if it has no _.
func (p likePart) plain() (string, bool) {
	switch {
	case len(p) == 0:
		return "", true
	case len(p) == 1 && p[0].skip == 0:
		return p[0].text, true
	default:
		return "", false
	}
}

// splitLike splits a pattern at its % signs. The first part is bound to the text's start, the last to its end.
func splitLike(pattern string, escape rune, fold bool) ([]likePart, error) {
	parts := []likePart{nil}
	var text strings.Builder
	skip := 0
	flush := func() {
		if skip > 0 || text.Len() > 0 {
			literal := text.String()
			if fold {
				literal = strings.ToLower(literal)
			}
			last := &parts[len(parts)-1]
			*last = append(*last, likeRun{skip: skip, text: literal})
		}
		skip = 0
		text.Reset()
	}
	escaped := false
	for len(pattern) > 0 {
		r, size := utf8.DecodeRuneInString(pattern)
		char := pattern[:size]
		pattern = pattern[size:]
		switch {
		case !escaped && r == escape:
			escaped = true
			continue
		case !escaped && r == '%':
			flush()
			parts = append(parts, nil)
		case !escaped && r == '_':
			if text.Len() > 0 {
				flush()
			}
			skip++
		default:
			text.WriteString(char)
		}
		escaped = false
	}
	if escaped {
		return nil, sqlerr.New(sqlerr.CodeInvalidEscape, "LIKE pattern must not end with escape character")
	}
	flush()
	return parts, nil
}

// matchParts picks the cheapest matcher of a pattern.
func matchParts(parts []likePart) matcher {
	first, firstPlain := parts[0].plain()
	last, lastPlain := parts[len(parts)-1].plain()
	switch {
	case len(parts) == 1 && firstPlain:
		return func(text string) bool { return text == first }
	case len(parts) == 2 && firstPlain && lastPlain:
		return func(text string) bool {
			return len(text) >= len(first)+len(last) && strings.HasPrefix(text, first) && strings.HasSuffix(text, last)
		}
	case len(parts) == 3 && first == "" && firstPlain && last == "" && lastPlain:
		if middle, ok := parts[1].plain(); ok {
			return func(text string) bool { return strings.Contains(text, middle) }
		}
	}
	return func(text string) bool { return matchAll(parts, text) }
}

// matchAll places the parts from left to right, each as early as it fits; that is enough, since only the last one is bound to the end.
func matchAll(parts []likePart, text string) bool {
	n, ok := parts[0].at(text)
	if !ok {
		return false
	}
	if len(parts) == 1 {
		return n == len(text)
	}
	text = text[n:]
	for _, p := range parts[1 : len(parts)-1] {
		if n, ok = p.find(text); !ok {
			return false
		}
		text = text[n:]
	}
	return parts[len(parts)-1].endOf(text)
}

// at matches the part at the start of text and gives the length it covers.
func (p likePart) at(text string) (int, bool) {
	n := 0
	for _, run := range p {
		for range run.skip {
			if n >= len(text) {
				return 0, false
			}
			_, size := utf8.DecodeRuneInString(text[n:])
			n += size
		}
		if !strings.HasPrefix(text[n:], run.text) {
			return 0, false
		}
		n += len(run.text)
	}
	return n, true
}

// find matches the part at the first place where it fits and gives where it ends.
func (p likePart) find(text string) (int, bool) {
	for from := 0; ; {
		if len(p) > 0 && p[0].skip == 0 {
			i := strings.Index(text[from:], p[0].text)
			if i < 0 {
				return 0, false
			}
			from += i
		}
		if n, ok := p.at(text[from:]); ok {
			return from + n, true
		}
		if from >= len(text) {
			return 0, false
		}
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
	}
}

// endOf matches the part at the end of text: it covers as many characters as it has, so it starts where that many are left.
func (p likePart) endOf(text string) bool {
	chars := 0
	for _, run := range p {
		chars += run.skip + utf8.RuneCountInString(run.text)
	}
	start := len(text)
	for ; chars > 0; chars-- {
		if start == 0 {
			return false
		}
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	n, ok := p.at(text[start:])
	return ok && start+n == len(text)
}
