package icu

import (
	"strings"
	"unicode/utf8"
)

// Replacement is what a match is replaced by, in ICU's form: $1 and ${name} are the match's groups, $0 the match, and a
// backslash makes the next character stand for itself.
type Replacement struct{ parts []replacementPart }

// replacementPart is a text, or the group when it is not negative.
type replacementPart struct {
	text  string
	group int
}

// Replacement reads a replacement for this pattern. The error is a *SyntaxError.
func (re *Regexp) Replacement(text string) (*Replacement, error) {
	r := &Replacement{}
	var plain strings.Builder
	for i := 0; i < len(text); {
		switch text[i] {
		case '\\':
			i = r.escape(&plain, text, i+1)
		case '$':
			group, next, err := re.reference(text, i+1)
			if err != nil {
				return nil, err
			}
			r.parts = append(r.parts, replacementPart{text: plain.String(), group: -1}, replacementPart{group: group})
			plain.Reset()
			i = next
		default:
			plain.WriteByte(text[i])
			i++
		}
	}
	if plain.Len() > 0 {
		r.parts = append(r.parts, replacementPart{text: plain.String(), group: -1})
	}
	return r, nil
}

// escape reads what follows a backslash: \u and \U with their hexadecimal digits, or any character. A last backslash is dropped.
func (r *Replacement) escape(plain *strings.Builder, text string, at int) (next int) {
	if at == len(text) {
		return at
	}
	if text[at] == 'u' || text[at] == 'U' {
		s := scanner{src: text, start: at - 1, at: at - 1}
		s.next()
		if s.err == nil && s.quoted {
			plain.WriteRune(s.cur)
			return s.at
		}
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	plain.WriteString(text[at : at+size])
	return at + size
}

// reference reads the group after a $: a name in braces, or digits as long as there is such a group.
func (re *Regexp) reference(text string, at int) (group, next int, err error) {
	if name, rest, ok := strings.Cut(text[at:], "}"); ok && strings.HasPrefix(name, "{") {
		if group = re.Group(name[1:]); group == 0 {
			return 0, 0, syntaxError(text, at, "there is no group named %s", name[1:])
		}
		return group, len(text) - len(rest), nil
	}
	next = at
	for next < len(text) && text[next] >= '0' && text[next] <= '9' {
		longer := group*10 + int(text[next]-'0')
		if longer > re.NumGroups() {
			break
		}
		group = longer
		next++
	}
	switch {
	case next > at:
		return group, next, nil
	case at < len(text) && text[at] >= '0' && text[at] <= '9':
		return 0, 0, syntaxError(text, at, "there is no group %c", text[at])
	default:
		return 0, 0, syntaxError(text, at, "a $ must be followed by a group's number, or stand for itself as \\$")
	}
}

// Append appends the replacement of a match of text, given as Find gives it. A group that took no part is empty.
func (r *Replacement) Append(dst []byte, text string, match []int) []byte {
	for _, p := range r.parts {
		switch {
		case p.group < 0:
			dst = append(dst, p.text...)
		case match[2*p.group] >= 0:
			dst = append(dst, text[match[2*p.group]:match[2*p.group+1]]...)
		}
	}
	return dst
}

// Next is where the search for the match after this one begins; ok is false when the text is at its end. After an empty match
// it begins one character on, as in ICU.
func Next(text string, match []int) (from int, ok bool) {
	if match[0] < match[1] {
		return match[1], true
	}
	if match[1] >= len(text) {
		return 0, false
	}
	_, size := utf8.DecodeRuneInString(text[match[1]:])
	return match[1] + size, true
}
