package engine

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// quotedComments doubles the quotes in the comments of a CREATE TABLE, which go-mysql-server leaves as they are: a dump would be no SQL, and
// SQLAlchemy takes the columns from this text.
func (s *Session) quotedComments(r *Rows) *Rows {
	if r == nil {
		return nil
	}
	next := r.next
	r.next = func() (*column.Batch, error, bool) {
		b, err, more := next()
		if err != nil || b == nil || len(b.Cols) < 2 {
			return b, err, more
		}
		text := column.NewBuilder(column.Text, b.N)
		for i := range b.N {
			text.Append(s.quoteComments(string(column.AppendText(nil, b.Cols[1].Value(i)))))
		}
		b.Cols[1] = text.Vector()
		return b, err, more
	}
	return r
}

func (s *Session) quoteComments(create string) string {
	for _, table := range s.engine.catalog.defs {
		for _, c := range table.Columns {
			create = strings.ReplaceAll(create, "COMMENT '"+c.Doc+"'", "COMMENT '"+strings.ReplaceAll(c.Doc, "'", "''")+"'")
		}
	}
	return create
}
