package credreport

import (
	"context"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// credentialColumns are the report's columns that credsql.credentials is made of.
const credentialColumns = AllColumns &^ (1<<ColKey | 1<<ColTags | 1<<ColMFAActive | 1<<ColPasswordNextRotation | 1<<ColUserCreationTime)

// credentialSource says which columns of the report tell of one credential. -1: the report does not say.
type credentialSource struct {
	kind                      string
	slot                      column.Value
	active, created, lastUsed int
	region, service           int
}

var credentialSources = []credentialSource{
	{"password", nil, ColPasswordEnabled, ColPasswordLastChanged, ColPasswordLastUsed, -1, -1},
	{"access_key", int64(1), ColKey1Active, ColKey1LastRotated, ColKey1LastUsedDate, ColKey1LastUsedRegion, ColKey1LastUsedService},
	{"access_key", int64(2), ColKey2Active, ColKey2LastRotated, ColKey2LastUsedDate, ColKey2LastUsedRegion, ColKey2LastUsedService},
	{"certificate", int64(1), ColCert1Active, ColCert1LastRotated, -1, -1, -1},
	{"certificate", int64(2), ColCert2Active, ColCert2LastRotated, -1, -1, -1},
}

// credentialScan reads credsql.credentials: a chunk of credentials for each chunk of users.
type credentialScan struct {
	chunks  []chunk
	columns []int
}

func (s *Snapshot) openCredentials(req tables.Request) (tables.Scan, error) {
	if err := s.require(credentialColumns); err != nil {
		return nil, err
	}
	return &credentialScan{chunks: s.chunksFor(req.Accounts), columns: req.Columns}, nil
}

// Chunks is the number of chunks.
func (s *credentialScan) Chunks() int { return len(s.chunks) }

// Read gives chunk i.
func (s *credentialScan) Read(ctx context.Context, i int) (*column.Batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	found := s.chunks[i].credentials()
	batch := &column.Batch{N: len(found)}
	types := credentialsDef().Columns
	for _, c := range s.columns {
		b := column.NewBuilder(types[c].Type, len(found))
		for k := range found {
			b.Append(credentialValues[c](&found[k]))
		}
		batch.Cols = append(batch.Cols, b.Vector())
	}
	return batch, nil
}

// credential is one credential: a row of a block and which of the row's credentials.
type credential struct {
	block  *block
	row    int
	source *credentialSource
}

// credentials are those that exist in the chunk, by user and then in the order of credentialSources.
func (c *chunk) credentials() []credential {
	var found []credential
	for row := c.from; row < c.to; row++ {
		for k := range credentialSources {
			cred := credential{c.block, row, &credentialSources[k]}
			if cred.exists() {
				found = append(found, cred)
			}
		}
	}
	return found
}

// exists says whether there is such a credential. A key or certificate is there if it is active or has a date: AWS writes
// false both for no key and for a deactivated one. A password is there if it is enabled, and root always has one in the
// reports that say not_supported.
func (c *credential) exists() bool {
	active := c.block.columns[c.source.active]
	if !active.IsNull(c.row) && active.Bool(c.row) {
		return true
	}
	if c.source.active == ColPasswordEnabled {
		return active.IsNull(c.row) && c.block.sentinels[ColPasswordEnabled].At(c.row) == NotSupported && c.isRoot()
	}
	return !c.block.columns[c.source.created].IsNull(c.row)
}

func (c *credential) isRoot() bool { return c.block.columns[ColUser].Text(c.row) == rootUser }

// value is the credential's value in a column of the report.
func (c *credential) value(position int) column.Value {
	if position < 0 {
		return nil
	}
	return c.block.columns[position].Value(c.row)
}

// use says whether the credential was ever used, as far as AWS tells.
func (c *credential) use() string {
	if c.source.lastUsed < 0 {
		return "unknown"
	}
	if !c.block.columns[c.source.lastUsed].IsNull(c.row) {
		return "used"
	}
	// AWS writes no_information for a password that was not used, and N/A for a key; N/A beside a password is not explained.
	never := NotApplicable
	if c.source.active == ColPasswordEnabled {
		never = NoInformation
	}
	if c.block.sentinels[c.source.lastUsed].At(c.row) == never {
		return "never"
	}
	return "unknown"
}

// credentialValues give the columns of credentialsDef, in its order.
var credentialValues = []func(*credential) column.Value{
	func(c *credential) column.Value { return c.value(ColAccountID) },
	func(c *credential) column.Value { return c.value(ColUser) },
	func(c *credential) column.Value { return c.value(ColARN) },
	func(c *credential) column.Value { return c.source.kind },
	func(c *credential) column.Value { return c.source.slot },
	func(c *credential) column.Value { return c.value(c.source.active) },
	func(c *credential) column.Value { return c.value(c.source.created) },
	func(c *credential) column.Value { return c.value(c.source.lastUsed) },
	func(c *credential) column.Value { return c.value(c.source.region) },
	func(c *credential) column.Value { return c.value(c.source.service) },
	func(c *credential) column.Value { return c.use() },
}
