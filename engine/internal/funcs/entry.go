package funcs

// section makes the entries of one category.
type section struct{ category string }

// documented is a scalar function of the DDSQL reference; beyond is one that only PostgreSQL has.
func (s section) documented(name, doc string, examples []Example, overloads ...*Overload) *Function {
	return s.entry(Scalar, "DDSQL", name, doc, examples, overloads)
}

func (s section) beyond(name, doc string, examples []Example, overloads ...*Overload) *Function {
	return s.entry(Scalar, "PostgreSQL", name, doc, examples, overloads)
}

func (s section) entry(class Class, source, name, doc string, examples []Example, overloads []*Overload) *Function {
	return &Function{
		Name: name, Class: class, Category: s.category, Source: source, Since: since,
		Doc: doc, Examples: examples, Overloads: overloads,
	}
}

// shows pairs statements with the text of their value.
func shows(pairs ...string) []Example {
	out := make([]Example, 0, len(pairs)/2)
	for i := 1; i < len(pairs); i += 2 {
		out = append(out, Example{SQL: pairs[i-1], Want: pairs[i]})
	}
	return out
}
