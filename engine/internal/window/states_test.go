package window

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
)

// fold is an aggregate made of one function over what it has so far (nil at first).
type fold struct {
	acc  column.Value
	step func(acc, x column.Value) column.Value
	join func(acc, x column.Value) column.Value
}

func (f *fold) Add(args []column.Value) error {
	var x column.Value
	if len(args) > 0 {
		x = args[0]
	}
	f.acc = f.step(f.acc, x)
	return nil
}

func (f *fold) Merge(other funcs.State) error {
	if o := other.(*fold).acc; o != nil {
		f.acc = f.join(f.acc, o)
	}
	return nil
}

func (f *fold) Result() (column.Value, error) { return f.acc, nil }

func overload(class funcs.Class, name string) *funcs.Overload {
	return &funcs.Overload{Func: &funcs.Function{Name: name, Class: class}}
}

// aggregates are enough of them to see which rows were fed, in which order.
func aggregates(name string) (*funcs.Overload, func(arg column.Type) column.Type) {
	o := overload(funcs.Aggregate, name)
	same := func(t column.Type) column.Type { return t }
	result := same
	folding := func(zero column.Value, step, join func(acc, x column.Value) column.Value) {
		o.State = func(*funcs.Ctx, []column.Type, []column.Value) (funcs.State, error) {
			return &fold{acc: zero, step: step, join: join}, nil
		}
	}
	switch name {
	case "count":
		result = func(column.Type) column.Type { return column.Int64 }
		folding(int64(0), func(acc, _ column.Value) column.Value { return acc.(int64) + 1 }, add)
	case "sum":
		folding(nil, add, add)
	case "max":
		folding(nil, higher, higher)
	case "string_agg":
		join := func(acc, x column.Value) column.Value {
			if acc == nil {
				return x
			}
			return acc.(string) + "," + x.(string)
		}
		folding(nil, join, join)
	case "array_agg":
		o.NullCalled = true
		result = column.ListOf
		folding(nil, func(acc, x column.Value) column.Value {
			return concat(acc, &column.List{Elem: column.Int64, Items: []column.Value{x}})
		}, concat)
	case "id_set": // an array in ascending order, where the order of peers is open
		result = column.ListOf
		folding(nil, func(acc, x column.Value) column.Value {
			return sorted(concat(acc, &column.List{Elem: column.Int64, Items: []column.Value{x}}))
		}, func(acc, x column.Value) column.Value { return sorted(concat(acc, x)) })
	default:
		return nil, nil
	}
	return o, result
}

func add(acc, x column.Value) column.Value {
	switch x := x.(type) {
	case int64:
		if acc != nil {
			return acc.(int64) + x
		}
	case float64:
		if acc != nil {
			return acc.(float64) + x
		}
	}
	return x
}

func higher(acc, x column.Value) column.Value {
	if acc != nil && acc.(int64) > x.(int64) {
		return acc
	}
	return x
}

func concat(acc, x column.Value) column.Value {
	if acc == nil {
		acc = &column.List{Elem: column.Int64}
	}
	a, b := acc.(*column.List), x.(*column.List)
	return &column.List{Elem: a.Elem, Items: append(append([]column.Value(nil), a.Items...), b.Items...)}
}

func sorted(x column.Value) column.Value {
	slices.SortFunc(x.(*column.List).Items, func(a, b column.Value) int { return cmp.Compare(a.(int64), b.(int64)) })
	return x
}

func text(x column.Value) string {
	if x == nil {
		return "NULL"
	}
	return string(column.AppendText(nil, x))
}

func texts(v *column.Vector) string {
	out := make([]string, v.N)
	for i := range out {
		out[i] = text(v.Value(i))
	}
	return strings.Join(out, " ")
}

func vector(t column.Type, values ...column.Value) *column.Vector {
	b := column.NewBuilder(t, len(values))
	for _, x := range values {
		b.Append(x)
	}
	return b.Vector()
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(fmt.Sprint("test set-up: ", err))
	}
	return x
}
