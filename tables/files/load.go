package files

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

const (
	// groupBytes is how much of small files one worker reads and decodes at a time: some 64k rows, which make one block.
	groupBytes = 16 << 20
	// largeFile is from where on a file is a group of its own, whose blocks all workers convert.
	largeFile = 32 << 20
	// rowBytes is about the length of a record.
	rowBytes = 250
)

// outcome is what became of one input.
type outcome struct {
	input   input
	reports []*credreport.Report
	err     error
}

// load reads all files.
func (s *Source) load(ctx context.Context, wanted credreport.Wanted) (*loaded, error) {
	inputs, err := expand(s.config.Paths, s.config.Stdin != nil)
	if err != nil {
		return nil, err
	}
	l := loader{source: s, wanted: wanted, outcomes: make([]outcome, len(inputs))}
	l.plan(inputs)
	l.run(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	merged, err := merge(ctx, l.outcomes)
	if err != nil {
		return nil, err
	}
	if len(merged.reports) == 0 {
		return nil, nothingRead(merged.accounts)
	}
	snapshot := credreport.NewSnapshot(merged.reports, merged.accounts, merged.notices, credreport.SnapshotOptions{})
	return &loaded{columns: wanted.Columns, hashed: wanted.Hash, snapshot: snapshot}, nil
}

// nothingRead is the error when there is no report at all: no answer could be right.
func nothingRead(accounts []tables.Account) error {
	reasons := make([]string, len(accounts))
	for i := range accounts {
		reasons[i] = accounts[i].Error
	}
	err := sqlerr.New(sqlerr.CodeSource, "no report could be read: %s", reasons[0])
	if len(reasons) > 1 {
		err = err.WithDetail(strings.Join(reasons[1:], "\n"))
	}
	return err
}

// loader reads and decodes the inputs of one load.
type loader struct {
	source    *Source
	wanted    credreport.Wanted
	outcomes  []outcome // one for each input
	small     []group
	large     []group
	blockRows int
}

// group is outcomes that one worker fills together: their rows share blocks.
type group struct {
	outcomes []outcome
	bytes    int64
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
			l.small = append(l.small, group{l.outcomes[from:to], bytes})
		}
		from, bytes = to, 0
	}
	for i, in := range inputs {
		if in.size > largeFile || in.stream {
			cut(i)
			l.large = append(l.large, group{l.outcomes[i : i+1], in.size})
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

// run reads the small groups, one a worker, and then the large files, each with all workers.
func (l *loader) run(ctx context.Context) {
	work := make(chan group)
	var workers sync.WaitGroup
	for range min(l.source.config.Workers, len(l.small)) {
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
	for _, g := range l.small {
		work <- g
	}
	close(work)
	workers.Wait()
	for _, g := range l.large {
		l.read(ctx, g, nil, l.source.config.Workers)
	}
}

// read fills the outcomes of a group. The files are read into buf, which is free again afterwards.
func (l *loader) read(ctx context.Context, g group, buf []byte, workers int) {
	var inspected []*credreport.File
	var owners []*outcome
	for i := range g.outcomes {
		o := &g.outcomes[i]
		if o.err = ctx.Err(); o.err != nil {
			return
		}
		var file *credreport.File
		room := min(int(o.input.size)+1, len(buf))
		file, o.err = l.inspect(ctx, o.input, buf[:0:room])
		buf = buf[room:]
		if o.err == nil {
			inspected = append(inspected, file)
			owners = append(owners, o)
		}
	}
	reports := credreport.Convert(inspected, credreport.ConvertOptions{
		Dicts: l.source.dicts, Columns: l.wanted.Columns, BlockRows: l.blockRows, Workers: workers,
	})
	for i, file := range inspected {
		n := len(file.Accounts())
		owners[i].reports, reports = reports[:n:n], reports[n:]
	}
}

// inspect reads one input and checks its structure.
func (l *loader) inspect(ctx context.Context, in input, buf []byte) (*credreport.File, error) {
	if in.err != nil {
		return nil, in.err
	}
	data, raw, err := l.bytes(ctx, in, buf)
	if err != nil {
		return nil, readError(in, err)
	}
	csv, generated := data, credreport.File{}.GeneratedTime
	if isJSON(data) {
		if csv, generated, err = parseJSON(in.name(), data); err != nil {
			return nil, err
		}
	}
	file, err := credreport.Inspect(in.name(), csv)
	if err != nil {
		return nil, err
	}
	file.GeneratedTime, file.Raw = generated, raw
	if l.wanted.Hash {
		file.SHA256 = credreport.Hash(csv)
	}
	return file, nil
}

func (l *loader) bytes(ctx context.Context, in input, buf []byte) ([]byte, credreport.RawFunc, error) {
	if in.stream {
		data, err := l.source.kept.read(ctx, in.path)
		return data, l.source.kept.rawStream(in.path), err
	}
	data, stamp, err := readFile(ctx, in.path, buf)
	return data, rawFile(in.path, stamp), err
}

// readError names the input, once.
func readError(in input, err error) error {
	var format *credreport.FormatError
	var named *inputError
	if errors.As(err, &format) || errors.As(err, &named) {
		return err
	}
	text := unwrapPath(err)
	if in.path == stdin {
		text = stdinName + ": " + text
	}
	return &inputError{text: text, cause: err}
}

// inputError is a file that could not be read at all.
type inputError struct {
	text  string
	cause error
}

func (e *inputError) Error() string { return e.text }
func (e *inputError) Unwrap() error { return e.cause }

// accountOf is the account of a file that failed, as far as its rows told.
func accountOf(err error) string {
	var format *credreport.FormatError
	if errors.As(err, &format) {
		return format.Account
	}
	return ""
}
