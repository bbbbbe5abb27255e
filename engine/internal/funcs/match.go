package funcs

import "github.com/credsql/credsql/engine/column"

// candidate is an overload laid over the arguments of one call: one parameter an argument, variadic ones repeated.
type candidate struct {
	overload *Overload
	params   []Param
	elem     column.Type // what the polymorphic parameters agreed on
}

// candidateFor lays an overload over n arguments; ok is false when it does not take that many.
func candidateFor(o *Overload, n int) (candidate, bool) {
	least := len(o.Params)
	for i, p := range o.Params {
		if p.Optional {
			least = i
			break
		}
	}
	if n < least || n > len(o.Params) && !o.Variadic {
		return candidate{}, false
	}
	if n <= len(o.Params) {
		return candidate{overload: o, params: o.Params[:n]}, true
	}
	params := append(make([]Param, 0, n), o.Params...)
	for last := o.Params[len(o.Params)-1]; len(params) < n; {
		params = append(params, last)
	}
	return candidate{overload: o, params: params}, true
}

// accepts says whether every argument can be passed without a cast being written, and settles the polymorphic type.
func (c *candidate) accepts(args []column.Type) bool {
	var elems []column.Type
	polymorphic := false
	for i, p := range c.params {
		switch p.Any {
		case Exact:
			if !implicit(args[i], p.Type) {
				return false
			}
		case AnyElem:
			elems, polymorphic = append(elems, args[i]), true
		case AnyList:
			polymorphic = true
			if args[i] == column.Unknown {
				continue
			}
			if !args[i].IsList() {
				return false
			}
			elems = append(elems, args[i].ElemType())
		}
	}
	if !polymorphic {
		return true
	}
	elem, ok := commonType(elems)
	c.elem = elem
	if !ok || c.overload.ordered && !hasOrder(elem) {
		return false
	}
	return !elem.IsList() || !c.takesList()
}

// hasOrder says whether a type has an order.
func hasOrder(t column.Type) bool { return t.Kind != column.KindJSON && t.Elem != column.KindJSON }

// takesList says whether a parameter or the result is a list of the polymorphic type, which then cannot be a list itself: there
// are no arrays of arrays.
func (c *candidate) takesList() bool {
	if c.overload.RetAny == AnyList {
		return true
	}
	for _, p := range c.params {
		if p.Any == AnyList {
			return true
		}
	}
	return false
}

// param is the type that argument i is coerced to.
func (c *candidate) param(i int, arg column.Type) column.Type {
	switch c.params[i].Any {
	case AnyElem:
		return c.elem
	case AnyList:
		return column.ListOf(c.elem)
	case Any:
		if arg == column.Unknown {
			return column.Text
		}
		return arg
	default:
		return c.params[i].Type
	}
}

// match is the resolved call.
func (c *candidate) match(args []column.Type) Match {
	m := Match{Overload: c.overload, Args: make([]column.Type, len(args)), Ret: c.overload.Ret}
	for i, a := range args {
		m.Args[i] = c.param(i, a)
	}
	switch {
	case c.overload.Returns != nil:
		m.Ret = c.overload.Returns(m.Args)
	case c.overload.RetAny == AnyElem:
		m.Ret = c.elem
	case c.overload.RetAny == AnyList:
		m.Ret = column.ListOf(c.elem)
	}
	return m
}

// isExact says whether parameter i is of exactly the argument's type: polymorphic parameters never are.
func (c *candidate) isExact(i int, arg column.Type) bool {
	return c.params[i].Any == Exact && c.params[i].Type == arg
}

// slot is the category of parameter i and whether its type is the preferred one. Polymorphic parameters have a category of their
// own, as PostgreSQL's pseudo-types do.
func (c *candidate) slot(i int) (category, bool) {
	if c.params[i].Any != Exact {
		return 'P', false
	}
	return categoryOf(c.params[i].Type), preferred(c.params[i].Type)
}

// undetermined says whether nothing tells of what type the array is that a function takes. A single value is VARCHAR then, as the DDSQL
// reference has it, but what is written as an array may be one of anything.
func undetermined(o *Overload, args []column.Type) bool {
	lists := 0
	for i, a := range args {
		p := o.Params[min(i, len(o.Params)-1)]
		if p.Any == AnyElem || p.Any == AnyList && a != column.Unknown {
			return false
		}
		if p.Any == AnyList {
			lists++
		}
	}
	return lists > 0 && o.Func.Name != "array_cat"
}
