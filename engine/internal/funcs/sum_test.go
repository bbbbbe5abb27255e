package funcs

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/credsql/credsql/engine/column"
)

// TestFloatSum compares with exact arithmetic, in several orders and splits.
func TestFloatSum(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		values := make([]float64, 1+rng.IntN(40))
		exact := new(big.Float).SetPrec(4000)
		for i := range values {
			values[i] = math.Ldexp(rng.Float64()-0.5, rng.IntN(240)-120)
			if i > 0 && rng.IntN(4) == 0 {
				values[i] = -values[rng.IntN(i)]
			}
			exact.Add(exact, big.NewFloat(values[i]))
		}
		want, _ := exact.Float64()
		for range 4 {
			rng.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
			var first, second FloatSum
			at := rng.IntN(len(values))
			for i, x := range values {
				if i < at {
					first.Add(x)
				} else {
					second.Add(x)
				}
			}
			first.Merge(&second)
			if got, err := first.Float(); got != want || err != nil {
				t.Fatalf("sum of %v: %v (%v), want %v", values, got, err, want)
			}
		}
	}
}

func TestFloatSumSpecial(t *testing.T) {
	t.Parallel()
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{nil, "0"},
		{[]float64{1, inf}, "Infinity"},
		{[]float64{inf, -inf}, "NaN"},
		{[]float64{nan, 1}, "NaN"},
		{[]float64{math.MaxFloat64, math.MaxFloat64}, "value out of range: overflow"},
		{[]float64{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, "1"},
	} {
		var s FloatSum
		for _, x := range c.values {
			s.Add(x)
		}
		f, err := s.Float()
		got := string(column.AppendFloat(nil, f))
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%v: %s, want %s", c.values, got, c.want)
		}
	}
}

func TestIntSum(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		exact := new(big.Int)
		var sums [2]IntSum
		n := int64(1 + rng.IntN(30))
		for range n {
			x := int64(rng.Uint64()) >> rng.IntN(64)
			exact.Add(exact, big.NewInt(x))
			sums[rng.IntN(2)].Add(x)
		}
		sums[0].Merge(sums[1])
		got, err := sums[0].Int()
		if exact.IsInt64() != (err == nil) || err == nil && got != exact.Int64() {
			t.Fatalf("sum %d (%v), want %d", got, err, exact)
		}
		want, _ := new(big.Rat).SetFrac(exact, big.NewInt(n)).Float64()
		if mean := sums[0].Mean(n); mean != want {
			t.Fatalf("mean %v, want %v", mean, want)
		}
	}
}

// TestStatesMerge splits random rows at random places and compares the merged states with one that saw all rows; what Result gave
// before must not change by what is added after.
func TestStatesMerge(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 5))
	for _, f := range New().all {
		for _, o := range f.Overloads {
			if o.State == nil || o.Func.Class != Aggregate {
				continue
			}
			for range 20 {
				mergeOnce(t, rng, o)
			}
		}
	}
}

func mergeOnce(t *testing.T, rng *rand.Rand, o *Overload) {
	t.Helper()
	types := make([]column.Type, len(o.Params))
	for i, p := range o.Params {
		switch p.Any {
		case AnyElem, Any:
			types[i] = column.Text
		case AnyList:
			types[i] = column.ListOf(column.Text)
		default:
			types[i] = p.Type
		}
	}
	start := func() State {
		s, err := o.State(&Ctx{}, types, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	whole, merged := start(), start()
	for range rng.IntN(4) {
		part := start()
		for range rng.IntN(5) {
			args := make([]column.Value, len(types))
			for i, typ := range types {
				args[i] = smallValue(rng, typ, o.NullCalled)
			}
			if wholeErr, partErr := whole.Add(args), part.Add(args); errorText(wholeErr) != errorText(partErr) {
				t.Fatalf("%s: %v, but the part: %v", o.Signature(), wholeErr, partErr)
			}
		}
		kept, err := merged.Result()
		if err != nil {
			t.Fatal(err)
		}
		before := textOf(kept)
		if err := merged.Merge(part); err != nil {
			t.Fatal(err)
		}
		if after := textOf(kept); before != after {
			t.Fatalf("%s: a result changed from %s to %s", o.Signature(), before, after)
		}
	}
	if got, want := resultText(merged), resultText(whole); got != want {
		t.Fatalf("%s: merged %s, whole %s", o.Signature(), got, want)
	}
}

// smallValue is a value whose sums do not overflow.
func smallValue(rng *rand.Rand, t column.Type, nulls bool) column.Value {
	switch {
	case nulls && rng.IntN(3) == 0:
		return nil
	case t == column.Int64:
		return rng.Int64N(100)
	case t == column.Float64:
		return float64(rng.IntN(1000)) / 8
	default:
		return randomValue(rng, t)
	}
}

func resultText(s State) string {
	v, err := s.Result()
	if err != nil {
		return err.Error()
	}
	return textOf(v)
}

func textOf(v column.Value) string {
	if v == nil {
		return "NULL"
	}
	return string(column.AppendText(nil, v))
}
