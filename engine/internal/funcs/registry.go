package funcs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// Registry knows every function, operator and cast. It never changes after New and may be shared.
type Registry struct {
	all       []*Function
	byName    map[string]*Function
	operators map[string][]*Overload
	casts     map[[2]column.Type]*cast
}

// New builds the registry of everything that credsql can compute.
func New() *Registry {
	r := &Registry{byName: map[string]*Function{}, operators: map[string][]*Overload{}}
	for _, category := range [][]*Function{
		comparisonOperators(),
		arithmeticOperators(),
		bitOperators(),
		numericFunctions(),
		stringFunctions(),
		patternFunctions(),
		conditionalFunctions(),
		aggregateFunctions(),
		statisticFunctions(),
		orderedSetFunctions(),
		windowFunctions(),
		dateFunctions(),
		charFunctions(),
		intervalFunctions(),
		regexpFunctions(),
		jsonFunctions(),
		jsonMaking(),
		inetFunctions(),
		hstoreFunctions(),
		arrayFunctions(),
		arrayConcatenation(),
		tableFunctions(),
		mysqlFunctions(),
	} {
		for _, f := range category {
			r.add(f)
		}
	}
	r.casts = casts()
	return r
}

// add enters a function. Operators of one sign come from several categories; a function has its name alone.
func (r *Registry) add(f *Function) {
	for _, o := range f.Overloads {
		o.Func = f
	}
	r.all = append(r.all, f)
	if f.Class == Operator {
		r.operators[f.Name] = append(r.operators[f.Name], f.Overloads...)
		return
	}
	if r.byName[f.Name] != nil {
		panic(fmt.Sprintf("funcs: %s is registered twice", f.Name))
	}
	r.byName[f.Name] = f
}

// Lookup finds what is called by a lower-case name, nil when there is none. Hidden functions are found as well.
func (r *Registry) Lookup(name string) *Function { return r.byName[name] }

// Functions are all listed functions, sorted by name; operators and hidden functions are left out.
func (r *Registry) Functions() []*Function {
	return r.sorted(func(f *Function) bool { return f.Class != Operator && !f.Hidden })
}

// Operators are all listed operators, sorted by sign. A sign has one entry for each category that gives it a meaning.
func (r *Registry) Operators() []*Function {
	return r.sorted(func(f *Function) bool { return f.Class == Operator && !f.Hidden })
}

func (r *Registry) sorted(keep func(*Function) bool) []*Function {
	var out []*Function
	for _, f := range r.all {
		if keep(f) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *Function) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// since is the version that a function first appeared in.
const since = "0.1.0"
