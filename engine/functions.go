package engine

import "github.com/credsql/credsql/engine/internal/funcs"

// FunctionDoc is what there is to say about a function or an operator: help, completion and the reference read it.
type FunctionDoc struct {
	Name       string // lower case, or the operator's sign
	Operator   bool
	Class      string // scalar, operator, aggregate, ordered-set aggregate, window or table
	Category   string // "String", "Date and time", …
	Doc        string
	Source     string   // where its rules come from: DDSQL or PostgreSQL
	Signatures []string // as they are called, with their results: "lower(text varchar) → varchar"
	Examples   []FunctionExample
}

// FunctionExample is a statement and the text of its one value.
type FunctionExample struct{ SQL, Want string }

// Functions are all functions that can be called by name and all operators, each sorted by name, the operators last. MySQL's own
// spellings, which only its grammar leads to, are left out.
func (e *Engine) Functions() []FunctionDoc {
	var out []FunctionDoc
	for _, list := range [][]*funcs.Function{e.registry.Functions(), e.registry.Operators()} {
		for _, f := range list {
			if f.Source != "MySQL" {
				out = append(out, docOf(f))
			}
		}
	}
	return out
}

func docOf(f *funcs.Function) FunctionDoc {
	d := FunctionDoc{Name: f.Name, Operator: f.Class == funcs.Operator, Class: classNames[f.Class], Category: f.Category, Doc: f.Doc, Source: f.Source}
	for _, o := range f.Overloads {
		d.Signatures = append(d.Signatures, o.Signature()+resultOf(o))
	}
	for _, x := range f.Examples {
		d.Examples = append(d.Examples, FunctionExample(x))
	}
	return d
}

// resultOf is the type of a result as a signature shows it; nothing where it depends on the arguments' types.
func resultOf(o *funcs.Overload) string {
	switch {
	case o.Returns != nil || o.Columns != nil:
		return ""
	case o.RetAny == funcs.AnyElem:
		return " → anyelement"
	case o.RetAny == funcs.AnyList:
		return " → anyarray"
	default:
		return " → " + o.Ret.String()
	}
}

var classNames = map[funcs.Class]string{
	funcs.Scalar: "scalar", funcs.Operator: "operator", funcs.Aggregate: "aggregate", funcs.OrderedSet: "ordered-set aggregate",
	funcs.WindowOnly: "window", funcs.Table: "table",
}
