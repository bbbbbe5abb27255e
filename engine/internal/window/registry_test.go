package window

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// samples are texts of values, by type.
var samples = map[column.Type][]string{
	column.Bool:       {"true", "false"},
	column.Int64:      {"3", "-7", "0", "12", "5"},
	column.Float64:    {"1.5", "-2.25", "0", "1e3"},
	column.Text:       {"x", "", "yy", "a b"},
	column.TimestampT: {"2024-01-01 00:00:00", "2024-02-29 12:00:00"},
	column.IntervalT:  {"1 day", "24:00:00", "-2 hours"},
	column.JSON:       {"{}", "[1]"},
	column.InetT:      {"10.0.0.1", "::1"},
	column.HStoreT:    {`"a"=>"1"`, ""},
}

// TestEveryAggregateRuns holds all aggregates of the registry to what a window frame asks of them: a result at any time, more rows after
// it, and merges that leave the merged state alone. A state for each frame, fed row by row, says what is right.
func TestEveryAggregateRuns(t *testing.T) {
	t.Parallel()
	registry, random, tried := funcs.New(), rand.New(rand.NewPCG(3, 4)), 0
	for _, fn := range registry.Functions() {
		if fn.Class != funcs.Aggregate {
			continue
		}
		for _, o := range fn.Overloads {
			args := argumentTypes(o)
			m, err := registry.Resolve(fn.Name, args)
			if err != nil || m.Overload != o {
				continue
			}
			tried++
			for _, frame := range []plan.Frame{
				{Mode: plan.FrameRows, End: plan.Bound{Kind: plan.CurrentRow}},
				{Mode: plan.FrameRows, Start: plan.Bound{Kind: plan.CurrentRow}, End: plan.Bound{Kind: plan.UnboundedFollowing}},
				{Mode: plan.FrameRows, End: plan.Bound{Kind: plan.UnboundedFollowing}, Exclude: plan.ExcludeCurrentRow},
			} {
				call := &plan.WindowCall{Fn: o, Name: fn.Name, Type: m.Ret, Frame: frame}
				checkAggregate(t, call, args, randomArguments(random, call, args))
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d aggregates were tried", tried)
	}
}

func argumentTypes(o *funcs.Overload) []column.Type {
	var out []column.Type
	for _, p := range o.Params {
		switch p.Any {
		case funcs.Exact:
			out = append(out, p.Type)
		case funcs.AnyList:
			out = append(out, column.ListOf(column.Int64))
		default:
			out = append(out, column.Int64)
		}
	}
	return out
}

const aggregateRows = 70

// keyed are aggregates whose first argument must not be NULL.
var keyed = map[string]bool{"json_object_agg": true}

func randomArguments(random *rand.Rand, call *plan.WindowCall, types []column.Type) []*column.Vector {
	var out []*column.Vector
	for i, typ := range types {
		call.Args = append(call.Args, &plan.ColRef{Typ: typ})
		b := column.NewBuilder(typ, aggregateRows)
		for range aggregateRows {
			texts := samples[typ]
			if null := random.IntN(4) == 0 && !(i == 0 && keyed[call.Name]); null || len(texts) == 0 {
				b.Append(nil)
				continue
			}
			b.Append(must(sqltype.Parse(texts[random.IntN(len(texts))], typ)))
		}
		out = append(out, b.Vector())
	}
	return out
}

func checkAggregate(t *testing.T, call *plan.WindowCall, types []column.Type, args []*column.Vector) {
	t.Helper()
	rows := arranged(aggregateRows, nil, nil, nil)
	for _, direct := range []int{directWork, -1} {
		got, err := compute(testCtx(), call, rows, &Inputs{Args: args}, direct)
		if err != nil {
			t.Errorf("%s%v: %v", call.Name, types, err)
			return
		}
		for at := range aggregateRows {
			want := must(fedAnew(call, types, args, at))
			if !alike(got.Value(at), want) {
				t.Errorf("%s%v row %d (direct %d): %s, want %s", call.Name, types, at, direct, text(got.Value(at)), text(want))
				return
			}
		}
	}
}

// fedAnew computes the aggregate over one row's frame alone.
func fedAnew(call *plan.WindowCall, types []column.Type, args []*column.Vector, at int) (column.Value, error) {
	s := must(call.Fn.State(testCtx(), types, nil))
	from, to := 0, aggregateRows
	if call.Frame.Start.Kind == plan.CurrentRow {
		from = at
	}
	if call.Frame.End.Kind == plan.CurrentRow {
		to = at + 1
	}
	a := &aggregation{work: &work{call: call, in: &Inputs{Args: args}}, args: make([]column.Value, len(args))}
	for row := from; row < to; row++ {
		if row == at && call.Frame.Exclude == plan.ExcludeCurrentRow || !a.counts(row) {
			continue
		}
		if err := s.Add(a.args); err != nil {
			return nil, err
		}
	}
	return s.Result()
}

// alike is equality, but for the last digits of a DECIMAL: blocks add in another order.
func alike(a, b column.Value) bool {
	x, ok := a.(float64)
	y, too := b.(float64)
	if ok && too {
		return math.Abs(x-y) <= 1e-9*max(1, math.Abs(x), math.Abs(y))
	}
	return text(a) == text(b)
}
