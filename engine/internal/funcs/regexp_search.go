package funcs

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/icu"
	"github.com/credsql/credsql/engine/sqlerr"
)

// regexpPlan says which argument of a regular expression function is which, by the parameters' names.
type regexpPlan struct {
	params []string
	name   string // of the function; "" for an operator
	fold   bool   // case is ignored without a flag
}

func paramNames(names string) []string { return strings.Split(names, ", ") }

// regexpParams are the parameters' types: the numbers are BIGINT, all else is text.
func regexpParams(names string) []column.Type {
	var types []column.Type
	for _, name := range paramNames(names) {
		switch name {
		case "start", "n", "endoption", "subexpr":
			types = append(types, column.Int64)
		default:
			types = append(types, column.Text)
		}
	}
	return types
}

// regexpSearch is a compiled pattern with the other arguments of a call, in the use of one goroutine.
type regexpSearch struct {
	ctx         *Ctx
	re          *icu.Regexp
	searcher    icu.Searcher
	replacement *icu.Replacement
	global      bool // the flag g
	start       int64
	n           int64
	hasN        bool
	endOption   int64
	group       int64
}

// pattern compiles the pattern with the flags among the arguments.
func (p *regexpPlan) pattern(args []column.Value) (re *icu.Regexp, global bool, err error) {
	flags := icu.Flags(0)
	if p.fold {
		flags = icu.CaseInsensitive
	}
	for i, name := range p.params {
		if name == "flags" {
			if flags, global, err = regexpFlags(args[i].(string)); err != nil {
				return nil, false, err
			}
		}
	}
	if global && p.name != "regexp_replace" && p.name != "regexp_matches" {
		return nil, false, p.notGlobal()
	}
	re, err = icu.Compile(args[1].(string), flags)
	return re, global, patternError(err)
}

func (p *regexpPlan) notGlobal() error {
	err := sqlerr.New(sqlerr.CodeInvalidParameter, "%s() does not support the \"global\" option", p.name)
	if p.name == "regexp_match" {
		err = err.WithHint("Use the regexp_matches function instead.")
	}
	return err
}

// regexpFlags reads flags; of those that contradict the last one counts.
func regexpFlags(text string) (flags icu.Flags, global bool, err error) {
	for _, c := range text {
		switch c {
		case 'i':
			flags |= icu.CaseInsensitive
		case 'c':
			flags &^= icu.CaseInsensitive
		case 'm', 'n':
			flags |= icu.Multiline
		case 's':
			flags |= icu.DotAll
		case 'x':
			flags |= icu.Comments
		case 'q':
			flags |= icu.Literal
		case 'g':
			global = true
		default:
			return 0, false, errOption(c)
		}
	}
	return flags, global, nil
}

// patternError words an error of the icu package.
func patternError(err error) error {
	if err == nil {
		return nil
	}
	var syntax *icu.SyntaxError // after the test above: it is on the heap, and this runs once a row
	switch {
	case errors.As(err, &syntax):
		return sqlerr.New(sqlerr.CodeInvalidRegexp, "invalid regular expression: %s", err).Wrap(err)
	case errors.Is(err, icu.ErrTooManySteps):
		return sqlerr.New(sqlerr.CodeTooComplex, "%s", err).Wrap(err).
			WithHint("Patterns without look-around, back-references and possessive or atomic parts take linear time.")
	default:
		return sqlerr.New(sqlerr.CodeTooComplex, "%s", err).Wrap(err)
	}
}

// search compiles a call's pattern.
func (p *regexpPlan) search(c *Ctx, args []column.Value) (*regexpSearch, error) {
	re, global, err := p.pattern(args)
	if err != nil {
		return nil, err
	}
	return p.with(c, re, global, args)
}

// with checks the other arguments, in PostgreSQL's words.
func (p *regexpPlan) with(c *Ctx, re *icu.Regexp, global bool, args []column.Value) (*regexpSearch, error) {
	s := &regexpSearch{ctx: c, re: re, searcher: re.Searcher(), global: global, start: 1, n: 1}
	for i, name := range p.params {
		least := int64(0)
		switch name {
		case "replacement":
			var err error
			if s.replacement, err = re.Replacement(args[i].(string)); err != nil {
				return nil, sqlerr.New(sqlerr.CodeInvalidRegexp, "invalid replacement: %s", err).Wrap(err)
			}
			continue
		case "start":
			s.start, least = args[i].(int64), 1
		case "n":
			s.n, s.hasN = args[i].(int64), true
			if p.name != "regexp_replace" {
				least = 1
			}
		case "endoption":
			if s.endOption = args[i].(int64); s.endOption > 1 {
				return nil, errParameter(name, args[i])
			}
		case "subexpr":
			s.group = args[i].(int64)
		default:
			continue
		}
		if args[i].(int64) < least {
			return nil, errParameter(name, args[i])
		}
	}
	return s, nil
}

func errParameter(name string, value column.Value) error {
	return sqlerr.New(sqlerr.CodeInvalidParameter, "invalid value for parameter \"%s\": %d", name, value)
}

func (s *regexpSearch) close() { s.searcher.Close() }

// alive stops a statement that was cancelled: one search of a pattern that backtracks can take a tenth of a second.
func (s *regexpSearch) alive() error {
	if s.re.Backtracks() && s.ctx != nil && s.ctx.Context != nil {
		return s.ctx.Context.Err()
	}
	return nil
}

func (s *regexpSearch) match(text string) (bool, error) {
	if err := s.alive(); err != nil {
		return false, err
	}
	ok, err := s.searcher.Match(text)
	return ok, patternError(err)
}

func (s *regexpSearch) find(text string, from int) ([]int, error) {
	if err := s.alive(); err != nil {
		return nil, err
	}
	loc, err := s.searcher.Find(text, from)
	return loc, patternError(err)
}

// each calls see with every match from the start character on, until it says stop.
func (s *regexpSearch) each(text string, see func(loc []int) bool) error {
	from, ok := byteAt(text, s.start)
	for ok {
		loc, err := s.find(text, from)
		if loc == nil || err != nil {
			return err
		}
		if !see(loc) {
			return nil
		}
		from, ok = icu.Next(text, loc)
	}
	return nil
}

// nth is the bounds of the n-th match, or of its group; negative when there is none.
func (s *regexpSearch) nth(text string) (from, to int, err error) {
	from, to = -1, -1
	group := s.group
	switch {
	case group == 1 && s.re.NumGroups() == 0:
		group = 0 // without groups the whole match counts as the first
	case group > int64(s.re.NumGroups()):
		return from, to, nil
	}
	n := int64(0)
	err = s.each(text, func(loc []int) bool {
		if n++; n < s.n {
			return true
		}
		from, to = loc[2*group], loc[2*group+1]
		return false
	})
	return from, to, err
}

// split gives the parts between the matches. Empty matches at the ends of the text and right after a match do not split.
func (s *regexpSearch) split(text string, part func(string) error) error {
	var failed error
	begin, last := 0, 0 // of the part; the end of the match before
	err := s.each(text, func(loc []int) bool {
		if loc[0] < len(text) && loc[1] > last {
			if failed = part(text[begin:loc[0]]); failed != nil {
				return false
			}
			begin = loc[1]
		}
		last = loc[1]
		return true
	})
	if err != nil || failed != nil {
		return errors.Join(err, failed)
	}
	return part(text[begin:])
}

// byteAt is where the n-th character begins, from 1; ok is false beyond the end of the text.
func byteAt(text string, n int64) (at int, ok bool) {
	for ; n > 1; n-- {
		if at == len(text) {
			return 0, false
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at, true
}

// characterAt counts the character that begins at a byte, from 1.
func characterAt(text string, at int) int64 { return int64(utf8.RuneCountInString(text[:at])) + 1 }
