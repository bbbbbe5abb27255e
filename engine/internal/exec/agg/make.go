package agg

import (
	"hash/maphash"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// Spec is an aggregate call.
type Spec struct {
	Ctx  *funcs.Ctx
	Call *plan.AggCall
	// Grouped says that there are keys: otherwise all rows are of one group.
	Grouped bool
	// Each runs work for 0 to n-1, on several goroutines if there are.
	Each func(n int, work func(i int) error) error
	// Charge takes memory for results, or gives the error that the statement ends with; nil: there is no limit.
	Charge func(bytes int64) error

	seed maphash.Seed
}

// NewSpec is what the accumulators of all workers are made from.
func NewSpec(ctx *funcs.Ctx, call *plan.AggCall, grouped bool, each func(n int, work func(i int) error) error) *Spec {
	return &Spec{Ctx: ctx, Call: call, Grouped: grouped, Each: each, seed: maphash.MakeSeed()}
}

// New makes the accumulator of a call. Its Add wants the call's arguments, then its ORDER BY keys.
func (s *Spec) New() Accumulator {
	if a := s.native(); a != nil {
		return a
	}
	if isPercentile(s.Call) {
		return &Percentiles{typ: s.Call.Args[0].Type()}
	}
	k := &kept{ctx: s.Ctx, charge: s.Charge, fn: s.Call.Fn, result: s.Call.Type, distinct: s.Call.Distinct, order: s.Call.OrderBy}
	for _, x := range s.Call.Args {
		k.types = append(k.types, x.Type())
	}
	return k
}

// native is nil for what has no code here.
func (s *Spec) native() Accumulator {
	c := s.Call
	if c.Fn.Func == nil || c.Fn.Func.Class != funcs.Aggregate {
		return nil
	}
	name := c.Fn.Func.Name
	distinct := c.Distinct
	switch name {
	case "min", "max", "bool_and", "bool_or", "every":
		distinct = false // repeated values change nothing
	}
	switch {
	case distinct && name == "count" && len(c.Args) == 1:
		if !s.Grouped && c.Args[0].Type().Kind == column.KindText {
			return newDistinctTexts(s.seed, s.Each)
		}
		return newDistinctPairs(c.Args[0].Type())
	case distinct:
		return nil
	case name == "count":
		return &Count{}
	case len(c.Args) != 1:
		return nil
	}
	return nativeOf(name, c.Args[0].Type())
}

func nativeOf(name string, arg column.Type) Accumulator {
	switch {
	case name == "bool_and" || name == "every":
		return &boolFold{decisive: false}
	case name == "bool_or":
		return &boolFold{decisive: true}
	}
	switch arg.Kind {
	case column.KindInt64, column.KindTimestamp:
		switch name {
		case "min", "max":
			return newIntExtreme(arg, name == "max")
		case "sum", "avg":
			return &intSum{mean: name == "avg"}
		}
	case column.KindFloat64:
		if name == "sum" || name == "avg" {
			return &floatSum{mean: name == "avg"}
		}
	case column.KindText:
		if name == "min" || name == "max" {
			return &textExtreme{max: name == "max"}
		}
	}
	return nil
}
