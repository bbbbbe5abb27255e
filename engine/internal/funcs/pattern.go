package funcs

import (
	"unicode/utf8"
	"unsafe"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// patternFunctions are LIKE, ILIKE and SIMILAR TO, which the binder calls by these names.
func patternFunctions() []*Function {
	s := section{"Pattern matching"}
	like := s.documented("like", "LIKE: whether the whole text matches a pattern in which % stands for any characters and _ for one. A "+
		"backslash, or the character after ESCAPE, makes the next one stand for itself.",
		shows("SELECT 'alice' LIKE 'a%'", "true", `SELECT 'a_b' LIKE 'a\_b'`, "true", "SELECT '100%' LIKE '%!%' ESCAPE '!'", "true"),
		patternOverloads(false, func(pattern string, escape rune) (matcher, error) { return compileLike(pattern, escape, false) })...)
	ilike := s.beyond("ilike", "ILIKE: LIKE without regard to upper and lower case.", shows("SELECT 'Alice' ILIKE 'a%'", "true"),
		patternOverloads(true, func(pattern string, escape rune) (matcher, error) { return compileLike(pattern, escape, true) })...)
	similar := s.beyond("similar_to", "SIMILAR TO: whether the whole text matches a regular expression of the SQL standard: % and _ as in LIKE, "+
		"| * + ? {m,n} ( ) and [ ].",
		shows("SELECT 'abc' SIMILAR TO '(a|b)%'", "true"), patternOverloads(false, compileSimilar)...)
	out := []*Function{like, ilike, similar}
	for _, f := range out {
		f.Hidden = true
	}
	return out
}

// patternCompiler compiles a pattern; escape 0 means that no character escapes.
type patternCompiler func(pattern string, escape rune) (matcher, error)

// patternOverloads makes the calls with and without ESCAPE; fold matches the text in lower case.
func patternOverloads(fold bool, compile patternCompiler) []*Overload {
	two := overload("text, pattern", column.Bool, column.Text, column.Text)
	three := overload("text, pattern, escape", column.Bool, column.Text, column.Text, column.Text)
	for _, o := range []*Overload{two, three} {
		p := &patternCall{o: o, fold: fold, compile: compile}
		o.Row, o.Vec, o.Bind = p.row, kernel(o, p.cells), p.bind
	}
	return []*Overload{two, three}
}

// patternCall is one overload of a pattern match.
type patternCall struct {
	o       *Overload
	fold    bool
	compile patternCompiler
}

// folder gives a function that puts texts in lower case, in memory that its next call uses again, or leaves them as they are.
func (p *patternCall) folder() func(text string) string {
	if !p.fold {
		return func(text string) string { return text }
	}
	var buffer []byte
	return func(text string) string {
		buffer = appendLower(buffer[:0], text)
		return unsafe.String(unsafe.SliceData(buffer), len(buffer))
	}
}

// matcher compiles the pattern and its escape character, which stand after the text.
func (p *patternCall) matcher(pattern []string) (matcher, error) {
	escape := '\\'
	if len(pattern) == 2 {
		escape = 0
		if pattern[1] != "" {
			r, size := utf8.DecodeRuneInString(pattern[1])
			if size != len(pattern[1]) {
				return nil, sqlerr.New(sqlerr.CodeInvalidEscape, "invalid escape string").WithHint("Escape string must be empty or one character.")
			}
			escape = r
		}
	}
	return p.compile(pattern[0], escape)
}

func (p *patternCall) row(_ *Ctx, args []column.Value) (column.Value, error) {
	pattern := make([]string, len(args)-1)
	for i := range pattern {
		pattern[i] = args[i+1].(string)
	}
	m, err := p.matcher(pattern)
	if err != nil {
		return nil, err
	}
	return m(p.folder()(args[0].(string))), nil
}

// cells compiles a pattern again only when it differs from the row before.
func (p *patternCall) cells(_ *Ctx, args []*column.Vector) cell[bool] {
	text := viewOf[string](args[0])
	views := make([]view[string], len(args)-1)
	for i := range views {
		views[i] = viewOf[string](args[i+1])
	}
	pattern := make([]string, len(views))
	var m matcher
	fold := p.folder()
	return func(i int) (bool, bool, error) {
		same := m != nil
		for k := range views {
			if next := views[k].at(i); next != pattern[k] {
				pattern[k], same = next, false
			}
		}
		if !same {
			var err error
			if m, err = p.matcher(pattern); err != nil {
				return false, false, err
			}
		}
		return m(fold(text.at(i))), true, nil
	}
}

// bind compiles a constant pattern once a statement. A pattern that is wrong is left to the first row that meets it: without rows
// there is no error.
func (p *patternCall) bind(_ *Ctx, args []Constant) (*Bound, error) {
	pattern := make([]string, len(args)-1)
	for i := range pattern {
		text, ok := args[i+1].Value.(string)
		if !args[i+1].Known || !ok {
			return nil, nil
		}
		pattern[i] = text
	}
	m, err := p.matcher(pattern)
	if err != nil {
		return nil, nil //nolint:nilerr // see above
	}
	one := kernel(p.o, func(_ *Ctx, args []*column.Vector) cell[bool] {
		text, fold := viewOf[string](args[0]), p.folder()
		return func(i int) (bool, bool, error) { return m(fold(text.at(i))), true, nil }
	})
	return &Bound{
		Row: func(_ *Ctx, args []column.Value) (column.Value, error) { return m(p.folder()(args[0].(string))), nil },
		Vec: func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error) { return one(c, args[:1], n) },
	}, nil
}
