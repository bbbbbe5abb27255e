package funcs

import "github.com/credsql/credsql/engine/column"

type (
	rowFunc = func(c *Ctx, args []column.Value) (column.Value, error)
	vecFunc = func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error)
	// cell computes row i; ok false gives NULL.
	cell[R native] func(i int) (r R, ok bool, err error)
	// filler computes the rows of valid (nil: all) and gives back which of them are not NULL.
	filler[R native] func(out []R, valid column.Bitmap) (column.Bitmap, error)
)

// kernel makes the vector form of a strict function from its rows.
func kernel[R native](o *Overload, prepare func(c *Ctx, args []*column.Vector) cell[R]) vecFunc {
	return batchKernel(o, func(c *Ctx, args []*column.Vector) filler[R] { return cellFiller(c, prepare(c, args)) })
}

// batchKernel makes the vector form of a strict function: rows with a NULL argument are NULL and not computed; constant arguments
// alone are computed once; and where the one argument that varies is dictionary-coded text, each distinct text is computed once.
// prepare sees non-empty vectors of the parameter types, without a NULL in the rows that are asked for.
func batchKernel[R native](o *Overload, prepare func(c *Ctx, args []*column.Vector) filler[R]) vecFunc {
	var run vecFunc
	run = func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error) {
		valid, some := validRows(args, n)
		if !some {
			return nullVector(o.Ret, n), nil
		}
		if allConst(args) && n > 1 {
			out, err := run(c, shortened(args, 1), 1)
			if err != nil {
				return nil, err
			}
			out.Const, out.N = true, n
			return out, nil
		}
		if k := codedArg(args, n); k >= 0 {
			return overDictionary(run, c, args, k, valid, n)
		}
		out := make([]R, n)
		valid, err := prepare(c, args)(out, valid)
		if err != nil {
			return nil, err
		}
		return vectorOf(listType[R](o, args), out, valid), nil
	}
	return run
}

// listType is the result's type: an array function that leaves its element type open gives that of its first array.
func listType[R native](o *Overload, args []*column.Vector) column.Type {
	if o.Ret != column.Unknown {
		return o.Ret
	}
	for _, a := range args {
		if a.Type.IsList() {
			return a.Type
		}
	}
	return typeOf[R]()
}

// cellFiller computes row after row, so that the first failing row's error is the one reported.
func cellFiller[R native](c *Ctx, f cell[R]) filler[R] {
	return func(out []R, valid column.Bitmap) (column.Bitmap, error) {
		p := progressOf[R](c)
		for i := range out {
			if valid != nil && !valid.Get(i) {
				continue
			}
			r, ok, err := f(i)
			if err != nil {
				return nil, err
			}
			if ok {
				out[i] = r
				if err := p.made(r); err != nil {
					return nil, err
				}
				continue
			}
			if valid == nil {
				valid = column.NewBitmapSet(len(out))
			}
			valid.Clear(i)
		}
		return valid, nil
	}
}

// validRows is the rows in which no argument is NULL, as a bitmap of its own (nil: all of them), and whether there is such a row.
func validRows(args []*column.Vector, n int) (valid column.Bitmap, some bool) {
	if n == 0 {
		return nil, false
	}
	for _, a := range args {
		switch {
		case a.Type == column.Unknown:
			return nil, false
		case a.Valid == nil:
		case a.Const:
			if !a.Valid.Get(0) {
				return nil, false
			}
		case valid == nil:
			valid = a.Valid[:(n+63)>>6].Clone()
		default:
			valid.And(a.Valid)
		}
	}
	if valid != nil {
		count := valid.Count()
		if count == n {
			valid = nil
		}
		return valid, count > 0
	}
	return nil, true
}

func allConst(args []*column.Vector) bool {
	for _, a := range args {
		if !a.Const {
			return false
		}
	}
	return true
}

// shortened is constant vectors as n rows.
func shortened(args []*column.Vector, n int) []*column.Vector {
	out := make([]*column.Vector, len(args))
	for i, a := range args {
		short := *a
		short.N = n
		out[i] = &short
	}
	return out
}

// codedArg is the argument to compute once a distinct text: dictionary-coded, the only one that varies, with a dictionary that is
// not much larger than the batch. -1 when there is none.
func codedArg(args []*column.Vector, n int) int {
	found := -1
	for i, a := range args {
		if a.Const {
			continue
		}
		coded, ok := a.Texts.(*column.Coded)
		if found >= 0 || !ok || len(coded.Dict.Values()) > 2*n {
			return -1
		}
		found = i
	}
	return found
}

// overDictionary computes run for the distinct texts of argument k, in order of first sight, and spreads the results.
func overDictionary(run vecFunc, c *Ctx, args []*column.Vector, k int, valid column.Bitmap, n int) (*column.Vector, error) {
	coded := args[k].Texts.(*column.Coded)
	distinct, slots := distinctTexts(coded, valid, n)
	inner := shortened(args, len(distinct))
	inner[k] = &column.Vector{Type: args[k].Type, N: len(distinct), Texts: distinct}
	out, err := run(c, inner, len(distinct))
	if err != nil {
		return nil, err
	}
	return spread(out, slots, valid, n), nil
}

// distinctTexts lists the texts in rows of valid, and for each row where its text is in the list.
func distinctTexts(coded *column.Coded, valid column.Bitmap, n int) (column.Plain, []uint32) {
	dict := coded.Dict.Values()
	slotOf := make([]uint32, len(dict)) // 0: not seen, else its place plus one
	slots := make([]uint32, n)
	var distinct column.Plain
	for i, code := range coded.Codes[:n] {
		if valid != nil && !valid.Get(i) {
			continue
		}
		if slotOf[code] == 0 {
			distinct = append(distinct, dict[code])
			slotOf[code] = uint32(len(distinct))
		}
		slots[i] = slotOf[code] - 1
	}
	return distinct, slots
}
