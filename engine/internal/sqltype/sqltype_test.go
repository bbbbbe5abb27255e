package sqltype

import (
	"bytes"
	"math"
	"net/netip"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

func TestFromName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		mods  []string
		array bool
		want  string // the type, or the error's code and message
	}{
		{"BIGINT", nil, false, "bigint"},
		{"Double  Precision", nil, false, "decimal"},
		{"varchar", nil, true, "varchar[]"},
		{"timestamp with time zone", []string{"6"}, false, "timestamp"},
		{"hstore_csv", nil, false, "hstore"},
		{"varchar", []string{"10"}, false, "0A000 type modifier varchar(10) is not supported"},
		{"numeric", []string{"10", "2"}, false, "0A000 type modifier numeric(10,2) is not supported"},
		{"date", nil, false, "0A000 type date is not supported"},
		{"jsonb", nil, false, "0A000 type jsonb is not supported"},
		{"foo", nil, false, `42704 type "foo" does not exist`},
	} {
		got, err := FromName(c.name, c.mods, c.array)
		if text := outcome(got.String(), err); text != c.want {
			t.Errorf("%s%v: %s, want %s", c.name, c.mods, text, c.want)
		}
	}
}

func outcome(value string, err error) string {
	if err == nil {
		return value
	}
	if e, ok := sqlerr.As(err); ok {
		return e.Code + " " + e.Message
	}
	return err.Error()
}

// TestParse holds what PostgreSQL 15 answered.
func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		typ  column.Type
		want string
	}{
		{" 42 ", column.Int64, "42"},
		{"+7", column.Int64, "7"},
		{"", column.Int64, `22P02 invalid input syntax for type bigint: ""`},
		{"1.5", column.Int64, `22P02 invalid input syntax for type bigint: "1.5"`},
		{"1_000", column.Int64, `22P02 invalid input syntax for type bigint: "1_000"`},
		{"0x10", column.Int64, `22P02 invalid input syntax for type bigint: "0x10"`},
		{"9223372036854775808", column.Int64, `22003 value "9223372036854775808" is out of range for type bigint`},
		{"1.5e3", column.Float64, "1500"},
		{".5", column.Float64, "0.5"},
		{"5.", column.Float64, "5"},
		{".", column.Float64, `22P02 invalid input syntax for type decimal: "."`},
		{"1e", column.Float64, `22P02 invalid input syntax for type decimal: "1e"`},
		{"--1", column.Float64, `22P02 invalid input syntax for type decimal: "--1"`},
		{"1_0", column.Float64, `22P02 invalid input syntax for type decimal: "1_0"`},
		{" nan ", column.Float64, "NaN"},
		{"-INF", column.Float64, "-Infinity"},
		{"1e400", column.Float64, `22003 "1e400" is out of range for type decimal`},
		{"1e-400", column.Float64, `22003 "1e-400" is out of range for type decimal`},
		{"0e-400", column.Float64, "0"},
		{" TRU ", column.Bool, "true"},
		{"of", column.Bool, "false"},
		{"o", column.Bool, `22P02 invalid input syntax for type boolean: "o"`},
		{"", column.Bool, `22P02 invalid input syntax for type boolean: ""`},
		{`{a,"b c",NULL,"NULL", d e ,\N}`, column.ListOf(column.Text), `{a,"b c",NULL,"NULL","d e",N}`},
		{`{}`, column.ListOf(column.Int64), `{}`},
		{` { 1 , 2 } `, column.ListOf(column.Int64), `{1,2}`},
		{`{1,}`, column.ListOf(column.Int64), `22P02 malformed array literal: "{1,}"`},
		{`{1,2`, column.ListOf(column.Int64), `22P02 malformed array literal: "{1,2"`},
		{`1,2`, column.ListOf(column.Int64), `22P02 malformed array literal: "1,2"`},
		{`{1}x`, column.ListOf(column.Int64), `22P02 malformed array literal: "{1}x"`},
		{`{{1}}`, column.ListOf(column.Int64), `0A000 an array of arrays is not supported`},
		{`{x}`, column.ListOf(column.Int64), `22P02 invalid input syntax for type bigint: "x"`},
		{`{"a\"b\\"}`, column.ListOf(column.Text), `{"a\"b\\"}`},
	} {
		v, err := Parse(c.text, c.typ)
		if got := outcome(string(column.AppendText(nil, v)), err); got != c.want {
			t.Errorf("%q as %s: %s, want %s", c.text, c.typ, got, c.want)
		}
	}
}

// ladder is values in rising order, each group equal among themselves: PostgreSQL 15's ORDER BY and GROUP BY.
func ladder() map[column.Type][][]column.Value {
	inet := func(s string) column.Value { return netip.MustParsePrefix(s) }
	list := func(items ...column.Value) column.Value { return &column.List{Elem: column.Int64, Items: items} }
	hstore := func(pairs ...column.Pair) column.Value { return column.NewHStore(pairs) }
	return map[column.Type][][]column.Value{
		column.Bool:       {{false}, {true}},
		column.Int64:      {{int64(math.MinInt64)}, {int64(-1)}, {int64(0)}, {int64(math.MaxInt64)}},
		column.Float64:    {{math.Inf(-1)}, {-1.5}, {0.0, math.Copysign(0, -1)}, {1.5}, {math.Inf(1)}, {math.NaN(), -math.NaN()}},
		column.Text:       {{""}, {"A"}, {"a"}, {"a "}, {"é"}, {"日"}, {"😀"}},
		column.TimestampT: {{column.Timestamp(-1)}, {column.Timestamp(0)}},
		column.IntervalT: {
			{column.Interval{Micros: -1}}, {column.Interval{}},
			{column.Interval{Days: 1}, column.Interval{Micros: microsPerDay}, column.Interval{Days: 2, Micros: -microsPerDay}},
			{column.Interval{Days: 1, Micros: 1}},
			{column.Interval{Months: 1}, column.Interval{Days: 30}},
		},
		column.InetT: {
			{inet("10.0.0.0/8")}, {inet("10.0.0.0/16")}, {inet("10.0.0.1/16")}, {inet("10.0.0.1/32")}, {inet("10.1.0.0/16")},
			{inet("::1/128")}, {inet("2001:db8::/32")},
		},
		column.ListOf(column.Int64): {{list()}, {list(int64(1))}, {list(int64(1), int64(2))}, {list(int64(1), nil)}, {list(int64(2))}, {list(nil)}},
		column.HStoreT: {
			{hstore()}, {hstore(column.Pair{Key: "a", Value: "1"}), hstore(column.Pair{Key: "a", Value: "1"})},
			{hstore(column.Pair{Key: "a", Value: "2"})},
			{hstore(column.Pair{Key: "a2"})},
			{hstore(column.Pair{Key: "b", Null: true})}, {hstore(column.Pair{Key: "b", Value: "1"})},
		},
	}
}

func TestCompareAndKey(t *testing.T) {
	t.Parallel()
	for typ, groups := range ladder() {
		for i, g := range groups {
			for j, h := range groups {
				for _, a := range g {
					for _, b := range h {
						checkPair(t, typ, a, b, i, j)
					}
				}
			}
		}
	}
}

func checkPair(t *testing.T, typ column.Type, a, b column.Value, i, j int) {
	t.Helper()
	got := Compare(typ, a, b)
	if (got < 0) != (i < j) || (got > 0) != (i > j) {
		t.Errorf("%s: compare %v with %v = %d", typ, a, b, got)
	}
	if same := bytes.Equal(AppendKey(nil, a), AppendKey(nil, b)); same != (i == j) {
		t.Errorf("%s: keys of %v and %v equal: %t", typ, a, b, same)
	}
}

// TestKeysTellTheirEnd shows that keys may follow each other: no row of two columns reads as another.
func TestKeysTellTheirEnd(t *testing.T) {
	t.Parallel()
	texts := []column.Value{nil, "", "a", "aa", "\x00", "\x03\x01a"}
	lists := []column.Value{nil, &column.List{}, &column.List{Items: []column.Value{nil}}}
	for _, a := range texts {
		lists = append(lists, &column.List{Items: []column.Value{a, "a"}})
	}
	for _, columns := range [][2][]column.Value{{texts, texts}, {texts, lists}, {lists, texts}, {lists, lists}} {
		seen := map[string]bool{}
		for _, a := range columns[0] {
			for _, b := range columns[1] {
				key := string(AppendKey(AppendKey(nil, a), b))
				if seen[key] {
					t.Errorf("%v, %v: key %q belongs to another row too", a, b, key)
				}
				seen[key] = true
			}
		}
	}
}
