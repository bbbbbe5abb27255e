package funcs

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/sqlerr"
)

// compileSimilar compiles a SIMILAR TO pattern, which is SQL's own regular expression: % and _ as in LIKE; | * + ? {m,n} ( ) [ ]
// as usual; all other characters stand for themselves. It becomes a pattern of a linear-time engine that must match the whole text.
func compileSimilar(pattern string, escape rune) (matcher, error) {
	t := similarTranslator{escape: escape}
	if err := t.translate(pattern); err != nil {
		return nil, err
	}
	re, err := regexp.Compile(`(?s)\A(?:` + t.out.String() + `)\z`)
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeInvalidRegexp, "invalid SIMILAR TO pattern \"%s\"", pattern).WithDetail(err.Error())
	}
	return re.MatchString, nil
}

// similarTranslator rewrites a pattern. In brackets, afterOpen counts from the opening one, where a closing bracket is literal.
type similarTranslator struct {
	escape rune
	out    strings.Builder
}

func (t *similarTranslator) translate(pattern string) error {
	for len(pattern) > 0 {
		r, size := utf8.DecodeRuneInString(pattern)
		pattern = pattern[size:]
		switch {
		case r == t.escape:
			if pattern == "" {
				return sqlerr.New(sqlerr.CodeInvalidEscape, "SIMILAR TO pattern must not end with escape character")
			}
			escaped, size := utf8.DecodeRuneInString(pattern)
			pattern = pattern[size:]
			if err := t.literal(escaped); err != nil {
				return err
			}
		case r == '%':
			t.out.WriteString(".*")
		case r == '_':
			t.out.WriteByte('.')
		case r == '(':
			t.out.WriteString("(?:")
		case r == '[':
			rest, err := t.brackets(pattern)
			if err != nil {
				return err
			}
			pattern = rest
		case strings.ContainsRune("|*+?{})", r):
			t.out.WriteRune(r)
		default:
			t.out.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	return nil
}

// literal writes an escaped character. PostgreSQL hands an escaped letter or digit on to its regular expressions, where \d and \1
// mean something else than d and 1; since the standard says otherwise, these are refused.
func (t *similarTranslator) literal(r rune) error {
	if r < utf8.RuneSelf && isAlphanumeric(byte(r)) {
		return sqlerr.New(sqlerr.CodeInvalidEscape, "invalid escape sequence before \"%c\" in SIMILAR TO pattern", r).
			WithHint("Use REGEXP_LIKE for classes such as \\d.")
	}
	t.out.WriteString(regexp.QuoteMeta(string(r)))
	return nil
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// brackets copies [...] with what the engine would read differently escaped, and gives the pattern after it.
func (t *similarTranslator) brackets(pattern string) (rest string, err error) {
	t.out.WriteByte('[')
	if strings.HasPrefix(pattern, "^") {
		t.out.WriteByte('^')
		pattern = pattern[1:]
	}
	for first := true; len(pattern) > 0; first = false {
		if class := namedClass(pattern); class != "" {
			t.out.WriteString(class)
			pattern = pattern[len(class):]
			continue
		}
		r, size := utf8.DecodeRuneInString(pattern)
		pattern = pattern[size:]
		switch {
		case r == ']' && !first:
			t.out.WriteByte(']')
			return pattern, nil
		case r == t.escape && pattern != "":
			r, size = utf8.DecodeRuneInString(pattern)
			pattern = pattern[size:]
			if err := t.literal(r); err != nil {
				return "", err
			}
		case r == '-':
			t.out.WriteByte('-')
		default:
			t.out.WriteString(quoteInBrackets(r))
		}
	}
	return "", sqlerr.New(sqlerr.CodeInvalidRegexp, "invalid SIMILAR TO pattern").WithDetail("Brackets [] are not balanced.")
}

func quoteInBrackets(r rune) string {
	if r < utf8.RuneSelf && !isAlphanumeric(byte(r)) && r > ' ' {
		return `\` + string(r)
	}
	return string(r)
}

// namedClass is a leading [:name:], else empty.
func namedClass(pattern string) string {
	if !strings.HasPrefix(pattern, "[:") {
		return ""
	}
	end := strings.Index(pattern, ":]")
	if end < 0 {
		return ""
	}
	return pattern[:end+2]
}
