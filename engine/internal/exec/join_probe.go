package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
)

// maxPairs is how many pairs are put together at a time.
const maxPairs = 32 << 10

// probing lets left rows find their matches.
type probing struct {
	then
	op      *join
	side    *buildSide
	x       *run
	matched []column.Bitmap // by worker: right rows that were matched, where that matters
}

// probe is one left frame being joined.
type probe struct {
	*probing
	worker int
	seq    int64
	f      *eval.Frame
	lefts  []int32
	rights []vec.Ref
	hit    column.Bitmap // left rows with a match, for semi and anti joins
	from   int           // the first row whose pairs are not given out yet
}

func (c *probing) take(worker int, seq int64, f *eval.Frame) error {
	p := &probe{probing: c, worker: worker, seq: seq, f: f}
	if c.op.node.Kind >= plan.Semi {
		p.hit = column.NewBitmap(f.N)
	}
	keys, err := eval.EvalAll(c.op.leftKeys, f)
	var failed error
	if err != nil {
		var n int
		n, failed = c.x.firstError(f, err, func(part *eval.Frame) error {
			_, err := eval.EvalAll(c.op.leftKeys, part)
			return err
		})
		p.f = f.Pick(span(0, n))
		if keys, err = eval.EvalAll(c.op.leftKeys, p.f); err != nil {
			return err
		}
	}
	if err := p.run(keys); err != nil {
		return err
	}
	return failed
}

// run joins the frame.
func (p *probe) run(keys []*column.Vector) error {
	candidates := p.candidates(keys)
	for i := range p.f.N {
		if err := p.add(i, candidates(i)); err != nil {
			return err
		}
	}
	if err := p.flush(p.f.N); err != nil || p.hit == nil {
		return err
	}
	return p.passHits()
}

// candidates gives the right rows whose key equals that of a left row.
func (p *probe) candidates(keys []*column.Vector) func(i int) []vec.Ref {
	if len(keys) == 0 {
		return func(int) []vec.Ref { return p.side.all }
	}
	valid := vec.NotNull(keys, p.f.N)
	if p.op.node.Kind == plan.NullAnti {
		p.excludeUnknown(valid)
	}
	hashes := p.side.hasher.Rows(keys, p.f.N)
	return func(i int) []vec.Ref {
		if valid != nil && !valid.Get(i) {
			return nil
		}
		return p.side.matches(hashes[i], keys, i)
	}
}

// excludeUnknown marks the rows for which NOT IN is NULL: all if the right side has a NULL, otherwise those that are NULL
// themselves, unless there is nothing on the right.
func (p *probe) excludeUnknown(valid column.Bitmap) {
	switch {
	case p.side.hasNull:
		p.hit = column.NewBitmapSet(p.f.N)
	case valid != nil && p.side.rows.n > 0:
		p.hit = valid.Clone()
		p.hit.Not(p.f.N)
	}
}

// add takes the candidates of row i.
func (p *probe) add(i int, rights []vec.Ref) error {
	if p.hit != nil && p.op.on == nil {
		if len(rights) > 0 {
			p.hit.Set(i)
		}
		return nil
	}
	if len(p.lefts)+len(rights) > maxPairs {
		if err := p.flush(i); err != nil {
			return err
		}
	}
	if len(rights) > maxPairs {
		return p.addLong(i, rights)
	}
	p.pair(i, rights)
	if len(rights) == 0 && p.op.keepsLeft() && p.op.on == nil {
		p.lefts, p.rights = append(p.lefts, int32(i)), append(p.rights, vec.NoRow)
	}
	return nil
}

// pair puts row i beside each of some right rows.
func (p *probe) pair(i int, rights []vec.Ref) {
	p.rights = append(p.rights, rights...)
	for range rights {
		p.lefts = append(p.lefts, int32(i))
	}
}

// addLong takes more candidates than fit: part by part.
func (p *probe) addLong(i int, rights []vec.Ref) error {
	found := false
	for len(rights) > 0 {
		part := rights[:min(len(rights), maxPairs)]
		rights = rights[len(part):]
		p.pair(i, part)
		n, err := p.giveMatches(i, i)
		if err != nil {
			return err
		}
		if found = found || n > 0; found && p.hit != nil {
			break
		}
	}
	p.from = i + 1
	if found || !p.op.keepsLeft() {
		return nil
	}
	return p.give([]int32{int32(i)}, []vec.Ref{vec.NoRow})
}

// flush gives out the pairs of the rows before to.
func (p *probe) flush(to int) error {
	_, err := p.giveMatches(p.from, to)
	p.from = to
	return err
}

// giveMatches gives out the pairs for which ON holds. Of left rows from..to, whose pairs are all there, those without a match get a
// pair with NULLs in their place, where the join asks for that. It gives the number of matches.
func (p *probe) giveMatches(from, to int) (int, error) {
	lefts, rights := p.lefts, p.rights
	p.lefts, p.rights = make([]int32, 0, cap(lefts)), make([]vec.Ref, 0, cap(rights)) // who gets the pairs keeps the lists
	if err := budget.Canceled(p.x.ctx); err != nil {
		return 0, err
	}
	var failed error
	if p.op.on != nil && len(lefts) > 0 {
		last := 0
		if lefts, rights, last, failed = p.holding(lefts, rights); failed != nil {
			to = min(to, last) // whether later rows have a match is not known
		}
	}
	n := len(lefts)
	p.mark(lefts, rights)
	if p.hit != nil {
		return n, failed
	}
	if p.op.keepsLeft() && p.op.on != nil && from < to {
		lefts, rights = padded(lefts, rights, from, to)
	}
	if err := p.give(lefts, rights); err != nil {
		return n, err
	}
	return n, failed
}

// holding are the pairs for which ON holds; if it fails for one, those before it, and that one's left row.
func (p *probe) holding(lefts []int32, rights []vec.Ref) (l []int32, r []vec.Ref, failedAt int, err error) {
	pairs := p.pairs(lefts, rights)
	keep, err := p.op.on.True(pairs)
	if err != nil {
		var n int
		n, err = p.x.firstError(pairs, err, func(part *eval.Frame) error {
			_, err := p.op.on.True(part)
			return err
		})
		failedAt = int(lefts[n])
		lefts, rights = lefts[:n], rights[:n]
		var again error
		if keep, again = p.op.on.True(pairs.Pick(span(0, n))); again != nil {
			return nil, nil, failedAt, again
		}
	}
	lefts, rights = chosen(lefts, rights, keep)
	return lefts, rights, failedAt, err
}

// mark remembers which rows found a match.
func (p *probe) mark(lefts []int32, rights []vec.Ref) {
	if p.hit != nil {
		for _, l := range lefts {
			p.hit.Set(int(l))
		}
	}
	if p.matched == nil {
		return
	}
	m := p.matched[p.worker]
	if m == nil {
		m = column.NewBitmap(p.side.rows.n)
		p.matched[p.worker] = m
	}
	for _, r := range rights {
		if r != vec.NoRow {
			m.Set(p.side.number(r))
		}
	}
}

func (p *probe) pairs(lefts []int32, rights []vec.Ref) *eval.Frame {
	return eval.Beside(p.f.Pick(lefts), eval.Spread(p.op.rightTypes, p.side.columns, rights))
}

func (p *probe) give(lefts []int32, rights []vec.Ref) error {
	if len(lefts) == 0 {
		return nil
	}
	return p.out.take(p.worker, p.seq, p.pairs(lefts, rights))
}

// chosen are the pairs whose bit is set.
func chosen(lefts []int32, rights []vec.Ref, keep column.Bitmap) ([]int32, []vec.Ref) {
	idx := keep.Indexes(nil)
	if len(idx) == len(lefts) {
		return lefts, rights
	}
	for to, i := range idx {
		lefts[to], rights[to] = lefts[i], rights[i]
	}
	return lefts[:len(idx)], rights[:len(idx)]
}

// padded adds a pair with NULLs for each of the left rows from..to that has none, in its place.
func padded(lefts []int32, rights []vec.Ref, from, to int) ([]int32, []vec.Ref) {
	outLefts, outRights := make([]int32, 0, len(lefts)+to-from), make([]vec.Ref, 0, len(lefts)+to-from)
	at := 0
	for i := from; i < to; i++ {
		if at == len(lefts) || int(lefts[at]) != i {
			outLefts, outRights = append(outLefts, int32(i)), append(outRights, vec.NoRow)
			continue
		}
		for ; at < len(lefts) && int(lefts[at]) == i; at++ {
			outLefts, outRights = append(outLefts, lefts[at]), append(outRights, rights[at])
		}
	}
	return outLefts, outRights
}

// passHits gives out the left rows with a match, or, for anti joins, those without.
func (p *probe) passHits() error {
	if p.op.node.Kind != plan.Semi {
		p.hit.Not(p.f.N)
	}
	if f := p.f.Where(p.hit); f.N > 0 {
		return p.out.take(p.worker, p.seq, f)
	}
	return nil
}
