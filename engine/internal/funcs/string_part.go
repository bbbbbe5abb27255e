package funcs

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// characters is count characters of text after the first skip ones; a negative count means all.
func characters(text string, skip, count int64) string {
	from := offsetOf(text, skip)
	text = text[from:]
	if count < 0 {
		return text
	}
	return text[:offsetOf(text, count)]
}

// offsetOf is the byte offset after n characters; the text's length when it has fewer.
func offsetOf(text string, n int64) int {
	if n >= int64(len(text)) {
		return len(text)
	}
	at := 0
	for ; n > 0 && at < len(text); n-- {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// substring counts from 1. The part may begin before the text: then only what lies inside counts.
func substring(_ *Ctx, text string, start, length int64) (string, error) {
	if length < 0 {
		return "", sqlerr.New(sqlerr.CodeSubstring, "negative substring length not allowed")
	}
	end := start + length
	if end < start { // past the largest number
		return characters(text, max(start, 1)-1, -1), nil
	}
	start = max(start, 1)
	return characters(text, start-1, max(end-start, 0)), nil
}

func left(text string, n int64) string {
	if n < 0 {
		n = max(int64(utf8.RuneCountInString(text))+n, 0)
	}
	return characters(text, 0, n)
}

func right(text string, n int64) string {
	if n < 0 {
		if n == -n { // the smallest number
			return ""
		}
		return characters(text, -n, -1)
	}
	return characters(text, max(int64(utf8.RuneCountInString(text))-n, 0), -1)
}

func splitPart(_ *Ctx, text, delimiter string, n int64) (string, error) {
	switch {
	case n == 0:
		return "", sqlerr.New(sqlerr.CodeInvalidParameter, "field position must not be zero")
	case text == "":
		return "", nil
	case delimiter == "":
		if n == 1 || n == -1 {
			return text, nil
		}
		return "", nil
	case n < 0:
		n += int64(strings.Count(text, delimiter)) + 2
	}
	for ; n > 1; n-- {
		_, rest, found := strings.Cut(text, delimiter)
		if !found {
			return "", nil
		}
		text = rest
	}
	if n < 1 {
		return "", nil
	}
	part, _, _ := strings.Cut(text, delimiter)
	return part, nil
}

func strpos(text, part string) int64 {
	i := strings.Index(text, part)
	if i < 0 {
		return 0
	}
	return int64(utf8.RuneCountInString(text[:i])) + 1
}

func reverse(text string) string {
	out := make([]byte, len(text))
	at := len(text)
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		at -= size
		copy(out[at:], text[i:i+size])
		i += size
	}
	return string(out)
}

func initcap(text string) string {
	inWord := false
	return strings.Map(func(r rune) rune {
		was := inWord
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r)
		if was {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, text)
}

func translate(text, from, to string) string {
	target := []rune(to)
	place := map[rune]int{}
	n := 0
	for _, r := range from {
		if _, seen := place[r]; !seen {
			place[r] = n
		}
		n++
	}
	return strings.Map(func(r rune) rune {
		i, ok := place[r]
		switch {
		case !ok:
			return r
		case i < len(target):
			return target[i]
		default:
			return -1
		}
	}, text)
}

func overlayWhole(_ *Ctx, text, insert string, start int64) (string, error) {
	return overlay(text, insert, start, int64(utf8.RuneCountInString(insert)))
}

func overlayCounted() *Overload {
	o := overload("text, new, start, count", column.Text, column.Text, column.Text, column.Int64, column.Int64)
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		s, err := overlay(args[0].(string), args[1].(string), args[2].(int64), args[3].(int64))
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	return o
}

func overlay(text, insert string, start, count int64) (string, error) {
	if start <= 0 {
		return "", sqlerr.New(sqlerr.CodeSubstring, "negative substring length not allowed")
	}
	after := start + count
	if count > 0 && after < start {
		return "", sqlerr.New(sqlerr.CodeOutOfRange, "bigint out of range")
	}
	head := characters(text, 0, start-1)
	tail := characters(text, max(after, 1)-1, -1)
	if err := checkLength(len(head) + len(insert) + len(tail)); err != nil {
		return "", err
	}
	return head + insert + tail, nil
}
