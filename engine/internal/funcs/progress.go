package funcs

import (
	"context"
	"fmt"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/sqlerr"
)

// maxMade is how much text, or how many bytes of arrays and documents, one call may make for the rows that it is given: thousands, of which
// each may have 16 MiB. An arena's ends have 32 bits.
const maxMade = 256 << 20

func errTooMuch() error {
	return sqlerr.New(sqlerr.CodeOutOfMemory, "out of memory").
		WithDetail(fmt.Sprintf("The values that a function makes at a time take more than %d MiB.", maxMade>>20)).
		WithHint("make them shorter, or compute them for fewer rows")
}

// rowsPerLook is how many rows a kernel computes between two looks at the context: a regular expression may take long for each.
const rowsPerLook = 16

// progress watches the loop of a kernel that makes R.
type progress[R native] struct {
	context context.Context
	size    func(R) int64 // nil where values have one size
	bytes   int64
	rows    int
}

func progressOf[R native](c *Ctx) *progress[R] {
	p := &progress[R]{}
	if c != nil {
		p.context = c.Context
	}
	switch any(*new(R)).(type) {
	case string, column.JSONText, *column.HStore, *column.List:
		p.size = func(r R) int64 { return budget.SizeOf(any(r)) }
	}
	return p
}

// made counts a value, and gives the error with which the loop ends.
func (p *progress[R]) made(r R) error {
	if p.size != nil {
		if p.bytes += p.size(r); p.bytes > maxMade {
			return errTooMuch()
		}
	}
	if p.rows++; p.rows%rowsPerLook == 0 && p.context != nil {
		return budget.Canceled(p.context)
	}
	return nil
}
