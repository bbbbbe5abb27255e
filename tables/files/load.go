package files

import (
	"context"
	"errors"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
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
	opts := credreport.SnapshotOptions{}
	var rows int64
	if l.columns != wanted.Columns {
		if opts.Converted, rows = firstOf(merged.reports, wanted.Columns); rows < wanted.Rows {
			wanted.Rows = 0 // reports that are older than others of their accounts came first, and their rows do not count
			return s.load(ctx, wanted)
		}
	}
	snapshot := credreport.NewSnapshot(merged.reports, merged.accounts, merged.notices, opts)
	return &loaded{columns: wanted.Columns, hashed: wanted.Hash, rows: rows, snapshot: snapshot}, nil
}

// firstOf is how many of the reports, from the first on, have the columns, and how many rows those are.
func firstOf(reports []*credreport.Report, columns credreport.ColumnSet) (n int, rows int64) {
	for n < len(reports) && reports[n].Checked().Contains(columns) {
		rows += int64(reports[n].Rows())
		n++
	}
	return n, rows
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
	outcomes  []outcome            // one for each input
	groups    []group              // of them, in order
	columns   credreport.ColumnSet // converted of what is read now
	blockRows int
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
		Dicts: l.source.dicts, Columns: l.columns, BlockRows: l.blockRows, Workers: workers,
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
