package eval_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// samples are values of each type that has a kernel: repeated, extreme and NULL.
var samples = map[column.Type][]column.Value{
	column.Bool:       {true, false, nil},
	column.Int64:      {int64(0), int64(5), int64(-5), nil, int64(math.MaxInt64), int64(math.MinInt64), int64(5)},
	column.TimestampT: {column.Timestamp(0), column.Timestamp(1.7e15), nil, column.Timestamp(-1), column.Timestamp(1.7e15)},
	column.Float64:    {0.0, math.Copysign(0, -1), 1.5, -1.5, math.NaN(), math.Inf(1), math.Inf(-1), nil, 1.5},
	column.Text:       {"", "a", "ab", "b", nil, "ä", "a", "a%b_c", "<root_account>", "terraform-x", "x-terraform"},
}

// forms lay the same values out in every way that a kernel may meet. Each gives a frame whose column 0 has the values.
var forms = map[string]func(t column.Type, values []column.Value) *eval.Frame{
	"flat": func(t column.Type, values []column.Value) *eval.Frame { return frameOf(build(t, values)) },
	"picked": func(t column.Type, values []column.Value) *eval.Frame {
		// every value twice, in reverse, and the right ones picked
		twice := make([]column.Value, 0, 2*len(values))
		idx := make([]int32, len(values))
		for i := range values {
			v := values[len(values)-1-i]
			twice = append(twice, v, v)
			idx[len(values)-1-i] = int32(2 * i)
		}
		return frameOf(arena(build(t, twice))).Pick(idx)
	},
	"coded": func(t column.Type, values []column.Value) *eval.Frame {
		return frameOf(coded(build(t, values), column.NewDict()))
	},
	"arena": func(t column.Type, values []column.Value) *eval.Frame { return frameOf(arena(build(t, values))) },
	"derived": func(t column.Type, values []column.Value) *eval.Frame {
		v := build(t, values)
		if v.Texts != nil {
			v.Texts = appended{v.Texts}
		}
		return frameOf(v)
	},
	"spread": func(t column.Type, values []column.Value) *eval.Frame {
		chunks := []*column.Vector{build(t, values), build(t, values)}
		refs := make([]vec.Ref, len(values))
		for i := range refs {
			refs[i] = vec.MakeRef(i%2, i)
		}
		return eval.Spread([]column.Type{t}, [][]*column.Vector{chunks}, refs)
	},
	"filtered": func(t column.Type, values []column.Value) *eval.Frame {
		padded := append([]column.Value{values[0], nil}, values...)
		keep := column.NewBitmapSet(len(padded))
		keep.Clear(0)
		keep.Clear(1)
		return frameOf(build(t, padded)).Where(keep)
	},
}

// repeated is more rows than two words of a bitmap.
func repeated(values []column.Value) []column.Value {
	var out []column.Value
	for len(out) < 130 {
		out = append(out, values...)
	}
	return out
}

type appended struct{ column.Strings }

func (a appended) AppendText(dst []byte, i int) []byte { return append(dst, a.At(i)...) }

func build(t column.Type, values []column.Value) *column.Vector {
	b := column.NewBuilder(t, len(values))
	for _, v := range values {
		b.Append(v)
	}
	return b.Vector()
}

func arena(v *column.Vector) *column.Vector {
	if v.Texts == nil {
		return v
	}
	a := &column.Arena{}
	for i := range v.N {
		a.Append([]byte(v.Texts.At(i)))
	}
	v.Texts = a
	return v
}

func coded(v *column.Vector, d *column.Dict) *column.Vector {
	if v.Texts == nil {
		return v
	}
	c := &column.Coded{Dict: d}
	for i := range v.N {
		c.Codes = append(c.Codes, d.Code([]byte(v.Texts.At(i))))
	}
	v.Texts = c
	return v
}

func frameOf(v *column.Vector) *eval.Frame {
	return eval.NewFrame(&column.Batch{N: v.N, Cols: []*column.Vector{v}})
}

var registry = funcs.New()

func env() *eval.Env {
	return &eval.Env{Ctx: &funcs.Ctx{Context: context.Background()}, Ranks: &vec.Ranks{}}
}

func ref(i int, t column.Type) plan.Expr { return &plan.ColRef{Pos: -1, Index: i, Typ: t} }

func constant(t column.Type, v column.Value) plan.Expr { return &plan.Const{Pos: -1, Typ: t, Val: v} }

// want is a call's value by the registry's row code.
func want(t *testing.T, fn *funcs.Overload, args ...column.Value) column.Value {
	t.Helper()
	for _, a := range args {
		if a == nil {
			return nil
		}
	}
	v, err := fn.Row(&funcs.Ctx{Context: context.Background()}, args)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// check compares an expression's values, and what True says, with the values wanted.
func check(t *testing.T, what string, x plan.Expr, f *eval.Frame, wanted []column.Value) {
	t.Helper()
	e, err := env().Compile(x)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	v, err := e.Eval(f)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if v.N != len(wanted) {
		t.Fatalf("%s: %d rows", what, v.N)
	}
	for i, w := range wanted {
		if got := v.Value(i); got != w {
			t.Errorf("%s: row %d is %v, want %v", what, i, got, w)
		}
	}
	truth(t, what, e, f, wanted, true)
	negated, err := env().Compile(&plan.Not{Pos: -1, Arg: x})
	if err != nil {
		t.Fatal(err)
	}
	truth(t, "NOT "+what, negated, f, wanted, false)
}

func truth(t *testing.T, what string, e *eval.Expr, f *eval.Frame, wanted []column.Value, value bool) {
	t.Helper()
	bits, err := e.True(f)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	for i, w := range wanted {
		if bits.Get(i) != (w == value) {
			t.Errorf("%s: row %d: true is %v, want %v", what, i, bits.Get(i), w == value)
		}
	}
	if n := bits.Count(); n > len(wanted) {
		t.Errorf("%s: bits after the last row", what)
	}
}

// TestComparisons runs every operator over every type, in every form, against constants and against columns.
func TestComparisons(t *testing.T) {
	t.Parallel()
	for typ, few := range samples {
		values := repeated(few)
		for _, sign := range []string{"=", "<>", "<", "<=", ">", ">="} {
			m, err := registry.Operator(sign, &typ, &typ)
			if err != nil {
				t.Fatal(err)
			}
			for name, form := range forms {
				for _, c := range samples[typ] {
					what := fmt.Sprintf("%s %s %v (%s)", typ, sign, c, name)
					right, left := make([]column.Value, len(values)), make([]column.Value, len(values))
					for i, v := range values {
						right[i], left[i] = want(t, m.Overload, v, c), want(t, m.Overload, c, v)
					}
					call := &plan.Call{Pos: -1, Fn: m.Overload, Args: []plan.Expr{ref(0, typ), constant(typ, c)}, Typ: column.Bool}
					check(t, what, call, form(typ, values), right)
					call = &plan.Call{Pos: -1, Fn: m.Overload, Args: []plan.Expr{constant(typ, c), ref(0, typ)}, Typ: column.Bool}
					check(t, "mirrored "+what, call, form(typ, values), left)
				}
				comparePairs(t, typ, sign, m.Overload, name)
			}
		}
	}
}

// comparePairs compares each value with each other one.
func comparePairs(t *testing.T, typ column.Type, sign string, fn *funcs.Overload, name string) {
	t.Helper()
	values := samples[typ]
	var lefts, rights, wanted []column.Value
	for _, a := range values {
		for _, b := range values {
			lefts, rights = append(lefts, a), append(rights, b)
			wanted = append(wanted, want(t, fn, a, b))
		}
	}
	call := &plan.Call{Pos: -1, Fn: fn, Args: []plan.Expr{ref(0, typ), ref(1, typ)}, Typ: column.Bool}
	for other, form := range forms {
		f := eval.Beside(forms[name](typ, lefts), form(typ, rights))
		check(t, fmt.Sprintf("%s %s (%s, %s)", typ, sign, name, other), call, f, wanted)
	}
	if typ == column.Text {
		d := column.NewDict()
		f := eval.Beside(frameOf(coded(build(typ, lefts), d)), frameOf(coded(build(typ, rights), d)))
		check(t, typ.String()+" "+sign+" in one dictionary", call, f, wanted)
	}
}

// TestLists runs IN with and without NULL.
func TestLists(t *testing.T) {
	t.Parallel()
	for typ, few := range samples {
		values := repeated(few)
		var known []column.Value
		for _, v := range few {
			if v != nil {
				known = append(known, v)
			}
		}
		eq, err := registry.Operator("=", &typ, &typ)
		if err != nil {
			t.Fatal(err)
		}
		for n := range len(known) + 1 {
			for _, hasNull := range []bool{false, true} {
				for _, not := range []bool{false, true} {
					x := &plan.InList{Pos: -1, Arg: ref(0, typ), Vals: known[:n], HasNull: hasNull, Not: not}
					wanted := make([]column.Value, len(values))
					for i, v := range values {
						wanted[i] = inList(t, eq.Overload, v, x)
					}
					for name, form := range forms {
						check(t, fmt.Sprintf("%s in %v null %v not %v (%s)", typ, x.Vals, hasNull, not, name), x, form(typ, values), wanted)
					}
				}
			}
		}
	}
}

func inList(t *testing.T, eq *funcs.Overload, v column.Value, x *plan.InList) column.Value {
	t.Helper()
	if v == nil {
		return nil
	}
	for _, item := range x.Vals {
		if want(t, eq, v, item) == true {
			return !x.Not
		}
	}
	if x.HasNull {
		return nil
	}
	return x.Not
}

// TestLike compares the patterns that are computed here with the registry's own code.
func TestLike(t *testing.T) {
	t.Parallel()
	like := registry.Lookup("like")
	fn := like.Overloads[0]
	values := append([]column.Value{"terraform", "terraterraform", "form", "ter", "raform", "%", "ab%", "terrafor", "mterraform"}, samples[column.Text]...)
	values = repeated(values)
	for _, pattern := range []string{"", "%", "%%", "a", "a%", "%a", "%a%", "%terraform%", "terra%", "%form", "%t%m%", "a_", `\%`, "%ä%", "t%m", "ab"} {
		wanted := make([]column.Value, len(values))
		for i, v := range values {
			wanted[i] = want(t, fn, v, pattern)
		}
		x := &plan.Call{Pos: -1, Fn: fn, Args: []plan.Expr{ref(0, column.Text), constant(column.Text, pattern)}, Typ: column.Bool}
		for name, form := range forms {
			check(t, fmt.Sprintf("LIKE %q (%s)", pattern, name), x, form(column.Text, values), wanted)
		}
	}
}

// TestLogic combines three values in every way: n operands, AND and OR.
func TestLogic(t *testing.T) {
	t.Parallel()
	three := []column.Value{true, false, nil}
	var cols [3][]column.Value
	for _, a := range three {
		for _, b := range three {
			for _, c := range three {
				cols[0], cols[1], cols[2] = append(cols[0], a), append(cols[1], b), append(cols[2], c)
			}
		}
	}
	f := &column.Batch{N: len(cols[0])}
	for _, values := range cols {
		f.Cols = append(f.Cols, build(column.Bool, values))
	}
	for _, or := range []bool{false, true} {
		wanted := make([]column.Value, f.N)
		for i := range wanted {
			wanted[i] = logic(or, cols[0][i], cols[1][i], cols[2][i])
		}
		x := &plan.Logic{Pos: -1, Or: or, Args: []plan.Expr{ref(0, column.Bool), ref(1, column.Bool), ref(2, column.Bool)}}
		check(t, fmt.Sprintf("or %v", or), x, eval.NewFrame(f), wanted)
		for _, test := range []plan.IsTest{plan.IsNull, plan.IsTrue, plan.IsFalse} {
			for _, not := range []bool{false, true} {
				is := make([]column.Value, f.N)
				for i, w := range wanted {
					is[i] = (w == map[plan.IsTest]column.Value{plan.IsNull: nil, plan.IsTrue: true, plan.IsFalse: false}[test]) != not
				}
				check(t, fmt.Sprintf("or %v is %d not %v", or, test, not), &plan.Is{Pos: -1, Arg: x, Test: test, Not: not}, eval.NewFrame(f), is)
			}
		}
	}
}

func logic(or bool, values ...column.Value) column.Value {
	var out column.Value = !or
	for _, v := range values {
		switch {
		case v == or:
			return or
		case v == nil:
			out = nil
		}
	}
	return out
}
