package rowexec

import (
	"iter"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// index finds rows by the values of their keys; NULL is a value like others.
type index map[string][]int32

func (x index) add(key []column.Value, row int32) {
	k := string(appendKeys(nil, key))
	x[k] = append(x[k], row)
}

func (x index) find(key []column.Value) []int32 { return x[string(appendKeys(nil, key))] }

func appendKeys(dst []byte, key []column.Value) []byte {
	for _, v := range key {
		dst = sqltype.AppendKey(dst, v)
	}
	return dst
}

// matcher answers (a, b, …) = (key of a row) for all rows at once, in three-valued logic: a row may match where, on either side, some
// value is NULL and the others are equal. Rows are grouped by which of their values are NULL, so that no question looks at each row.
type matcher struct {
	groups map[string]*nullGroup
	order  []*nullGroup
}

// nullGroup is the rows whose NULLs are in the same places.
type nullGroup struct {
	nulls   string // one byte a column: 1 where it is NULL
	keys    [][]column.Value
	rows    []int32
	indexes map[string]index // by the NULLs of who asks
}

func newMatcher() *matcher { return &matcher{groups: map[string]*nullGroup{}} }

// add adds a row by its key, which is kept.
func (m *matcher) add(key []column.Value, row int32) {
	nulls := nullsOf(key)
	g := m.groups[nulls]
	if g == nil {
		g = &nullGroup{nulls: nulls, indexes: map[string]index{}}
		if !slices.Contains([]byte(nulls), 1) {
			g.indexes[nulls] = index{} // nearly all rows are here, and nearly all questions: it is not left until all must wait for it
		}
		m.groups[nulls] = g
		m.order = append(m.order, g)
	}
	g.keys, g.rows = append(g.keys, key), append(g.rows, row)
	if x, ok := g.indexes[nulls]; ok {
		x.add(g.known(key, nulls), row)
	}
}

// certain are the rows that equal the key.
func (m *matcher) certain(key []column.Value) []int32 {
	nulls := nullsOf(key)
	g := m.groups[nulls]
	if g == nil || slices.Contains([]byte(nulls), 1) {
		return nil
	}
	return g.find(key, nulls)
}

// possible are the rows for which equality with the key is NULL.
func (m *matcher) possible(key []column.Value) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		nulls := nullsOf(key)
		for _, g := range m.order {
			if !slices.Contains([]byte(nulls+g.nulls), 1) {
				continue
			}
			for _, row := range g.find(key, nulls) {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// find gives the rows of the group whose values equal the key's wherever neither is NULL.
func (g *nullGroup) find(key []column.Value, nulls string) []int32 {
	x, ok := g.indexes[nulls]
	if !ok {
		x = index{}
		for i, k := range g.keys {
			x.add(g.known(k, nulls), g.rows[i])
		}
		g.indexes[nulls] = x
	}
	return x.find(g.known(key, nulls))
}

// known leaves of a key the values of the columns that are NULL neither in the group nor for who asks.
func (g *nullGroup) known(key []column.Value, nulls string) []column.Value {
	out := make([]column.Value, 0, len(key))
	for i, v := range key {
		if g.nulls[i] == 0 && nulls[i] == 0 {
			out = append(out, v)
		}
	}
	return out
}

func nullsOf(key []column.Value) string {
	nulls := make([]byte, len(key))
	for i, v := range key {
		if v == nil {
			nulls[i] = 1
		}
	}
	return string(nulls)
}
