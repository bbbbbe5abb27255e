package sqlerr

import (
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a, ", 40)
	for name, c := range map[string]struct {
		err  *Error
		text string
		want []string
	}{
		"all parts": {
			New(CodeUndefinedColumn, "column %q does not exist", "mfa_actve").At(7).WithHint(`did you mean "mfa_active"?`).WithDetail("a detail"),
			"select mfa_actve from t",
			[]string{
				`ERROR 42703: column "mfa_actve" does not exist`,
				"LINE 1: select mfa_actve from t",
				"               ^",
				"DETAIL: a detail",
				`HINT: did you mean "mfa_active"?`,
			},
		},
		"no place":   {Syntax("odd"), "select", []string{"ERROR 42601: odd"}},
		"third line": {Syntax("odd").At(9), "select\n1\n+\n2", []string{"ERROR 42601: odd", "LINE 3: +", "        ^"}},
		"carriage returns, tabs and controls": {
			Syntax("odd").At(9), "a\tb\x1b[1m\r\ncd\r\n",
			[]string{"ERROR 42601: odd", "LINE 2: cd", "        ^"},
		},
		"control characters before": {Syntax("odd").At(4), "a\t\x1bb?", []string{"ERROR 42601: odd", "LINE 1: a  b?", "            ^"}},
		"wide characters":           {Syntax("odd").At(len("日本")), "日本 x", []string{"ERROR 42601: odd", "LINE 1: 日本 x", "            ^"}},
		"at the end":                {Syntax("odd").At(6), "select", []string{"ERROR 42601: odd", "LINE 1: select", "              ^"}},
		"past the end":              {Syntax("odd").At(99), "select", []string{"ERROR 42601: odd"}},
		"long line, early": {
			Syntax("odd").At(0), long,
			[]string{"ERROR 42601: odd", "LINE 1: " + long[:69] + "...", "        ^"},
		},
		"long line, late": {
			Syntax("odd").At(90), long,
			[]string{"ERROR 42601: odd", "LINE 1: ..." + long[45:90] + long[90:111] + "...", "        " + strings.Repeat(" ", 48) + "^"},
		},
	} {
		want := strings.Join(c.want, "\n") + "\n"
		if got := c.err.Render(c.text); got != want {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("select\n\x1b日本", 8)
	f.Fuzz(func(t *testing.T, text string, pos int) {
		lines := strings.Split((&Error{Code: CodeSyntax, Message: "m", Pos: pos}).Render(text), "\n")
		if n := len(lines); n != 2 && n != 4 {
			t.Fatalf("%d lines for %q at %d: %q", n, text, pos, lines)
		}
		for _, r := range strings.Join(lines, "") {
			if r < ' ' {
				t.Fatalf("control character in %q", lines)
			}
		}
	})
}
