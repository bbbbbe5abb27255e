package agg

import (
	"github.com/credsql/credsql/engine/column"
)

// Rows says which group each row of a batch belongs to.
type Rows struct {
	N      int
	Groups []uint32 // nil: all rows are of group 0
	Total  int      // groups so far
	Origin uint64   // where row 0 is among all rows of the statement
}

// Accumulator computes one aggregate for all groups of one worker.
type Accumulator interface {
	// Add takes in a batch; the arguments have one value for each of its rows.
	Add(r *Rows, args []*column.Vector) error
	// Merge takes in an accumulator of another worker: ids[g] is the number that its group g has here, of total. What may take long asks
	// alive from time to time, which charges what is held and gives the error that the statement ends with.
	Merge(o Accumulator, ids []uint32, total int, alive func() error) error
	// Result is the value of each of total groups.
	Result(total int) (*column.Vector, error)
	// Bytes estimates what is held.
	Bytes() int64
}

// Direct is implemented by accumulators that take the direct arguments of an ordered-set aggregate.
type Direct interface {
	// SetDirect gives, for each group, the direct arguments.
	SetDirect(direct func(group int) []column.Value)
}

// grown is s with at least n elements.
func grown[T any](s []T, n int) []T {
	if n <= len(s) {
		return s
	}
	return append(s, make([]T, n-len(s))...)
}
