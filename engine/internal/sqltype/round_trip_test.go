package sqltype

import (
	"bytes"
	"testing"

	"github.com/credsql/credsql/engine/column"
)

// FuzzRoundTrip shows that no text makes a parser panic, and that what a value is printed as reads back as an equal value.
func FuzzRoundTrip(f *testing.F) {
	types := []column.Type{column.Bool, column.Int64, column.Float64, column.Text, column.TimestampT, column.IntervalT, column.JSON, column.InetT,
		column.HStoreT, column.ListOf(column.Text), column.ListOf(column.Float64), column.ListOf(column.TimestampT), column.ListOf(column.IntervalT),
		column.ListOf(column.HStoreT), column.ListOf(column.Bool)}
	for _, seed := range []string{
		"true", "-9223372036854775808", "1e-320", "NaN", `{a,"b c",NULL,"\"\\"}`, `{"2025-01-05 10:11:12.5+02",NULL}`, "1 year -2 mons 3 days -04:05:06.7",
		"P1Y2M3DT4H5M6S", "10.0.0.1/8", "::ffff:1.2.3.4/120", `a=>1, "b c"=>NULL, d=>"x\"y"`, `{"a": [1, null, "\u00e9"]}`, "0044-03-15 BC", "{}", "{t,f}",
	} {
		for i := range types {
			f.Add(seed, uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		typ := types[int(which)%len(types)]
		v, err := Parse(text, typ)
		if err != nil {
			return
		}
		printed := string(column.AppendText(nil, v))
		again, err := Parse(printed, typ)
		if err != nil {
			t.Fatalf("%s %q prints as %q, which does not read: %v", typ, text, printed, err)
		}
		if !bytes.Equal(AppendKey(nil, v), AppendKey(nil, again)) {
			t.Fatalf("%s %q prints as %q, which reads as %q", typ, text, printed, column.AppendText(nil, again))
		}
		if Compare(typ, v, again) != 0 {
			t.Fatalf("%s %q: not equal to itself after printing", typ, text)
		}
	})
}
