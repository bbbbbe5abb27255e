package engine

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// difference is how two answers to a statement differ; its kind is "" when they agree.
type difference struct{ kind, text string }

func (d difference) String() string { return d.kind + ": " + d.text }

func differ(kind, format string, args ...any) difference {
	return difference{kind, fmt.Sprintf(format, args...)}
}

// compare asks both sides.
func (pg *postgres) compare(s *Session, stmt string) difference {
	want, pgErr := pg.answer(stmt)
	got, err := typedRows(s, stmt)
	return pg.judge(got, err, want, pgErr, ordered(stmt))
}

// judge compares what both sides gave.
func (pg *postgres) judge(got result, err error, want result, pgErr error, ordered bool) difference {
	if err != nil {
		if e, ok := sqlerr.As(err); !ok || e.Code == sqlerr.CodeInternal {
			return differ("internal", "%v", err)
		}
	}
	if (err != nil) != (pgErr != nil) {
		return differ("outcome", "credsql: %s; PostgreSQL: %s", outcome(got, err), outcome(want, pgErr))
	}
	if err != nil {
		e, _ := sqlerr.As(err)
		if code, ok := sqlState(pgErr); ok && code != e.Code {
			return differ("code", "credsql: %s %s; PostgreSQL: %v", e.Code, e.Message, pgErr)
		}
		return difference{}
	}
	return compareRows(got, want, ordered)
}

// compareRows compares two answers, theirs in PostgreSQL's types.
func compareRows(got, want result, ordered bool) difference {
	if len(got.types) != len(want.types) {
		return differ("type", "%d columns, PostgreSQL has %d", len(got.types), len(want.types))
	}
	for i := range got.types {
		if !sameType(got.types[i], want.types[i]) {
			return differ("type", "column %d: type %s, PostgreSQL has %s", i+1, got.types[i], want.types[i])
		}
	}
	oneZero(got.rows)
	oneZero(want.rows)
	if !ordered {
		sortRows(got.rows)
		sortRows(want.rows)
	}
	if len(got.rows) != len(want.rows) {
		return differ("rows", "%d rows, PostgreSQL has %d: %q, PostgreSQL %q", len(got.rows), len(want.rows), head(got.rows), head(want.rows))
	}
	for i := range got.rows {
		for c := range got.rows[i] {
			if !sameCell(got.rows[i][c], want.rows[i][c], got.types[c], want.types[c]) {
				return differ("value", "row %d: %q, PostgreSQL has %q", i+1, got.rows[i], want.rows[i])
			}
		}
	}
	return difference{}
}

// oneZero spells both zeros alike: they are equal, so that either may stand for both.
func oneZero(rows [][]string) {
	for _, r := range rows {
		for i, cell := range r {
			if cell == "=-0" {
				r[i] = "=0"
			}
		}
	}
}

func head(rows [][]string) [][]string { return rows[:min(len(rows), 5)] }

func outcome(a result, err error) string {
	if err != nil {
		return "error " + err.Error()
	}
	return fmt.Sprintf("%d rows %q", len(a.rows), head(a.rows))
}

func sortRows(rows [][]string) {
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(strings.Join(a, "\x00"), strings.Join(b, "\x00")) })
}

// typedRows runs a statement and gives its rows as PostgreSQL would print them.
func typedRows(s *Session, stmt string) (result, error) {
	r, err := s.Query(context.Background(), stmt)
	if err != nil {
		return result{}, err
	}
	defer r.Close()
	var out result
	for _, c := range r.Columns {
		out.types = append(out.types, c.Type.String())
	}
	for {
		b, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return result{}, err
		}
		for i := range b.N {
			row := make([]string, len(b.Cols))
			for c, v := range b.Cols {
				row[c] = typedCell(v.Value(i))
			}
			out.rows = append(out.rows, row)
		}
	}
}

func typedCell(v column.Value) string {
	switch x := v.(type) {
	case nil:
		return "NULL"
	case bool:
		return "=" + strconv.FormatBool(x)[:1]
	}
	return "=" + string(column.AppendText(nil, v))
}

// ordered says whether the statement itself, not a part in parentheses, has an ORDER BY.
func ordered(stmt string) bool {
	depth := 0
	upper := strings.ToUpper(stmt)
	for i := range upper {
		switch upper[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && strings.HasPrefix(upper[i:], "ORDER BY") {
			return true
		}
	}
	return false
}

func sameType(ours, theirs string) bool {
	switch theirs {
	case "integer", "smallint":
		theirs = "bigint"
	case "numeric":
		// DDSQL has no numeric: its sums of BIGINT stay BIGINT, everything else is DECIMAL.
		return ours == "decimal" || ours == "bigint"
	case "double precision", "real":
		theirs = "decimal"
	case "text", "character varying", "name", "unknown", `"char"`, "character":
		theirs = "varchar"
	case "timestamp without time zone", "timestamp with time zone":
		theirs = "timestamp"
	case "jsonb":
		theirs = "json"
	case "cidr":
		theirs = "inet"
	}
	if elem, ok := strings.CutSuffix(theirs, "[]"); ok {
		base, isList := strings.CutSuffix(ours, "[]")
		return isList && sameType(base, elem)
	}
	return ours == theirs
}

// sameCell compares values of a DECIMAL as numbers, because PostgreSQL adds in another order, and times with time zone without it.
func sameCell(a, b, ours, theirs string) bool {
	if a == b {
		return true
	}
	a, b = strings.TrimPrefix(a, "="), strings.TrimPrefix(b, "=")
	switch {
	case theirs == "timestamp with time zone":
		return strings.TrimSuffix(b, "+00") == a
	case ours == "decimal" || theirs == "numeric":
		x, err1 := strconv.ParseFloat(a, 64)
		y, err2 := strconv.ParseFloat(b, 64)
		return err1 == nil && err2 == nil && (x == y || math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y)))
	}
	return false
}
