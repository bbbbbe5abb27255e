package bind

import (
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// cteEnv is the common table expressions in reach, innermost first.
type cteEnv struct {
	name  string
	id    int
	cols  []plan.Col
	outer *cteEnv
	// forbidden, when set, is why a reference to it is an error: outside the recursive term, or a WITH that lacks RECURSIVE.
	forbidden string
	// used counts the references to a recursive definition inside itself; nil for all others.
	used *int
	// barrier marks, instead of a definition, a part of a query that a recursive definition may not refer to itself in.
	barrier string
}

// find looks a name up. barrier is the innermost part of the query between the reference and the definition that recursion may not cross.
func (e *cteEnv) find(name syntax.Ident) (found *cteEnv, barrier string) {
	for ; e != nil; e = e.outer {
		switch {
		case e.barrier != "":
			if barrier == "" {
				barrier = e.barrier
			}
		case means(name, e.name):
			return e, barrier
		}
	}
	return nil, ""
}

// within is e inside a part of a query that recursion may not cross.
func (e *cteEnv) within(what string) *cteEnv {
	if e == nil {
		return nil
	}
	return &cteEnv{barrier: what, outer: e}
}

// refer counts a reference, and refuses what PostgreSQL refuses of a recursive definition that refers to itself.
func (e *cteEnv) refer(barrier string, pos int) error {
	refuse := func(format string) error {
		return sqlerr.New(sqlerr.CodeInvalidRecursion, format, e.name).At(pos)
	}
	if e.forbidden != "" {
		return refuse(e.forbidden)
	}
	if e.used == nil {
		return nil
	}
	*e.used++
	switch {
	case barrier != "":
		return refuse("recursive reference to query %q must not appear within " + barrier)
	case *e.used > 1:
		return refuse("recursive reference to query %q must not appear more than once")
	}
	return nil
}
