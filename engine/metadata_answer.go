package engine

import (
	"context"
	"io"
	"strings"

	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/mysqlfront"
	"github.com/credsql/credsql/engine/sqlerr"
)

// answerClient answers what a client asks of a server, and not of the reports.
func (s *Session) answerClient(ctx context.Context, p *mysqlfront.Parsed, params []column.Value) (*Rows, error) {
	switch p.Kind {
	case mysqlfront.KindMetadata:
		return s.askMetadata(ctx, p.Tree, p.SQL, params)
	case mysqlfront.KindShow:
		return s.showServer(ctx, p)
	case mysqlfront.KindSet:
		return s.setVariables(ctx, p)
	case mysqlfront.KindUse:
		return s.textRows(nil, nil), s.UseDatabase(p.Database)
	case mysqlfront.KindNothing:
		s.noteTransaction(p.Text)
		return s.textRows(nil, nil), nil
	case mysqlfront.KindKill:
		return s.textRows(nil, nil), s.kill(p.Kill)
	case mysqlfront.KindAnswer:
		return s.cannedRows(p.Answer), nil
	}
	return nil, sqlerr.NotSupported("this statement")
}

// cannedRows is an answer that is always the same.
func (s *Session) cannedRows(a mysqlfront.Answer) *Rows {
	r := s.textRows(a.Columns, a.Rows)
	if a.Null == nil || len(a.Rows) == 0 {
		return r
	}
	builders := make([]*column.Builder, len(a.Columns))
	for i := range builders {
		builders[i] = column.NewBuilder(column.Text, len(a.Rows))
	}
	for _, row := range a.Rows {
		for i, cell := range row {
			if a.Null[i] {
				builders[i].Append(nil)
			} else {
				builders[i].Append(cell)
			}
		}
	}
	b := &column.Batch{N: len(a.Rows)}
	for _, x := range builders {
		b.Cols = append(b.Cols, x.Vector())
	}
	r.next = once(b)
	return r
}

// once gives a batch, then the end.
func once(b *column.Batch) func() (*column.Batch, error, bool) {
	return func() (*column.Batch, error, bool) {
		out := b
		b = nil
		return out, nil, out != nil
	}
}

// noteTransaction remembers whether a transaction is open, for clients that look.
func (s *Session) noteTransaction(text string) {
	var words []string
	lexemes, _ := Lex(text)
	for _, l := range lexemes {
		if l.Kind == LexWord || l.Kind == LexKeyword {
			words = append(words, strings.ToLower(text[l.Start:l.End]))
		}
	}
	switch {
	case len(words) == 0:
	case words[0] == "begin" || words[0] == "start":
		s.client.transaction = true
	case words[0] == "commit", words[0] == "rollback" && !(len(words) > 1 && words[1] == "to"):
		s.client.transaction = false
	}
}

func (s *Session) kill(k mysqlfront.Kill) error {
	if s.client.Control == nil {
		return sqlerr.NotSupported("KILL without a server")
	}
	return s.client.Control.Kill(k.Connection, k.Query)
}

// showServer answers SHOW: what go-mysql-server cannot know of itself from our own, the rest by it.
func (s *Session) showServer(ctx context.Context, p *mysqlfront.Parsed) (*Rows, error) {
	if p.Database != "" {
		if _, ok := s.engine.metadata().database(p.Database); !ok {
			return nil, undefinedDatabase(p.Database)
		}
	}
	switch show := p.Tree.(type) {
	case *sqlparser.ShowGrants:
		if p.Grantee != "" && p.Grantee != s.user() {
			return nil, sqlerr.New(sqlerr.CodeInsufficient, "there is no grant that you may see for user %q", p.Grantee)
		}
		return s.textRows([]string{"Grants for " + s.user() + "@%"}, s.grants()), nil
	case *sqlparser.Show:
		switch strings.ToLower(show.Type) {
		case "status":
			return s.askMetadata(ctx, statusQuery(show), p.SQL, nil)
		case "create table":
			r, err := s.askMetadata(ctx, p.Tree, p.SQL, nil)
			return s.quotedComments(r), err
		case "create view":
			return nil, sqlerr.New(sqlerr.CodeWrongObjectType, "%q is not a view", show.Table.Name.String()).WithHint("use SHOW CREATE TABLE")
		}
	}
	return s.askMetadata(ctx, p.Tree, p.SQL, nil)
}

// statusQuery is SHOW STATUS as a query over performance_schema, where our own numbers are.
func statusQuery(show *sqlparser.Show) sqlparser.Statement {
	named := func(column, alias string) sqlparser.SelectExpr {
		return &sqlparser.AliasedExpr{Expr: &sqlparser.ColName{Name: sqlparser.NewColIdent(column)}, As: sqlparser.NewColIdent(alias), InputExpression: column}
	}
	from := &sqlparser.AliasedTableExpr{Expr: sqlparser.TableName{Name: sqlparser.NewTableIdent("session_status"), DbQualifier: sqlparser.NewTableIdent("performance_schema")}}
	inner := &sqlparser.Select{SelectExprs: sqlparser.SelectExprs{named("VARIABLE_NAME", "Variable_name"), named("VARIABLE_VALUE", "Value")}, From: sqlparser.TableExprs{from}}
	outer := &sqlparser.Select{
		SelectExprs: sqlparser.SelectExprs{named("Variable_name", "Variable_name"), named("Value", "Value")},
		From:        sqlparser.TableExprs{&sqlparser.AliasedTableExpr{Expr: &sqlparser.Subquery{Select: inner}, As: sqlparser.NewTableIdent("status")}},
	}
	if f := show.Filter; f != nil {
		where := f.Filter
		if where == nil && f.Like != "" {
			where = &sqlparser.ComparisonExpr{Operator: sqlparser.LikeStr, Left: &sqlparser.ColName{Name: sqlparser.NewColIdent("Variable_name")}, Right: sqlparser.NewStrVal([]byte(f.Like))}
		}
		if where != nil {
			outer.Where = sqlparser.NewWhere(sqlparser.WhereStr, where)
		}
	}
	return outer
}

// askMetadata lets go-mysql-server answer.
func (s *Session) askMetadata(ctx context.Context, tree sqlparser.Statement, text string, params []column.Value) (*Rows, error) {
	m := s.engine.metadata()
	ctx, cancel := s.limited(ctx)
	gctx, err := m.context(ctx, s, text)
	if err == nil {
		var schema gms.Schema
		var iter gms.RowIter
		if schema, iter, err = m.run(gctx, tree, text, bindingsOf(params)); err == nil {
			return s.metadataRows(gctx, schema, iter, cancel), nil
		}
	}
	cancel(nil)
	return nil, metadataError(err)
}

// discard reads a statement that has no rows to its end.
func discard(ctx *gms.Context, iter gms.RowIter) error {
	for {
		if _, err := iter.Next(ctx); err == io.EOF {
			return iter.Close(ctx)
		} else if err != nil {
			_ = iter.Close(ctx)
			return err
		}
	}
}
