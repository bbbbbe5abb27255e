package eval

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
)

// logic is AND or OR. AND is decided by a false operand, OR by a true one: decisive is !AND.
type logic struct {
	traitsOf
	args     []node
	decisive bool
}

// newLogic orders the operands: cheap ones first, but nothing moves across one that can fail, because which rows reach that one
// decides whether the statement has an error.
func newLogic(or bool, args []node) *logic {
	l := &logic{args: args, decisive: or, traitsOf: traits{typ: column.Bool}}
	for from := 0; from < len(args); {
		to := from
		for to < len(args) && !args[to].traits().fails {
			to++
		}
		slices.SortStableFunc(args[from:to], func(a, b node) int { return int(a.traits().cost - b.traits().cost) })
		from = to + 1
	}
	for _, a := range args {
		t := a.traits()
		l.fails = l.fails || t.fails
		l.cost = max(l.cost, t.cost)
	}
	l.cost = max(l.cost, costWord)
	return l
}

// eval computes in three values: the rows that are true and the rows that are false.
func (l *logic) eval(f *Frame) (*column.Vector, error) {
	decided := column.NewBitmap(f.N)   // some operand is decisive
	passed := column.NewBitmapSet(f.N) // every operand is the opposite
	for _, a := range l.args {
		if err := l.step(a, f, decided, passed); err != nil {
			return nil, err
		}
	}
	if l.decisive {
		return fromMasks(decided, passed, f.N), nil
	}
	return fromMasks(passed, decided, f.N), nil
}

// step takes one operand into account, evaluated for the rows that are not decided.
func (l *logic) step(a node, f *Frame, decided, passed column.Bitmap) error {
	live := f.N - decided.Count()
	if live == 0 {
		return nil
	}
	if !a.traits().subsetWorth(live, f.N) {
		v, err := a.eval(f)
		if err != nil {
			return err
		}
		decided.Or(vectorMask(v, l.decisive).bits)
		passed.And(vectorMask(v, !l.decisive).bits)
		return nil
	}
	open := decided.Clone()
	open.Not(f.N)
	idx := open.Indexes(make([]int32, 0, live))
	v, err := a.eval(f.Pick(idx))
	if err != nil {
		return err
	}
	decided.Or(spreadBits(vectorMask(v, l.decisive).bits, idx, f.N))
	passed.And(spreadBits(vectorMask(v, !l.decisive).bits, idx, f.N))
	return nil
}

var _ masker = (*logic)(nil)

// mask is the rows where the whole is want: all operands must be want, or one is enough.
func (l *logic) mask(f *Frame, want bool) (mask, error) {
	if l.fails {
		v, err := l.eval(f)
		if err != nil {
			return mask{}, err
		}
		return vectorMask(v, want), nil
	}
	if want == l.decisive {
		return l.any(f, want)
	}
	return l.all(f, want)
}

// all is the rows where every operand is want; later operands are asked only about the rows that are left, where that pays.
func (l *logic) all(f *Frame, want bool) (mask, error) {
	first, err := maskOf(l.args[0], f, want)
	if err != nil {
		return mask{}, err
	}
	got := first.owned()
	for _, a := range l.args[1:] {
		live := got.Count()
		if live == 0 {
			break
		}
		if a.traits().subsetWorth(live, f.N) {
			idx := got.Indexes(make([]int32, 0, live))
			m, err := maskOf(a, f.Pick(idx), want)
			if err != nil {
				return mask{}, err
			}
			got = spreadBits(m.bits, idx, f.N)
			continue
		}
		m, err := maskOf(a, f, want)
		if err != nil {
			return mask{}, err
		}
		got.And(m.bits)
	}
	return mask{got, true}, nil
}

// any is the rows where some operand is want.
func (l *logic) any(f *Frame, want bool) (mask, error) {
	first, err := maskOf(l.args[0], f, want)
	if err != nil {
		return mask{}, err
	}
	got := first.owned()
	for _, a := range l.args[1:] {
		live := f.N - got.Count()
		if live == 0 {
			break
		}
		if a.traits().subsetWorth(live, f.N) {
			open := got.Clone()
			open.Not(f.N)
			idx := open.Indexes(make([]int32, 0, live))
			m, err := maskOf(a, f.Pick(idx), want)
			if err != nil {
				return mask{}, err
			}
			got.Or(spreadBits(m.bits, idx, f.N))
			continue
		}
		m, err := maskOf(a, f, want)
		if err != nil {
			return mask{}, err
		}
		got.Or(m.bits)
	}
	return mask{got, true}, nil
}

// not is NOT.
type not struct {
	traitsOf
	arg node
}

func newNot(arg node) *not {
	t := *arg.traits()
	t.typ, t.cost = column.Bool, max(t.cost, costWord)
	return &not{traitsOf: t, arg: arg}
}

func (n *not) eval(f *Frame) (*column.Vector, error) {
	v, err := n.arg.eval(f)
	if err != nil {
		return nil, err
	}
	if v.Type.Kind == column.KindUnknown {
		return v, nil
	}
	out := *v
	out.Bools = v.Bools.Clone()
	if v.Const {
		out.Bools.Not(1)
	} else {
		out.Bools.Not(v.N)
	}
	return &out, nil
}

var _ masker = (*not)(nil)

func (n *not) mask(f *Frame, want bool) (mask, error) { return maskOf(n.arg, f, !want) }

// is is IS [NOT] NULL, TRUE or FALSE, which are never NULL themselves.
type is struct {
	traitsOf
	arg    node
	null   bool // asks for NULL; otherwise for value
	value  bool
	negate bool
}

func (n *is) eval(f *Frame) (*column.Vector, error) {
	m, err := n.mask(f, true)
	if err != nil {
		return nil, err
	}
	return &column.Vector{Type: column.Bool, N: f.N, Bools: m.bits}, nil
}

var _ masker = (*is)(nil)

func (n *is) mask(f *Frame, want bool) (mask, error) {
	var m mask
	if n.null {
		v, err := n.arg.eval(f)
		if err != nil {
			return mask{}, err
		}
		m = nullMask(v, want != n.negate)
		return m, nil
	}
	m, err := maskOf(n.arg, f, n.value)
	if err != nil || want != n.negate {
		return m, err
	}
	bits := m.owned()
	bits.Not(f.N)
	return mask{bits, true}, nil
}

// nullMask is the rows that are NULL, or those that are not.
func nullMask(v *column.Vector, null bool) mask {
	all := v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0)
	none := v.Valid == nil || v.Const && !all
	switch {
	case all && null || !all && none && !null:
		return mask{column.NewBitmapSet(v.N), true}
	case all || none:
		return mask{column.NewBitmap(v.N), true}
	case !null:
		return mask{v.Valid, false}
	default:
		bits := v.Valid.Clone()
		bits.Not(v.N)
		return mask{bits, true}
	}
}
