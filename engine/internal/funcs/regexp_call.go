package funcs

import (
	"github.com/credsql/credsql/engine/column"
)

// regexpCall makes an overload of a regular expression function: strict, compiled once a statement where pattern and flags are
// constant, and computed once a distinct text where the text is dictionary-coded. names are the parameters' names, the text and
// the pattern first; they say what each argument means.
func regexpCall[R native](names string, fold bool, name string, run func(s *regexpSearch, text string) (R, bool, error)) *Overload {
	o := overload(names, typeOf[R](), regexpParams(names)...)
	r := &regexpRun[R]{o: o, plan: regexpPlan{params: paramNames(names), name: name, fold: fold}, run: run}
	o.Row = func(c *Ctx, args []column.Value) (column.Value, error) { return r.row(c, args, r.plan.search) }
	o.Vec = func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error) {
		return r.vec(c, args, n, r.plan.search)
	}
	o.Bind = r.bind
	return o
}

// regexpRun is one overload.
type regexpRun[R native] struct {
	o    *Overload
	plan regexpPlan
	run  func(s *regexpSearch, text string) (R, bool, error)
}

// opener prepares a search with a row's arguments.
type opener func(c *Ctx, args []column.Value) (*regexpSearch, error)

func (r *regexpRun[R]) row(c *Ctx, args []column.Value, open opener) (column.Value, error) {
	s, err := open(c, args)
	if err != nil {
		return nil, err
	}
	defer s.close()
	return boxed(r.run(s, args[0].(string)))
}

// vec prepares a search for each change of the arguments after the text.
func (r *regexpRun[R]) vec(c *Ctx, args []*column.Vector, n int, open opener) (*column.Vector, error) {
	var s *regexpSearch
	closeSearch := func() {
		if s != nil {
			s.close()
		}
	}
	defer func() { closeSearch() }()
	return kernel(r.o, func(c *Ctx, args []*column.Vector) cell[R] {
		closeSearch()
		s = nil
		text := viewOf[string](args[0])
		row := make([]column.Value, len(args))
		fixed := allConst(args[1:])
		return func(i int) (R, bool, error) {
			if s == nil || !fixed && changed(row, args, i) {
				closeSearch()
				s = nil
				changed(row, args, i)
				var err error
				if s, err = open(c, row); err != nil {
					var none R
					return none, false, err
				}
			}
			return r.run(s, text.at(i))
		}
	})(c, args, n)
}

// changed fills row with the arguments after the text, and says whether one differs from before.
func changed(row []column.Value, args []*column.Vector, i int) bool {
	differs := false
	for k := 1; k < len(args); k++ {
		if v := args[k].Value(i); v != row[k] {
			row[k], differs = v, true
		}
	}
	return differs
}

// bind compiles a constant pattern once a statement. A pattern that is wrong is left to the first row that meets it: without rows
// there is no error.
func (r *regexpRun[R]) bind(_ *Ctx, args []Constant) (*Bound, error) {
	known := make([]column.Value, len(args))
	for i, name := range r.plan.params {
		if name != "pattern" && name != "flags" {
			continue
		}
		if !args[i].Known || args[i].Value == nil {
			return nil, nil
		}
		known[i] = args[i].Value
	}
	re, global, err := r.plan.pattern(known)
	if err != nil {
		return nil, nil //nolint:nilerr // see above
	}
	open := func(c *Ctx, args []column.Value) (*regexpSearch, error) { return r.plan.with(c, re, global, args) }
	return &Bound{
		Row: func(c *Ctx, args []column.Value) (column.Value, error) { return r.row(c, args, open) },
		Vec: func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error) { return r.vec(c, args, n, open) },
	}, nil
}
