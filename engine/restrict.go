package engine

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sync"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/tables"
)

// restricted is a source that has some accounts only. It stands below the plan: no statement, however it is put, has a table to read that holds
// any other account's rows, values, counts or warnings.
type restricted struct {
	tables.Source
	allowed map[string]bool
	defs    map[string]*tables.Def
}

// restrict narrows a source to accounts; none of them means no account at all.
func restrict(source tables.Source, accounts []string) tables.Source {
	r := &restricted{Source: source, allowed: map[string]bool{}, defs: map[string]*tables.Def{}}
	for _, id := range accounts {
		r.allowed[id] = true
	}
	for _, d := range source.Tables() {
		r.defs[d.QualifiedName()] = d
	}
	return r
}

// only gives the allowed ones of the accounts; nil asks for all.
func (r *restricted) only(accounts []string) []string {
	if accounts == nil {
		return slices.Sorted(maps.Keys(r.allowed))
	}
	out := []string{}
	for _, id := range accounts {
		if r.allowed[id] {
			out = append(out, id)
		}
	}
	return out
}

// Snapshot implements tables.Source.
func (r *restricted) Snapshot(ctx context.Context, need tables.Need) (tables.Snapshot, error) {
	need.Accounts = r.only(need.Accounts)
	need.Rows = 0 // the first rows may be of other accounts
	columns := map[string][]string{}
	for table, names := range need.Columns {
		if d := r.defs[table]; d != nil && d.AccountColumn >= 0 {
			names = appendNew(slices.Clone(names), d.Columns[d.AccountColumn].Name)
		}
		columns[table] = names
	}
	need.Columns = columns
	snap, err := r.Source.Snapshot(ctx, need)
	if err != nil {
		return nil, err
	}
	return &restrictedSnapshot{source: r, under: snap, dicts: map[dictKey]*column.Dict{}}, nil
}

// restrictedSnapshot is a snapshot of some accounts only. It embeds nothing: what it does not hand out is not there.
type restrictedSnapshot struct {
	source *restricted
	under  tables.Snapshot
	mu     sync.Mutex
	dicts  map[dictKey]*column.Dict
}

var (
	_ tables.Snapshot = (*restrictedSnapshot)(nil)
	_ sentinelCounter = (*restrictedSnapshot)(nil)
)

// dictKey is a column of a table.
type dictKey struct {
	table  string
	column int
}

// Open implements tables.Snapshot. The account column is read as well, and rows of other accounts are dropped.
func (s *restrictedSnapshot) Open(ctx context.Context, table string, req tables.Request) (tables.Scan, error) {
	def := s.source.defs[table]
	if def == nil || def.AccountColumn < 0 {
		return nil, fmt.Errorf("table %s does not say whose account a row is of", table)
	}
	out := &restrictedScan{snapshot: s, table: table, columns: req.Columns, account: slices.Index(req.Columns, def.AccountColumn)}
	req.Accounts = s.source.only(req.Accounts)
	if out.account < 0 {
		out.account = len(req.Columns)
		req.Columns = append(slices.Clone(req.Columns), def.AccountColumn)
	}
	var err error
	out.Scan, err = s.under.Open(ctx, table, req)
	return out, err
}

// RowCount is not known: the one below counts other accounts' rows too.
func (s *restrictedSnapshot) RowCount(string) (int64, bool) { return 0, false }

// Coverage is that of the allowed accounts.
func (s *restrictedSnapshot) Coverage() tables.Coverage {
	var out tables.Coverage
	for _, a := range s.under.Coverage().Accounts {
		if s.source.allowed[a.ID] {
			out.Accounts = append(out.Accounts, a)
		}
	}
	return out
}

// accountID is what looks like one in a message.
var accountID = regexp.MustCompile(`\b\d{12}\b`)

// Notices are those that name allowed accounts and no other. Of the rest it is only said that something is missing, where that is so.
func (s *restrictedSnapshot) Notices() []tables.Notice {
	var out []tables.Notice
	hidden := false
	for _, n := range s.under.Notices() {
		ids := accountID.FindAllString(n.Message, -1)
		foreign := slices.ContainsFunc(ids, func(id string) bool { return !s.source.allowed[id] })
		switch {
		case len(ids) > 0 && !foreign:
			out = append(out, n)
		case n.Incomplete && !foreign:
			hidden = true
		}
	}
	if hidden {
		out = append(out, tables.Notice{Message: "a report could not be read in full", Incomplete: true})
	}
	return out
}

// NotSupported counts in the allowed accounts.
func (s *restrictedSnapshot) NotSupported(table, column string, accounts []string) int64 {
	if counter, ok := s.under.(sentinelCounter); ok {
		return counter.NotSupported(table, column, s.source.only(accounts))
	}
	return 0
}

// restrictedScan drops the rows of other accounts.
type restrictedScan struct {
	tables.Scan
	snapshot *restrictedSnapshot
	table    string
	columns  []int // those asked for; account may be one past them
	account  int
}

// Read implements tables.Scan.
func (s *restrictedScan) Read(ctx context.Context, i int) (*column.Batch, error) {
	b, err := s.Scan.Read(ctx, i)
	if err != nil {
		return nil, err
	}
	account := b.Cols[s.account]
	kept := make([]int32, 0, b.N)
	for row := range b.N {
		if !account.IsNull(row) && s.snapshot.source.allowed[account.Text(row)] {
			kept = append(kept, int32(row))
		}
	}
	out := &column.Batch{N: len(kept), Cols: make([]*column.Vector, len(s.columns))}
	for j, c := range s.columns {
		out.Cols[j] = s.snapshot.ownTexts(dictKey{s.table, c}, vec.Gather(b.Cols[j], kept))
	}
	return out, nil
}

// ownTexts gives a text column a storage of its own: a dictionary that is shared holds other accounts' texts as well.
func (s *restrictedSnapshot) ownTexts(key dictKey, v *column.Vector) *column.Vector {
	if v.Texts == nil {
		return v
	}
	stored := v.N
	if v.Const {
		stored = min(1, v.Texts.Len())
	}
	out := *v
	if _, coded := v.Texts.(*column.Coded); !coded {
		plain := make(column.Plain, stored)
		for i := range plain {
			plain[i] = v.Texts.At(i)
		}
		out.Texts = plain
		return &out
	}
	own := &column.Coded{Codes: make([]uint32, stored), Dict: s.dict(key)}
	for i := range own.Codes {
		if v.Valid == nil || v.Valid.Get(i) {
			own.Codes[i] = own.Dict.Code([]byte(v.Texts.At(i)))
		}
	}
	out.Texts = own
	return &out
}

func (s *restrictedSnapshot) dict(key dictKey) *column.Dict {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.dicts[key]
	if d == nil {
		d = column.NewDict()
		s.dicts[key] = d
	}
	return d
}
