package exec

import (
	"cmp"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
)

// sorting orders its input, stably.
type sorting struct {
	input operator
	order *ordering
	types []column.Type
}

func (b *builder) sort(n *plan.Sort) (operator, error) {
	input, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	order, err := b.ordering(n.Keys)
	if err != nil {
		return nil, err
	}
	return &sorting{input: input, order: order, types: typesOf(n)}, nil
}

func (o *sorting) run(x *run, out consumer) (int64, error) {
	r, acc, err := x.collect(o, o.input, o.types)
	if err != nil {
		return 0, err
	}
	defer acc.close()
	refs, err := o.order.sorted(x, r, acc)
	if err != nil {
		return 0, err
	}
	return r.emitRefs(x, refs, out)
}

// sortEntry is a row with the rank of its first key.
type sortEntry struct {
	rank uint64
	ref  vec.Ref
}

// sorter orders the rows of several chunks.
type sorter struct {
	order *ordering
	keys  [][]*column.Vector // by chunk
	exact bool               // equal ranks mean equal first keys
}

// sorted gives the rows in order. Each worker sorts a part by the rank of the first key, rows without one apart; then the parts
// are merged.
func (o *ordering) sorted(x *run, r *rows, acc *accounts) ([]vec.Ref, error) {
	s := &sorter{order: o, keys: make([][]*column.Vector, len(r.chunks))}
	if err := s.evaluate(x, r, acc); err != nil {
		return nil, err
	}
	firsts := make([]*column.Vector, len(s.keys))
	for c, keys := range s.keys {
		firsts[c] = keys[0]
	}
	ranks := vec.NewRanker(o.exprs[0].Type(), firsts, &x.ranks)
	s.exact = ranks.Exact
	parts := make([][2][]sortEntry, len(r.chunks)) // by chunk: rows whose first key is NULL, and the others
	err := x.each(len(r.chunks), func(_, c int) error {
		parts[c] = entries(ranks.Of(firsts[c]), firsts[c], c, o.keys[0].Desc)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]vec.Ref, 0, r.n)
	classes := []int{1, 0}
	if o.keys[0].NullsFirst {
		classes = []int{0, 1}
	}
	for _, class := range classes {
		lists := make([][]sortEntry, len(parts))
		for c := range parts {
			lists[c] = parts[c][class]
		}
		sorted, err := sortAll(x, slices.Concat(lists...), s.comparator(class == 0))
		if err != nil {
			return nil, err
		}
		for _, e := range sorted {
			out = append(out, e.ref)
		}
	}
	return out, nil
}

// evaluate computes the keys of all rows, texts in a form that is cheap to read again and again.
func (s *sorter) evaluate(x *run, r *rows, acc *accounts) error {
	return x.each(len(r.chunks), func(w, c int) error {
		keys, err := eval.EvalAll(s.order.exprs, eval.NewFrame(r.chunks[c]))
		if err != nil {
			return err
		}
		size := int64(r.chunks[c].N) * int64(16+8*len(keys))
		for i, v := range keys {
			var more int64
			if keys[i], more = vec.Solid(v); more > 0 {
				size += more
			}
		}
		s.keys[c] = keys
		return acc.grow(w, size)
	})
}

// entries are the rows of chunk c: those whose key is NULL, and the others.
func entries(ranks []uint64, key *column.Vector, c int, desc bool) [2][]sortEntry {
	var null []sortEntry
	some := make([]sortEntry, 0, key.N)
	for i, rank := range ranks {
		ref := vec.MakeRef(c, i)
		switch {
		case key.IsNull(i):
			null = append(null, sortEntry{ref: ref})
		case desc:
			some = append(some, sortEntry{^rank, ref})
		default:
			some = append(some, sortEntry{rank, ref})
		}
	}
	return [2][]sortEntry{null, some}
}

// comparator orders by rank, then by the keys that the rank does not decide, then by the order of the rows.
func (s *sorter) comparator(null bool) func(a, b sortEntry) int {
	from := 0
	if null || s.exact {
		from = 1
	}
	return func(a, b sortEntry) int {
		switch {
		case a.rank < b.rank:
			return -1
		case a.rank > b.rank:
			return 1
		}
		x, y := s.keys[a.ref.Chunk()], s.keys[b.ref.Chunk()]
		for k := from; k < len(x); k++ {
			if c := s.order.compareKey(k, x[k], a.ref.Row(), y[k], b.ref.Row()); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.ref, b.ref)
	}
}
