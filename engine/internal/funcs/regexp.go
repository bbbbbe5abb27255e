package funcs

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// regexpFunctions are the functions and operators of regular expressions in the ICU flavour. Those that PostgreSQL has take its
// arguments; where the DDSQL reference differs (replacements with $1) it wins.
func regexpFunctions() []*Function {
	s := section{"Regular expressions"}
	return append(regexpOperators(s),
		s.documented("regexp_like", "Whether a pattern in the ICU flavour matches anywhere in the text. Flags: i ignores case, m or n lets ^ and $ match "+
			"at each line, s lets the dot match line ends, x ignores blanks in the pattern.",
			shows(`SELECT regexp_like('ann@example.com', '@example\.com$')`, "true", "SELECT regexp_like('ABC', 'b', 'i')", "true"),
			regexpLike("text, pattern"), regexpLike("text, pattern, flags")),
		s.documented("regexp_match", "The groups of a pattern's first match, or the whole match when it has none; NULL when there is no match. A group "+
			"that took no part is NULL.",
			shows(`SELECT regexp_match('abc123', '([a-z]+)(\d+)')`, "{abc,123}", "SELECT regexp_match('abc', 'x')", "NULL"),
			regexpMatch("text, pattern"), regexpMatch("text, pattern, flags")),
		s.documented("regexp_replace", "The text with the first match replaced; with the flag g, or n = 0, every match; with n the n-th match from a "+
			`character on. In the replacement $1 and ${name} are groups, $0 the match; \$ is a dollar sign.`,
			shows(`SELECT regexp_replace('John Smith', '(\w+) (\w+)', '$2, $1')`, "Smith, John", "SELECT regexp_replace('aaa', 'a', 'b', 'g')", "bbb",
				"SELECT regexp_replace('abcabc', 'b', 'X', 1, 2)", "abcaXc"),
			regexpReplace("text, pattern, replacement"), regexpReplace("text, pattern, replacement, flags"),
			regexpReplace("text, pattern, replacement, start"), regexpReplace("text, pattern, replacement, start, n"),
			regexpReplace("text, pattern, replacement, start, n, flags")),
		s.beyond("regexp_count", "How often a pattern matches, from a character on.",
			shows(`SELECT regexp_count('a1b22', '\d+')`, "2"),
			regexpCount("text, pattern"), regexpCount("text, pattern, start"), regexpCount("text, pattern, start, flags")),
		s.beyond("regexp_substr", "The n-th match from a character on, or one of its groups; NULL when there is none.",
			shows(`SELECT regexp_substr('a1b22', '\d+', 1, 2)`, "22"),
			regexpSubstr("text, pattern"), regexpSubstr("text, pattern, start"), regexpSubstr("text, pattern, start, n"),
			regexpSubstr("text, pattern, start, n, flags"), regexpSubstr("text, pattern, start, n, flags, subexpr")),
		s.beyond("regexp_instr", "Where the n-th match from a character on begins, or with endoption 1 the character after it; of the whole match or of a "+
			"group. 0 when there is none.",
			shows(`SELECT regexp_instr('a1b22', '\d+', 1, 2)`, "4"),
			regexpInstr("text, pattern"), regexpInstr("text, pattern, start"), regexpInstr("text, pattern, start, n"),
			regexpInstr("text, pattern, start, n, endoption"), regexpInstr("text, pattern, start, n, endoption, flags"),
			regexpInstr("text, pattern, start, n, endoption, flags, subexpr")),
		s.beyond("regexp_split_to_array", "The parts of the text between the matches of a pattern.",
			shows(`SELECT regexp_split_to_array('a1b22c', '\d+')`, "{a,b,c}"),
			regexpSplit("text, pattern"), regexpSplit("text, pattern, flags")),
		s.entry(Table, "PostgreSQL", "regexp_split_to_table", "A row for each part of the text between the matches of a pattern.",
			shows(`SELECT max(p) FROM regexp_split_to_table('a1b22c', '\d+') AS p`, "c"),
			[]*Overload{regexpSplitRows("text, pattern"), regexpSplitRows("text, pattern, flags")}),
		s.entry(Table, "PostgreSQL", "regexp_matches", "A row with the groups of the first match, or with the flag g of every match.",
			shows(`SELECT max(m[1]) FROM regexp_matches('a1b22', '\d+', 'g') AS m`, "22"),
			[]*Overload{regexpMatchRows("text, pattern"), regexpMatchRows("text, pattern, flags")}),
	)
}

func regexpOperators(s section) []*Function {
	op := func(sign, doc, example, want string, fixed fixedFlags) *Function {
		return s.entry(Operator, "PostgreSQL", sign, doc, shows(example, want), []*Overload{regexpOperator(fixed)})
	}
	return []*Function{
		op("~", "Whether a pattern in the ICU flavour matches anywhere in the text.", "SELECT 'alice' ~ '^a'", "true", fixedFlags{}),
		op("~*", "Whether a pattern matches anywhere in the text, ignoring case.", "SELECT 'Alice' ~* '^a'", "true", fixedFlags{fold: true}),
		op("!~", "Whether a pattern matches nowhere in the text.", "SELECT 'alice' !~ '^b'", "true", fixedFlags{not: true}),
		op("!~*", "Whether a pattern matches nowhere in the text, ignoring case.", "SELECT 'Alice' !~* '^A'", "false", fixedFlags{fold: true, not: true}),
	}
}

// fixedFlags are what an operator's sign says.
type fixedFlags struct{ fold, not bool }

func regexpOperator(fixed fixedFlags) *Overload {
	return regexpCall("text, pattern", fixed.fold, "", func(s *regexpSearch, text string) (bool, bool, error) {
		ok, err := s.match(text)
		return ok != fixed.not, true, err
	})
}

func regexpLike(names string) *Overload {
	return regexpCall(names, false, "regexp_like", func(s *regexpSearch, text string) (bool, bool, error) {
		ok, err := s.match(text)
		return ok, true, err
	})
}

func regexpMatch(names string) *Overload {
	o := regexpCall(names, false, "regexp_match", func(s *regexpSearch, text string) (*column.List, bool, error) {
		loc, err := s.find(text, 0)
		if loc == nil || err != nil {
			return nil, false, err
		}
		return groupList(text, loc), true, nil
	})
	return o.gives(column.ListOf(column.Text))
}

// groupList is a match's groups, or the match itself when it has none.
func groupList(text string, loc []int) *column.List {
	list := &column.List{Elem: column.Text}
	if len(loc) == 2 {
		list.Items = []column.Value{text[loc[0]:loc[1]]}
		return list
	}
	for i := 2; i < len(loc); i += 2 {
		if loc[i] < 0 {
			list.Items = append(list.Items, nil)
			continue
		}
		list.Items = append(list.Items, text[loc[i]:loc[i+1]])
	}
	return list
}

func regexpCount(names string) *Overload {
	return regexpCall(names, false, "regexp_count", func(s *regexpSearch, text string) (int64, bool, error) {
		n := int64(0)
		err := s.each(text, func([]int) bool {
			n++
			return true
		})
		return n, true, err
	})
}

func regexpSubstr(names string) *Overload {
	return regexpCall(names, false, "regexp_substr", func(s *regexpSearch, text string) (string, bool, error) {
		from, to, err := s.nth(text)
		if err != nil || from < 0 {
			return "", false, err
		}
		return text[from:to], true, nil
	})
}

func regexpInstr(names string) *Overload {
	return regexpCall(names, false, "regexp_instr", func(s *regexpSearch, text string) (int64, bool, error) {
		from, to, err := s.nth(text)
		if err != nil || from < 0 {
			return 0, true, err
		}
		if s.endOption == 1 {
			from = to
		}
		return characterAt(text, from), true, nil
	})
}

func regexpSplit(names string) *Overload {
	o := regexpCall(names, false, "regexp_split_to_array", func(s *regexpSearch, text string) (*column.List, bool, error) {
		list := &column.List{Elem: column.Text}
		err := s.split(text, func(part string) error {
			list.Items = append(list.Items, part)
			return nil
		})
		return list, true, err
	})
	return o.gives(column.ListOf(column.Text))
}

func regexpSplitRows(names string) *Overload {
	return regexpTable(names, "regexp_split_to_table", column.Text, func(s *regexpSearch, text string, yield func(column.Value) error) error {
		return s.split(text, func(part string) error { return yield(part) })
	})
}

func regexpMatchRows(names string) *Overload {
	return regexpTable(names, "regexp_matches", column.ListOf(column.Text), func(s *regexpSearch, text string, yield func(column.Value) error) error {
		var failed error
		err := s.each(text, func(loc []int) bool {
			failed = yield(groupList(text, loc))
			return failed == nil && s.global
		})
		if err != nil {
			return err
		}
		return failed
	})
}

// regexpTable is a table function of one column.
func regexpTable(names, name string, t column.Type, rows func(s *regexpSearch, text string, yield func(column.Value) error) error) *Overload {
	o := overload(names, column.Unknown, regexpParams(names)...)
	plan := regexpPlan{params: paramNames(names), name: name}
	o.Columns = func([]column.Type) []OutCol { return []OutCol{{Name: name, Type: t}} }
	o.Rows = func(c *Ctx, args []column.Value, yield func([]column.Value) error) error {
		s, err := plan.search(c, args)
		if err != nil {
			return err
		}
		defer s.close()
		return rows(s, args[0].(string), func(v column.Value) error { return yield([]column.Value{v}) })
	}
	return o
}

// errOption refuses a flag.
func errOption(flag rune) error {
	return sqlerr.New(sqlerr.CodeInvalidParameter, "invalid regular expression option: \"%c\"", flag).
		WithHint("Options are c, g, i, m, n, q, s and x.")
}
