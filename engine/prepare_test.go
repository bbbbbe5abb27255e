package engine

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
)

// A parameter is an unknown that takes its place's type; its value is converted to exactly that, or refused.
func TestParameters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sql   string
		types string
		args  []column.Value
		want  string // the first cell, or the error
	}{
		{"SELECT user FROM aws.iam_credential_report WHERE mfa_active = ? AND account_id = ? AND user = ?", "boolean,varchar,varchar",
			[]column.Value{int64(1), "000000000000", "x"}, ""},
		{"SELECT 1 + ?", "bigint", []column.Value{float64(2)}, "3"},
		{"SELECT 1 + ?", "bigint", []column.Value{2.5}, `a parameter of value "2.5" cannot be used as bigint`},
		{"SELECT mfa_active = ? FROM aws.iam_credential_report LIMIT 1", "boolean", []column.Value{int64(2)}, `a parameter of value "2" cannot be used as boolean`},
		{"SELECT upper(?)", "varchar", []column.Value{"it's"}, "IT'S"},
		{"SELECT x FROM (VALUES (1),(2),(3)) v(x) WHERE x IN (?, ?) LIMIT ?", "bigint,bigint,bigint", []column.Value{"3", int64(9), int64(1)}, "3"},
		{"SELECT TIMESTAMP '2025-01-01' < ?", "timestamp", []column.Value{"2025-06-01"}, "true"},
		{"SELECT 'x' LIKE ?", "varchar", []column.Value{"%"}, "true"},
		{"SELECT ?", "varchar", []column.Value{"a"}, "a"},
		{"SELECT ?::bigint + 1", "bigint", []column.Value{nil}, "NULL"},
		{"SELECT ?", "varchar", nil, "there is no parameter $1: 0 given"},
	} {
		s := exampleSession(t, nil)
		p, err := s.Prepare(c.sql)
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		var types []string
		for _, p := range p.Params {
			types = append(types, p.String())
		}
		if got := strings.Join(types, ","); got != c.types {
			t.Errorf("%s: parameter types %s, want %s", c.sql, got, c.types)
		}
		if got := firstCell(p, c.args); got != c.want {
			t.Errorf("%s with %v: got %s, want %s", c.sql, c.args, got, c.want)
		}
	}
}

func firstCell(p *Prepared, args []column.Value) string {
	rows, err := p.Query(context.Background(), args...)
	if err != nil {
		return err.Error()
	}
	defer rows.Close()
	b, err := rows.Next()
	if err == io.EOF {
		return ""
	}
	if err != nil {
		return err.Error()
	}
	return cellText(b.Cols[0].Value(0))
}
