package eval

import (
	"context"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/sqlerr"
)

// rowsPerCheck is how many rows a function is called for between two looks at the context.
const rowsPerCheck = 512

// bytesPerCheck is how many bytes of text it may make meanwhile.
const bytesPerCheck = 1 << 20

// call is a function of the registry.
type call struct {
	traitsOf
	ctx        *funcs.Ctx
	args       []node
	row        func(c *funcs.Ctx, args []column.Value) (column.Value, error)
	vec        func(c *funcs.Ctx, args []*column.Vector, n int) (*column.Vector, error)
	nullCalled bool
	offset     int
	room       room
}

// blockRows is how many rows a function and those below it are computed for at a time: what passes between them stays in the cache,
// and the context is looked at often enough.
const blockRows = 8192

func (c *call) eval(f *Frame) (*column.Vector, error) {
	m := c.room.made(c.typ)
	if f.N <= 2*blockRows {
		return c.block(f, m)
	}
	parts := make([]*column.Vector, 0, f.N/blockRows+1)
	for from := 0; from < f.N; from += blockRows {
		v, err := c.block(f.slice(from, min(from+blockRows, f.N)), m)
		if err != nil {
			return nil, err
		}
		parts = append(parts, v)
	}
	return vec.Concat(c.typ, parts), nil
}

// block computes the rows of a frame at one go.
func (c *call) block(f *Frame, m *made) (*column.Vector, error) {
	args := make([]*column.Vector, len(c.args))
	same := true // every argument is one value for all rows
	for i, a := range c.args {
		v, err := a.eval(f)
		if err != nil {
			return nil, err
		}
		args[i] = v
		same = same && v.Const
	}
	if f.N == 0 {
		return column.NewBuilder(c.typ, 0).Vector(), nil
	}
	if same {
		return c.once(args, f.N)
	}
	return c.each(args, f.N, m)
}

// once computes a value that is the same for all rows.
func (c *call) once(args []*column.Vector, n int) (*column.Vector, error) {
	row := make([]column.Value, len(args))
	for i, v := range args {
		row[i] = v.Value(0)
	}
	x, err := c.value(row)
	if err != nil {
		return nil, err
	}
	return column.ConstVector(c.typ, x, n), nil
}

func (c *call) each(args []*column.Vector, n int, m *made) (*column.Vector, error) {
	if c.vec != nil && !m.isLong(args, n) {
		if err := budget.Canceled(c.context()); err != nil {
			return nil, err
		}
		v, err := c.vec(c.ctx, args, n)
		if err != nil {
			return nil, sqlerr.Place(err, c.offset)
		}
		if v.Type.Kind == column.KindUnknown && c.typ.Kind != column.KindUnknown {
			v = vec.Nulls(c.typ, n)
		}
		return v, m.vector(v)
	}
	if i := c.codedArg(args, n); i >= 0 {
		return c.overDictionary(args, i, n, m)
	}
	return c.rowByRow(args, n, m)
}

// rowByRow boxes the arguments of one row after the other.
func (c *call) rowByRow(args []*column.Vector, n int, m *made) (*column.Vector, error) {
	out := column.NewBuilder(c.typ, n)
	row := make([]column.Value, len(args))
	ctx, looked := c.context(), int64(0)
	for i := range n {
		if i%rowsPerCheck == 0 || m.bytes-looked > bytesPerCheck {
			if err := budget.Canceled(ctx); err != nil {
				return nil, err
			}
			looked = m.bytes
		}
		for j, v := range args {
			row[j] = v.Value(i)
		}
		x, err := c.value(row)
		if err == nil {
			err = m.value(x)
		}
		if err != nil {
			return nil, err
		}
		out.Append(x)
	}
	return out.Vector(), nil
}

// value computes one row: NULL for a NULL argument, unless the function wants to see those.
func (c *call) value(row []column.Value) (column.Value, error) {
	if !c.nullCalled {
		for _, x := range row {
			if x == nil {
				return nil, nil
			}
		}
	}
	x, err := c.row(c.ctx, row)
	if err != nil {
		return nil, sqlerr.Place(err, c.offset)
	}
	return x, nil
}

func (c *call) context() context.Context {
	if c.ctx.Context == nil {
		return context.Background()
	}
	return c.ctx.Context
}

// codedArg is the one argument that varies, if it is coded text with fewer distinct texts than there are rows; -1 otherwise.
func (c *call) codedArg(args []*column.Vector, n int) int {
	found := -1
	for i, v := range args {
		if v.Const {
			continue
		}
		coded, ok := v.Texts.(*column.Coded)
		if !ok || found >= 0 || len(coded.Dict.Values()) > n || c.nullCalled && v.Valid != nil {
			return -1
		}
		found = i
	}
	return found
}

// overDictionary computes the texts that occur in the rows, each once, and hands the results out.
func (c *call) overDictionary(args []*column.Vector, which, n int, m *made) (*column.Vector, error) {
	v := args[which]
	coded := v.Texts.(*column.Coded)
	values := coded.Dict.Values()
	place := make([]int32, len(values)) // of a code among the distinct texts, plus one
	var distinct column.Plain
	idx := make([]int32, n)
	for i, code := range coded.Codes {
		if v.Valid != nil && !v.Valid.Get(i) {
			continue
		}
		if place[code] == 0 {
			distinct = append(distinct, values[code])
			place[code] = int32(len(distinct))
		}
		idx[i] = place[code] - 1
	}
	if len(distinct) == 0 {
		return vec.Nulls(c.typ, n), nil
	}
	few := make([]*column.Vector, len(args))
	for i, a := range args {
		few[i] = vec.Resized(a, len(distinct))
	}
	few[which] = &column.Vector{Type: v.Type, N: len(distinct), Texts: distinct}
	results, err := c.rowByRow(few, len(distinct), m)
	if err != nil {
		return nil, err
	}
	out := *vec.Gather(results, idx)
	switch {
	case v.Valid == nil:
	case out.Valid == nil:
		out.Valid = v.Valid
	default:
		out.Valid.And(v.Valid)
	}
	return &out, nil
}
