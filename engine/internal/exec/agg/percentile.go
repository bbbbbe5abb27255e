package agg

import (
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// Percentiles is approx_percentile, percentile_disc and percentile_cont of BIGINT, TIMESTAMP and DECIMAL: it keeps the values' ranks
// and selects among them. One may answer several calls that differ only in the part they ask for.
type Percentiles struct {
	typ    column.Type
	ranks  []uint64
	groups []uint32 // nil while there is one group
	many   bool
}

var _ Accumulator = (*Percentiles)(nil)

// SamePercentiles says whether two calls can be answered by one Percentiles.
func SamePercentiles(a, b *plan.AggCall) bool {
	return isPercentile(a) && isPercentile(b) && a.Filter == nil && b.Filter == nil && sameColumn(a.Args[0], b.Args[0])
}

func sameColumn(a, b plan.Expr) bool {
	x, ok := a.(*plan.ColRef)
	if !ok {
		return false
	}
	y, ok := b.(*plan.ColRef)
	return ok && x.Index == y.Index && x.Typ == y.Typ
}

// isPercentile recognises what Percentiles can compute: one part, known when the statement starts.
func isPercentile(c *plan.AggCall) bool {
	if c.Fn.Func == nil || c.Fn.Func.Class != funcs.OrderedSet || c.Distinct || len(c.Args) != 1 || len(c.Direct) != 1 {
		return false
	}
	if _, ok := c.Direct[0].(*plan.Const); !ok || c.Direct[0].Type() != column.Float64 {
		return false
	}
	switch c.Args[0].Type().Kind {
	case column.KindInt64, column.KindTimestamp:
		return c.Fn.Func.Name == "approx_percentile" || c.Fn.Func.Name == "percentile_disc"
	case column.KindFloat64:
		switch c.Fn.Func.Name {
		case "approx_percentile", "percentile_disc", "percentile_cont":
			return true
		}
	}
	return false
}

// Add keeps the values that are not NULL; the ORDER BY key is the argument once more.
func (p *Percentiles) Add(r *Rows, args []*column.Vector) error {
	v := args[0]
	if r.N == 0 || v.Type.Kind == column.KindUnknown {
		return nil
	}
	ranks := vec.RankOf(v)
	p.many = p.many || r.Groups != nil
	if v.Valid == nil && r.Groups == nil {
		p.ranks = append(p.ranks, ranks...)
		return nil
	}
	for i, x := range ranks {
		if v.IsNull(i) {
			continue
		}
		p.ranks = append(p.ranks, x)
		if r.Groups != nil {
			p.groups = append(p.groups, r.Groups[i])
		}
	}
	return nil
}

// Merge takes over the other's values.
func (p *Percentiles) Merge(o Accumulator, ids []uint32, _ int, _ func() error) error {
	other := o.(*Percentiles)
	p.ranks = append(p.ranks, other.ranks...)
	for _, g := range other.groups {
		p.groups = append(p.groups, ids[g])
	}
	p.many = p.many || other.many
	return nil
}

// Result is not asked for: see ResultOf.
func (p *Percentiles) Result(total int) (*column.Vector, error) { return vec.Nulls(p.typ, total), nil }

// Bytes estimates what is held.
func (p *Percentiles) Bytes() int64 { return int64(cap(p.ranks))*8 + int64(cap(p.groups))*4 }

// ResultOf is the value of one call for each of total groups. A part that is no part is the error that the registry gives.
func (p *Percentiles) ResultOf(ctx *funcs.Ctx, c *plan.AggCall, total int) (*column.Vector, error) {
	direct := c.Direct[0].(*plan.Const).Val
	if _, err := c.Fn.State(ctx, []column.Type{p.typ}, []column.Value{direct}); err != nil {
		return nil, err
	}
	part, ok := direct.(float64)
	if !ok {
		return vec.Nulls(c.Type, total), nil
	}
	desc := len(c.OrderBy) > 0 && c.OrderBy[0].Desc
	out := column.NewBuilder(c.Type, total)
	for _, ranks := range p.byGroup(total) {
		if len(ranks) == 0 {
			out.Append(nil)
			continue
		}
		s := selector{ranks: ranks, desc: desc, typ: p.typ}
		if c.Fn.Func.Name == "percentile_cont" {
			out.Append(s.continuous(part))
		} else {
			out.Append(s.discrete(part))
		}
	}
	return out.Vector(), nil
}

// byGroup splits the ranks.
func (p *Percentiles) byGroup(total int) [][]uint64 {
	out := make([][]uint64, total)
	if !p.many {
		if total > 0 { // GROUP BY over no rows has no group
			out[0] = p.ranks
		}
		return out
	}
	sizes := make([]int, total)
	for _, g := range p.groups {
		sizes[g]++
	}
	all := make([]uint64, len(p.ranks))
	for g, n := range sizes {
		out[g], all = all[:0:n], all[n:]
	}
	for i, g := range p.groups {
		out[g] = append(out[g], p.ranks[i])
	}
	return out
}

// selector reads values by their place in the order.
type selector struct {
	ranks []uint64
	desc  bool
	typ   column.Type
}

func (s *selector) at(place int) column.Value {
	if s.desc {
		place = len(s.ranks) - 1 - place
	}
	return vec.Unranked(s.typ, selectNth(s.ranks, place))
}

// discrete is the first value whose position is at least the part.
func (s *selector) discrete(part float64) column.Value {
	return s.at(max(int(math.Ceil(part*float64(len(s.ranks)))), 1) - 1)
}

// continuous lies between the two values next to the part's place.
func (s *selector) continuous(part float64) column.Value {
	place := part * float64(len(s.ranks)-1)
	lo, hi := math.Floor(place), math.Ceil(place)
	a := s.at(int(lo)).(float64)
	if lo == hi {
		return a
	}
	b := s.at(int(hi)).(float64)
	if a == b {
		return a
	}
	return a + (b-a)*(place-lo)
}
