package funcs

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// TestVectorsAgreeWithRows computes every overload that has a vector form over random vectors of every storage form, and compares each
// row, and the error, with the row form. It does so for casts, and for what Bind makes of constant arguments, too.
func TestVectorsAgreeWithRows(t *testing.T) {
	t.Parallel()
	r := New()
	for _, f := range r.all {
		for _, o := range f.Overloads {
			agree(t, o, concrete(o))
		}
	}
	types := []column.Type{column.Bool, column.Int64, column.Float64, column.Text, column.TimestampT, column.IntervalT, column.JSON, column.InetT,
		column.HStoreT, column.ListOf(column.Text), column.ListOf(column.Int64)}
	for _, from := range types {
		for _, to := range types {
			if m, ok := r.Cast(from, to, Explicit); ok && m.Overload != nil {
				agree(t, m.Overload, []column.Type{from})
			}
		}
	}
}

// concrete gives an overload's parameters types; nil when it has no vector form.
func concrete(o *Overload) []column.Type {
	if o.Vec == nil {
		return nil
	}
	types := make([]column.Type, len(o.Params))
	for i, p := range o.Params {
		switch p.Any {
		case AnyElem, Any:
			types[i] = column.Int64
		case AnyList:
			types[i] = column.ListOf(column.Int64)
		default:
			types[i] = p.Type
		}
	}
	return types
}

func agree(t *testing.T, o *Overload, types []column.Type) {
	t.Helper()
	if types == nil {
		return
	}
	c := &Ctx{Now: 1_750_000_000_000_000, Setting: func(string) (string, bool) { return "", false }}
	rng := rand.New(rand.NewPCG(1, uint64(len(o.Params))))
	for round := range 40 {
		n := []int{0, 1, 2, 63, 64, 65, 200}[round%7]
		args := make([]*column.Vector, len(types))
		constants := make([]Constant, len(types))
		for i, typ := range types {
			args[i] = randomVector(rng, typ, n)
			constants[i] = Constant{Type: typ}
			if args[i].Const && n > 0 {
				constants[i].Known, constants[i].Value = true, args[i].Value(0)
			}
		}
		compare(t, o, c, o.Row, o.Vec, args, n)
		if o.Bind == nil {
			continue
		}
		bound, err := o.Bind(c, constants)
		if err != nil || bound == nil {
			continue
		}
		compare(t, o, c, bound.Row, o.Vec, args, n)
		if bound.Vec != nil {
			compare(t, o, c, o.Row, bound.Vec, args, n)
		}
	}
}

func compare(t *testing.T, o *Overload, c *Ctx, row rowFunc, vec vecFunc, args []*column.Vector, n int) {
	t.Helper()
	want, wantErr := byRows(o, c, row, args, n)
	got, err := vec(c, args, n)
	if errorText(err) != errorText(wantErr) {
		t.Fatalf("%s: vectors: %s, rows: %s%s", o.Signature(), errorText(err), errorText(wantErr), described(args))
	}
	if err != nil {
		return
	}
	if !o.CanFail && wantErr != nil {
		t.Fatalf("%s failed, but says it cannot: %v", o.Signature(), wantErr)
	}
	if got.N != n {
		t.Fatalf("%s: %d rows of %d", o.Signature(), got.N, n)
	}
	for i := range n {
		if g := got.Value(i); string(sqltype.AppendKey(nil, g)) != string(sqltype.AppendKey(nil, want[i])) {
			t.Fatalf("%s, row %d: vectors give %v, rows give %v%s", o.Signature(), i, g, want[i], described(args))
		}
	}
	if got.Valid != nil && !got.Const {
		if extra := got.Valid.Count(); extra > n {
			t.Fatalf("%s: bits past the last row", o.Signature())
		}
	}
}

func byRows(o *Overload, c *Ctx, row rowFunc, args []*column.Vector, n int) ([]column.Value, error) {
	out := make([]column.Value, n)
	for i := range out {
		values := make([]column.Value, len(args))
		for k, a := range args {
			values[k] = a.Value(i)
		}
		if !o.NullCalled && slices.Contains(values, nil) {
			continue
		}
		v, err := row(c, values)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func errorText(err error) string {
	if e, ok := sqlerr.As(err); ok {
		return e.Code + " " + e.Message
	}
	return fmt.Sprint(err)
}

func described(args []*column.Vector) string {
	text := ""
	for _, a := range args {
		text += fmt.Sprintf("\n%s const=%t texts=%T", a.Type, a.Const, a.Texts)
	}
	return text
}

// randomVector draws a vector: one value for all rows, or one each, some or no NULLs, text in every form.
func randomVector(rng *rand.Rand, t column.Type, n int) *column.Vector {
	nulls := rng.IntN(3)
	draw := func() column.Value {
		if nulls == 1 && rng.IntN(4) == 0 || nulls == 2 && rng.IntN(20) == 0 {
			return nil
		}
		return randomValue(rng, t)
	}
	if rng.IntN(3) == 0 {
		return column.ConstVector(t, draw(), n)
	}
	b := column.NewBuilder(t, n)
	for range n {
		b.Append(draw())
	}
	v := b.Vector()
	if v.Texts != nil {
		v.Texts = restored(rng, v.Texts)
	}
	return v
}

// restored is the same texts in another form.
func restored(rng *rand.Rand, texts column.Strings) column.Strings {
	switch rng.IntN(3) {
	case 0:
		arena := &column.Arena{}
		for i := range texts.Len() {
			arena.Append([]byte(texts.At(i)))
		}
		return arena
	case 1:
		coded := &column.Coded{Dict: column.NewDict()}
		for i := range texts.Len() {
			coded.Codes = append(coded.Codes, coded.Dict.Code([]byte(texts.At(i))))
		}
		return coded
	default:
		return texts
	}
}

func pickOne[A any](rng *rand.Rand, from ...A) A { return from[rng.IntN(len(from))] }

func randomValue(rng *rand.Rand, t column.Type) column.Value {
	switch t.Kind {
	case column.KindBool:
		return rng.IntN(2) == 0
	case column.KindInt64:
		return pickOne(rng, 0, 1, 2, 3, -1, -2, 10, 64, math.MaxInt64, math.MinInt64, rng.Int64N(100))
	case column.KindFloat64:
		return pickOne(rng, 0, math.Copysign(0, -1), 1, -1, 0.5, 2.5, 1e300, -1e-300, math.NaN(), math.Inf(1), rng.Float64(), float64(rng.IntN(9)))
	case column.KindText:
		return pickOne(rng, "", "a", "b", "abc", "ABC", "a%", "_b_", "%", "a\\", "日本語", "é", " x ", "12", "1.5", "true", "2025-01-05", "1 day", "{a,b}",
			"{\"k\":1}", "10.0.0.0/8", "a=>1", "year", "YYYY-MM-DD", "(", "[a-c]+", "\xff")
	case column.KindTimestamp:
		return column.Timestamp(pickOne(rng, 0, 1, -1, rng.Int64N(2e15), -rng.Int64N(2e15)))
	case column.KindInterval:
		return pickOne(rng, column.Interval{}, column.Interval{Days: 1}, column.Interval{Micros: 86_400_000_000}, column.Interval{Months: 1},
			column.Interval{Days: 30}, column.Interval{Months: -14, Days: 3, Micros: rng.Int64N(1e12)})
	case column.KindJSON:
		return pickOne[column.JSONText](rng, `{}`, `{"a": 1}`, `[1, null, "x"]`, `null`, `"text"`, `12`)
	case column.KindInet:
		return netip.MustParsePrefix(pickOne(rng, "10.0.0.1/8", "10.0.0.0/8", "10.0.0.1/32", "::1/128", "2001:db8::/32", "0.0.0.0/0"))
	case column.KindHStore:
		return pickOne(rng, column.NewHStore(nil), column.NewHStore([]column.Pair{{Key: "a", Value: "1"}}),
			column.NewHStore([]column.Pair{{Key: "a", Null: true}, {Key: "bb", Value: "x,y"}}))
	case column.KindList:
		l := &column.List{Elem: t.ElemType()}
		for range rng.IntN(4) {
			l.Items = append(l.Items, pickOne(rng, nil, randomValue(rng, t.ElemType()), randomValue(rng, t.ElemType())))
		}
		return l
	default:
		return nil
	}
}
