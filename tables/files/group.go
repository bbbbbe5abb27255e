package files

import (
	"context"
	"sync"
)

const (
	// groupBytes is how much of small files one worker reads and decodes at a time: some 64k rows, which make one block.
	groupBytes = 16 << 20
	// largeFile is from where on a file is a group of its own, whose blocks all workers convert.
	largeFile = 32 << 20
	// rowBytes is about the length of a record.
	rowBytes = 250
)

// group is outcomes that one worker fills together: their rows share blocks. A large file is a group of its own.
type group struct {
	outcomes []outcome
	bytes    int64
	large    bool
}

// rows is how many rows the group's reports have.
func (g *group) rows() (n int64) {
	for i := range g.outcomes {
		for _, r := range g.outcomes[i].reports {
			n += int64(r.Rows())
		}
	}
	return n
}

// plan groups the inputs, in order. Groups are smaller when there is little to read, so that there is work for all.
func (l *loader) plan(inputs []input) {
	var total int64
	for i, in := range inputs {
		l.outcomes[i].input = in
		total += in.size
	}
	limit := min(groupBytes, max(total/int64(4*l.source.config.Workers), groupBytes/16))
	l.blockRows = int(limit / rowBytes)
	from := 0
	var bytes int64
	cut := func(to int) {
		if to > from {
			l.groups = append(l.groups, group{outcomes: l.outcomes[from:to], bytes: bytes})
		}
		from, bytes = to, 0
	}
	for i, in := range inputs {
		if in.size > largeFile || in.stream {
			cut(i)
			l.groups = append(l.groups, group{outcomes: l.outcomes[i : i+1], bytes: in.size, large: true})
			from = i + 1
			continue
		}
		if bytes+in.size > limit {
			cut(i)
		}
		bytes += in.size
	}
	cut(len(inputs))
}

// run reads all groups. Where the first rows are enough, groups are converted one after the other until they are there, so that they are the
// same whoever is faster; of the others only the structure is checked.
func (l *loader) run(ctx context.Context) {
	rest := l.groups
	l.columns = l.wanted.Columns
	if l.wanted.Rows > 0 {
		for rows := int64(0); rows < l.wanted.Rows && len(rest) > 0; rest = rest[1:] {
			l.read(ctx, rest[0], nil, l.source.config.Workers)
			rows += rest[0].rows()
		}
		if len(rest) > 0 {
			l.columns = 0
		}
	}
	l.readAll(ctx, rest)
}

// readAll reads the small groups, one a worker, and then the large files, each with all workers.
func (l *loader) readAll(ctx context.Context, groups []group) {
	work := make(chan group)
	var workers sync.WaitGroup
	for range min(l.source.config.Workers, len(groups)) {
		workers.Go(func() {
			var buf []byte
			for g := range work {
				if int64(len(buf)) < g.bytes+int64(len(g.outcomes)) {
					buf = make([]byte, g.bytes+int64(len(g.outcomes)))
				}
				l.read(ctx, g, buf, 1)
			}
		})
	}
	for _, g := range groups {
		if !g.large {
			work <- g
		}
	}
	close(work)
	workers.Wait()
	for _, g := range groups {
		if g.large {
			l.read(ctx, g, nil, l.source.config.Workers)
		}
	}
}
