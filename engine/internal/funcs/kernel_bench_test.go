package funcs

import (
	"fmt"
	"testing"

	"github.com/credsql/credsql/engine/column"
)

// BenchmarkKernels measures one batch of 65,536 rows.
func BenchmarkKernels(b *testing.B) {
	const n = 65536
	r := New()
	numbers := column.NewBuilder(column.Int64, n)
	decimals := column.NewBuilder(column.Float64, n)
	plain := column.NewBuilder(column.Text, n)
	arena := &column.Arena{}
	coded := &column.Coded{Dict: column.NewDict()}
	for i := range n {
		numbers.Append(int64(i))
		decimals.Append(float64(i) / 4)
		name := fmt.Sprintf("User-%05d@example.com", i)
		plain.Append(name)
		arena.Append([]byte(name))
		coded.Codes = append(coded.Codes, coded.Dict.Code([]byte(fmt.Sprintf("region-%d", i%30))))
	}
	text := func(s column.Strings) *column.Vector { return &column.Vector{Type: column.Text, N: n, Texts: s} }
	konst := func(t column.Type, v column.Value) *column.Vector { return column.ConstVector(t, v, n) }
	for _, c := range []struct {
		name string
		fn   string
		args []*column.Vector
	}{
		{"int+int", "+", []*column.Vector{numbers.Vector(), numbers.Vector()}},
		{"int<const", "<", []*column.Vector{numbers.Vector(), konst(column.Int64, int64(1000))}},
		{"float<const", "<", []*column.Vector{decimals.Vector(), konst(column.Float64, 1000.0)}},
		{"text=const", "=", []*column.Vector{text(arena), konst(column.Text, "User-00100@example.com")}},
		{"coded=const", "=", []*column.Vector{text(coded), konst(column.Text, "region-3")}},
		{"lower arena", "lower", []*column.Vector{text(arena)}},
		{"lower coded", "lower", []*column.Vector{text(coded)}},
		{"length", "length", []*column.Vector{text(arena)}},
		{"substring", "substring", []*column.Vector{text(arena), konst(column.Int64, int64(2)), konst(column.Int64, int64(3))}},
		{"split_part", "split_part", []*column.Vector{text(arena), konst(column.Text, "@"), konst(column.Int64, int64(2))}},
		{"like %x%", "like", []*column.Vector{text(arena), konst(column.Text, "%100%")}},
		{"like coded", "like", []*column.Vector{text(coded), konst(column.Text, "%-1%")}},
		{"ilike", "ilike", []*column.Vector{text(arena), konst(column.Text, "%USER-1%")}},
		{"concat", "||", []*column.Vector{text(arena), konst(column.Text, "!")}},
		{"round", "round", []*column.Vector{decimals.Vector()}},
	} {
		b.Run(c.name, func(b *testing.B) {
			types := make([]column.Type, len(c.args))
			known := make([]Constant, len(c.args))
			for i, a := range c.args {
				types[i] = a.Type
				known[i] = Constant{Known: a.Const, Type: a.Type, Value: a.Value(0)}
			}
			m, err := r.Resolve(c.fn, types)
			if err != nil {
				if m, err = r.Operator(c.fn, &types[0], &types[1]); err != nil {
					b.Fatal(err)
				}
			}
			vec := m.Overload.Vec
			if m.Overload.Bind != nil {
				if bound, _ := m.Overload.Bind(&Ctx{}, known); bound != nil && bound.Vec != nil {
					vec = bound.Vec
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := vec(&Ctx{}, c.args, n); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/row")
		})
	}
}
