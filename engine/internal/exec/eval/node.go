package eval

import (
	"github.com/credsql/credsql/engine/column"
)

// node is one compiled expression. It holds no state of a run: workers share it.
type node interface {
	// eval gives the value for each row of the frame. The vector must not be changed: it may be the table's own.
	eval(f *Frame) (*column.Vector, error)
	traits() *traits
}

// traits are what a parent needs to know of a node to place it well.
type traits struct {
	typ   column.Type
	fails bool // may give an error for some row
	cost  cost
}

func (t *traits) traits() *traits { return t }

// cost is a rough price a row, in nanoseconds.
type cost int

const (
	costFree    cost = 0  // a column or a constant
	costWord    cost = 1  // compared or combined 64 rows at a time
	costText    cost = 4  // looks at a few bytes
	costScan    cost = 12 // looks at all bytes
	costKernel  cost = 8  // a registry function with a kernel
	costRow     cost = 60 // boxed values
	costPattern cost = 80 // a regular expression
	costQuery   cost = 10000
)

// subsetWorth says whether evaluating a node for live of n rows beats evaluating it for all: gathering has its price.
func (t *traits) subsetWorth(live, n int) bool {
	return live < n && (t.fails || t.cost >= costText && live < n-n/4)
}
