package eval_test

import (
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// TestBlocks computes functions of every result type over more rows than are computed at one go, in every form.
func TestBlocks(t *testing.T) {
	t.Parallel()
	for typ, few := range samples {
		var values []column.Value
		for len(values) < 20_000 {
			values = append(values, few...)
		}
		for what, f := range map[string]func(v column.Value) column.Value{
			"same": func(v column.Value) column.Value { return v },
			"null": func(column.Value) column.Value { return nil },
			"list": func(v column.Value) column.Value { return &column.List{Elem: typ, Items: []column.Value{v}} },
		} {
			ret := typ
			if what == "list" {
				ret = column.ListOf(typ)
			}
			fn := &funcs.Overload{Row: func(_ *funcs.Ctx, args []column.Value) (column.Value, error) { return f(args[0]), nil }}
			inner := &plan.Call{Pos: -1, Fn: fn, Typ: ret, Args: []plan.Expr{ref(0, typ)}}
			outer := &plan.Coalesce{Pos: -1, Typ: ret, Args: []plan.Expr{inner, constant(ret, nil)}}
			for name, form := range forms {
				for _, x := range []plan.Expr{inner, outer} {
					e, err := env().Compile(x)
					if err != nil {
						t.Fatal(err)
					}
					v, err := e.Eval(form(typ, values))
					if err != nil || v.N != len(values) {
						t.Fatalf("%s of %s (%s): %d rows, %v", what, typ, name, v.N, err)
					}
					for i, given := range values {
						var wanted column.Value
						if given != nil {
							wanted = f(given)
						}
						if string(column.AppendText(nil, v.Value(i))) != string(column.AppendText(nil, wanted)) || (v.Value(i) == nil) != (wanted == nil) {
							t.Fatalf("%s of %s (%s): row %d is %v, want %v", what, typ, name, i, v.Value(i), wanted)
						}
					}
				}
			}
		}
	}
}

// TestKernelBlocks runs a kernel of the registry over blocks.
func TestKernelBlocks(t *testing.T) {
	t.Parallel()
	m, err := registry.Resolve("upper", []column.Type{column.Text})
	if err != nil {
		t.Fatal(err)
	}
	var values []column.Value
	for len(values) < 20_000 {
		values = append(values, samples[column.Text]...)
	}
	wanted := make([]column.Value, len(values))
	for i, v := range values {
		wanted[i] = want(t, m.Overload, v)
	}
	x := &plan.Call{Pos: -1, Fn: m.Overload, Typ: column.Text, Args: []plan.Expr{ref(0, column.Text)}}
	for name, form := range forms {
		e, err := env().Compile(x)
		if err != nil {
			t.Fatal(err)
		}
		v, err := e.Eval(form(column.Text, values))
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range wanted {
			if v.Value(i) != w {
				t.Fatalf("%s: row %d is %v, want %v", name, i, v.Value(i), w)
			}
		}
	}
}
