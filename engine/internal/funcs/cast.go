package funcs

import (
	"github.com/credsql/credsql/engine/column"
)

// cast is one conversion and the least context that asks for it: an implicit one is found in every context, an explicit one only
// where a cast is written.
type cast struct {
	overload *Overload
	context  CastContext
}

// Cast finds the conversion between two types in a context; ok is false when there is none. A nil Overload means that nothing is
// to be done: the types are the same, or from is Unknown (a bare NULL; a quoted literal is read by sqltype.Parse instead).
func (r *Registry) Cast(from, to column.Type, c CastContext) (Match, bool) {
	m := Match{Args: []column.Type{from}, Ret: to}
	if from == to || from == column.Unknown {
		return m, true
	}
	found, ok := r.findCast(from, to)
	if !ok || c < found.context {
		return Match{}, false
	}
	m.Overload = found.overload
	return m, true
}

func (r *Registry) findCast(from, to column.Type) (cast, bool) {
	if found := r.casts[[2]column.Type{from, to}]; found != nil {
		return *found, true
	}
	switch {
	case from.IsList() && to.IsList():
		item := r.casts[[2]column.Type{from.ElemType(), to.ElemType()}]
		if item == nil {
			return cast{}, false
		}
		return cast{overload: castItems(item.overload, from, to), context: item.context}, true
	case from.IsList() && to == column.Text:
		return cast{overload: printed(from), context: Assignment}, true
	case from == column.Text && to.IsList():
		return cast{overload: parsed(to), context: Explicit}, true
	}
	return cast{}, false
}

// castOverload gives a conversion its name, as EXPLAIN and errors show it.
func castOverload(o *Overload, from, to column.Type) *Overload {
	o.takes(from).gives(to)
	o.Func = &Function{
		Name: "::" + to.String(), Class: Scalar, Category: "Conversion", Hidden: true, Source: "DDSQL", Since: since,
		Doc: "Converts " + from.String() + " to " + to.String() + ".", Overloads: []*Overload{o},
	}
	return o
}

// castItems converts an array item by item.
func castItems(item *Overload, from, to column.Type) *Overload {
	o := strict1("array", func(c *Ctx, l *column.List) (*column.List, error) {
		out := &column.List{Elem: to.ElemType(), Items: make([]column.Value, len(l.Items))}
		for i, x := range l.Items {
			if x == nil {
				continue
			}
			y, err := item.Row(c, []column.Value{x})
			if err != nil {
				return nil, err
			}
			out.Items[i] = y
		}
		return out, nil
	})
	o.CanFail = item.CanFail
	return castOverload(o, from, to)
}
