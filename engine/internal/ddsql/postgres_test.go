package ddsql

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// TestAgainstPostgres compares our reading of random expressions and query shapes with PostgreSQL's: what it takes we take,
// and what we print back means the same to it. It wants a server: CREDSQL_POSTGRES is its connection string.
func TestAgainstPostgres(t *testing.T) {
	dsn := os.Getenv("CREDSQL_POSTGRES")
	if dsn == "" {
		t.Skip("CREDSQL_POSTGRES is not set")
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	pg := postgres{t: t, ctx: ctx, conn: conn}
	pg.exec("CREATE TEMP TABLE t (i int, j int, n numeric, p bool, q bool, s text, u text, d timestamp, a int[], b text[])")
	g := soup{rand.New(rand.NewPCG(3, 4))}
	counts := map[string]int{}
	for range 3000 {
		counts[pg.compare(g.query())]++
	}
	t.Log(counts)
}

type postgres struct {
	t    *testing.T
	ctx  context.Context
	conn *pgx.Conn
}

func (pg postgres) exec(sql string) {
	if _, err := pg.conn.Exec(pg.ctx, sql); err != nil {
		pg.t.Fatalf("%s: %v", sql, err)
	}
}

// compare says how a query went.
func (pg postgres) compare(sql string) string {
	parsed, err := Parse(sql, Options{})
	theirs, pgErr := pg.definition(sql)
	var wire *pgconn.PgError
	if errors.As(pgErr, &wire) && wire.Code == "42601" {
		if err == nil && strings.HasPrefix(wire.Message, "syntax error") {
			pg.t.Errorf("PostgreSQL refuses, we do not: %s\n%v", sql, pgErr)
		} else if err != nil && strings.HasPrefix(wire.Message, "syntax error") && strings.HasPrefix(err.Error(), "syntax error") && err.Error() != wire.Message && !knownRefusal(err) {
			pg.t.Errorf("%s\nours   %v\ntheirs %s", sql, err, wire.Message)
		}
		return "refused by both"
	}
	if err != nil {
		if !knownRefusal(err) {
			pg.t.Errorf("PostgreSQL takes, we do not: %s\n%v", sql, err)
		}
		return "refused by us"
	}
	if pgErr != nil {
		return "type error"
	}
	printed := syntax.Print(parsed[0].Statement)
	ours, pgErr := pg.definition(printed)
	if pgErr != nil {
		pg.t.Errorf("%s\nprinted %s\nPostgreSQL: %v", sql, printed, pgErr)
		return "printed wrongly"
	}
	if ours != theirs {
		pg.t.Errorf("%s\nprinted %s\nours   %s\ntheirs %s", sql, printed, ours, theirs)
		return "different"
	}
	return "same"
}

// knownRefusal tells what PostgreSQL takes and we refuse, knowingly: ORDER BY that would reach into a query with LIMIT, and
// tests for NULL one behind the other, which the grammar library does not take.
func knownRefusal(err error) bool {
	e, _ := sqlerr.As(err)
	return e.Code == sqlerr.CodeNotSupported || e.Cause != nil && strings.Contains(e.Cause.Error(), "cannot be chained")
}

// cosmetic is what PostgreSQL's tree says about how something was written.
var cosmetic = regexp.MustCompile(`:(location|stmt_location|stmt_len|funcformat|row_format|coerceformat|relabelformat) -?\d+ ?`)

// definition is PostgreSQL's tree of the query after it has parsed and analysed it.
func (pg postgres) definition(sql string) (def string, err error) {
	if _, err = pg.conn.Exec(pg.ctx, "CREATE OR REPLACE TEMP VIEW v AS "+sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		return "", err
	}
	err = pg.conn.QueryRow(pg.ctx, "SELECT ev_action FROM pg_rewrite WHERE ev_class = 'v'::regclass").Scan(&def)
	pg.exec("DROP VIEW v")
	return viewOID.ReplaceAllString(cosmetic.ReplaceAllString(def, ""), ""), err
}

// viewOID is the number of the view itself.
var viewOID = regexp.MustCompile(`:relid \d+|:(resorigtbl|paramid) \d+`)

// soup makes random queries: of the right types mostly, with parentheses left out at random.
type soup struct{ *rand.Rand }

func (g soup) pick(options ...string) string { return options[g.IntN(len(options))] }

func (g soup) query() string {
	if g.IntN(8) == 0 {
		return g.joins()
	}
	n := 1 + g.IntN(3)
	items := make([]string, n)
	for i := range items {
		items[i] = fmt.Sprintf("%s AS c%d", g.any(3), i)
	}
	q := "SELECT " + strings.Join(items, ", ") + " FROM t"
	if g.IntN(3) == 0 {
		q += " WHERE " + g.boolean(3)
	}
	if g.IntN(4) == 0 {
		q += g.pick(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ") + q + g.pick(" UNION ", " INTERSECT ", " EXCEPT ALL ") + q
	}
	if g.IntN(4) == 0 {
		q = "(" + q + g.pick("", " LIMIT 1", " ORDER BY 1") + ")" + g.pick("", " ORDER BY 1", " LIMIT 2", " OFFSET 1")
	}
	return q
}

// joins makes a FROM with joins that nest in every way.
func (g soup) joins() string {
	n := 0
	var table func(depth int) string
	table = func(depth int) string {
		if depth == 0 || g.IntN(3) == 0 {
			n++
			return fmt.Sprintf(g.pick("t t%d", "t AS t%d", "LATERAL (SELECT 1 AS i) t%d", "(VALUES (1)) t%d (i)", "unnest(ARRAY[1]) t%d"), n)
		}
		x, y := table(depth-1), table(depth-1)
		j := x + g.pick(" JOIN ", " LEFT JOIN ", " INNER JOIN ", " FULL OUTER JOIN ") + y + g.pick(" ON true", " ON 1 = 2 OR NOT true")
		if g.IntN(4) == 0 {
			j = x + " CROSS JOIN " + y
		}
		return g.maybe(j)
	}
	from := table(3)
	for g.IntN(3) == 0 {
		from += ", " + table(2)
	}
	return "SELECT " + g.pick("DISTINCT ", "", "") + "1 AS x FROM " + from + g.pick("", " ORDER BY 1 DESC NULLS LAST", " LIMIT 1 + 2")
}

func (g soup) any(depth int) string {
	switch g.IntN(4) {
	case 0:
		return g.number(depth)
	case 1:
		return g.text(depth)
	}
	return g.boolean(depth)
}

// maybe puts parentheses around an expression, or not.
func (g soup) maybe(s string) string {
	if g.IntN(3) == 0 {
		return "(" + s + ")"
	}
	return s
}

func (g soup) number(depth int) string {
	if depth == 0 {
		return g.pick("i", "j", "1", "2.5", "n", "a[1]", "-1", "t.i")
	}
	x, y := g.maybe(g.number(depth-1)), g.maybe(g.number(depth-1))
	switch g.IntN(11) {
	case 0, 1, 2, 3:
		return x + g.pick(" + ", " - ", "*", " / ", " % ", "^", " - ") + y
	case 4:
		return g.pick("- ", "+", "- ", "@ ", "@") + x
	case 5:
		return x + "::" + g.pick("int", "numeric", "bigint")
	case 6:
		return "CASE WHEN " + g.boolean(depth-1) + " THEN " + x + " ELSE " + y + " END"
	case 7:
		return g.pick("coalesce", "greatest", "nullif", "least") + "(" + x + ", " + y + ")"
	case 8:
		return "sum(" + x + ") OVER (PARTITION BY " + y + g.pick(")", " ORDER BY i)", " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)")
	case 9:
		return g.pick("length(", "ascii(") + g.text(depth-1) + ")"
	}
	return "(SELECT " + x + ")"
}

func (g soup) text(depth int) string {
	if depth == 0 {
		return g.pick("s", "u", "'x'", "'y'", "b[1]", "NULL")
	}
	x, y := g.maybe(g.text(depth-1)), g.maybe(g.text(depth-1))
	switch g.IntN(9) {
	case 0, 1, 2:
		return x + " || " + y
	case 3:
		return g.number(depth-1) + "::text"
	case 4:
		return "substring(" + x + g.pick(" FROM 1)", " FOR 2)", " FROM 1 FOR 2)", " FOR 2 FROM 1)", ", 1)", ", 1, 2)")
	case 5:
		return "trim(" + g.pick("", "BOTH FROM ", "LEADING 'x' FROM ", "TRAILING FROM ", "'y' FROM ") + x + ")"
	case 6:
		return "overlay(" + x + " PLACING " + y + g.pick(" FROM 1)", " FROM 1 FOR 2)")
	case 7:
		return "CAST(" + x + " AS " + g.pick("text", "varchar(3)", "character varying") + ")"
	}
	return x + ` COLLATE "C"`
}

func (g soup) boolean(depth int) string {
	if depth == 0 {
		return g.pick("p", "q", "true", "NULL", "false")
	}
	x, y := g.maybe(g.boolean(depth-1)), g.maybe(g.boolean(depth-1))
	i, j, k := g.maybe(g.number(depth-1)), g.maybe(g.number(depth-1)), g.maybe(g.number(depth-1))
	s, u := g.maybe(g.text(depth-1)), g.maybe(g.text(depth-1))
	switch g.IntN(16) {
	case 0, 1, 2, 3:
		return x + g.pick(" AND ", " OR ") + y
	case 4, 5:
		return "NOT " + x
	case 6:
		return x + g.pick(" IS ", " IS NOT ") + g.pick("NULL", "TRUE", "FALSE", "UNKNOWN")
	case 7:
		return x + g.pick(" ISNULL", " NOTNULL")
	case 8, 9:
		return i + g.pick(" = ", "<", " <= ", "<>", "!=", " >") + j
	case 10:
		return i + g.pick(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC ") + j + " AND " + k
	case 11:
		return i + g.pick(" IN (", " NOT IN (") + j + ", " + k + ")"
	case 12:
		return i + g.pick(" IN (SELECT ", " NOT IN (SELECT ", " = ANY (SELECT ", " > ALL (SELECT ") + j + ")"
	case 13:
		return s + g.pick(" LIKE ", " NOT LIKE ", " ILIKE ", " SIMILAR TO ", " ~ ", " !~* ") + u + g.pick("", "", " ESCAPE '!'")
	case 14:
		return x + g.pick(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ", " = ", " <> ") + y
	}
	return i + g.pick(" = ANY (a)", " <> ALL (ARRAY[1, 2])", " = SOME (a)")
}
