package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// orderedSetFunctions are the aggregates over sorted rows, called with WITHIN GROUP (ORDER BY value). The first parameter is the
// direct argument, the second the sorted value.
func orderedSetFunctions() []*Function {
	s := section{"Aggregate"}
	set := func(source, name, doc string, examples []Example, overloads ...*Overload) *Function {
		return s.entry(OrderedSet, source, name, doc, examples, overloads)
	}
	rows := " WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (3), (10)) AS t(x)"
	discrete := func() []*Overload { return []*Overload{discreteOverload(), discreteListOverload()} }
	return []*Function{
		set("DDSQL", "approx_percentile", "The value below which a part of the values lies, from 0 to 1, of their type. It is exact here: "+
			"the first value whose position is at least that part.",
			shows("SELECT approx_percentile(0.5)"+rows, "2"), discreteOverload()),
		set("PostgreSQL", "percentile_disc", "The first value whose position in the order is at least the given part, from 0 to 1; of an array of "+
			"parts an array.",
			shows("SELECT percentile_disc(0.5)"+rows, "2", "SELECT percentile_disc(ARRAY[0.25, 1])"+rows, "{1,10}"), discrete()...),
		set("PostgreSQL", "percentile_cont", "The value at the given part of the order, from 0 to 1, between two values if need be, as DECIMAL; of an "+
			"array of parts an array.",
			shows("SELECT percentile_cont(0.5)"+rows, "2.5"), continuousOverloads()...),
		set("PostgreSQL", "mode", "The most frequent value; of several the first in the order.",
			shows("SELECT mode() WITHIN GROUP (ORDER BY x) FROM (VALUES (1), (2), (2)) AS t(x)", "2"), modeOverload()),
	}
}

func discreteOverload() *Overload {
	o := overload("part, value", column.Unknown, column.Float64, column.Unknown).poly(AnyElem, Exact, AnyElem)
	return percentile(o, discreteAt)
}

func discreteListOverload() *Overload {
	o := overload("parts, value", column.Unknown, column.ListOf(column.Float64), column.Unknown).poly(AnyList, Exact, AnyElem)
	return percentile(o, discreteAt)
}

// continuousOverloads are of DECIMAL and of INTERVAL, each for one part and for an array of parts.
func continuousOverloads() []*Overload {
	of := func(t column.Type, at percentileAt) []*Overload {
		list := column.ListOf(t)
		return []*Overload{
			percentile(overload("part, value", t, column.Float64, t), at),
			percentile(overload("parts, value", list, column.ListOf(column.Float64), t).gives(list), at),
		}
	}
	return append(of(column.Float64, continuousAt), of(column.IntervalT, continuousIntervalAt)...)
}

// percentileAt picks the value at a part, from 0 to 1, of sorted values, of which there is at least one.
type percentileAt func(sorted []column.Value, part float64) (column.Value, error)

func percentile(o *Overload, at percentileAt) *Overload {
	o.State = func(_ *Ctx, args []column.Type, direct []column.Value) (State, error) {
		parts, err := percentileParts(direct[0])
		if err != nil {
			return nil, err
		}
		_, list := direct[0].(*column.List)
		return &percentileState{at: at, parts: parts, list: list, elem: args[len(args)-1]}, nil
	}
	return o
}

// percentileParts are the parts asked for, nil for a NULL, checked to lie between 0 and 1.
func percentileParts(direct column.Value) ([]*float64, error) {
	items := []column.Value{direct}
	if list, ok := direct.(*column.List); ok {
		items = list.Items
	}
	parts := make([]*float64, len(items))
	for i, item := range items {
		p, ok := item.(float64)
		if !ok {
			continue
		}
		if !(p >= 0 && p <= 1) {
			return nil, sqlerr.New(sqlerr.CodeOutOfRange, "percentile value %s is not between 0 and 1", column.AppendFloat(nil, p))
		}
		parts[i] = &p
	}
	return parts, nil
}

// percentileState keeps the values, which come sorted.
type percentileState struct {
	at     percentileAt
	parts  []*float64
	list   bool
	elem   column.Type
	values []column.Value
}

var _ State = (*percentileState)(nil)

func (s *percentileState) Add(args []column.Value) error {
	s.values = append(s.values, args[len(args)-1])
	return nil
}

func (s *percentileState) Merge(other State) error {
	s.values = append(s.values, other.(*percentileState).values...)
	return nil
}

func (s *percentileState) Result() (column.Value, error) {
	if len(s.values) == 0 || len(s.parts) == 0 {
		return nil, nil
	}
	out := &column.List{Elem: s.elem, Items: make([]column.Value, len(s.parts))}
	for i, p := range s.parts {
		if p == nil {
			continue
		}
		var err error
		if out.Items[i], err = s.at(s.values, *p); err != nil {
			return nil, err
		}
	}
	if s.list {
		return out, nil
	}
	return out.Items[0], nil
}

func discreteAt(sorted []column.Value, part float64) (column.Value, error) {
	row := int(math.Ceil(part * float64(len(sorted))))
	return sorted[max(row, 1)-1], nil
}

func continuousAt(sorted []column.Value, part float64) (column.Value, error) {
	lo, hi, between := place(len(sorted), part)
	a, b := sorted[lo].(float64), sorted[hi].(float64)
	if lo == hi || a == b {
		return a, nil
	}
	return a + (b-a)*between, nil
}

func continuousIntervalAt(sorted []column.Value, part float64) (column.Value, error) {
	lo, hi, between := place(len(sorted), part)
	if lo == hi {
		return sorted[lo], nil
	}
	x, err := intervalBetween(sorted[lo].(column.Interval), sorted[hi].(column.Interval), between)
	if err != nil {
		return nil, err
	}
	return x, nil
}

func modeOverload() *Overload {
	o := safe(overload("value", column.Unknown, column.Unknown).poly(AnyElem, AnyElem))
	o.State = func(*Ctx, []column.Type, []column.Value) (State, error) { return new(modeState), nil }
	return o
}

// modeState keeps the values, which come sorted, as runs of equal ones.
type modeState struct{ runs []valueRun }

type valueRun struct {
	value column.Value
	n     int64
}

var _ State = (*modeState)(nil)

func (s *modeState) Add(args []column.Value) error {
	s.add(valueRun{args[len(args)-1], 1})
	return nil
}

func (s *modeState) add(r valueRun) {
	if last := len(s.runs) - 1; last >= 0 && sqltype.CompareValues(s.runs[last].value, r.value) == 0 {
		s.runs[last].n += r.n
		return
	}
	s.runs = append(s.runs, r)
}

func (s *modeState) Merge(other State) error {
	for _, r := range other.(*modeState).runs {
		s.add(r)
	}
	return nil
}

func (s *modeState) Result() (column.Value, error) {
	var best valueRun
	for _, r := range s.runs {
		if r.n > best.n {
			best = r
		}
	}
	return best.value, nil
}
