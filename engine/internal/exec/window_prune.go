package exec

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
)

// maxPruneRows is the largest number of rows a partition for which pruning is tried.
const maxPruneRows = 64

// prunable finds, in the condition above a window, how many rows of each partition can pass: rn <= 3 of row_number() or rank().
// 0: not known.
func prunable(w *plan.Window, cond plan.Expr) int {
	if len(w.Calls) != 1 {
		return 0
	}
	c := w.Calls[0]
	if c.Name != "row_number" && c.Name != "rank" || len(c.OrderBy) == 0 || windowFails(c) {
		return 0
	}
	best := 0
	for _, x := range conjuncts(cond) {
		if k := atMost(x, len(w.Input.Columns())); k > 0 && k <= maxPruneRows && (best == 0 || k < best) {
			best = k
		}
	}
	return best
}

// windowFails says whether a key may give an error, which must not depend on what was dropped.
func windowFails(c *plan.WindowCall) bool {
	for _, k := range c.OrderBy {
		if plan.CanFail(k.Expr) {
			return true
		}
	}
	return slices.ContainsFunc(c.PartitionBy, plan.CanFail)
}

// conjuncts are the conditions that must all hold.
func conjuncts(x plan.Expr) []plan.Expr {
	l, ok := x.(*plan.Logic)
	if !ok || l.Or {
		return []plan.Expr{x}
	}
	var out []plan.Expr
	for _, a := range l.Args {
		out = append(out, conjuncts(a)...)
	}
	return out
}

// atMost is k where x says that column col is at most k; 0 where it says something else.
func atMost(x plan.Expr, col int) int {
	call, ok := x.(*plan.Call)
	if !ok || len(call.Args) != 2 || call.Fn.Func == nil {
		return 0
	}
	sign, left, right := call.Fn.Func.Name, call.Args[0], call.Args[1]
	if _, ok := left.(*plan.Const); ok {
		left, right = right, left
		sign = map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}[sign]
	}
	ref, ok := left.(*plan.ColRef)
	if !ok || ref.Index != col {
		return 0
	}
	c, ok := right.(*plan.Const)
	if !ok {
		return 0
	}
	k, ok := c.Val.(int64)
	if !ok || k < 1 || k > maxPruneRows+1 {
		return 0
	}
	switch sign {
	case "<=", "=":
		return int(k)
	case "<":
		return int(k - 1)
	}
	return 0
}

// prune drops rows that the first ORDER BY key of a window keeps out of the first rows of their partition. What it lets through
// depends on how the rows come, what passes the condition above does not.
type prune struct {
	input  operator
	parts  []*eval.Expr
	first  *eval.Expr
	key    plan.SortKey
	keep   int
	groups []column.Type
}

// pruned builds the window below a filter over an input that is pruned; nil if it cannot be.
func (b *builder) pruned(w *plan.Window, cond plan.Expr) (operator, error) {
	keep := prunable(w, cond)
	if keep == 0 {
		return nil, nil
	}
	input, err := b.build(w.Input)
	if err != nil {
		return nil, err
	}
	o := &prune{input: input, key: w.Calls[0].OrderBy[0], keep: keep}
	if o.parts, err = b.expressions().CompileAll(w.Calls[0].PartitionBy); err != nil {
		return nil, err
	}
	if o.first, err = b.expressions().Compile(o.key.Expr); err != nil {
		return nil, err
	}
	for _, p := range o.parts {
		o.groups = append(o.groups, p.Type())
	}
	return b.windowOver(w, o)
}

func (o *prune) run(x *run, out consumer) (int64, error) {
	return o.input.run(x, &pruning{then: then{out}, op: o, states: make([]*pruneState, x.workers)})
}

type pruning struct {
	then
	op     *prune
	states []*pruneState
}

// pruneState is what one worker knows of the partitions: the keep least ranks seen in each, the greatest first.
type pruneState struct {
	groups *agg.Groups
	ids    []uint32
	least  []uint64 // keep places a partition
	filled []uint8  // how many of them are taken
}

func (c *pruning) take(worker int, seq int64, f *eval.Frame) error {
	s := c.states[worker]
	if s == nil {
		s = &pruneState{}
		if len(c.op.groups) > 0 {
			s.groups = agg.NewGroups(c.op.groups)
		}
		c.states[worker] = s
	}
	key, err := c.op.first.Eval(f)
	if err != nil {
		return err
	}
	if err := s.number(c.op, f); err != nil {
		return err
	}
	var idx []int32
	for i, rank := range sortRanks(key, &c.op.key) {
		if s.mayPass(s.ids[i], rank, c.op.keep) {
			idx = append(idx, int32(i))
		}
	}
	if len(idx) == 0 {
		return nil
	}
	return c.out.take(worker, seq, f.Pick(idx))
}

// number finds the partition of each row.
func (s *pruneState) number(o *prune, f *eval.Frame) error {
	if cap(s.ids) < f.N {
		s.ids = make([]uint32, f.N)
	}
	s.ids = s.ids[:f.N]
	count := 1
	if s.groups != nil {
		parts, err := eval.EvalAll(o.parts, f)
		if err != nil {
			return err
		}
		s.groups.Assign(parts, f.N, 0, s.ids)
		count = s.groups.Len()
	} else {
		clear(s.ids)
	}
	if missing := count - len(s.filled); missing > 0 {
		s.filled = append(s.filled, make([]uint8, missing)...)
		s.least = append(s.least, make([]uint64, missing*o.keep)...)
	}
	return nil
}

// mayPass takes in a rank and says whether it is among the keep least ones so far, or equal to one.
func (s *pruneState) mayPass(group uint32, rank uint64, keep int) bool {
	least := s.least[int(group)*keep:][:keep]
	n := int(s.filled[group])
	if n < keep {
		at := n
		for ; at > 0 && least[at-1] < rank; at-- {
			least[at] = least[at-1]
		}
		least[at] = rank
		s.filled[group]++
		return true
	}
	if rank >= least[0] {
		return rank == least[0]
	}
	at := 0
	for ; at+1 < keep && least[at+1] > rank; at++ {
		least[at] = least[at+1]
	}
	least[at] = rank
	return true
}
