package funcs

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
)

// Resolve finds the overload that a call by name means, by PostgreSQL's rules (func_get_detail). The error has SQLSTATE 42883 when
// there is no such function or none takes these arguments, and 42725 when several fit equally well.
func (r *Registry) Resolve(name string, args []column.Type) (Match, error) {
	f := r.byName[name]
	if f == nil {
		return Match{}, r.unknownFunction(name, args)
	}
	m, found := pick(f.Overloads, args)
	switch found {
	case one:
		if undetermined(m.Overload, args) {
			return Match{}, errUndetermined(f)
		}
		return m, nil
	case many:
		return Match{}, ambiguousFunction(f, args)
	default:
		return Match{}, noSuchSignature(f, args)
	}
}

// Operator finds the overload of an operator; left nil means that it is prefix. An untyped literal beside a typed operand first
// tries the type of the other side, as PostgreSQL's binary_oper_exact does.
func (r *Registry) Operator(sign string, left, right *column.Type) (Match, error) {
	args := []column.Type{*right}
	if left != nil {
		args = []column.Type{*left, *right}
	}
	overloads := r.operators[sign]
	if m, ok := sameTypeOperator(overloads, args); ok {
		return m, nil
	}
	m, found := pick(overloads, args)
	switch found {
	case one:
		return m, nil
	case many:
		return Match{}, ambiguousOperator(sign, args)
	default:
		return Match{}, noSuchOperator(sign, overloads, args)
	}
}

func sameTypeOperator(overloads []*Overload, args []column.Type) (Match, bool) {
	if len(args) != 2 || (args[0] == column.Unknown) == (args[1] == column.Unknown) {
		return Match{}, false
	}
	known := args[0]
	if known == column.Unknown {
		known = args[1]
	}
	return exact(overloads, []column.Type{known, known})
}

// found counts the overloads that fit.
type found uint8

const (
	none found = iota
	one
	many
)

// pick chooses among overloads: an exact match, else the only one that accepts the arguments, else the best by
// PostgreSQL's func_select_candidate.
func pick(overloads []*Overload, args []column.Type) (Match, found) {
	if m, ok := exact(overloads, args); ok {
		return m, one
	}
	var fit []candidate
	for _, o := range overloads {
		if c, ok := candidateFor(o, len(args)); ok && c.accepts(args) {
			fit = append(fit, c)
		}
	}
	if len(fit) > 1 {
		fit = selectCandidates(fit, args)
	}
	switch len(fit) {
	case 0:
		return Match{}, none
	case 1:
		return fit[0].match(args), one
	default:
		return Match{}, many
	}
}

func exact(overloads []*Overload, args []column.Type) (Match, bool) {
	for _, o := range overloads {
		c, ok := candidateFor(o, len(args))
		for i := 0; ok && i < len(args); i++ {
			ok = c.isExact(i, args[i])
		}
		if ok {
			return c.match(args), true
		}
	}
	return Match{}, false
}

// selectCandidates narrows several fitting candidates down, following func_select_candidate in PostgreSQL 15's parse_func.c
// step by step. More than one is left when the call is ambiguous.
func selectCandidates(fit []candidate, args []column.Type) []candidate {
	fit = keepBest(fit, func(c *candidate) int {
		return countArgs(args, func(i int) bool { return c.isExact(i, args[i]) })
	})
	if len(fit) > 1 {
		fit = keepBest(fit, func(c *candidate) int {
			return countArgs(args, func(i int) bool {
				cat, pref := c.slot(i)
				return c.isExact(i, args[i]) || pref && cat == categoryOf(args[i])
			})
		})
	}
	if len(fit) > 1 {
		fit = resolveUnknowns(fit, args)
	}
	if len(fit) > 1 {
		fit = assumeSameType(fit, args)
	}
	return fit
}

func keepBest(fit []candidate, score func(*candidate) int) []candidate {
	var best []candidate
	top := -1
	for i := range fit {
		s := score(&fit[i])
		if s > top {
			best, top = nil, s
		}
		if s == top {
			best = append(best, fit[i])
		}
	}
	return best
}

// countArgs counts the typed arguments for which ok holds.
func countArgs(args []column.Type, ok func(i int) bool) int {
	n := 0
	for i, a := range args {
		if a != column.Unknown && ok(i) {
			n++
		}
	}
	return n
}

// resolveUnknowns decides what untyped literals are: text where a candidate takes text there, else the category on which all
// candidates agree, and its preferred type where a candidate takes that. Without agreement for each of them nothing is decided.
func resolveUnknowns(fit []candidate, args []column.Type) []candidate {
	kept := fit
	for i, a := range args {
		if a != column.Unknown {
			continue
		}
		cat, pref, agreed := unknownSlot(fit, i)
		if !agreed {
			return fit
		}
		kept = slices.DeleteFunc(slices.Clone(kept), func(c candidate) bool {
			cc, cp := c.slot(i)
			return cc != cat || pref && !cp
		})
	}
	if len(kept) == 0 {
		return fit
	}
	return kept
}

func unknownSlot(fit []candidate, i int) (cat category, pref, agreed bool) {
	cat, pref = fit[0].slot(i)
	agreed = true
	for _, c := range fit[1:] {
		cc, cp := c.slot(i)
		switch {
		case cc == cat:
			pref = pref || cp
		case cc == catString:
			cat, pref = catString, cp
		default:
			agreed = false
		}
	}
	return cat, pref, agreed || cat == catString
}

// assumeSameType is the last resort: when all typed arguments have one type, untyped ones are taken to have it too.
func assumeSameType(fit []candidate, args []column.Type) []candidate {
	known := column.Unknown
	unknowns := 0
	for _, a := range args {
		switch {
		case a == column.Unknown:
			unknowns++
		case known == column.Unknown:
			known = a
		case a != known:
			return fit
		}
	}
	if known == column.Unknown || unknowns == 0 {
		return fit
	}
	assumed := make([]column.Type, len(args))
	for i := range assumed {
		assumed[i] = known
	}
	var kept []candidate
	for _, c := range fit {
		if c.accepts(assumed) {
			kept = append(kept, c)
		}
	}
	if len(kept) == 1 {
		return kept
	}
	return fit
}
