package agg

import (
	"cmp"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// kept keeps the rows and feeds them to the registry's states at the end, group by group, in the order of the rows or of ORDER BY:
// right for every aggregate.
type kept struct {
	ctx      *funcs.Ctx
	charge   func(bytes int64) error
	fn       *funcs.Overload
	types    []column.Type // of the arguments
	result   column.Type
	distinct bool
	order    []plan.SortKey
	direct   func(group int) []column.Value

	parts []keptPart
	bytes int64
}

// keptPart is the rows of one batch: the arguments, then the ORDER BY keys.
type keptPart struct {
	origin uint64
	groups []uint32 // nil: all of group 0
	n      int
	cols   []*column.Vector
}

var _ Accumulator = (*kept)(nil)

var _ Direct = (*kept)(nil)

// SetDirect is called before Result.
func (a *kept) SetDirect(direct func(group int) []column.Value) { a.direct = direct }

func (a *kept) Add(r *Rows, args []*column.Vector) error {
	if r.N == 0 {
		return nil
	}
	p := keptPart{origin: r.Origin, n: r.N, cols: args, groups: slices.Clone(r.Groups)}
	a.parts = append(a.parts, p)
	a.bytes += int64(r.N) * 4
	for _, v := range args {
		a.bytes += vec.Bytes(v)
	}
	return nil
}

func (a *kept) Merge(o Accumulator, ids []uint32, _ int, _ func() error) error {
	other := o.(*kept)
	for _, p := range other.parts {
		for i, g := range p.groups {
			p.groups[i] = ids[g]
		}
		if p.groups == nil && ids[0] != 0 {
			p.groups = make([]uint32, p.n)
			fill(p.groups, ids[0])
		}
		a.parts = append(a.parts, p)
	}
	a.bytes += other.bytes
	return nil
}

func (a *kept) Bytes() int64 { return a.bytes }

// byGroup lists the rows of each group, in the order of the rows: those of group g are refs[starts[g]:starts[g+1]].
func (a *kept) byGroup(total int) (refs []vec.Ref, starts []int) {
	slices.SortStableFunc(a.parts, func(x, y keptPart) int { return cmp.Compare(x.origin, y.origin) })
	starts = make([]int, total+1)
	for _, p := range a.parts {
		if p.groups == nil {
			starts[1] += p.n
			continue
		}
		for _, g := range p.groups {
			starts[g+1]++
		}
	}
	for g := range total {
		starts[g+1] += starts[g]
	}
	next := slices.Clone(starts)
	refs = make([]vec.Ref, starts[total])
	for c, p := range a.parts {
		for i := range p.n {
			var g uint32
			if p.groups != nil {
				g = p.groups[i]
			}
			refs[next[g]] = vec.MakeRef(c, i)
			next[g]++
		}
	}
	return refs, starts
}

// refBytes is what a row takes while the rows are put in order by group: its place, twice.
const refBytes = 2 * 8

func (a *kept) Result(total int) (*column.Vector, error) {
	rows := 0
	for _, p := range a.parts {
		rows += p.n
	}
	if err := a.grow(int64(rows) * refBytes); err != nil {
		return nil, err
	}
	refs, starts := a.byGroup(total)
	out := column.NewBuilder(a.result, total)
	for g := range total {
		x, err := a.group(g, refs[starts[g]:starts[g+1]])
		if err != nil {
			return nil, err
		}
		out.Append(x)
	}
	return out.Vector(), nil
}

// group computes one group's value.
func (a *kept) group(g int, refs []vec.Ref) (column.Value, error) {
	var direct []column.Value
	if a.direct != nil {
		direct = a.direct(g)
	}
	state, err := a.fn.State(a.ctx, a.types, direct)
	if err != nil {
		return nil, err
	}
	refs = a.counted(refs)
	if a.distinct {
		refs = a.firsts(refs)
	}
	if a.distinct || len(a.order) > 0 {
		if refs, err = a.sorted(refs); err != nil {
			return nil, err
		}
	}
	args := make([]column.Value, len(a.types))
	var fed int64 // bytes
	for i, r := range refs {
		if i%aliveRows == 0 {
			if err := a.aliveWith(fed); err != nil {
				return nil, err
			}
			fed = 0
		}
		a.args(args, r)
		fed += budget.SizeOfRow(args)
		if err := state.Add(slices.Clone(args)); err != nil {
			return nil, err
		}
	}
	if err := a.grow(fed); err != nil {
		return nil, err
	}
	return state.Result()
}

func (a *kept) grow(bytes int64) error {
	if a.charge == nil {
		return nil
	}
	return a.charge(bytes)
}

// aliveWith is alive, once some more bytes were fed to a state. States mostly keep what they are fed.
func (a *kept) aliveWith(bytes int64) error {
	if err := a.grow(bytes); err != nil {
		return err
	}
	return a.alive()
}

// aliveRows is how many rows are fed between two looks at whether the statement was canceled.
const aliveRows = 4096

func (a *kept) alive() error {
	if a.ctx.Context == nil {
		return nil
	}
	return budget.Canceled(a.ctx.Context)
}

// sorted orders the rows, stably: runs first, which are then merged, so that a sort of many can be stopped.
func (a *kept) sorted(refs []vec.Ref) ([]vec.Ref, error) {
	const run = 1 << 14
	for part := range slices.Chunk(refs, run) {
		if err := a.alive(); err != nil {
			return nil, err
		}
		slices.SortStableFunc(part, a.compare)
	}
	for size := run; size < len(refs); size *= 2 {
		out := make([]vec.Ref, 0, len(refs))
		for two := range slices.Chunk(refs, 2*size) {
			if err := a.alive(); err != nil {
				return nil, err
			}
			out = a.merged(out, two[:min(size, len(two))], two[min(size, len(two)):])
		}
		refs = out
	}
	return refs, nil
}

func (a *kept) merged(dst, x, y []vec.Ref) []vec.Ref {
	for len(x) > 0 && len(y) > 0 {
		if a.compare(x[0], y[0]) <= 0 {
			dst, x = append(dst, x[0]), x[1:]
		} else {
			dst, y = append(dst, y[0]), y[1:]
		}
	}
	return append(append(dst, x...), y...)
}

func (a *kept) args(dst []column.Value, r vec.Ref) {
	cols := a.parts[r.Chunk()].cols
	for i := range dst {
		dst[i] = cols[i].Value(r.Row())
	}
}

// counted leaves out the rows with a NULL argument, unless the aggregate counts those.
func (a *kept) counted(refs []vec.Ref) []vec.Ref {
	if a.fn.NullCalled {
		return refs
	}
	return slices.DeleteFunc(refs, func(r vec.Ref) bool {
		for _, v := range a.parts[r.Chunk()].cols[:len(a.types)] {
			if v.IsNull(r.Row()) {
				return true
			}
		}
		return false
	})
}

// firsts keeps of the rows with equal arguments the first.
func (a *kept) firsts(refs []vec.Ref) []vec.Ref {
	seen := make(map[string]struct{})
	var key []byte
	return slices.DeleteFunc(refs, func(r vec.Ref) bool {
		key = key[:0]
		for _, v := range a.parts[r.Chunk()].cols[:len(a.types)] {
			key = sqltype.AppendKey(key, v.Value(r.Row()))
		}
		_, known := seen[string(key)]
		if !known {
			seen[string(key)] = struct{}{}
		}
		return known
	})
}

// compare orders by ORDER BY; DISTINCT rows that it leaves equal by their arguments, as PostgreSQL's sort for DISTINCT leaves them.
func (a *kept) compare(x, y vec.Ref) int {
	xs, ys := a.parts[x.Chunk()].cols, a.parts[y.Chunk()].cols
	n := len(a.types)
	for k, key := range a.order {
		if c := compareBy(key, xs[n+k], x.Row(), ys[n+k], y.Row()); c != 0 {
			return c
		}
	}
	if a.distinct {
		for i := range n {
			if c := compareBy(plan.SortKey{}, xs[i], x.Row(), ys[i], y.Row()); c != 0 {
				return c
			}
		}
	}
	return 0
}

func compareBy(key plan.SortKey, a *column.Vector, i int, b *column.Vector, j int) int {
	an, bn := a.IsNull(i), b.IsNull(j)
	switch {
	case an && bn:
		return 0
	case an || bn:
		if an == key.NullsFirst {
			return -1
		}
		return 1
	}
	c := vec.Compare(a, i, b, j)
	if key.Desc {
		return -c
	}
	return c
}
