package column

import (
	"net/netip"
	"slices"
	"strings"
)

// Value is one SQL value outside a vector: nil for NULL, otherwise bool, int64, float64, string (VARCHAR),
// Timestamp, Interval, JSONText, netip.Prefix (INET), *HStore or *List. The row path, constants and parameters use it;
// anything done once a row on a hot path uses vectors.
type Value any

// Timestamp is an instant: microseconds since 1970-01-01 00:00:00 UTC.
type Timestamp int64

// JSONText is a JSON document as the text that was given, as PostgreSQL's json type keeps it.
type JSONText string

// Interval is a span as PostgreSQL keeps it: months, days and microseconds are separate because their lengths vary.
type Interval struct {
	Months int32
	Days   int32
	Micros int64
}

// Inet is an IP address with its prefix length; host bits are kept (192.168.1.5/24).
type Inet = netip.Prefix

// List is an array value. Items are Values of the element type, nil for a NULL element.
type List struct {
	Elem  Type
	Items []Value
}

// Pair is one key of an HStore. A NULL value has Null set.
type Pair struct {
	Key, Value string
	Null       bool
}

// HStore is a set of keys with text values, ordered as PostgreSQL's hstore orders them: by key length, then bytes.
type HStore struct{ pairs []Pair }

// NewHStore sorts the pairs; of two with one key the first wins, as in PostgreSQL's hstore input.
func NewHStore(pairs []Pair) *HStore {
	sorted := slices.Clone(pairs)
	slices.SortStableFunc(sorted, func(a, b Pair) int { return compareKeys(a.Key, b.Key) })
	return &HStore{pairs: slices.CompactFunc(sorted, func(a, b Pair) bool { return a.Key == b.Key })}
}

func compareKeys(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// Pairs are the keys in order. The slice belongs to the HStore.
func (h *HStore) Pairs() []Pair { return h.pairs }

// Len is the number of keys.
func (h *HStore) Len() int { return len(h.pairs) }

// Get finds a key; ok is false when it is absent.
func (h *HStore) Get(key string) (p Pair, ok bool) {
	i, ok := slices.BinarySearchFunc(h.pairs, key, func(p Pair, k string) int { return compareKeys(p.Key, k) })
	if !ok {
		return Pair{}, false
	}
	return h.pairs[i], true
}
