package credreport

import "sync"

// ConvertOptions says what Convert makes of files.
type ConvertOptions struct {
	// Dicts are shared by all reports of one source; nil: new ones.
	Dicts *Dictionaries
	// Columns are converted, and with an ARN the user's name; the others are not there. Tags are not converted.
	Columns ColumnSet
	// BlockRows is how many rows of small reports share a block, at most 65536, which is the default.
	BlockRows int
	// Workers is how many blocks are converted at once; default 1.
	Workers int
}

// Convert makes reports of inspected files, one for each account of each, in order. The files' data is let go.
func Convert(files []*File, opts ConvertOptions) []*Report {
	if opts.Dicts == nil {
		opts.Dicts = NewDictionaries()
	}
	if opts.BlockRows <= 0 || opts.BlockRows > maxBlockRows {
		opts.BlockRows = maxBlockRows
	}
	opts.Columns = opts.Columns.converted()
	plan := layOut(files, opts.BlockRows)
	made := make([]*block, len(plan))
	doubts := make([][][]doubt, len(plan))
	forEach(len(plan), opts.Workers, func() func(int) {
		c := newConverter(opts.Dicts)
		return func(i int) { made[i], doubts[i] = c.convert(plan[i], opts.Columns) }
	})
	reports := gather(files, plan, made, doubts, opts.Columns)
	for _, f := range files {
		f.data = nil
	}
	return reports
}

// layOut cuts the files' pieces into blocks, in order.
func layOut(files []*File, blockRows int) [][]part {
	var plan [][]part
	var parts []part
	rows := 0
	for _, f := range files {
		for _, s := range f.sections {
			for _, p := range s.pieces {
				if rows > 0 && rows+p.rows > blockRows {
					plan = append(plan, parts)
					parts, rows = nil, 0
				}
				parts = append(parts, part{file: f, section: s, piece: p, from: rows})
				rows += p.rows
			}
		}
	}
	if rows > 0 {
		plan = append(plan, parts)
	}
	return plan
}

// gather makes the reports of the parts in the blocks.
func gather(files []*File, plan [][]part, made []*block, doubts [][][]doubt, columns ColumnSet) []*Report {
	var reports []*Report
	bySection := map[*section]*Report{}
	for _, f := range files {
		for _, s := range f.sections {
			r := &Report{file: f, section: s, checked: columns}
			bySection[s] = r
			reports = append(reports, r)
		}
	}
	for b, parts := range plan {
		for i, p := range parts {
			r := bySection[p.section]
			r.extend(extent{block: made[b], from: p.from, n: p.piece.rows})
			r.doubts = append(r.doubts, doubts[b][i]...)
		}
	}
	return reports
}

// extend adds an extent, which continues the last one if it can.
func (r *Report) extend(e extent) {
	if n := len(r.extents); n > 0 {
		if last := &r.extents[n-1]; last.block == e.block && last.from+last.n == e.from {
			last.n += e.n
			return
		}
	}
	r.extents = append(r.extents, e)
}

// forEach calls work for 0..n on several goroutines, each with the state that its own call of start made.
func forEach(n, workers int, start func() func(int)) {
	if workers = min(workers, n); workers <= 1 {
		work := start()
		for i := range n {
			work(i)
		}
		return
	}
	next := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			work := start()
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	group.Wait()
}
