package icu

import "sync"

// Regexp is a compiled pattern. It may be used by several goroutines at once.
type Regexp struct {
	prog     *program
	names    map[string]int
	matchers sync.Pool // of *matcher
	automata sync.Pool // of *automaton
}

// maxPattern bounds a pattern's length in bytes.
const maxPattern = 100_000

// Compile reads a pattern in the given modes. The error is a *SyntaxError, or ErrTooLarge.
func Compile(pattern string, flags Flags) (*Regexp, error) {
	if len(pattern) > maxPattern {
		return nil, ErrTooLarge
	}
	tree, p, err := parse(pattern, flags)
	if err != nil {
		return nil, err
	}
	prog, err := compile(tree, p.count)
	if err != nil {
		return nil, err
	}
	re := &Regexp{prog: prog, names: p.names}
	re.matchers.New = func() any { return new(matcher) }
	re.automata.New = func() any { return newAutomaton(prog) }
	return re, nil
}

// NumGroups is the number of capture groups, the whole match not counted.
func (re *Regexp) NumGroups() int { return re.prog.groups }

// Group is the number of a named group, from 1; 0 when there is none of that name.
func (re *Regexp) Group(name string) int { return re.names[name] }

// Backtracks says that the time of a search is not bounded by the text's length, but by ErrTooManySteps: the pattern has
// look-around, back-references or atomic parts.
func (re *Regexp) Backtracks() bool { return !re.prog.regular }

// Match says whether the pattern matches somewhere in the text. The error is ErrTooManySteps.
func (re *Regexp) Match(text string) (bool, error) {
	s := re.Searcher()
	defer s.Close()
	return s.Match(text)
}

// Find searches from the byte offset from, which is a character's; what stands before is seen by ^, \b and look-behind. The
// match and its groups are given as pairs of byte offsets, -1 for a group that took no part; nil when there is no match. The
// error is ErrTooManySteps.
func (re *Regexp) Find(text string, from int) ([]int, error) {
	s := re.Searcher()
	defer s.Close()
	return s.Find(text, from)
}

// Searcher is a Regexp in the use of one goroutine, for many texts in a row.
type Searcher struct {
	re        *Regexp
	matcher   *matcher
	automaton *automaton
}

// Searcher starts a use; Close gives its memory back.
func (re *Regexp) Searcher() Searcher { return Searcher{re: re} }

// Close ends the use.
func (s *Searcher) Close() {
	if s.matcher != nil {
		s.matcher.text = ""
		s.re.matchers.Put(s.matcher)
	}
	if s.automaton != nil {
		s.re.automata.Put(s.automaton)
	}
	s.matcher, s.automaton = nil, nil
}

// Match is Regexp.Match.
func (s *Searcher) Match(text string) (bool, error) {
	if s.re.prog.regular {
		if s.automaton == nil {
			s.automaton = s.re.automata.Get().(*automaton)
		}
		return s.automaton.match(text)
	}
	loc, err := s.Find(text, 0)
	return loc != nil, err
}

// Find is Regexp.Find.
func (s *Searcher) Find(text string, from int) ([]int, error) {
	if s.matcher == nil {
		s.matcher = s.re.matchers.Get().(*matcher)
	}
	m := s.matcher
	m.reset(s.re.prog, text)
	start, end, ok := m.find(from)
	if !ok {
		return nil, m.err
	}
	groups := s.re.prog.groups
	loc := make([]int, 2, 2*groups+2)
	loc[0], loc[1] = start, end
	for g := range groups {
		loc = append(loc, m.regs[3*g], m.regs[3*g+1])
	}
	return loc, nil
}
