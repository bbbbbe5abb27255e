package agg

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// Groups gives rows with equal keys one number, from 0 in order of first sight. It belongs to one goroutine.
type Groups struct {
	types []column.Type
	cols  []keyColumn
	pairs []*pairTable // pairs[i] joins the numbers of the first i+1 columns with column i+1
	dense denseTable   // of a single column whose numbers have gaps
	n     int

	seen   []*column.Batch // the keys of the groups as they were first met
	at     []vec.Ref       // for each group, its keys' place in seen
	first  []uint64        // for each group, where its first row was
	ids    []uint32        // scratch
	fresh  []int32         // scratch: the rows that start a group
	stored int64           // bytes of seen
}

// NewGroups makes an empty set for keys of these types, of which there is at least one.
func NewGroups(types []column.Type) *Groups {
	g := &Groups{types: types}
	codes := make([]bool, len(types))
	for i := range codes {
		codes[i] = true
	}
	g.reset(codes)
	return g
}

func (g *Groups) reset(codes []bool) {
	g.cols, g.pairs, g.dense, g.n = nil, nil, denseTable{}, 0
	for i, t := range g.types {
		g.cols = append(g.cols, newKeyColumn(t, codes[i]))
		if i > 0 {
			g.pairs = append(g.pairs, &pairTable{})
		}
	}
}

// Len is the number of groups.
func (g *Groups) Len() int { return g.n }

// Assign writes the group of each of n rows to out. origin is where row 0 is among all rows of the statement.
func (g *Groups) Assign(keys []*column.Vector, n int, origin uint64, out []uint32) {
	before := g.n
	g.number(keys, n, out)
	if g.n == before {
		return
	}
	g.fresh = g.fresh[:0]
	next := uint32(before)
	for i, id := range out[:n] {
		if id == next {
			g.fresh = append(g.fresh, int32(i))
			g.first = append(g.first, origin+uint64(i))
			g.at = append(g.at, vec.MakeRef(len(g.seen), len(g.fresh)-1))
			next++
		}
	}
	b := &column.Batch{N: len(g.fresh), Cols: make([]*column.Vector, len(keys))}
	idx := append([]int32(nil), g.fresh...)
	for i, v := range keys {
		b.Cols[i] = vec.Gather(v, idx)
	}
	g.seen = append(g.seen, b)
	g.stored += int64(len(idx)) * int64(8+16*len(keys))
}

// number is Assign without remembering keys.
func (g *Groups) number(keys []*column.Vector, n int, out []uint32) {
	for i, col := range g.cols {
		if i == 0 {
			if !col.ids(keys[0], out[:n]) {
				g.fallBack(0)
				g.number(keys, n, out)
				return
			}
			continue
		}
		if cap(g.ids) < n {
			g.ids = make([]uint32, n)
		}
		ids := g.ids[:n]
		if !col.ids(keys[i], ids) {
			g.fallBack(i)
			g.number(keys, n, out)
			return
		}
		left := g.cols[0].limit()
		if i > 1 {
			left = g.pairs[i-2].n
		}
		g.pairs[i-1].join(out[:n], ids, left, col.limit())
	}
	if len(g.pairs) > 0 {
		g.n = g.pairs[len(g.pairs)-1].n
		return
	}
	g.dense.renumber(out[:n], g.cols[0].limit())
	g.n = g.dense.n
}

// fallBack numbers a coded column by its texts from now on. The groups keep their numbers: their keys are put in again, in order.
func (g *Groups) fallBack(which int) {
	codes := make([]bool, len(g.cols))
	for i, c := range g.cols {
		_, isCodes := c.(*codeKeys)
		codes[i] = isCodes && i != which
	}
	n := g.n
	g.reset(codes)
	if n == 0 {
		return
	}
	keys, _ := g.Keys()
	g.number(keys, n, make([]uint32, n))
}

// Keys are the keys of all groups, in the order of their numbers, and where the first row of each was.
func (g *Groups) Keys() (keys []*column.Vector, first []uint64) {
	keys = make([]*column.Vector, len(g.types))
	for i, t := range g.types {
		chunks := make([]*column.Vector, len(g.seen))
		for c, b := range g.seen {
			chunks[c] = b.Cols[i]
		}
		keys[i] = vec.GatherRefs(t, chunks, g.at)
	}
	return keys, g.first
}

// mergeRows is how many groups are merged between two looks at whether the statement was canceled.
const mergeRows = 1 << 14

// Merge takes in the groups of another set and gives, for each of them, its number here. alive is asked from time to time.
func (g *Groups) Merge(o *Groups, alive func() error) ([]uint32, error) {
	if o.n == 0 {
		return nil, nil
	}
	keys, first := o.Keys()
	ids := make([]uint32, o.n)
	for from := 0; from < o.n; from += mergeRows {
		if err := alive(); err != nil {
			return nil, err
		}
		to := min(from+mergeRows, o.n)
		part := make([]*column.Vector, len(keys))
		for i, v := range keys {
			part[i] = vec.Range(v, from, to)
		}
		g.mergePart(part, first[from:to], ids[from:to])
	}
	g.stored += int64(o.n) * int64(8+16*len(keys))
	return ids, nil
}

func (g *Groups) mergePart(keys []*column.Vector, first []uint64, ids []uint32) {
	before := g.n
	g.number(keys, len(ids), ids)
	chunk := len(g.seen)
	for i, id := range ids {
		switch at := vec.MakeRef(chunk, i); {
		case int(id) >= before:
			g.first, g.at = append(g.first, first[i]), append(g.at, at)
		case first[i] < g.first[id]:
			g.first[id], g.at[id] = first[i], at // equal keys may still look different: 0 and -0
		}
	}
	g.seen = append(g.seen, &column.Batch{N: len(ids), Cols: keys})
}

// Bytes estimates what is held.
func (g *Groups) Bytes() int64 {
	total := g.stored
	for _, c := range g.cols {
		total += c.bytes()
	}
	for _, p := range g.pairs {
		total += p.bytes()
	}
	return total
}
