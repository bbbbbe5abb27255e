package exec

import (
	"errors"
	"io"
	"sync"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/rowexec"
	"github.com/credsql/credsql/engine/sqlerr"
)

// subquery answers the subqueries of expressions: once for each combination of the values that they take from a row.
func (b *builder) subquery(sub *plan.Subquery, left, params []*eval.Expr) (eval.SubqueryFunc, error) {
	if sub.Kind == plan.AnySub || sub.Kind == plan.AllSub {
		return b.quantified(sub), nil
	}
	s := &subqueries{x: b.x, scope: b.scope, node: sub, params: params, answers: map[string]*answer{}, held: b.x.account()}
	b.x.atEnd(s.held.Close)
	return s.eval, nil
}

// subqueries remembers the answers of one subquery.
type subqueries struct {
	x      *run
	scope  *scope
	node   *plan.Subquery
	params []*eval.Expr

	mu      sync.Mutex
	answers map[string]*answer // by the identity of the parameters
	held    *budget.Account    // what the answers take
}

// maxAnswers is how many answers of a correlated subquery are remembered.
const maxAnswers = 1 << 16

// answer is a subquery's value for one combination of parameters. Workers that want the same one wait for the first.
type answer struct {
	once  sync.Once
	value column.Value
	err   error
}

func (s *subqueries) eval(f *eval.Frame) (*column.Vector, error) {
	if len(s.params) == 0 {
		v, err := s.answer(nil)
		if err != nil {
			return nil, err
		}
		return column.ConstVector(s.node.Typ, v, f.N), nil
	}
	params, err := eval.EvalAll(s.params, f)
	if err != nil {
		return nil, err
	}
	out := column.NewBuilder(s.node.Typ, f.N)
	values := make([]column.Value, len(params))
	for i := range f.N {
		for k, v := range params {
			values[k] = v.Value(i)
		}
		v, err := s.answer(values)
		if err != nil {
			return nil, err
		}
		out.Append(v)
	}
	return out.Vector(), nil
}

// answer gives the remembered value, or runs the plan.
func (s *subqueries) answer(values []column.Value) (column.Value, error) {
	var key []byte
	for _, v := range values {
		key = appendIdentity(key, v)
	}
	s.mu.Lock()
	a := s.answers[string(key)]
	if a == nil {
		if len(s.answers) >= maxAnswers {
			clear(s.answers)
			s.held.Close()
		}
		a = &answer{}
		s.answers[string(key)] = a
	}
	s.mu.Unlock()
	a.once.Do(func() {
		defer recovered(&a.err)
		if a.value, a.err = s.compute(values); a.err == nil {
			a.err = s.hold(int64(len(key)) + budget.SizeOf(a.value))
		}
	})
	return a.value, a.err
}

// answerBytes is what an answer takes beside its key and its value.
const answerBytes = 128

func (s *subqueries) hold(bytes int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held.Grow(bytes + answerBytes)
}

// compute runs the plan with the parameters set.
func (s *subqueries) compute(values []column.Value) (column.Value, error) {
	inner := s.scope
	if len(values) > 0 {
		inner = &scope{parent: s.scope, values: map[int]column.Value{}}
		for i, p := range s.node.Params {
			inner.values[p.ID] = values[i]
		}
	}
	op, err := (&builder{x: s.x, scope: inner}).build(s.node.Plan)
	if err != nil {
		return nil, err
	}
	c := &valuing{node: s.node, held: s.x.account()}
	defer c.held.Close()
	switch s.node.Kind {
	case plan.ExistsSub:
		c.value = false
	case plan.ArraySub:
		c.value = &column.List{Elem: s.node.Typ.ElemType()}
	}
	out := newOrdered(s.x, c.pass)
	defer out.close()
	if _, err := op.run(s.x, out); err != nil && !errors.Is(err, errAnswered) {
		return nil, err
	}
	return c.value, nil
}

// errAnswered ends a subquery whose value is known.
var errAnswered = errors.New("the subquery is answered")

// valuing makes a value of a subquery's rows.
type valuing struct {
	node  *plan.Subquery
	rows  int
	value column.Value
	held  *budget.Account // what a list takes while it grows
}

func (c *valuing) pass(_ int, f *eval.Frame) error {
	if f.N == 0 {
		return nil
	}
	if c.node.Kind == plan.ExistsSub {
		c.value = true
		return errAnswered
	}
	v, err := f.Col(0)
	if err != nil {
		return err
	}
	c.rows += f.N
	if c.node.Kind == plan.ScalarSub {
		if c.rows > 1 {
			return sqlerr.New(sqlerr.CodeCardinality, "more than one row returned by a subquery used as an expression").At(c.node.Offset())
		}
		c.value = v.Value(0)
		return nil
	}
	list := c.value.(*column.List)
	for i := range f.N {
		item := v.Value(i)
		if err := c.held.GrowRow([]column.Value{item}); err != nil {
			return err
		}
		list.Items = append(list.Items, item)
	}
	return nil
}

// rowTable is the id under which a frame is handed to the row executor; those of WITH definitions are not negative.
const rowTable = -1

// quantified answers ANY and ALL by rows: the optimiser turns those that matter for speed into joins.
func (b *builder) quantified(sub *plan.Subquery) eval.SubqueryFunc {
	return func(f *eval.Frame) (*column.Vector, error) {
		all, err := f.Batch()
		if err != nil {
			return nil, err
		}
		cols := make([]plan.Col, len(all.Cols))
		for i, v := range all.Cols {
			cols[i] = plan.Col{Type: v.Type}
		}
		node := &plan.Project{
			Input: &plan.CTERef{ID: rowTable, Cols: cols}, Exprs: []plan.Expr{sub}, Cols: []plan.Col{{Type: sub.Typ}},
		}
		env := b.x.rowEnv(b.scope)
		env.Scope = env.Scope.WithTable(rowTable, func() rowexec.Batches {
			return func(yield func(*column.Batch, error) bool) { yield(all, nil) }
		})
		return b.x.onlyColumn(node, env, sub.Typ, f.N)
	}
}

// onlyColumn runs a plan of one column by rows.
func (x *run) onlyColumn(node plan.Node, env *rowexec.Env, t column.Type, n int) (*column.Vector, error) {
	var chunks []*column.Vector
	refs := make([]vec.Ref, 0, n)
	for batch, err := range rowexec.RunBatches(x.ctx, node, env) {
		if err != nil {
			return nil, err
		}
		for i := range batch.N {
			refs = append(refs, vec.MakeRef(len(chunks), i))
		}
		chunks = append(chunks, batch.Cols[0])
	}
	if len(refs) != n {
		return nil, sqlerr.Internal(io.ErrUnexpectedEOF)
	}
	return vec.GatherRefs(t, chunks, refs), nil
}
