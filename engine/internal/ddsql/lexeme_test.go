package ddsql

import (
	"strings"
	"testing"
)

func TestLex(t *testing.T) {
	t.Parallel()
	names := []string{"word", "KEYWORD", "name", "string", "number", "param", "op", "punct", "comment", "other"}
	for _, c := range []struct {
		text, want string
		open       Open
	}{
		{"", "", OpenNothing},
		{"SELECT u.user, 1.5 FROM t -- x", "KEYWORD:SELECT word:u punct:. word:user punct:, number:1.5 KEYWORD:FROM word:t comment:-- x", OpenNothing},
		{"t.select", "word:t punct:. word:select", OpenNothing},
		{"/* a */ 'b''c' \"d\" $1 \\x", "comment:/* a */ string:'b''c' name:\"d\" param:$1 other:\\ word:x", OpenNothing},
		{"a 'b", "word:a string:'b", OpenString},
		{"a /* c", "word:a comment:/* c", OpenComment},
		{"a -- c\n \"b", "word:a comment:-- c name:\"b", OpenName},
		{"tags->'team' = :v", "word:tags op:-> string:'team' op:= punct:: word:v", OpenNothing},
		{"$$ x", "string:$$ x", OpenDollar},
		{"12ab é", "other:12ab word:é", OpenNothing},
	} {
		lexemes, open := Lex(c.text)
		var got []string
		for _, l := range lexemes {
			got = append(got, names[l.Kind]+":"+c.text[l.Start:l.End])
		}
		if s := strings.Join(got, " "); s != c.want || open != c.open {
			t.Errorf("%q: %s, open %d; want %s, open %d", c.text, s, open, c.want, c.open)
		}
	}
}

// FuzzLex: lexemes are in order, apart, not empty, and leave out only white space.
func FuzzLex(f *testing.F) {
	f.Add("SELECT 'a' /* b */ -- c\n\"d\" $$e$$ \\f")
	f.Add("E'\\ x /* /* */")
	f.Fuzz(func(t *testing.T, text string) {
		lexemes, _ := Lex(text)
		end := 0
		for _, l := range append(lexemes, Lexeme{Start: len(text), End: len(text) + 1}) {
			if l.Start < end || l.End <= l.Start {
				t.Fatalf("%q: %+v after %d", text, l, end)
			}
			if left := leadingSpace(text, end); left < l.Start {
				t.Fatalf("%q: %q is in no lexeme", text, text[end:l.Start])
			}
			end = l.End
		}
	})
}
