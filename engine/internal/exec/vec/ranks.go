package vec

import (
	"slices"
	"strings"
	"sync"

	"github.com/credsql/credsql/engine/column"
)

// Ranks remembers the order of the texts of dictionaries, so that codes can be compared as numbers. It is safe for concurrent
// use; one serves a statement. The zero value is ready.
type Ranks struct {
	mu    sync.Mutex
	dicts map[*column.Dict][]uint32
}

// Of gives the place of each code among the dictionary's texts in order. Equal places mean equal texts.
func (r *Ranks) Of(d *column.Dict) []uint32 {
	values := d.Values()
	r.mu.Lock()
	defer r.mu.Unlock()
	if ranks := r.dicts[d]; len(ranks) >= len(values) {
		return ranks
	}
	codes := make([]uint32, len(values))
	for i := range codes {
		codes[i] = uint32(i)
	}
	slices.SortFunc(codes, func(a, b uint32) int { return strings.Compare(values[a], values[b]) })
	ranks := make([]uint32, len(values))
	for place, code := range codes {
		ranks[code] = uint32(place)
	}
	if r.dicts == nil {
		r.dicts = map[*column.Dict][]uint32{}
	}
	r.dicts[d] = ranks
	return ranks
}
