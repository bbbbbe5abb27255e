package sqltype

import (
	"bytes"
	"cmp"
	"math"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

const microsPerDay = 24 * 60 * 60 * 1_000_000

// Compare orders two values of type t, neither NULL, as PostgreSQL's default B-tree operators do: text by bytes (which is code
// point order), NaN above every number and equal to itself, intervals by their length with 30-day months, arrays item by item with
// a NULL item above all others. JSON has no order in SQL; here its texts are compared so that the order is total.
func Compare(t column.Type, a, b column.Value) int {
	switch t.Kind {
	case column.KindBool:
		return CompareBool(a.(bool), b.(bool))
	case column.KindInt64:
		return cmp.Compare(a.(int64), b.(int64))
	case column.KindFloat64:
		return CompareFloat(a.(float64), b.(float64))
	case column.KindText:
		return strings.Compare(a.(string), b.(string))
	case column.KindTimestamp:
		return cmp.Compare(a.(column.Timestamp), b.(column.Timestamp))
	case column.KindInterval:
		return CompareInterval(a.(column.Interval), b.(column.Interval))
	case column.KindJSON:
		return strings.Compare(string(a.(column.JSONText)), string(b.(column.JSONText)))
	case column.KindInet:
		return CompareInet(a.(column.Inet), b.(column.Inet))
	case column.KindHStore:
		return CompareHStore(a.(*column.HStore), b.(*column.HStore))
	case column.KindList:
		return CompareList(a.(*column.List), b.(*column.List))
	default:
		return 0
	}
}

// CompareValues orders two values of one type, neither NULL, by the type that they have.
func CompareValues(a, b column.Value) int { return Compare(TypeOf(a), a, b) }

// TypeOf is the type of a value; unknown of NULL.
func TypeOf(v column.Value) column.Type {
	switch v := v.(type) {
	case bool:
		return column.Bool
	case int64:
		return column.Int64
	case float64:
		return column.Float64
	case string:
		return column.Text
	case column.Timestamp:
		return column.TimestampT
	case column.Interval:
		return column.IntervalT
	case column.JSONText:
		return column.JSON
	case column.Inet:
		return column.InetT
	case *column.HStore:
		return column.HStoreT
	case *column.List:
		return column.ListOf(v.Elem)
	}
	return column.Unknown
}

// CompareBool orders false before true.
func CompareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// CompareFloat orders numbers, with NaN equal to itself and above all.
func CompareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case a == b:
		return 0
	}
	return CompareBool(math.IsNaN(a), math.IsNaN(b))
}

// CompareInterval orders intervals by length, a month being 30 days and a day 24 hours.
func CompareInterval(a, b column.Interval) int {
	aDays, aMicros := normalInterval(a)
	bDays, bMicros := normalInterval(b)
	return cmp.Or(cmp.Compare(aDays, bDays), cmp.Compare(aMicros, bMicros))
}

// normalInterval is an interval's length as whole days and a rest of 0 up to one day: equal lengths give equal pairs.
func normalInterval(x column.Interval) (days, micros int64) {
	days = int64(x.Months)*30 + int64(x.Days) + x.Micros/microsPerDay
	micros = x.Micros % microsPerDay
	if micros < 0 {
		return days - 1, micros + microsPerDay
	}
	return days, micros
}

// CompareInet orders addresses as PostgreSQL's network_cmp: IPv4 first, then by the network part, then by prefix length, then by
// the whole address.
func CompareInet(a, b column.Inet) int {
	aAddr, bAddr := a.Addr(), b.Addr()
	if c := cmp.Compare(aAddr.BitLen(), bAddr.BitLen()); c != 0 {
		return c
	}
	shared := min(a.Bits(), b.Bits())
	aNet, aErr := aAddr.Prefix(shared)
	bNet, bErr := bAddr.Prefix(shared)
	if aErr == nil && bErr == nil {
		if c := aNet.Addr().Compare(bNet.Addr()); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.Bits(), b.Bits()), aAddr.Compare(bAddr))
}

// CompareList orders arrays item by item; a shorter array that begins a longer one comes first.
func CompareList(a, b *column.List) int {
	for i := range min(len(a.Items), len(b.Items)) {
		x, y := a.Items[i], b.Items[i]
		switch {
		case x == nil && y == nil:
			continue
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		if c := CompareValues(x, y); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a.Items), len(b.Items))
}

// CompareHStore orders hstore values as PostgreSQL's hstore_cmp does: all keys and values as one text first, then the number of
// pairs, then where each part ends, a NULL value after a text.
func CompareHStore(a, b *column.HStore) int {
	aText, aEnds := flatHStore(a)
	bText, bEnds := flatHStore(b)
	shared := min(len(aText), len(bText))
	c := cmp.Or(
		bytes.Compare(aText[:shared], bText[:shared]),
		cmp.Compare(len(aText), len(bText)),
		cmp.Compare(a.Len(), b.Len()),
	)
	for i := 0; c == 0 && i < len(aEnds); i++ {
		c = cmp.Compare(aEnds[i], bEnds[i])
	}
	for i := 0; c == 0 && i < a.Len(); i++ {
		c = CompareBool(a.Pairs()[i].Null, b.Pairs()[i].Null)
	}
	return c
}

func flatHStore(h *column.HStore) (text []byte, ends []int) {
	for _, p := range h.Pairs() {
		text = append(text, p.Key...)
		ends = append(ends, len(text))
		if !p.Null {
			text = append(text, p.Value...)
		}
		ends = append(ends, len(text))
	}
	return text, ends
}
