package icu

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

var unescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r")

// golden calls check for each line of the files that match, with its tab-separated fields.
func golden(t *testing.T, pattern string, check func(t *testing.T, fields []string)) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n") {
			if strings.HasPrefix(line, "# ") {
				continue
			}
			fields := strings.Split(line, "\t")
			for i := range fields {
				fields[i] = unescape.Replace(fields[i])
			}
			check(t, fields)
		}
	}
}

func flagsOf(letters string) (flags Flags) {
	for _, c := range letters {
		flags |= map[rune]Flags{'i': CaseInsensitive, 'm': Multiline, 's': DotAll, 'x': Comments}[c]
	}
	return flags
}

// matches lists all matches with their groups, in characters: [0-2,0-1][2-2,-1--1].
func matches(re *Regexp, text string) string {
	var b strings.Builder
	for from := 0; ; {
		loc, err := re.Find(text, from)
		if err != nil {
			return "fails"
		}
		if loc == nil {
			break
		}
		for i := 0; i < len(loc); i += 2 {
			fmt.Fprintf(&b, "%c%d-%d", "[,"[min(i, 1)], chars(text, loc[i]), chars(text, loc[i+1]))
		}
		b.WriteByte(']')
		var ok bool
		if from, ok = Next(text, loc); !ok {
			break
		}
	}
	if b.Len() == 0 {
		return "none"
	}
	return b.String()
}

func chars(text string, at int) int {
	if at < 0 {
		return -1
	}
	return utf8.RuneCountInString(text[:at])
}

// TestFind holds what ICU 72 found (flags, pattern, text, matches). That a pattern matches must also be the automaton's answer.
func TestFind(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/find*.txt", func(t *testing.T, f []string) {
		re, err := Compile(f[1], flagsOf(f[0]))
		want := f[3]
		if err != nil {
			if !strings.HasPrefix(want, "error ") {
				t.Errorf("%q: %v, want %s", f[1], err, want)
			}
			return
		}
		if got := matches(re, f[2]); got != want {
			t.Errorf("%q (%s) on %q: %s, want %s", f[1], f[0], f[2], got, want)
		}
		if ok, err := re.Match(f[2]); err != nil || ok != (want != "none") {
			t.Errorf("%q (%s) on %q: match %v, %v, want %s", f[1], f[0], f[2], ok, err, want)
		}
	})
}

// TestReplace holds what ICU 72 replaced (a for all and r for the first, pattern, text, replacement, result).
func TestReplace(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/replace.txt", func(t *testing.T, f []string) {
		if got := replaced(f[0] == "a", f[1], f[2], f[3]); got != f[4] && !(got == "refused" && strings.HasPrefix(f[4], "fails")) {
			t.Errorf("%q in %q by %q: %s, want %s", f[1], f[2], f[3], got, f[4])
		}
	})
}

func replaced(all bool, pattern, text, replacement string) string {
	re, err := Compile(pattern, 0)
	if err != nil {
		return err.Error()
	}
	r, err := re.Replacement(replacement)
	if err != nil {
		return "refused"
	}
	var out []byte
	done := 0
	for from, ok := 0, true; ok; {
		loc, err := re.Find(text, from)
		if err != nil {
			return err.Error()
		}
		if loc == nil {
			break
		}
		out = r.Append(append(out, text[done:loc[0]]...), text, loc)
		done = loc[1]
		if from, ok = Next(text, loc); !all {
			break
		}
	}
	return string(append(out, text[done:]...))
}

// TestRefused holds patterns that ICU takes and we refuse: their meaning differs from flavour to flavour, or we could be wrong.
func TestRefused(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		`\y`:          `\y has no meaning (at character 2)`,
		`\mfoo`:       `\m has no meaning (at character 2)`,
		`\E`:          `\E has no meaning (at character 2)`,
		`[a\b]`:       `\b has no meaning in a set (at character 4)`,
		`[a-\p{L}]`:   `a range cannot end with a class (at character 5)`,
		`\X`:          `\X is not supported (at character 2)`,
		`\Gx`:         `\G is not supported (at character 2)`,
		`\N{DASH}`:    `\N is not supported (at character 2)`,
		`(?w)\b`:      `the mode w is not supported (at character 3)`,
		`\p{InGreek}`: `the Unicode property "InGreek" is not known (at character 11)`,
		`a}`:          `} stands for itself only as \} (at character 2)`,
		`(a`:          `a group has no closing parenthesis (at character 3)`,
		`a)`:          `unmatched ) (at character 2)`,
		`(?<=a*)b`:    `a look-behind must have a bounded length (at character 4)`,
		`[z-a]`:       `the range z-a has its ends the wrong way round (at character 4)`,
		`x**`:         `* cannot follow a quantifier (at character 3)`,
		`(a)\2`:       `there is no group 2 (at character 5)`,
	} {
		_, err := Compile(pattern, 0)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || err.Error() != want {
			t.Errorf("%s: %v, want %s", pattern, err, want)
		}
	}
	if _, err := Compile(`((a{1000}){1000}){1000}`, 0); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large pattern: %v", err)
	}
	if _, err := Compile(strings.Repeat("(", 100_000), 0); err == nil {
		t.Error("a deep pattern was taken")
	}
}
