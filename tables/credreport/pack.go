package credreport

import "github.com/credsql/credsql/engine/column"

// Pack lays the rows of small reports side by side in large blocks, which is what scans are fastest on. Live sources call
// it when reports have arrived, each decoded on its own; reports that Convert made together are packed already, and runs
// of reports that an earlier Pack put together stay where they are. The reports come back in order; those given still
// work, and hold their own copy of the rows until they are let go. Reports that do not share Dictionaries and columns are
// left alone.
func Pack(reports []*Report) []*Report {
	p := packer{out: make([]*Report, 0, len(reports))}
	for _, r := range runsOf(reports) {
		if r.rows >= maxBlockRows/2 || !r.packable() || !p.joins(r) {
			p.flush()
		}
		if r.rows >= maxBlockRows/2 || !r.packable() {
			p.out = append(p.out, r.reports...)
			continue
		}
		p.pending = append(p.pending, r)
		p.rows += r.rows
	}
	p.flush()
	return p.out
}

// run is reports whose rows follow each other in one block.
type run struct {
	reports []*Report
	rows    int
}

func runsOf(reports []*Report) []run {
	var runs []run
	for _, r := range reports {
		if n := len(runs); n > 0 && runs[n-1].continuedBy(r) {
			runs[n-1].reports = append(runs[n-1].reports, r)
			runs[n-1].rows += r.Rows()
			continue
		}
		runs = append(runs, run{reports: []*Report{r}, rows: r.Rows()})
	}
	return runs
}

func (r *run) continuedBy(next *Report) bool {
	last := r.reports[len(r.reports)-1]
	if len(last.extents) != 1 || len(next.extents) != 1 {
		return false
	}
	a, b := last.extents[0], next.extents[0]
	return a.block == b.block && a.from+a.n == b.from
}

func (r *run) packable() bool { return len(r.reports[0].extents) == 1 }

func (r *run) block() *block { return r.reports[0].extents[0].block }

// packer gathers runs for the next block.
type packer struct {
	out     []*Report
	pending []run
	rows    int
}

// joins says whether a run fits with those that are pending.
func (p *packer) joins(r run) bool {
	return len(p.pending) == 0 || p.rows+r.rows <= maxBlockRows && p.pending[0].block().joins(r.block())
}

// joins says whether rows of both blocks can lie in one: the same columns, coded by the same dictionaries.
func (b *block) joins(o *block) bool {
	for c := range b.columns {
		x, y := b.columns[c], o.columns[c]
		if (x == nil) != (y == nil) || x != nil && dictOf(x) != dictOf(y) {
			return false
		}
	}
	return true
}

func dictOf(v *column.Vector) *column.Dict {
	switch t := v.Texts.(type) {
	case *column.Coded:
		return t.Dict
	case *ARNs:
		return t.prefixes
	}
	return nil
}

func (p *packer) flush() {
	if len(p.pending) == 1 {
		p.out = append(p.out, p.pending[0].reports...)
	} else if len(p.pending) > 1 {
		p.join()
	}
	p.pending, p.rows = nil, 0
}

// join makes one block of the pending runs.
func (p *packer) join() {
	var extents []extent
	from := 0
	made := &block{n: p.rows}
	for _, r := range p.pending {
		for _, report := range r.reports {
			moved := *report
			extents = append(extents, report.extents...)
			moved.extents = []extent{{block: made, from: from, n: report.Rows()}}
			from += report.Rows()
			p.out = append(p.out, &moved)
		}
	}
	made.fill(extents)
}

// fill copies the rows of the extents into the block, column by column.
func (b *block) fill(extents []extent) {
	for c, v := range extents[0].block.columns {
		if v == nil || c == ColKey || c == ColARN {
			continue
		}
		b.columns[c] = joinVectors(b.n, extents, c)
		b.sentinels[c] = joinSentinels(b.n, extents, c)
	}
	if v := extents[0].block.columns[ColARN]; v != nil {
		arns := &ARNs{codes: joinCodes(b.n, extents, ColARN), prefixes: dictOf(v), users: b.columns[ColUser].Texts.(*column.Arena)}
		b.columns[ColARN] = &column.Vector{Type: column.Text, N: b.n, Texts: arns}
		b.columns[ColKey] = b.columns[ColARN]
	}
}

func joinVectors(n int, extents []extent, c int) *column.Vector {
	first := extents[0].block.columns[c]
	out := &column.Vector{Type: first.Type, N: n}
	switch first.Type.Kind {
	case column.KindTimestamp:
		out.Ints = make([]int64, 0, n)
		for _, e := range extents {
			out.Ints = append(out.Ints, e.block.columns[c].Ints[e.from:e.from+e.n]...)
		}
	case column.KindBool:
		out.Bools = joinBits(n, extents, func(b *block) column.Bitmap { return b.columns[c].Bools })
	default:
		if dict := dictOf(first); dict != nil {
			out.Texts = &column.Coded{Codes: joinCodes(n, extents, c), Dict: dict}
		} else {
			out.Texts = joinArenas(n, extents, c)
		}
	}
	out.Valid = joinValid(n, extents, c)
	return out
}

func joinCodes(n int, extents []extent, c int) []uint32 {
	out := make([]uint32, 0, n)
	for _, e := range extents {
		switch t := e.block.columns[c].Texts.(type) {
		case *column.Coded:
			out = append(out, t.Codes[e.from:e.from+e.n]...)
		case *ARNs:
			out = append(out, t.codes[e.from:e.from+e.n]...)
		}
	}
	return out
}

func joinArenas(n int, extents []extent, c int) *column.Arena {
	out := &column.Arena{Ends: make([]uint32, 0, n)}
	cut := make([]*column.Arena, len(extents))
	size := 0
	for i, e := range extents {
		cut[i] = sliceArena(e.block.columns[c].Texts.(*column.Arena), e.from, e.from+e.n)
		size += len(cut[i].Bytes)
	}
	out.Bytes = make([]byte, 0, size)
	for _, a := range cut {
		start := uint32(len(out.Bytes))
		out.Bytes = append(out.Bytes, a.Bytes...)
		for _, end := range a.Ends {
			out.Ends = append(out.Ends, start+end)
		}
	}
	return out
}

// joinValid is nil if no row is NULL.
func joinValid(n int, extents []extent, c int) column.Bitmap {
	any := false
	for _, e := range extents {
		any = any || e.block.columns[c].Valid != nil
	}
	if !any {
		return nil
	}
	return joinBits(n, extents, func(b *block) column.Bitmap {
		if v := b.columns[c]; v.Valid == nil {
			return column.NewBitmapSet(v.N)
		}
		return b.columns[c].Valid
	})
}

func joinSentinels(n int, extents []extent, c int) *Sentinels {
	var out *Sentinels
	for _, e := range extents {
		if e.block.sentinels[c] != nil {
			out = newSentinels(n)
		}
	}
	if out == nil {
		return nil
	}
	for kind := range out.marks {
		marks := func(b *block) column.Bitmap {
			if s := b.sentinels[c]; s != nil {
				return s.marks[kind]
			}
			return nil
		}
		for _, e := range extents {
			if marks(e.block) != nil {
				out.marks[kind] = joinBits(n, extents, marks)
				break
			}
		}
	}
	return out
}

// joinBits puts the extents' bits one after the other; a nil bitmap stands for zeros.
func joinBits(n int, extents []extent, of func(*block) column.Bitmap) column.Bitmap {
	out := column.NewBitmap(n)
	at := 0
	for _, e := range extents {
		if from := of(e.block); from != nil {
			orBits(out, at, from.Slice(e.from, e.from+e.n))
		}
		at += e.n
	}
	return out
}

// orBits adds the bits of src to dst, shifted to begin at bit at. Bits past the end of src are zero.
func orBits(dst column.Bitmap, at int, src column.Bitmap) {
	word, shift := at>>6, uint(at)&63
	for i, w := range src {
		dst[word+i] |= w << shift
		if high := w >> (64 - shift); shift != 0 && high != 0 {
			dst[word+i+1] |= high
		}
	}
}
