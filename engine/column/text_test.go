package column

import (
	"math"
	"net/netip"
	"testing"
	"time"
)

func list(elem Type, items ...Value) *List { return &List{Elem: elem, Items: items} }

func at(s string) Timestamp {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return Timestamp(t.UnixMicro())
}

// TestAppendText holds what PostgreSQL 15 printed for each value.
func TestAppendText(t *testing.T) {
	t.Parallel()
	inet := netip.MustParsePrefix
	for _, c := range []struct {
		typ  Type
		val  Value
		want string
	}{
		{Bool, true, "true"},
		{Bool, false, "false"},
		{Int64, int64(math.MinInt64), "-9223372036854775808"},
		{Float64, 1e15, "1e+15"},
		{Float64, 123456789012345.0, "123456789012345"},
		{Float64, 999999999999999.9, "999999999999999.9"},
		{Float64, 1e-5, "1e-05"},
		{Float64, 0.0001, "0.0001"},
		{Float64, math.Copysign(0, -1), "-0"},
		{Float64, 1e100, "1e+100"},
		{Float64, 5e-324, "5e-324"},
		{Float64, math.NaN(), "NaN"},
		{Float64, math.Inf(1), "Infinity"},
		{Float64, math.Inf(-1), "-Infinity"},
		{Text, "as it is \x1b", "as it is \x1b"},
		{JSON, JSONText(`{"a": 1}`), `{"a": 1}`},
		{TimestampT, at("2025-01-05T00:00:00Z"), "2025-01-05 00:00:00"},
		{TimestampT, at("1969-12-31T23:59:59.999999Z"), "1969-12-31 23:59:59.999999"},
		{TimestampT, at("2024-02-29T01:02:03.12Z"), "2024-02-29 01:02:03.12"},
		{TimestampT, at("0001-01-01T00:00:00Z"), "0001-01-01 00:00:00"},
		{TimestampT, Timestamp(time.Date(-43, 3, 15, 0, 0, 0, 0, time.UTC).UnixMicro()), "0044-03-15 00:00:00 BC"},
		{TimestampT, Timestamp(time.Date(12345, 1, 1, 1, 2, 3, 0, time.UTC).UnixMicro()), "12345-01-01 01:02:03"},
		{IntervalT, Interval{Months: -1, Days: 1, Micros: -1e6}, "-1 mons +1 day -00:00:01"},
		{IntervalT, Interval{}, "00:00:00"},
		{IntervalT, Interval{Months: -1, Days: 4}, "-1 mons +4 days"},
		{IntervalT, Interval{Micros: -500000}, "-00:00:00.5"},
		{IntervalT, Interval{Days: 1, Micros: -1e6}, "1 day -00:00:01"},
		{IntervalT, Interval{Months: -14, Days: 3, Micros: 14706789000}, "-1 years -2 mons +3 days 04:05:06.789"},
		{IntervalT, Interval{Micros: 100000 * 3600 * 1e6}, "100000:00:00"},
		{IntervalT, Interval{Days: -1, Micros: 2 * 3600 * 1e6}, "-1 days +02:00:00"},
		{IntervalT, Interval{Micros: math.MinInt64}, "-2562047788:00:54.775808"},
		{InetT, inet("::1.2.3.4/128"), "::1.2.3.4"},
		{InetT, inet("::5/128"), "::5"},
		{InetT, inet("::/0"), "::/0"},
		{InetT, inet("::ffff:1.2.3.4/128"), "::ffff:1.2.3.4"},
		{InetT, inet("::ffff:0:0/128"), "::ffff:0.0.0.0"},
		{InetT, inet("1.2.3.4/24"), "1.2.3.4/24"},
		{InetT, inet("2001:db8:0:0:1:0:0:1/64"), "2001:db8::1:0:0:1/64"},
		{InetT, inet("::1:0/128"), "::0.1.0.0"},
		{InetT, inet("0:0:1::/128"), "0:0:1::"},
		{InetT, inet("::fffe:1.2.3.4/128"), "::fffe:102:304"},
		{InetT, inet("::1/120"), "::1/120"},
		{HStoreT, NewHStore([]Pair{{Key: "k", Value: "v"}, {Key: `a"b\c`, Value: `x"y\z`}, {Key: ""}, {Key: "nn", Null: true}}),
			`""=>"", "k"=>"v", "nn"=>NULL, "a\"b\\c"=>"x\"y\\z"`},
		{HStoreT, NewHStore(nil), ""},
		{ListOf(Text), list(Text, "a", "b c", nil, "", "null", "NuLL", `a"b`, `a\b`, "{", "x,y", "a\tb", "a\u00a0b", "'"),
			"{a,\"b c\",NULL,\"\",\"null\",\"NuLL\",\"a\\\"b\",\"a\\\\b\",\"{\",\"x,y\",\"a\tb\",a\u00a0b,'}"},
		{ListOf(Text), list(Text), "{}"},
		{ListOf(Bool), list(Bool, true, false, nil), "{t,f,NULL}"},
		{ListOf(TimestampT), list(TimestampT, at("2025-01-05T00:00:00Z"), nil), `{"2025-01-05 00:00:00",NULL}`},
		{ListOf(Float64), list(Float64, 1.5, math.NaN()), "{1.5,NaN}"},
		{ListOf(Int64), list(Int64, int64(1), int64(-2)), "{1,-2}"},
		{ListOf(JSON), list(JSON, JSONText(`{"a":1}`)), `{"{\"a\":1}"}`},
		{ListOf(HStoreT), list(HStoreT, NewHStore([]Pair{{Key: "a", Value: "1"}})), `{"\"a\"=>\"1\""}`},
		{ListOf(InetT), list(InetT, inet("1.2.3.4/24")), "{1.2.3.4/24}"},
		{ListOf(IntervalT), list(IntervalT, Interval{Days: 1}, Interval{Micros: 1e6}), `{"1 day",00:00:01}`},
		{Unknown, nil, ""},
		{Text, nil, ""},
	} {
		if got := string(AppendText([]byte("x"), c.val)); got != "x"+c.want {
			t.Errorf("AppendText(%s %v) = %q, want %q", c.typ, c.val, got[1:], c.want)
		}
		b := NewBuilder(c.typ, 1)
		b.Append(c.val)
		if got := string(b.Vector().AppendText([]byte("x"), 0)); got != "x"+c.want {
			t.Errorf("Vector.AppendText(%s %v) = %q, want %q", c.typ, c.val, got[1:], c.want)
		}
		if got := string(ConstVector(c.typ, c.val, 3).AppendText(nil, 2)); got != c.want {
			t.Errorf("constant Vector.AppendText(%s %v) = %q, want %q", c.typ, c.val, got, c.want)
		}
	}
}

func TestAppendRFC3339(t *testing.T) {
	t.Parallel()
	for want, ts := range map[string]Timestamp{
		"2025-01-05T00:00:00Z":        at("2025-01-05T00:00:00Z"),
		"1969-12-31T23:59:59.999999Z": -1,
		"1970-01-01T00:00:00.05Z":     50000,
		"+12345-01-01T00:00:00Z":      Timestamp(time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()),
		"-0043-03-15T00:00:00Z":       Timestamp(time.Date(-43, 3, 15, 0, 0, 0, 0, time.UTC).UnixMicro()),
		"0000-01-01T00:00:00Z":        Timestamp(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()),
	} {
		if got := string(AppendRFC3339(nil, ts)); got != want {
			t.Errorf("AppendRFC3339(%d) = %s, want %s", ts, got, want)
		}
	}
}

// TestCivilAgreesWithTime walks the calendar in steps that meet every month, leap day and century of three eras.
func TestCivilAgreesWithTime(t *testing.T) {
	t.Parallel()
	for days := int64(-800000); days < 1200000; days += 13 {
		year, month, day := civil(days)
		want := time.Unix(days*86400, 0).UTC()
		if int(year) != want.Year() || time.Month(month) != want.Month() || int(day) != want.Day() {
			t.Fatalf("civil(%d) = %d-%d-%d, want %s", days, year, month, day, want.Format(time.DateOnly))
		}
	}
}

func TestAppendTextOfExtremeTimestamps(t *testing.T) {
	t.Parallel()
	for ts, want := range map[Timestamp]string{
		math.MaxInt64: "294247-01-10 04:00:54.775807",
		math.MinInt64: "290309-12-21 19:59:05.224192 BC",
	} {
		if got := string(AppendTimestamp(nil, ts)); got != want {
			t.Errorf("AppendTimestamp(%d) = %s, want %s", ts, got, want)
		}
	}
}
