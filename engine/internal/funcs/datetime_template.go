package funcs

import (
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// templateNode is one element of a TO_CHAR or TO_TIMESTAMP template: a field, or text.
type templateNode struct {
	key     string // the field's pattern in upper case; "" for text
	written string // as it was written, whose case decides that of names and marks
	text    string // one character, or a quoted text
	quoted  bool
	fill    bool   // FM: neither padding nor leading zeros
	exact   bool   // FX: separators and spaces count, when reading
	ordinal string // "TH" or "th" behind a number
}

// templateKeys are PostgreSQL's patterns (manual section 9.8), longer ones before their beginnings.
var templateKeys = []string{
	"A.D.", "A.M.", "B.C.", "P.M.", "Y,YYY", "SSSSS", "MONTH", "HH24", "HH12", "SSSS", "YYYY", "IYYY", "IDDD", "MON", "DAY", "DDD", "TZH", "TZM",
	"YYY", "IYY", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "AD", "AM", "BC", "CC", "DD", "DY", "HH", "ID", "IW", "IY", "MI", "MM", "MS", "OF", "PM",
	"RM", "SS", "TZ", "US", "WW", "YY", "D", "I", "J", "Q", "W", "Y",
}

// maxTemplate is how long a template may be, in bytes: every element is looked for among all patterns.
const maxTemplate = 64 << 10

// parseTemplate cuts a template into its elements.
func parseTemplate(template string) ([]templateNode, error) {
	if len(template) > maxTemplate {
		return nil, sqlerr.New(sqlerr.CodeProgramLimit, "template is longer than %d bytes", maxTemplate)
	}
	var out []templateNode
	for template != "" {
		n, rest := nextNode(template)
		out = append(out, n)
		template = rest
	}
	return out, nil
}

func nextNode(s string) (templateNode, string) {
	n := templateNode{}
	if len(s) >= 2 {
		switch s[:2] {
		case "FM", "fm", "TM", "tm": // TM asks for names in the session's language, which are not padded; they are English here
			n.fill, s = true, s[2:]
		case "FX", "fx":
			n.exact, s = true, s[2:]
		}
	}
	if s == "" {
		return n, s
	}
	rest := s
	for _, key := range templateKeys {
		if len(rest) < len(key) || !strings.EqualFold(rest[:len(key)], key) || mixedCase(key, rest[:len(key)]) {
			continue
		}
		n.key, n.written = key, rest[:len(key)]
		rest = rest[len(key):]
		if len(rest) >= 2 && (rest[:2] == "TH" || rest[:2] == "th") {
			n.ordinal, rest = rest[:2], rest[2:]
		}
		if len(rest) >= 2 && strings.EqualFold(rest[:2], "SP") {
			rest = rest[2:] // "spelled out", which PostgreSQL reads and does not do
		}
		return n, rest
	}
	exact := n.exact
	n, rest = textNode(s)
	n.exact = exact
	return n, rest
}

// mixedCase says whether a pattern is written in a case that PostgreSQL does not know: only names have a capitalised form.
func mixedCase(key, written string) bool {
	if written == key || written == strings.ToLower(key) {
		return false
	}
	switch key {
	case "MONTH", "MON", "DAY", "DY":
		return written != key[:1]+strings.ToLower(key[1:])
	}
	return true
}

// textNode is a quoted text, an escaped character, or one character.
func textNode(s string) (templateNode, string) {
	if s[0] == '\\' && len(s) > 1 {
		s = s[1:]
	} else if s[0] == '"' {
		text := ""
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == '\\' && i+1 < len(s):
				i++
				text += s[i : i+1]
			case s[i] == '"':
				return templateNode{text: text, quoted: true}, s[i+1:]
			default:
				text += s[i : i+1]
			}
		}
		return templateNode{text: text, quoted: true}, ""
	}
	for i := range s {
		if i > 0 {
			return templateNode{text: s[:i]}, s[i:]
		}
	}
	return templateNode{text: s}, ""
}

// isNumber says whether a field is written in digits.
func (n templateNode) isNumber() bool {
	switch n.key {
	case "", "A.D.", "A.M.", "B.C.", "P.M.", "AD", "AM", "BC", "PM", "MONTH", "MON", "DAY", "DY", "RM", "TZ", "OF", "TZH":
		return false
	}
	return true
}
