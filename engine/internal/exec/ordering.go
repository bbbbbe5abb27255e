package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
)

// ordering is an ORDER BY.
type ordering struct {
	exprs []*eval.Expr
	keys  []plan.SortKey
}

func (b *builder) ordering(keys []plan.SortKey) (*ordering, error) {
	o := &ordering{keys: keys}
	env := b.expressions()
	for _, k := range keys {
		x, err := env.Compile(k.Expr)
		if err != nil {
			return nil, err
		}
		o.exprs = append(o.exprs, x)
	}
	return o, nil
}

// compare orders row i of keys a against row j of keys b.
func (o *ordering) compare(a []*column.Vector, i int, b []*column.Vector, j int) int {
	for k := range o.keys {
		if c := o.compareKey(k, a[k], i, b[k], j); c != 0 {
			return c
		}
	}
	return 0
}

func (o *ordering) compareKey(k int, a *column.Vector, i int, b *column.Vector, j int) int {
	key := &o.keys[k]
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
