// Package files reads credential reports from files, folders, globs and standard input: the CSV that AWS makes, and the
// JSON that `aws iam get-credential-report` prints around it.
//
// A folder stands for its *.csv and *.json files, those of its subfolders included, but for names that begin with a dot; a
// glob and a plain path stand for whatever they name. Links are followed, and pipes are read if they are named. A file may
// hold the reports of several accounts, under one header.
//
// Reports are read when the first statement needs them, with the columns that it needs. A statement that needs more has
// them read again, with all columns: at most two readings, and every statement sees one consistent state. Of a statement that is content with
// the first rows only so many are converted, in a reading of its own; the structure of all files is checked all the same. A file that
// cannot be read is left out as a whole, which the snapshot's coverage and notices say; it is never half used.
//
// Of two reports of one account the later generated is used, with a notice. If the time of one is not known they must hold
// the same rows; if they do not, neither is used, and the account has failed.
package files

import (
	"context"
	"io"
	"runtime"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// Config says what to read.
type Config struct {
	// Paths are files, folders, globs, and "-" for standard input; at least one.
	Paths []string
	// Stdin is read, once and to its end, if Paths has "-".
	Stdin io.Reader
	// Now is the clock against which the age of reports is shown; nil: ages are not known.
	Now func() time.Time
	// Workers is how many goroutines read and decode; default: the number of CPUs.
	Workers int
}

// Source is reports in files. It is safe for concurrent use.
type Source struct {
	config Config
	dicts  *credreport.Dictionaries
	kept   *streams
	turn   chan struct{} // held while loading, and while loaded is used
	loaded *loaded
}

var _ tables.Source = (*Source)(nil)

// loaded is the state that statements share until one needs more.
type loaded struct {
	columns  credreport.ColumnSet
	hashed   bool
	rows     int64 // how many of the first rows have columns; 0: all have
	snapshot *credreport.Snapshot
}

// New makes a source. It looks up the paths, so that one that does not exist is told at once, and reads no report yet.
func New(config Config) (*Source, error) {
	if config.Workers <= 0 {
		config.Workers = runtime.GOMAXPROCS(0)
	}
	if _, err := expand(config.Paths, config.Stdin != nil); err != nil {
		return nil, err
	}
	return &Source{
		config: config,
		dicts:  credreport.NewDictionaries(),
		kept:   newStreams(config.Stdin),
		turn:   make(chan struct{}, 1),
	}, nil
}

// Tables are the shapes of all tables.
func (s *Source) Tables() []*tables.Def { return credreport.Tables() }

// Snapshot gives the reports with at least the columns that need names, reading them if they are not there yet.
func (s *Source) Snapshot(ctx context.Context, need tables.Need) (tables.Snapshot, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	wanted := credreport.WantedBy(need)
	if err := s.provide(ctx, wanted); err != nil {
		return nil, err
	}
	view := s.loaded.snapshot.Concerning(wanted.Columns)
	if s.config.Now != nil {
		view = view.At(s.config.Now())
	}
	return view, nil
}

// provide loads what is wanted if it is not there: the first time only that, the second time everything. A load of the first rows only
// does not count.
func (s *Source) provide(ctx context.Context, wanted credreport.Wanted) error {
	if s.loaded.has(wanted) {
		return nil
	}
	if s.loaded != nil && s.loaded.rows == 0 {
		wanted = credreport.Wanted{Columns: credreport.AllColumns, Hash: wanted.Hash || s.loaded.hashed}
	}
	l, err := s.load(ctx, wanted)
	if err == nil {
		s.loaded = l
	}
	return err
}

func (l *loaded) has(w credreport.Wanted) bool {
	if l == nil || !l.columns.Contains(w.Columns) || w.Hash && !l.hashed {
		return false
	}
	return l.rows == 0 || w.Standing || 0 < w.Rows && w.Rows <= l.rows
}

// Refresh forgets what was read: the next statement reads the files as they are then. Standard input stays as it was.
func (s *Source) Refresh() {
	s.turn <- struct{}{}
	s.loaded = nil
	<-s.turn
}
