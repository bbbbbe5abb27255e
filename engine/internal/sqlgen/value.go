package sqlgen

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// pools are the texts of values by type, the simplest first. No two of a type are equal without being the same, so that it never matters which
// of several equal values an answer shows.
var pools = map[column.Kind][]string{
	column.KindInt64:     {"1", "0", "2", "3", "-1", "-7", "10", "12", "100", "999", "-1000", "1200000", "1300000"},
	column.KindFloat64:   {"1.5", "0", "-0.25", "2", "0.75", "-2.5", "100.25", "1000"},
	column.KindText:      {"a", "", "b", "ab", "Ab", "a b", "ä", "日本", "x%y", "a_b", "10", "-3", "null", "o'k", " b ", "abcabc", "true", "2024-01-31", `{"a": 1}`, "{a,b}"},
	column.KindBool:      {"true", "false"},
	column.KindTimestamp: {"2024-01-31 23:30:00", "2024-02-29 12:00:00.25", "2024-12-30 00:00:00", "1999-12-31 23:59:59.999999", "2025-03-30 02:30:00", "1969-07-20 20:17:40", "2000-01-01 00:00:00"},
	column.KindInterval:  {"1 day", "00:00:00", "02:30:00", "-00:05:00", "1 mon", "00:00:00.5", "-3 days", "1 year 2 mons", "2 days 01:00:00"},
	column.KindInet:      {"10.1.2.3", "10.1.0.0/16", "192.168.1.5/24", "2001:db8::1/64", "10.0.0.0/8", "::1", "0.0.0.0/0"},
	column.KindJSON:      {`{"a": 1}`, `{"a": {"b": [1, 2]}, "b": "x", "n": null}`, `[1, "two", null, {"k": 1.50}]`, `"str"`, `{}`, `[]`, `null`, `{"b": true, "a": "q\"z"}`},
	column.KindHStore:    {`"env"=>"prod"`, ``, `"env"=>"dev", "team"=>"core"`, `"env"=>NULL`, `"a"=>"1", "b"=>"2", "env"=>"prod"`},
}

// edges are values that make functions fail, or come near to it.
var edges = map[column.Kind][]string{
	column.KindInt64:     {"9223372036854775807", "-9223372036854775807", "2147483648", "64", "-2147483649"},
	column.KindFloat64:   {"1e300", "-1e-300", "NaN", "Infinity", "-Infinity", "0.1", "9.3e18", "0.5", "2.5"},
	column.KindText:      {`\`, "%", "(", "[", "a\tb", "2024-02-30", "1e5", "12x", "NaN", "{", "1 day", "a=>b", "10.0.0.1/8"},
	column.KindTimestamp: {"0001-01-01 00:00:00", "9999-12-31 23:59:59", "2024-02-29 00:00:00"},
	column.KindInterval:  {"100 years", "-178000000 years", "1 mon -30 days", "23:59:59.999999"},
	column.KindInet:      {"255.255.255.255", "::ffff:1.2.3.4", "::/0"},
	column.KindJSON:      {`{"a": 1, "a": 2}`, `1e5`, `[[1], {"a": []}]`},
	column.KindHStore:    {`""=>""`},
}

// elements are the texts of arrays.
var elements = map[column.Kind][]string{
	column.KindText:  {"{a,b,c}", "{}", "{b,NULL}", `{"x y","q\"z",""}`, "{a}", "{ab,a,ab}"},
	column.KindInt64: {"{1,2,3}", "{}", "{3,3}", "{NULL,-1}", "{1}"},
}

// valueText is the text of a value of a type.
func (g *generator) valueText(t column.Type) string {
	if t.IsList() {
		return one(g.choices, elements[t.Elem])
	}
	if e := edges[t.Kind]; g.risky && len(e) > 0 && g.chance(25) {
		return one(g.choices, e)
	}
	return one(g.choices, pools[t.Kind])
}

// literal writes a value of a type, or NULL.
func (g *generator) literal(t column.Type) string {
	if g.chance(10) {
		if g.untyped && g.chance(50) {
			return "NULL"
		}
		return cast("NULL", t)
	}
	text := g.valueText(t)
	quoted := "'" + strings.ReplaceAll(text, "'", "''") + "'"
	if g.untyped && g.chance(50) {
		return quoted
	}
	switch t.Kind {
	case column.KindInt64:
		if g.chance(50) || len(text) > 6 {
			return "BIGINT " + quoted
		}
		if text[0] == '-' {
			return "(" + text + ")"
		}
		return text
	case column.KindBool:
		return text
	case column.KindText:
		return "VARCHAR " + quoted
	case column.KindHStore, column.KindList:
		return cast(quoted, t)
	}
	return strings.ToUpper(t.String()) + " " + quoted
}
