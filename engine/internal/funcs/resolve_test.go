package funcs

import (
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

func TestOperator(t *testing.T) {
	t.Parallel()
	r := New()
	unknown, bigint, decimal, text, boolean := column.Unknown, column.Int64, column.Float64, column.Text, column.Bool
	bigints, decimals := column.ListOf(column.Int64), column.ListOf(column.Float64)
	for _, c := range []struct {
		left  *column.Type
		sign  string
		right column.Type
		want  string
	}{
		{&bigint, "+", bigint, "bigint + bigint: bigint"},
		{&bigint, "+", decimal, "decimal + decimal: decimal"},
		{&unknown, "+", bigint, "bigint + bigint: bigint"},
		{&decimal, "=", unknown, "decimal = decimal: boolean"},
		{&unknown, "=", unknown, "varchar = varchar: boolean"},
		{&bigints, "=", decimals, "decimal[] = decimal[]: boolean"},
		{&bigints, "=", unknown, "bigint[] = bigint[]: boolean"},
		{nil, "-", bigint, "- bigint: bigint"},
		{nil, "-", unknown, "42725 operator is not unique: - unknown"},
		{&boolean, "=", text, "42883 operator does not exist: boolean = varchar"},
		{&bigint, "=", text, "42883 operator does not exist: bigint = varchar"},
		{&boolean, "=", bigint, "42883 operator does not exist: boolean = bigint"},
		{&text, "@@@", text, "42883 operator does not exist: varchar @@@ varchar"},
	} {
		m, err := r.Operator(c.sign, c.left, &c.right)
		if got := operatorOutcome(c.sign, m, err); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func operatorOutcome(sign string, m Match, err error) string {
	if e, ok := sqlerr.As(err); ok {
		return e.Code + " " + e.Message
	}
	return operatorText(sign, m.Args) + ": " + m.Ret.String()
}

func TestCommonType(t *testing.T) {
	t.Parallel()
	r := New()
	for _, c := range []struct {
		types []column.Type
		want  string
	}{
		{[]column.Type{column.Unknown, column.Unknown}, "varchar"},
		{[]column.Type{column.Unknown, column.Int64, column.Float64, column.Int64}, "decimal"},
		{[]column.Type{column.Float64, column.Int64}, "decimal"},
		{[]column.Type{column.Int64, column.Text}, "none"},
		{[]column.Type{column.ListOf(column.Int64), column.ListOf(column.Text)}, "none"},
		{[]column.Type{column.ListOf(column.Int64), column.ListOf(column.Float64)}, "decimal[]"},
		{[]column.Type{column.JSON, column.HStoreT}, "none"},
	} {
		got := "none"
		if typ, ok := r.CommonType(c.types); ok {
			got = typ.String()
		}
		if got != c.want {
			t.Errorf("%v: %s, want %s", c.types, got, c.want)
		}
	}
}
