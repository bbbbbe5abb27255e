package vec

import (
	"math"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// RankOf gives each row a number: a lower one means an earlier place in ascending order; equal numbers decide nothing. NULLs get
// any number.
func RankOf(v *column.Vector) []uint64 {
	out := make([]uint64, v.N)
	switch v.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		for i := range out {
			out[i] = rankInt(v.Int(i))
		}
	case column.KindFloat64:
		for i := range out {
			out[i] = rankFloat(v.Float(i))
		}
	case column.KindBool:
		for i := range out {
			if v.Bool(i) {
				out[i] = 1
			}
		}
	case column.KindText:
		for i := range out {
			if !v.IsNull(i) {
				out[i] = rankText(v.Text(i))
			}
		}
	}
	return out
}

// rankInt keeps the order by moving the sign.
func rankInt(x int64) uint64 { return uint64(x) ^ 1<<63 }

// rankFloat keeps the order of SQL: -Infinity, numbers, Infinity, NaN; -0 equals 0.
func rankFloat(f float64) uint64 {
	if f != f {
		return math.MaxUint64
	}
	if f == 0 {
		return 1 << 63
	}
	b := math.Float64bits(f)
	if b>>63 != 0 {
		return ^b
	}
	return b | 1<<63
}

// rankText is the first eight bytes, as a big-endian number.
func rankText(s string) uint64 {
	var x uint64
	n := min(len(s), 8)
	for i := range n {
		x = x<<8 | uint64(s[i])
	}
	return x << (8 * uint(8-n))
}

// Unranked is the value that RankOf gave the number.
func Unranked(t column.Type, rank uint64) column.Value {
	switch t.Kind {
	case column.KindInt64:
		return int64(rank ^ 1<<63)
	case column.KindTimestamp:
		return column.Timestamp(rank ^ 1<<63)
	case column.KindFloat64:
		if rank>>63 != 0 {
			return math.Float64frombits(rank &^ (1 << 63))
		}
		return math.Float64frombits(^rank)
	default:
		return nil
	}
}

// Ranker ranks the chunks of one column so that their numbers compare with each other, as sharply as it can.
type Ranker struct {
	// Exact says that equal numbers mean equal values.
	Exact bool
	codes []uint32 // the place of each code, when all chunks are coded by one dictionary
	skip  int      // bytes that all texts begin with
}

// NewRanker looks at the chunks, which are of type t and solid (see Solid).
func NewRanker(t column.Type, chunks []*column.Vector, ranks *Ranks) *Ranker {
	r := &Ranker{}
	switch t.Kind {
	case column.KindInt64, column.KindTimestamp, column.KindFloat64, column.KindBool:
		r.Exact = true
	case column.KindText:
		if dict := sharedDict(chunks); dict != nil {
			r.Exact, r.codes = true, ranks.Of(dict)
		} else {
			r.skip = commonPrefix(chunks)
		}
	}
	return r
}

// Of gives each row of a chunk its number.
func (r *Ranker) Of(v *column.Vector) []uint64 {
	if r.codes != nil {
		coded := v.Texts.(*column.Coded)
		out := make([]uint64, v.N)
		for i := range out {
			out[i] = uint64(r.codes[coded.Codes[v.At(i)]])
		}
		return out
	}
	if r.skip == 0 {
		return RankOf(v)
	}
	out := make([]uint64, v.N)
	for i := range out {
		if !v.IsNull(i) {
			out[i] = rankText(v.Text(i)[r.skip:])
		}
	}
	return out
}

// commonPrefix is the number of bytes that all texts begin with.
func commonPrefix(chunks []*column.Vector) int {
	var prefix string
	some := false
	for _, v := range chunks {
		for i := range v.N {
			if v.IsNull(i) {
				continue
			}
			text := v.Text(i)
			if !some {
				prefix, some = text, true
				continue
			}
			if strings.HasPrefix(text, prefix) {
				continue
			}
			n := 0
			for n < len(text) && n < len(prefix) && text[n] == prefix[n] {
				n++
			}
			if prefix = prefix[:n]; n == 0 {
				return 0
			}
		}
	}
	return len(prefix)
}
